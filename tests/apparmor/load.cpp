// `load` against machines made of a script for a parser and a folder for securityfs.
#include "apparmor/load.hpp"

#include "apparmor/binary_bytes.hpp"
#include "apparmor/load_features.hpp"
#include "apparmor/load_process.hpp"
#include "apparmor/loaded.hpp"
#include "catch.hpp"
#include "cli/call.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <chrono>

using namespace pavise;
using namespace pavise::apparmor;
using cli::Folder;

namespace {

const std::string web_records = binary::record(binary::Tables().bytes()) + binary::record(binary::Tables().bytes(), 0x202007, "web//child");
const std::string compiles = "cp \"$root/../compiled\" \"$out\"\n";

// A kernel that takes what it is given: `listed` is its list of profiles from then on.
struct Fixture {
    Folder folder;
    text::Sources sources;
    policy::Policy policy;
    text::Diagnostics diagnostics;
    std::vector<OutputFile> outputs;
    Machine machine;
    std::string listed = "other (enforce)\nweb (enforce)\nweb//child (complain)\n";
    int refuses = 0;
    std::string written;

    // `script` is the parser; `$out` is the file that it is to write, and each call is noted in `calls`.
    explicit Fixture(const std::string& script = compiles) {
        const text::FileId file = sources.add("a.pav", "profile web {\n  allow read /x\n}\n");
        policy::Profile profile;
        profile.name = "web";
        profile.origin.span = {file, 8, 11};
        policy.preambles.emplace_back();
        policy.profiles.push_back(profile);
        policy.profiles.front().children.push_back(profile);
        policy.profiles.front().children.front().name = "child";
        policy.profiles.front().children.front().mode = policy::Mode::complain;
        OutputFile output;
        output.profile = "web";
        output.file_name = "web";
        output.text = "profile web {\n  /x r,\n}\n";
        output.map.push_back({2, {{file, 16, 29}, 0}});
        outputs.push_back(output);
        machine.parser = folder.write("parser", "#!/bin/sh\necho \"$*\" >>'" + (folder / "calls") + "'\nroot='" + (folder / "fs") +
                                                    "'\ncase $1 in --print-cache-dir) echo '" + (folder / "cache") +
                                                    "'; exit;; esac\nwhile [ $# -gt 1 ]; do [ \"$1\" = --ofile ] && out=$2; "
                                                    "[ \"$1\" = --write-cache ] && caches=yes; shift; done\n" +
                                                    script);
        chmod(machine.parser.c_str(), 0755);
        folder.write("compiled", web_records);
        folder.write("fs/profiles", "other (enforce)\n");
        folder.write("fs/features/policy/set_load", "yes\n");
        folder.write("proc/sys/kernel/random/boot_id", "first\n");
        machine.securityfs = folder / "fs";
        machine.proc = folder / "proc";
        machine.state = folder / "state";
        machine.files = folder / "root";
        machine.root = true;
        machine.write = [this](const std::string& path, std::string_view bytes) {
            if (refuses != 0) return refuses;
            CHECK(path == folder / "fs/.replace");
            written = bytes;
            folder.write("fs/profiles", listed);
            return 0;
        };
    }

    std::optional<Loaded> run(LoadOptions options = {}) {
        options.base = folder / "base";
        return load(outputs, policy, *find_target("apparmor-3.0"), machine, options, diagnostics);
    }
    // The kernel has this profile, from a write of these bytes.
    void has(const std::string& name, const std::string& directory, const std::string& bytes) const {
        folder.write("fs/policy/" + directory + "/name", name + "\n");
        folder.write("fs/policy/" + directory + "/raw_data", bytes);
    }
    const text::Diagnostic& only() {
        REQUIRE(diagnostics.all().size() == 1);
        return diagnostics.all().front();
    }
};

LoadOptions dry() {
    LoadOptions options;
    options.dry_run = true;
    return options;
}

}  // namespace

TEST_CASE("load: every profile is compiled, then all are handed over, then looked for") {
    Fixture f;
    const std::optional<Loaded> loaded = f.run();
    CHECK(f.diagnostics.all().empty());
    REQUIRE(loaded);
    REQUIRE(loaded->changes.size() == 2);
    CHECK(loaded->changes[0].kind == Change::Kind::fresh);
    CHECK(loaded->changes[1].name == "web//child");
    CHECK(loaded->changes[1].mode == "complain");
    CHECK(f.written == web_records);
    const std::string calls = f.folder.read("calls");
    CHECK(calls.find("--skip-kernel-load") != std::string::npos);
    CHECK(calls.find("--base " + (f.folder / "base")) != std::string::npos);
    CHECK(calls.find("--kernel-features " + (f.folder / "fs/features")) != std::string::npos);
    CHECK_FALSE(f.folder.has("state"));
}

