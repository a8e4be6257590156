// Commands on files: what is read, what is written, what is said where that fails.
#include "apparmor/binary_bytes.hpp"
#include "catch.hpp"
#include "cli/call.hpp"

#include <sys/wait.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

using namespace pavise::cli;

namespace {

const std::string good = "profile web {\n  allow read /srv/**\n}\n";

bool says(const Called& called, const std::string& text) {
    INFO(called.err);
    const bool found = called.err.find(text) != std::string::npos;
    CHECK(found);
    return found;
}

}  // namespace

TEST_CASE("files: one that is not there, with the nearest policy of its folder", "[E0701]") {
    const Folder folder;
    folder.write("web.pav", good);
    const Called called = call({"check", folder / "wbe.pav"});
    CHECK(called.status == 2);
    says(called,
         "error[E0701]: can't read `" + (folder / "wbe.pav") + "`: no such file\n  = help: did you mean `" + (folder / "web.pav") + "`?");
    says(call({"docs", folder / ""}), "it is a directory");
}

TEST_CASE("files: all of them are read, whatever one of them is") {
    const Folder folder;
    folder.write("a.pav", "profile a { allow raed /x }\n");
    const Called called = call({"check", folder / "none.pav", folder / "a.pav"});
    CHECK(called.status == 2);
    says(called, "`raed`");
}

TEST_CASE("files: a device without an end", "[E0702]") {
    const Called called = call({"check", "/dev/zero"});
    CHECK(called.status == 2);
    says(called,
         "error[E0702]: can't read `/dev/zero`: it is larger than 32 MiB\n  = help: split the policy into modules and `import` them");
}

TEST_CASE("files: AppArmor text and compiled policies are named as such", "[E0703]") {
    const Folder folder;
    const std::string text = folder.write("usr.bin.x", "# a comment\nabi <abi/3.0>,\n/usr/bin/x {\n  /x r,\n}\n");
    const Called called = call({"docs", text});
    CHECK(called.status == 2);
    says(called, "error[E0703]: `" + text + "` is AppArmor text");
    says(called, "2 | abi <abi/3.0>,\n  | ^^^^^^^^^^^^^^");
    CHECK(call({"check", folder.write("binary", std::string("\x04\x08\x00version\x00", 11))}).err.find("compiled AppArmor policy") !=
          std::string::npos);
    CHECK(call({"check", folder.write("policy", good)}).status == 0);
}

TEST_CASE("files: AppArmor text is checked and built") {
    const Folder folder;
    const std::string text = folder.write("usr.bin.x", "/usr/bin/x {\n  /x rz,\n  /y r,\n}\n");
    says(call({"check", text}), "error[E0805]: `rz` are no permissions");
    const Called built = call({"build", folder.write("usr.bin.y", "profile y /usr/bin/y {\n  /y rm,\n}\n")});
    CHECK(built.status == 0);
    CHECK(built.out.find("  /y mr,") != std::string::npos);
    CHECK(built.out.find("abi") == std::string::npos);
}

TEST_CASE("files: --language says what the content does not tell") {
    const Folder folder;
    const std::string both = folder.write("both", "profile p {\n  include if exists <local/p>\n}\n");
    const std::string base = folder / "base";
    folder.write("base/tunables/global", "");
    CHECK(call({"build", "--base", base, both}).out.find("abi ") == std::string::npos);
    CHECK(call({"build", "--base", base, "--language", "apparmor", both}).out.find("abi ") == std::string::npos);
    CHECK(call({"build", "--base", base, "--language", "pavise", both}).out.find("abi <abi/3.0>,") != std::string::npos);
    const std::string text = folder.write("text.pav", "profile q {\n  /y rm,\n}\n");
    CHECK(call({"check", text}).status == 1);
    CHECK(call({"check", "--language", "apparmor", text}).status == 0);
    CHECK(call({"import", text}).status == 2);
    CHECK(call({"import", "--language", "apparmor", text}).out.find("profile q {\n  allow [read map] /y\n}") != std::string::npos);
    says(call({"check", "--language", "binary", text}), "error[E0703]");
    says(call({"check", "--language", "pav", text}), "error[E0603]: `--language` can't be `pav`");
}

TEST_CASE("files: AppArmor text and policies are loaded alike") {
    const Folder folder;
    std::filesystem::permissions(folder.write("apparmor_parser",
                                              "#!/bin/sh\nwhile [ $# -gt 1 ]; do [ \"$1\" = --ofile ] && out=$2; shift; done\n"
                                              "cp '" +
                                                  (folder / "") + "'\"${1##*-}.bin\" \"$out\"\n"),
                                 std::filesystem::perms::owner_all);
    for (const char* const name : {"web", "y"})
        folder.write(std::string(name) + ".bin",
                     pavise::apparmor::binary::record(pavise::apparmor::binary::Tables().bytes(), 0x202007, name));
    folder.write("base/tunables/global", "");
    const std::string text = folder.write("usr.bin.y", "profile y /usr/bin/y {\n  /y rm,\n}\n");
    const std::string policy = folder.write("a.pav", good);
    const std::string path = std::getenv("PATH");
    setenv("PATH", (folder / ":" + path).c_str(), 1);
    const Called called = call({"load", "--dry-run", "--base", folder / "base", text, policy});
    const Called broken = call({"load", "--dry-run", "--base", folder / "base", folder.write("z", "profile z {\n  /y rz,\n}\n"), policy});
    setenv("PATH", path.c_str(), 1);
    INFO(called.err);
    CHECK(called.status == 0);
    CHECK(called.out == "new        web\nnew        y\n");
    CHECK(broken.status == 1);
    CHECK(broken.out.empty());
}

