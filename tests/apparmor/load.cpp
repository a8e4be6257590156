// `load` against machines made of a script for a parser and a folder for securityfs.
#include "apparmor/load.hpp"

#include "apparmor/load_features.hpp"
#include "apparmor/load_process.hpp"
#include "catch.hpp"
#include "cli/call.hpp"

#include <sys/stat.h>
#include <chrono>

using namespace pavise;
using namespace pavise::apparmor;
using cli::Folder;

namespace {

struct Fixture {
    Folder folder;
    text::Sources sources;
    policy::Policy policy;
    text::Diagnostics diagnostics;
    std::vector<OutputFile> outputs;
    Machine machine;

    // `script` is the parser; it gets its arguments, and notes each call in `calls`.
    explicit Fixture(const std::string& script) {
        const text::FileId file = sources.add("a.pav", "profile web {\n  allow read /x\n}\n");
        policy::Profile profile;
        profile.name = "web";
        profile.origin.span = {file, 8, 11};
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
        machine.parser =
            folder.write("parser", "#!/bin/sh\necho \"$*\" >>'" + (folder / "calls") + "'\nroot='" + (folder / "fs") + "'\n" + script);
        chmod(machine.parser.c_str(), 0755);
        folder.write("fs/profiles", "other (enforce)\n");
        machine.securityfs = folder / "fs";
        machine.root = true;
    }

    std::vector<LoadedProfile> run(bool dry_run = false) {
        return load(outputs, policy, *find_target("apparmor-3.0"), machine, {dry_run, folder / "base", ""}, diagnostics);
    }
    const text::Diagnostic& only() {
        REQUIRE(diagnostics.all().size() == 1);
        return diagnostics.all().front();
    }
};

const std::string loads = "case $* in *--replace*) printf 'web (enforce)\\nweb//child (complain)\\n' >\"$root/profiles\";; esac\n";

}  // namespace

TEST_CASE("load: every profile is compiled, then loaded, then looked for") {
    Fixture f(loads);
    const std::vector<LoadedProfile> loaded = f.run();
    CHECK(f.diagnostics.all().empty());
    REQUIRE(loaded.size() == 2);
    CHECK(loaded[1].name == "web//child");
    CHECK(loaded[1].mode == "complain");
    const std::string calls = f.folder.read("calls");
    CHECK(calls.find("--skip-kernel-load") < calls.find("--replace"));
    CHECK(calls.find("--base " + (f.folder / "base")) != std::string::npos);
}

TEST_CASE("load: a dry run compiles only, without root or a kernel") {
    Fixture f(loads);
    f.machine.root = false;
    f.machine.kernel = Machine::Kernel::without_apparmor;
    CHECK(f.run(true).empty());
    CHECK(f.diagnostics.all().empty());
    CHECK(f.folder.read("calls").find("--replace") == std::string::npos);
}

TEST_CASE("load: no parser", "[E0711]") {
    Fixture f("");
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
    CHECK(f.folder.read("calls").find("--replace") == std::string::npos);
}

TEST_CASE("load: a parser that never ends is stopped") {
    Fixture f("sleep 60\n");
    f.machine.patience_seconds = 1;
    const auto start = std::chrono::steady_clock::now();
    f.run();
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
    CHECK(f.only().message == "apparmor_parser was stopped after 1 seconds over profile `web`");
}

TEST_CASE("load: kernels without AppArmor", "[E0713]") {
    Fixture f(loads);
    f.machine.kernel = Machine::Kernel::without_apparmor;
    f.run();
    CHECK(f.only().code == text::Code::E0713);
    CHECK(f.only().message == "this kernel has no AppArmor, so nothing can be loaded");
    CHECK(f.only().helps.front() == "`pavise load --dry-run` compiles without loading");
    CHECK_FALSE(f.folder.has("calls"));
    Fixture off(loads);
    off.machine.kernel = Machine::Kernel::disabled;
    off.run();
    CHECK(off.only().message == "AppArmor is switched off in this kernel");
}

TEST_CASE("load: securityfs", "[E0714]") {
    Fixture f(loads);
    f.machine.kernel = Machine::Kernel::securityfs_missing;
    f.run();
    CHECK(f.only().code == text::Code::E0714);
    CHECK(f.only().helps.front() == "mount -t securityfs securityfs /sys/kernel/security");
    Fixture gone("rm -f \"$root/profiles\"\n");
    gone.run();
    CHECK(gone.only().code == text::Code::E0714);
}

TEST_CASE("load: root", "[E0715]") {
    Fixture f(loads);
    f.machine.root = false;
    f.run();
    CHECK(f.only().code == text::Code::E0715);
    CHECK(f.only().message == "loading profiles needs root");
    CHECK(f.only().helps.front() == "`sudo pavise load …`, or `--dry-run` to compile only");
}

TEST_CASE("load: a parser that claims what the kernel does not have", "[E0716]") {
    Fixture f("");
    CHECK(f.run().empty());
    REQUIRE(f.diagnostics.all().size() == 2);
    CHECK(f.diagnostics.all()[0].code == text::Code::E0716);
    CHECK(f.diagnostics.all()[1].message == "apparmor_parser reports success, but the kernel does not list profile `web//child`");
    CHECK(f.sources.slice(*f.diagnostics.all()[0].span) == "web");
}

TEST_CASE("load: another mode", "[E0717]") {
    Fixture f("printf 'web (complain)\\nweb//child (complain)\\n' >\"$root/profiles\"\n");
    CHECK(f.run().size() == 1);
    CHECK(f.only().code == text::Code::E0717);
    CHECK(f.only().message == "profile `web` is loaded in mode `complain`, not `enforce`");
    CHECK(f.sources.slice(*f.only().span) == "web");
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
    CHECK(called.out == "would load a\n");
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
