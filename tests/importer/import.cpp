// Whole files to policies.
#include "importer/import.hpp"

#include "apparmor/read_text.hpp"

#include <algorithm>

using namespace pavise;
using importer::Imported;
using importer::Shared;

namespace {

struct Importing {
    apparmor::ReadText text;
    Shared shared{};
    bool inlined = false;
    std::string target = "apparmor-3.0";

    Importing() { file("/base/abi/3.0", "").file("/base/tunables/global", ""); }
    Importing& file(const std::string& path, std::string content) { return text.file(path, std::move(content)), *this; }
    Imported run(std::string content) {
        importer::Options options{apparmor::find_target(target), text.options(), inlined ? &shared : nullptr};
        return importer::import_profile(text.sources, text.sources.add("dir/usr.bin.x", std::move(content)), options, text.diagnostics);
    }
    // The policy's text; the only things to say of it are warnings.
    std::string policy(std::string content) {
        const Imported made = run(std::move(content));
        for (const text::Diagnostic& one : text.diagnostics.all()) UNSCOPED_INFO(one.message);
        for (const std::string& difference : made.differences) UNSCOPED_INFO(difference);
        REQUIRE_FALSE(text.diagnostics.has_errors());
        return made.text;
    }
    std::vector<std::string> codes() const {
        std::vector<std::string> all;
        for (const text::Diagnostic& one : text.diagnostics.all()) all.emplace_back(text::info(one.code).name);
        return all;
    }
};

std::string import(std::string content) { return Importing{}.policy("abi <abi/3.0>,\n" + std::move(content)); }

}  // namespace

TEST_CASE("import: the target's abi goes without saying, another one is kept, none is said") {
    CHECK(import("profile x { /a r, }\n") == "profile x {\n  allow read /a\n}\n");
    Importing importing;
    importing.file("/base/abi/4.0", "");
    importing.target = "apparmor-4.0";
    CHECK(importing.policy("abi <abi/4.0>,\nprofile x { /a r, }\n") == "profile x {\n  allow read /a\n}\n");
    CHECK(Importing{}.policy("profile x { /a r, }\n") == "abi none\n\nprofile x {\n  allow read /a\n}\n");
}

TEST_CASE("import: the file is named after the original, profiles are counted with their children") {
    const Imported made = Importing{}.run("profile x { /a r, profile c { /b r, } ^h { /c r, } }\n");
    CHECK(made.name == "usr.bin.x.pav");
    CHECK(made.profiles == 3);
    CHECK(made.emitted.find("/a r,") != std::string::npos);
}

TEST_CASE("import: comments and blank lines stay where they stood") {
    CHECK(import("# head\n\nprofile x {\n  # of a\n  /a r,  # behind a\n\n\n  /b r,\n  # last\n}\n# end\n") ==
          "# head\n\nprofile x {\n  # of a\n  allow read /a  # behind a\n\n  allow read /b\n  # last\n}\n# end\n");
}

TEST_CASE("import: a comment in the middle of a rule stands before it") {
    CHECK(import("profile x {\n  capability chown # one\n    fowner,\n}\n") ==
          "profile x {\n  # one\n  allow capability [chown fowner]\n}\n");
}

TEST_CASE("import: attachment, mode and flags") {
    CHECK(import("profile x /usr/bin/x flags=(complain, attach_disconnected) { /a r, }\n") ==
          "profile x /usr/bin/x {\n  mode complain\n  flags [attach_disconnected]\n\n  allow read /a\n}\n");
    CHECK(import("/usr/bin/x { /a r, }\n") == "profile /usr/bin/x {\n  allow read /a\n}\n");
}

TEST_CASE("import: hats and children stay in their profile") {
    CHECK(import("profile x {\n  ^h {\n    /a r,\n  }\n  profile c /c {\n    /b r,\n  }\n}\n") ==
          "profile x {\n  hat h {\n    allow read /a\n  }\n  profile c /c {\n    allow read /b\n  }\n}\n");
}

TEST_CASE("import: limits, aliases, blocks of rules") {
    CHECK(import("alias /a/ -> /b/,\nprofile x {\n  set rlimit nofile <= 1024,\n  deny /c w,\n}\n") ==
          "alias /a/ -> /b/\nprofile x {\n  limit nofile <= 1024\n  deny write /c\n}\n");
    CHECK(import("profile x {\n  audit {\n    /c w,\n    /d w,\n  }\n}\n") == "profile x {\n  audit allow write [/c /d]\n}\n");
}

TEST_CASE("import: a variable that the file alone reads becomes a constant, others stay AppArmor's") {
    CHECK(import("@{D} = /srv /var\nprofile x { @{D}/a r, }\n") == "let D = [/srv /var]\nprofile x {\n  allow read @{D}/a\n}\n");
    CHECK(import("@{D} = /srv\n@{D} += /var\nprofile x { @{D}/a r, }\n") ==
          "variable D = /srv\nvariable D += /var\nprofile x {\n  allow read @{D}/a\n}\n");
    CHECK(import("@{D} = /sr*\nprofile x { @{D}/a r, }\n") == "let D = /sr*\nprofile x {\n  allow read @{D}/a\n}\n");
}