TEST_CASE("load: a profile that is there is replaced, or unchanged if it is the same") {
    Fixture f;
    binary::Tables other;
    other.accept[2] = 2;
    const std::string before = binary::record(other.bytes());
    f.folder.write("fs/profiles", f.listed);
    f.has("web", "profiles/web.1", before);
    f.has("child", "profiles/web.1/profiles/child.2", binary::record(binary::Tables().bytes(), 0x202007, "web//child"));
    const std::optional<Loaded> loaded = f.run();
    REQUIRE(loaded);
    CHECK(loaded->changes[0].kind == Change::Kind::replaced);
    CHECK(loaded->changes[0].before == before);
    CHECK(loaded->changes[0].after == binary::record(binary::Tables().bytes()));
    CHECK(loaded->changes[1].kind == Change::Kind::unchanged);
}

TEST_CASE("load: what the kernel has of a namespace is looked for there") {
    Fixture f;
    f.has("web", "namespaces/box/profiles/web.1", web_records);
    CHECK(loaded_records(f.machine.securityfs, {":box:web"}).contains(":box:web"));
    CHECK(loaded_records(f.machine.securityfs, {"web"}).empty());
}

TEST_CASE("load: profiles of one write lead to it by links") {
    Fixture f;
    f.folder.write("fs/policy/raw_data/7/raw_data", web_records);
    f.folder.write("fs/policy/profiles/web.1/name", "web\n");
    f.folder.write("fs/policy/profiles/web.1/profiles/child.2/name", "child\n");
    std::filesystem::create_symlink("../../raw_data/7/raw_data", f.folder / "fs/policy/profiles/web.1/raw_data");
    std::filesystem::create_symlink("../../../../raw_data/7/raw_data", f.folder / "fs/policy/profiles/web.1/profiles/child.2/raw_data");
    const auto records = loaded_records(f.machine.securityfs, {"web", "web//child"});
    REQUIRE(records.size() == 2);
    CHECK(records.at("web") + records.at("web//child") == web_records);
}

TEST_CASE("load: a dry run compiles only, without root or a kernel") {
    Fixture f;
    f.machine.root = false;
    f.machine.kernel = Machine::Kernel::without_apparmor;
    const std::optional<Loaded> loaded = f.run(dry());
    REQUIRE(loaded);
    CHECK(loaded->changes.size() == 2);
    CHECK(f.diagnostics.all().empty());
    CHECK(f.written.empty());
}

TEST_CASE("load: no parser", "[E0711]") {
    Fixture f;
    f.machine.parser.clear();
    f.run();
    CHECK(f.only().code == text::Code::E0711);
    CHECK(f.only().helps.front() == "install the package `apparmor`");
}

TEST_CASE("load: what the parser refuses is shown at the statement", "[E0712]") {
    Fixture f("echo 'AppArmor parser error for x in x at line 2: syntax error' >&2; exit 1\n");
    f.run();
    CHECK(f.only().code == text::Code::E0712);
    CHECK(f.only().message == "apparmor_parser refuses profile `web`");
    CHECK(f.sources.slice(*f.only().span) == "allow read /x");
    CHECK(f.only().helps.front() == "it says: AppArmor parser error for x in x at line 2: syntax error");
    CHECK(f.written.empty());
}

TEST_CASE("load: a bad profile among good ones leaves the kernel as it was", "[E0712]") {
    Fixture f("grep -q bad \"$1\" && exit 1\n" + compiles);
    f.outputs.push_back(f.outputs.front());
    f.outputs.back().profile = "bad";
    f.outputs.back().text = "profile bad {}\n";
    f.outputs.push_back(f.outputs.front());
    CHECK_FALSE(f.run());
    CHECK(f.only().message == "apparmor_parser refuses profile `bad`");
    CHECK(f.written.empty());
}

TEST_CASE("load: a parser that writes nothing, or no policy", "[E0712]") {
    Fixture nothing("exit 0\n");
    CHECK_FALSE(nothing.run());
    CHECK(nothing.only().message == "apparmor_parser wrote nothing for profile `web`: no such file");
    Fixture other("echo hello >\"$out\"\n");
    CHECK_FALSE(other.run());
    CHECK(other.only().message.starts_with("what apparmor_parser wrote for profile `web` is no compiled policy: at byte 0, "));
}

