// What `doctor` finds in the files of a machine, below a folder.
#include "apparmor/target.hpp"
#include "catch.hpp"
#include "cli/call.hpp"
#include "cli/doctor.hpp"
#include "machine/grsecurity.hpp"
#include "machine/hardening.hpp"
#include "machine/kernel.hpp"
#include "machine/parser.hpp"
#include "machine/runtimes.hpp"

#include <algorithm>

using namespace pavise;
using namespace pavise::machine;
using cli::Folder;

namespace {

// The only finding of a topic.
Finding about(const Findings& all, const std::string& topic) {
    Findings found;
    std::copy_if(all.begin(), all.end(), std::back_inserter(found), [&](const Finding& one) { return one.topic == topic; });
    INFO(topic);
    REQUIRE(found.size() == 1);
    return found.front();
}

std::string little(std::uint64_t value, std::size_t width) {
    std::string out;
    for (std::size_t i = 0; i < width; ++i) out += static_cast<char>(value >> (8 * i));
    return out;
}

// A 64-bit ELF header and one program header.
std::string elf(std::uint32_t type, std::uint32_t flags) {
    std::string out = std::string(
                          "\x7f"
                          "ELF\x02\x01",
                          6) +
                      std::string(26, '\0') + little(64, 8);
    out += std::string(14, '\0') + little(56, 2) + little(1, 2) + std::string(6, '\0');
    return out + little(type, 4) + little(flags, 4) + std::string(48, '\0');
}

}  // namespace

TEST_CASE("doctor: a kernel with AppArmor, and what it does not mediate") {
    const Folder folder;
    folder.write("proc/sys/kernel/osrelease", "6.1.0-28-cloud-amd64\n");
    folder.write("sys/kernel/security/lsm", "lockdown,capability,yama,apparmor");
    folder.write("sys/module/apparmor/parameters/mode", "complain\n");
    folder.write("sys/module/apparmor/parameters/audit", "normal\n");
    folder.write("sys/kernel/security/apparmor/features/file/mask", "read write\n");
    folder.write("sys/kernel/security/apparmor/features/policy/set_load", "yes\n");
    const Files files{folder / ""};
    const auto features = kernel_features(files);
    REQUIRE(features);
    const Findings all = kernel_findings(files, &*features);
    CHECK(about(all, "kernel").state == "6.1.0-28-cloud-amd64");
    CHECK(about(all, "security modules") == Finding{Level::good, "security modules", "lockdown,capability,yama,apparmor"});
    CHECK(about(all, "AppArmor's mode").level == Level::weak);
    CHECK(about(all, "AppArmor's log").meaning == "a plain `deny` is not logged, an `audit deny` is");
    CHECK(about(all, "mediated").state == "file link");
    CHECK(std::any_of(all.begin(), all.end(), [](const Finding& one) {
        return one.topic == "not mediated" && one.state == "dbus" && one.level == Level::weak &&
               one.advice == "a kernel with the feature dbus, or `if feature(\"dbus\")` in the policy";
    }));
}

TEST_CASE("doctor: kernels without AppArmor, with it switched off, without securityfs") {
    const Folder folder;
    const Files files{folder / ""};
    CHECK(about(kernel_findings(files, nullptr), "security modules").state == "the kernel has no AppArmor");
    CHECK(about(kernel_findings(files, nullptr), "features").level == Level::missing);
    folder.write("sys/module/apparmor/parameters/enabled", "N\n");
    CHECK(about(kernel_findings(files, nullptr), "security modules").advice == "mount -t securityfs securityfs /sys/kernel/security");
    CHECK(about(kernel_findings(files, nullptr), "AppArmor").state == "switched off");
    folder.write("sys/kernel/security/lsm", "lockdown,capability,selinux");
    CHECK(about(kernel_findings(files, nullptr), "security modules").level == Level::missing);
}