TEST_CASE("files: a folder stands for its policies and profiles", "[E0705]") {
    const Folder folder;
    folder.write("README", "Nothing to see.\n");
    folder.write("web.pav", good);
    folder.write("usr.bin.x", "/usr/bin/x {\n  /x rz,\n}\n");
    folder.write("usr.bin.x.dpkg-old", "/usr/bin/x {\n  /x rz,\n}\n");
    const Called called = call({"check", folder / ""});
    CHECK(called.status == 1);
    says(called, "1 error");
    const Folder empty;
    says(call({"check", empty / ""}), "error[E0705]: there is no policy in `");
}

TEST_CASE("files: the same file twice is one input") {
    const Folder folder;
    const std::string file = folder.write("a.pav", good);
    CHECK(call({"check", file, file}).status == 0);
}

TEST_CASE("files: build writes a file for each profile, or none") {
    const Folder folder;
    const std::string file = folder.write("a.pav", good + "profile /usr/sbin/b { allow read /etc/b }\n");
    const Called called = call({"build", "-o", folder / "out", "--depfile", folder / "d", "--source-map", folder / "m", file});
    INFO(called.err);
    CHECK(called.status == 0);
    CHECK(called.out.empty());
    CHECK(folder.read("out/apparmor.d/web").find("profile web {") != std::string::npos);
    CHECK(folder.has("out/apparmor.d/usr.sbin.b"));
    CHECK(folder.entries("out/apparmor.d") == 2);
    CHECK(folder.read("d").find("apparmor.d/usr.sbin.b: \\\n " + file + "\n") != std::string::npos);
    const auto map = nlohmann::json::parse(folder.read("m"));
    CHECK(map["outputs"][0]["file"] == "apparmor.d/web");
    CHECK_FALSE(map["outputs"][0]["lines"].empty());
}

TEST_CASE("files: an error leaves the outputs alone") {
    const Folder folder;
    folder.write("out/apparmor.d/web", "before");
    const std::string file = folder.write("a.pav", good + "profile b { allow raed /x }\n");
    CHECK(call({"build", "-o", folder / "out", file}).status == 1);
    CHECK(folder.read("out/apparmor.d/web") == "before");
    CHECK(folder.entries("out/apparmor.d") == 1);
}

TEST_CASE("files: an output that can't be written", "[E0704]") {
    const Folder folder;
    const std::string file = folder.write("a.pav", good);
    folder.write("out/apparmor.d/web/x", "");
    const Called called = call({"build", "-o", folder / "out", file});
    CHECK(called.status == 2);
    says(called, "error[E0704]: can't write `" + (folder / "out/apparmor.d/web") + "`: it is a directory");
}

TEST_CASE("files: a folder that is none", "[E0705]") {
    const Folder folder;
    const std::string file = folder.write("a.pav", good);
    says(call({"check", "-I", folder / "none", file}), "error[E0705]: `" + (folder / "none") + "` of `--modules` does not exist");
    const Called called = call({"check", "--base", file, file});
    CHECK(called.status == 2);
    says(called, "error[E0705]: `" + file + "` of `--base` is not a directory");
}

TEST_CASE("files: features of a kernel", "[E0706]") {
    const Folder folder;
    const std::string file =
        folder.write("a.pav", "profile a {\n  if feature(\"dbus\") { allow read /with } else { allow read /without }\n}\n");
    const Called called = call({"check", "--kernel", file, file});
    CHECK(called.status == 2);
    says(called, "error[E0706]: `" + file + "` is not a features file");
    says(called, "  = help: it has the form of AppArmor's own");
    const std::string without = folder.write("f", "file {mask {read write}\n}\ncaps {mask {chown}\n}\n");
    CHECK(call({"build", file}).out.find("/with ") != std::string::npos);
    CHECK(call({"build", "--kernel", without, file}).out.find("/without ") != std::string::npos);
}

TEST_CASE("files: an include that is not in the base", "[E0707]") {
    const Folder folder;
    folder.write("base/abstractions/base", "");
    folder.write("base/tunables/global", "");
    const std::string file =
        folder.write("a.pav", "profile a {\n  include <abstractions/bsae>\n  include if exists <local/a>\n  allow read /x\n}\n");
    const Called called = call({"check", "--base", folder / "base", file});
    CHECK(called.status == 2);
    says(called, "error[E0707]: there is no `abstractions/bsae` in `" + (folder / "base") + "`\n --> " + file + ":2:");
    says(called, "  = help: did you mean `include <abstractions/base>`?");
}