TEST_CASE("load: a parser that never ends is stopped") {
    Fixture f("sleep 60\n");
    f.machine.patience_seconds = 1;
    const auto start = std::chrono::steady_clock::now();
    f.run();
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
    CHECK(f.only().message == "apparmor_parser was stopped after 1 seconds over profile `web`");
}

TEST_CASE("load: a parser that is killed") {
    Fixture f("kill -9 $$\n");
    CHECK_FALSE(f.run());
    CHECK(f.only().message == "apparmor_parser was killed by signal 9 over profile `web`");
}

TEST_CASE("load: kernels without AppArmor", "[E0713]") {
    Fixture f;
    f.machine.kernel = Machine::Kernel::without_apparmor;
    f.run();
    CHECK(f.only().code == text::Code::E0713);
    CHECK(f.only().message == "this kernel has no AppArmor, so nothing can be loaded");
    CHECK(f.only().helps.front() == "`pavise load --dry-run` compiles without loading");
    CHECK_FALSE(f.folder.has("calls"));
    Fixture off;
    off.machine.kernel = Machine::Kernel::disabled;
    off.run();
    CHECK(off.only().message == "AppArmor is switched off in this kernel");
}

TEST_CASE("load: securityfs", "[E0714]") {
    Fixture f;
    f.machine.kernel = Machine::Kernel::securityfs_missing;
    f.run();
    CHECK(f.only().code == text::Code::E0714);
    CHECK(f.only().helps.front() == "mount -t securityfs securityfs /sys/kernel/security");
    Fixture gone("rm -f \"$root/profiles\"\n" + compiles);
    CHECK_FALSE(gone.run());
    CHECK(gone.only().code == text::Code::E0714);
    CHECK(gone.written.empty());
}

TEST_CASE("load: root", "[E0715]") {
    Fixture f;
    f.machine.root = false;
    f.run();
    CHECK(f.only().code == text::Code::E0715);
    CHECK(f.only().message == "loading profiles needs root");
    CHECK(f.only().helps.front() == "`sudo pavise load …`, or `--dry-run` to compile only");
}

TEST_CASE("load: a kernel that claims what it does not have", "[E0716]") {
    Fixture f;
    f.listed = "other (enforce)\n";
    f.run();
    REQUIRE(f.diagnostics.all().size() == 2);
    CHECK(f.diagnostics.all()[0].code == text::Code::E0716);
    CHECK(f.diagnostics.all()[1].message == "the kernel took the policy, but does not list profile `web//child`");
    CHECK(f.sources.slice(*f.diagnostics.all()[0].span) == "web");
}

TEST_CASE("load: another mode", "[E0717]") {
    Fixture f;
    f.listed = "web (complain)\nweb//child (complain)\n";
    f.run();
    CHECK(f.only().code == text::Code::E0717);
    CHECK(f.only().message == "profile `web` is loaded in mode `complain`, not `enforce`");
    CHECK(f.sources.slice(*f.only().span) == "web");
}

TEST_CASE("load: profiles for different namespaces", "[E0720]") {
    Fixture f;
    std::string boxed = binary::record(binary::Tables().bytes());
    boxed.insert(binary::named("version").size() + binary::word(0).size(), binary::named("namespace") + binary::text("sandbox"));
    f.folder.write("compiled", web_records + boxed);
    CHECK_FALSE(f.run());
    CHECK(f.only().code == text::Code::E0720);
    CHECK(f.written.empty());
}

TEST_CASE("load: the kernel's refusal", "[E0721]") {
    Fixture f;
    f.refuses = EPROTO;
    CHECK_FALSE(f.run());
    CHECK(f.only().code == text::Code::E0721);
    CHECK(f.only().message == "the kernel refuses these profiles, and keeps what it had: Protocol error");
    CHECK(f.only().helps.front().starts_with("apparmor_parser and the kernel don't fit together"));
}

TEST_CASE("load: a name that the kernel has no folder for is not tried", "[E0721]") {
    Fixture f;
    f.folder.write("compiled", binary::record(binary::Tables().bytes(), 0x202007, "web//" + std::string(243, 'x')));
    CHECK_FALSE(f.run());
    CHECK(f.only().code == text::Code::E0721);
    CHECK(f.only().helps.front() == "give the profile a name of at most 242 bytes");
    CHECK(f.written.empty());
}