TEST_CASE("doctor: a machine that is open, and one that is closed") {
    const Folder open;
    open.write("proc/sys/user/max_user_namespaces", "63000\n");
    open.write("proc/sys/kernel/yama/ptrace_scope", "0\n");
    open.write("proc/sys/kernel/kptr_restrict", "0\n");
    open.write("proc/sys/kernel/dmesg_restrict", "0\n");
    open.write("sys/kernel/security/lockdown", "[none] integrity confidentiality\n");
    open.write("proc/cgroups", "#subsys_name\thierarchy\tnum_cgroups\tenabled\npids\t3\t1\t0\n");
    for (const Finding& one : hardening_findings({open / ""})) {
        INFO(one.topic);
        CHECK((one.level == Level::weak || one.level == Level::missing || one.topic == "SELinux"));
    }
    const Folder closed;
    closed.write("proc/sys/kernel/seccomp/actions_avail", "kill_process allow\n");
    closed.write("sys/fs/cgroup/cgroup.controllers", "cpu memory pids\n");
    closed.write("proc/sys/user/max_user_namespaces", "63000\n");
    closed.write("proc/sys/kernel/unprivileged_userns_clone", "0\n");
    closed.write("proc/sys/kernel/yama/ptrace_scope", "1\n");
    closed.write("proc/sys/kernel/kptr_restrict", "1\n");
    closed.write("proc/sys/kernel/dmesg_restrict", "1\n");
    closed.write("sys/kernel/security/lockdown", "none [integrity] confidentiality\n");
    closed.write("sys/fs/selinux/enforce", "1");
    for (const Finding& one : hardening_findings({closed / ""})) {
        INFO(one.topic);
        CHECK((one.level == Level::good || one.topic == "SELinux"));
    }
    CHECK(about(hardening_findings({closed / ""}), "SELinux").state == "enforcing");
}

TEST_CASE("doctor: the parser below another root, its defects, and what a boot loads") {
    const Folder folder;
    const Files files{folder / ""};
    CHECK(about(parser_findings(files, "", nullptr), "apparmor_parser").level == Level::missing);
    CHECK(about(parser_findings(files, "", nullptr), "boot").level == Level::missing);
    folder.write("var/lib/dpkg/status",
                 "Package: apparmor-utils\nVersion: 1\n\nPackage: apparmor\nStatus: installed\nVersion: 3.0.8-3\n\n");
    folder.write("lib/apparmor/rc.apparmor.functions", "PROFILE_DIRS=/etc/apparmor.d\n");
    folder.write("etc/apparmor.d/disable/usr.bin.x", "");
    folder.write("etc/apparmor/parser.conf", "# comment\npolicy-features=/usr/share/apparmor-features/features\nfeatures-file=/x\n");
    CHECK(parser_version(files, "") == "3.0.8");
    const Findings all = parser_findings(files, "", nullptr);
    CHECK(std::count_if(all.begin(), all.end(), [](const Finding& one) { return one.topic == "parser.conf"; }) == 2);
    CHECK(std::count_if(all.begin(), all.end(), [](const Finding& one) { return one.state == "/etc/apparmor.d/disable: usr.bin.x"; }) == 1);
    CHECK(defect_findings("3.0.8", nullptr).size() == 2);
    CHECK(defect_findings("5.0.2", nullptr).size() == 1);
    CHECK(defect_findings("5.1.0", nullptr).empty());
    const policy::Policy nothing;
    CHECK(defect_findings("3.0.8", &nothing).empty());
}

TEST_CASE("doctor: runtimes say what they were built with") {
    CHECK(crun_finding("crun version 1.8\n+SYSTEMD +SELINUX +APPARMOR +CAP +SECCOMP +EBPF\n").level == Level::good);
    CHECK(crun_finding("crun version 1.8\n+SYSTEMD +CAP +SECCOMP\n").meaning == "built without AppArmor");
    CHECK(runc_finding("runc version 1.1\n", "").level == Level::note);
    CHECK(runc_finding("runc version 1.1\n", R"({"linux":{"seccomp":{"enabled":true,"actions":[]},"apparmor":{"enabled":true}}})").level ==
          Level::good);
    CHECK(runc_finding("runc version 1.1\n", R"({"linux":{"seccomp":{"enabled":false},"apparmor":{"enabled":true}}})").meaning ==
          "built without seccomp");
    const Folder folder;
    CHECK(runtime_findings({folder / ""}).front().state == "none is installed");
    folder.write("usr/bin/podman", "");
    CHECK(runtime_findings({folder / ""}).front().topic == "podman");
}

