// `pavise load` on a machine made of the installed parser and a folder for securityfs, in which a kernel of few features is.
#include "cli/load.hpp"

#include "apparmor/binary.hpp"
#include "apparmor/target.hpp"
#include "catch.hpp"
#include "cli/call.hpp"

#include <variant>

using namespace pavise;
using cli::Called;
using cli::Folder;

namespace {

struct Kernel {
    Folder folder;
    apparmor::Machine machine = apparmor::this_machine();

    Kernel() {
        machine.kernel = apparmor::Machine::Kernel::ready;
        machine.securityfs = folder / "fs";
        machine.state = folder / "state";
        machine.files = folder / "root";
        machine.root = true;
        for (const char* const path :
             {"caps/mask", "domain/change_profile", "file/mask", "mount/mask", "network_v8/af_mask", "policy/set_load", "ptrace/mask",
              "rlimit/mask", "signal/mask", "policy/versions/v5", "policy/versions/v6", "policy/versions/v7", "policy/versions/v8"})
            for (const std::string& feature : apparmor::features(*apparmor::find_target("apparmor-3.0")))
                if (feature.starts_with(std::string(path) + '/')) words_[path] += feature.substr(std::string(path).size() + 1) + ' ';
        for (const auto& [path, words] : words_) folder.write("fs/features/" + path, words + "\n");
        folder.write("fs/profiles", "");
        folder.write("fs/policy/profiles/x", "");
        machine.write = [this](const std::string& path, std::string_view bytes) {
            return path.ends_with("/.replace") ? replace(std::string(bytes)) : EINVAL;
        };
    }

    // As the kernel does: each record's name with its mode, and the whole of the write as its raw data.
    int replace(const std::string& bytes) {
        const auto read = apparmor::binary::read(bytes);
        if (!std::holds_alternative<std::vector<apparmor::binary::Profile>>(read)) return EPROTO;
        for (const auto& one : std::get<std::vector<apparmor::binary::Profile>>(read)) {
            modes_[one.name] = one.mode == 1 ? "complain" : "enforce";
            folder.write("fs/policy/profiles/" + one.name + ".1/name", one.name + "\n");
            folder.write("fs/policy/profiles/" + one.name + ".1/raw_data", bytes);
        }
        std::string list;
        for (const auto& [name, mode] : modes_) list += name + " (" + mode + ")\n";
        folder.write("fs/profiles", list);
        return 0;
    }

    Called load(const std::string& text, std::vector<std::string> words = {}) const {
        words.push_back(folder.write("a.pav", text));
        cli::Console console;
        const auto parsed = cli::parse_arguments(*cli::find_command("load"), words);
        const int status = cli::load_on(machine, std::get<cli::Arguments>(parsed), console);
        return {status, console.out, console.err};
    }

private:
    std::map<std::string, std::string> words_;
    std::map<std::string, std::string> modes_;
};

}  // namespace

TEST_CASE("load: new, replaced with what that changes, unchanged") {
    const Kernel kernel;
    if (kernel.machine.parser.empty()) SKIP_TEST("there is no apparmor_parser here");
    const Called first = kernel.load("profile a { allow read /x }\nprofile b { allow read /b }\n");
    INFO(first.err);
    CHECK(first.status == 0);
    CHECK(first.out == "new        a (enforce)\nnew        b (enforce)\n");
    const Called second = kernel.load("profile a { allow read /y }\nprofile b { allow read /b }\n");
    CHECK(second.status == 0);
    CHECK(second.out == "replaced   a (enforce)\n  + read /y\n  - read /x\nunchanged  b (enforce)\n");
    const Called dry = kernel.load("profile a { allow read /x }\n", {"--dry-run"});
    CHECK(dry.out == "replaces   a\n  + read /x\n  - read /y\n");
}

TEST_CASE("load: all in mode complain") {
    const Kernel kernel;
    if (kernel.machine.parser.empty()) SKIP_TEST("there is no apparmor_parser here");
    const Called called = kernel.load("profile a { allow read /x }\n", {"--complain"});
    INFO(called.err);
    CHECK(called.out == "new        a (complain)\n");
}

TEST_CASE("load: a kernel that keeps no policies") {
    const Kernel kernel;
    if (kernel.machine.parser.empty()) SKIP_TEST("there is no apparmor_parser here");
    CHECK(kernel.load("profile a { allow read /x }\n").status == 0);
    std::filesystem::remove_all(kernel.folder / "fs/policy");
    CHECK(kernel.load("profile a { allow read /y }\n").out ==
          "replaced   a (enforce)\n  what it was is not known: this kernel keeps no policies\n");
}

TEST_CASE("load: what the kernel ignores", "[E0719]") {
    const Kernel kernel;
    if (kernel.machine.parser.empty()) SKIP_TEST("there is no apparmor_parser here");
    const std::string text = "profile a {\n  deny dbus send\n  deny dbus bind name=\"x\"\n}\n";
    const Called refused = kernel.load(text);
    CHECK(refused.status == 2);
    CHECK(refused.out.empty());
    CHECK(refused.err.find("error[E0719]: this kernel ignores `dbus` (and 1 more): all of `dbus` is allowed there") != std::string::npos);
    CHECK(refused.err.find("write it within `if feature(\"dbus\") { … }`, or load without it: `--accept-unenforced 'dbus'`") !=
          std::string::npos);
    CHECK(kernel.load(text, {"--accept-unenforced", "dbus"}).status == 0);
    CHECK(kernel.load("profile a {\n  if feature(\"dbus\") { deny dbus send }\n}\n").status == 0);
}

TEST_CASE("load: the tests are proved for this kernel") {
    const Kernel kernel;
    if (kernel.machine.parser.empty()) SKIP_TEST("there is no apparmor_parser here");
    const std::string text = "profile a { allow read /x }\ntest \"t\" for a {\n  expect deny dbus send\n}\n";
    const Called failed = kernel.load(text);
    CHECK(failed.status == 1);
    CHECK(failed.err.find("error[E0901]") != std::string::npos);
    CHECK(kernel.folder.read("fs/profiles").empty());
    CHECK(kernel.load(text, {"--no-test"}).status == 0);
}

TEST_CASE("load: texts that are kept") {
    const Kernel kernel;
    if (kernel.machine.parser.empty()) SKIP_TEST("there is no apparmor_parser here");
    std::filesystem::create_directories(kernel.folder / "kept");
    const Called called = kernel.load("profile a { allow read /x }\n", {"--persist=" + (kernel.folder / "kept")});
    CHECK(called.status == 0);
    CHECK(called.out == "new        a (enforce)\nkept       " + (kernel.folder / "kept/a") + "\n");
    CHECK(called.err.find("warning[W0726]") != std::string::npos);
    CHECK(kernel.folder.read("kept/a").find("profile a {") != std::string::npos);
    CHECK_FALSE(kernel.folder.has("state/journal"));
}