TEST_CASE("load: another one is running", "[E0722]") {
    Fixture f;
    const int held = open(f.machine.securityfs.c_str(), O_RDONLY | O_DIRECTORY);
    REQUIRE(flock(held, LOCK_EX) == 0);
    CHECK_FALSE(f.run());
    CHECK(f.only().code == text::Code::E0722);
    CHECK(f.only().helps.front() == "`--wait` waits for its end");
    close(held);
    f.diagnostics = {};
    CHECK(f.run());
}

TEST_CASE("load: a kernel that takes one profile at a time", "[E0723]") {
    Fixture f;
    std::filesystem::remove_all(f.folder / "fs/features/policy");
    CHECK_FALSE(f.run());
    CHECK(f.only().code == text::Code::E0723);
    CHECK(f.written.empty());
}

TEST_CASE("load: a child that the new profile does not have", "[W0728]") {
    Fixture f;
    f.folder.write("fs/profiles", "web (enforce)\nweb//gone (enforce)\nweb//gone//deeper (enforce)\n:box:a (enforce)\n");
    CHECK(f.run());
    CHECK(f.only().code == text::Code::W0728);
    CHECK(f.only().message == "the kernel keeps `web//gone`, which the new `web` does not have");
    CHECK(f.only().helps.front() == "`pavise unload 'web//gone'`, once nothing runs under it");
}

TEST_CASE("load: the command says on this machine what it can't do") {
    const Machine machine = this_machine();
    if (machine.kernel == Machine::Kernel::ready) SKIP_TEST("this kernel has AppArmor");
    const Folder folder;
    const cli::Called called = cli::call({"load", folder.write("a.pav", "profile a { allow read /x }\n")});
    CHECK(called.status == 2);
    CHECK(called.out.empty());
    CHECK(called.err.find("error[E07") != std::string::npos);
}

TEST_CASE("load: the real parser in a dry run") {
    if (this_machine().parser.empty()) SKIP_TEST("there is no apparmor_parser here");
    const Folder folder;
    const cli::Called called = cli::call({"load", "--dry-run", folder.write("a.pav", "profile a { allow read /x }\n")});
    INFO(called.err);
    CHECK(called.status == 0);
    CHECK(called.out == "new        a\n");
}

TEST_CASE("features: nested words as paths") {
    const auto features = parse_features("dbus {mask {send receive\n}\n}\ncapability {0x1\n}\nunix {no\n}\n");
    REQUIRE(features);
    CHECK(features->contains("dbus/mask/receive"));
    CHECK(features->contains("capability/0x1"));
    CHECK_FALSE(features->contains("unix"));
    for (const char* bad : {"", "a b c", "a {", "a }", "{", "a {b\x01}", "a { { }"}) CHECK_FALSE(parse_features(bad));
}

TEST_CASE("features: of an abi file, what the target's table has") {
    const std::string path = "/etc/apparmor.d/abi/3.0";
    if (!std::filesystem::exists(path)) SKIP_TEST("there is no " + path);
    std::ifstream in(path);
    const auto features_read = parse_features(std::string(std::istreambuf_iterator<char>(in), {}));
    REQUIRE(features_read);
    for (const std::string& feature : features(*find_target("apparmor-3.0"))) {
        INFO(feature);
        CHECK(features_read->contains(feature));
    }
}

TEST_CASE("features: a folder of files as the kernel has it") {
    const Folder folder;
    folder.write("features/dbus/mask", "send receive\n");
    folder.write("features/unix", "no\n");
    const auto features_read = read_features(folder / "features");
    REQUIRE(features_read);
    CHECK(features_read->contains("dbus/mask/send"));
    CHECK_FALSE(features_read->contains("unix"));
    CHECK_FALSE(read_features(folder / "none"));
}

TEST_CASE("process: status, output, signals, and what can't be started") {
    CHECK(run_process({"/bin/sh", "-c", "echo out; echo err >&2; exit 3"}, 10).status == 3);
    CHECK(run_process({"/bin/sh", "-c", "echo out; echo err >&2"}, 10).output == "out\nerr\n");
    CHECK(run_process({"/bin/sh", "-c", "kill -9 $$"}, 10).end == ProcessResult::End::killed_by_signal);
    CHECK(run_process({"/bin/sh", "-c", "yes | head -c 1000000"}, 10).output.size() == 65536);
    CHECK(run_process({"/no/such/program"}, 10).status == 127);
}