TEST_CASE("import: several values that begin or end with a star are no constant, since the parser reads their alternation otherwise") {
    CHECK(import("@{D} = /sr* /var\nprofile x { @{D}/a r, }\n").starts_with("variable D = [/sr* /var]\n"));
    CHECK(import("@{D} = /a /b\nprofile x { @{D} Px, }\n").starts_with("variable D = [/a /b]\n"));
    CHECK(import("@{D} = x\nprofile x { signal peer=@{D}, }\n").starts_with("variable D = x\n"));
}

TEST_CASE("import: a variable that an included file reads stays AppArmor's") {
    Importing importing;
    importing.file("/base/abstractions/one", "  @{D}/b r,\n");
    CHECK(importing.policy("@{D} = /srv\nprofile x {\n  include <abstractions/one>\n}\n").find("variable D = /srv") != std::string::npos);
}

TEST_CASE("import: includes stay, where they stood and as they were spelled") {
    Importing importing;
    importing.file("/base/abstractions/one", "  /one r,\n").file("/base/tunables/global", "@{HOME} = /home\n");
    CHECK(importing.policy("#include <tunables/global>\nprofile x {\n  include <abstractions/one>\n  /a r,\n"
                           "  include if exists <local/x>\n}\n") ==
          "abi none\n\ninclude <tunables/global>\nprofile x {\n  include <abstractions/one>\n  allow read /a\n"
          "  include if exists <local/x>\n}\n");
}

TEST_CASE("import: a file that stands in profiles becomes an abstraction, and those of what it includes") {
    Importing importing;
    importing.file("/base/abstractions/two", "  /two r,\n").file("/base/tunables/global", "@{HOME} = /home\n");
    const Imported made = importing.run("  # of one\n  @{HOME}/one r,\n  include <abstractions/two>\n");
    for (const text::Diagnostic& one : importing.text.diagnostics.all()) UNSCOPED_INFO(one.message);
    REQUIRE(importing.text.diagnostics.all().empty());
    CHECK(made.profiles == 0);
    CHECK(made.name == "usr.bin.x.pav");
    CHECK(made.text ==
          "abstraction two {\n  allow read /two\n}\n\nabstraction usr-bin-x {\n  # of one\n  allow read @{HOME}/one\n  use two\n}\n");
}

TEST_CASE("import --inline: what is included becomes abstractions, each once, but for what may not exist") {
    Importing importing;
    importing.inlined = true;
    importing.file("/base/abstractions/one", "  # of one\n  /one r,\n  include <abstractions/two>\n")
        .file("/base/abstractions/two", "  /two r,\n");
    CHECK(importing.policy("profile x {\n  include <abstractions/one>\n  include <abstractions/two>\n  include if exists <local/x>\n}\n") ==
          "abi none\n\nprofile x {\n  use one\n  use two\n  include if exists <local/x>\n}\n\n"
          "abstraction one {\n  # of one\n  allow read /one\n  use two\n}\n\nabstraction two {\n  allow read /two\n}\n");
}

TEST_CASE("import --inline: with a module of its own the abstractions are imported") {
    Importing importing;
    importing.inlined = true;
    importing.shared.prefix = "abstractions.";
    importing.file("/base/abstractions/one", "  /one r,\n");
    CHECK(importing.policy("abi <abi/3.0>,\nprofile x {\n  include <abstractions/one>\n}\n") ==
          "import \"abstractions.pav\"\n\nprofile x {\n  use abstractions.one\n}\n");
    CHECK(importer::shared_module(importing.shared) == "abstraction one {\n  allow read /one\n}\n");
}

TEST_CASE("import: the branch that is taken is brought over, with a remark") {
    CHECK(import("$A = true\nprofile x {\n  if $A {\n    /a r,\n  } else {\n    /b r,\n  }\n}\n") ==
          "profile x {\n  # AppArmor: `if $A`, decided when this file was imported\n  allow read /a\n}\n");
}

TEST_CASE("import: complements made by hand are kept, and remarked on", "[W0802]") {
    Importing importing;
    const std::string made = importing.policy("abi <abi/3.0>,\nprofile x {\n  deny /proc/sys/kernel/[^s][^h][^m]** w,\n}\n");
    CHECK(importing.codes() == std::vector<std::string>{"W0802"});
    CHECK(made.find("  # If names that begin with `shm` are meant: /proc/sys/kernel/** except /proc/sys/kernel/shm*\n"
                    "  deny write /proc/sys/kernel/[^s][^h][^m]**\n") != std::string::npos);
}

TEST_CASE("import: what holds no profile, and what can't be read, is left out", "[E0813]") {
    Importing nothing;
    CHECK(nothing.run("# nothing\n").text.empty());
    CHECK(nothing.codes() == std::vector<std::string>{"E0813"});
    Importing broken;
    CHECK(broken.run("profile x { /a q, }\n").text.empty());
    CHECK(broken.text.diagnostics.has_errors());
}

TEST_CASE("import: what was built from an import is imported to the same again") {
    const std::string original =
        "abi <abi/3.0>,\n# head\n@{D} = /srv\nprofile x {\n  @{D}/a rw,\n  /b r,\n  network inet,\n  /c Px -> d,\n}\n";
    Importing first;
    const Imported once = first.run(original);
    Importing second;
    const Imported twice = second.run(once.emitted);
    Importing third;
    CHECK(third.run(twice.emitted).text == twice.text);
}