TEST_CASE("doctor: grsecurity and PaX") {
    const Folder folder;
    CHECK(grsecurity_findings({folder / ""}, {"/usr/sbin/nginx"}).empty());
    folder.write("proc/sys/kernel/grsecurity/chroot_deny_mount", "1\n");
    folder.write("proc/sys/kernel/grsecurity/audit_mount", "0\n");
    folder.write("proc/sys/kernel/grsecurity/grsec_lock", "0\n");
    folder.write("proc/self/status", "Name:\tcat\nPaX:\tPemRs\n");
    folder.write("usr/sbin/nginx", elf(0x65041580, 1U << 4 | 1U << 9));
    const Findings all = grsecurity_findings({folder / ""}, {"/usr/sbin/nginx", "/none"});
    REQUIRE(all.size() == 5);
    CHECK(all[0].state == "on: chroot_deny_mount");
    CHECK(all[1].state == "off: audit_mount");
    CHECK(all[2].level == Level::weak);
    CHECK(all[3].meaning == "PAGEEXEC on, EMUTRAMP off, MPROTECT off, RANDMMAP on, SEGMEXEC off for this process");
    CHECK(all[4].state == "/usr/sbin/nginx Pm");
    CHECK(all[4].advice == "paxctl -M /usr/sbin/nginx, if the program can do without");
}

TEST_CASE("doctor: marks of ELF files, and of what only looks like one") {
    CHECK(pax_marks(elf(0x65041580, 0)).empty());
    CHECK(pax_marks(elf(1, 5)).empty());
    const std::string whole = elf(0x65041580, 0xfff0);
    CHECK(pax_marks(whole) == "PpSsMmXxEeRr");
    for (std::size_t size = 0; size < whole.size() - 48; ++size) CHECK(pax_marks(whole.substr(0, size)).empty());
    CHECK(pax_marks("#!/bin/sh").empty());
}

TEST_CASE("doctor: the command, on another machine") {
    const Folder folder;
    folder.write("root/proc/sys/kernel/osrelease", "6.1.0\n");
    const std::string policy = folder.write("a.pav", "profile a {\n  deny dbus send\n}\n");
    const std::string features = folder.write("features", "file {mask {read write}\n}\n");
    const cli::Called text = cli::call({"doctor", "--root", folder / "root"});
    INFO(text.err);
    CHECK(text.status == 0);
    CHECK(text.out.starts_with("note     kernel: 6.1.0\n"));
    const cli::Called json = cli::call({"doctor", "--root", folder / "root", "--format", "json"});
    CHECK(json.out.find("\"level\": \"note\"") != std::string::npos);
    CHECK(json.out.find("\"version\": 1") != std::string::npos);
    const cli::Called loses = cli::call({"doctor", "--root", folder / "root", "--kernel", features, policy});
    CHECK(loses.status == 1);
    CHECK(loses.out.find("weak     policy: `dbus` at " + policy + ":2 is ignored; all of `dbus` is allowed there; to do: ") !=
          std::string::npos);
    CHECK(cli::call({"doctor", "--root", folder / "root", policy}).status == 3);
    CHECK(cli::call({"doctor", "--root", folder / "none"}).status == 2);
    CHECK(cli::call({"doctor", folder / "none.pav"}).status == 2);
}

TEST_CASE("doctor: this machine") {
    const cli::Called called = cli::call({"doctor"});
    CHECK(called.status == 0);
    CHECK(called.err.empty());
    CHECK(called.out.find("kernel: ") != std::string::npos);
}