TEST_CASE("files: what is included is read from the base, and the depfile names it") {
    const Folder folder;
    folder.write("base/abstractions/base", "include <abstractions/inner>\n/etc/x r,\n");
    folder.write("base/abstractions/inner", "@{HOME}/x r,\n");
    folder.write("base/tunables/global", "@{HOME} = /home/*/ /root/\n");
    const std::string file = folder.write("a.pav", "profile a {\n  include <abstractions/base>\n  allow read /x\n}\n");
    const Called built = call({"build", "--base", folder / "base", "-o", folder / "out", "--depfile", folder / "d", file});
    INFO(built.err);
    CHECK(built.status == 0);
    for (const char* name : {"base/abstractions/base", "base/abstractions/inner", "base/tunables/global"})
        CHECK(folder.read("d").find(folder / name) != std::string::npos);
    CHECK(folder.read("out/apparmor.d/a").find("include <tunables/global>") != std::string::npos);
    CHECK(folder.read("out/apparmor.d/a").find("/etc/x") == std::string::npos);

    folder.write("base/abstractions/inner", "/x rz,\n");
    const Called checked = call({"check", "--base", folder / "base", file});
    CHECK(checked.status == 1);
    says(checked, "error[E0805]: `rz` are no permissions");
    says(checked, "abstractions/base:1:");
    says(checked, file + ":2:");
}

TEST_CASE("files: several profiles on standard output share one head", "[E0607]") {
    const Folder folder;
    const std::string a = folder.write("a.pav", good);
    const std::string b = folder.write("b.pav", "profile b { allow read /x }\n");
    const std::string c = folder.write("c.pav", "include <tunables/global>\nprofile c { allow read /x }\n");
    const Called joined = call({"build", a, b});
    CHECK(joined.status == 0);
    CHECK(joined.out.find("abi <abi/3.0>,") == joined.out.rfind("abi <abi/3.0>,"));
    CHECK(joined.out.find("profile b {") != std::string::npos);
    folder.write("base/tunables/global", "");
    const Called differing = call({"build", "--base", folder / "base", a, c});
    CHECK(differing.status == 2);
    CHECK(differing.out.empty());
    says(differing, "error[E0607]: `web` and `c` differ in what stands before the profile");
    says(differing, "  = help: write `-o DIR` for a file each");
}

TEST_CASE("files: check --fix changes what is certain") {
    const Folder folder;
    const std::string file = folder.write("a.pav", "profile a {\n  allow read /x,\n  allow read /y,\n}\n");
    std::filesystem::create_symlink(file, folder / "link.pav");
    const Called called = call({"check", "--fix", folder / "link.pav"});
    INFO(called.err);
    CHECK(called.status == 0);
    CHECK(called.err.ends_with("2 places fixed\n"));
    CHECK(folder.read("a.pav") == "profile a {\n  allow read /x\n  allow read /y\n}\n");
    CHECK(std::filesystem::is_symlink(folder / "link.pav"));
    CHECK(call({"check", "--fix", "-"}).status == 2);
}

TEST_CASE("files: machine-readable reports of check go to standard output") {
    const Folder folder;
    const std::string file = folder.write("a.pav", "profile a { allow raed /x }\n");
    const Called json = call({"check", "--format", "json", file});
    CHECK(json.status == 1);
    CHECK(json.err.empty());
    CHECK(nlohmann::json::parse(json.out)["counts"]["errors"] == 1);
    const Called sarif = call({"check", "--format", "sarif", file});
    CHECK(nlohmann::json::parse(sarif.out)["runs"][0]["results"].size() == 1);
    CHECK(call({"build", "--format", "json", file}).out.empty());
}

TEST_CASE("files: the program says that standard output is full, and is quiet when nobody reads it") {
    const char* const program = std::getenv("PAVISE");
    if (program == nullptr) SKIP_TEST("PAVISE does not name the program");
    const Folder folder;
    const std::string file = folder.write("a.pav", good);
    const auto shell = [&](const std::string& command) { return WEXITSTATUS(std::system(command.c_str())); };
    const std::string build = std::string(program) + " build '" + file + "'";
    CHECK(shell(build + " >/dev/full 2>'" + (folder / "err") + "'") == 2);
    CHECK(folder.read("err").find("error[E0704]: can't write to standard output: the disk is full") != std::string::npos);
    CHECK(shell(std::string(program) + " reference 2>'" + (folder / "err") + "' | true") == 0);
    CHECK(folder.read("err").empty());
    CHECK(shell("printf 'profile a { allow read /x }' | " + std::string(program) + " build - >'" + (folder / "out") + "'") == 0);
    CHECK(folder.read("out").find("Made by pavise from <stdin>") != std::string::npos);
}
