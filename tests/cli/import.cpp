// `pavise import`: from AppArmor files to `.pav` files.
#include "catch.hpp"
#include "cli/call.hpp"

using namespace pavise::cli;

namespace {

bool says(const std::string& text, const std::string& part) {
    INFO(text);
    const bool found = text.find(part) != std::string::npos;
    CHECK(found);
    return found;
}

// An /etc/apparmor.d of its own.
struct Base {
    Folder folder;
    std::string base = (folder / "base");

    Base() {
        folder.write("base/abi/3.0", "");
        folder.write("base/tunables/global", "");
        folder.write("base/abstractions/one", "  /one r,\n");
    }
    std::string write(const std::string& name, const std::string& text) const { return folder.write("base/" + name, text); }
    Called import(std::vector<std::string> words) const {
        words.insert(words.begin(), {"import", "--base", base});
        return call(words);
    }
};

const std::string web = "abi <abi/3.0>,\nprofile web {\n  include <abstractions/one>\n  /srv/** r,\n}\n";

}  // namespace

TEST_CASE("import: one profile goes to standard output") {
    const Base base;
    const Called called = base.import({base.write("web", web)});
    CHECK(called.status == 0);
    CHECK(called.out == "profile web {\n  include <abstractions/one>\n  allow read /srv/**\n}\n");
    CHECK(called.err.empty());
}

TEST_CASE("import: several go to a folder, with a summary") {
    const Base base;
    const Called called = base.import(
        {base.write("web", web), base.write("app", "abi <abi/3.0>,\nprofile app { /a r, ^h { /b r, } }\n"), "-o", base.folder / "out"});
    CHECK(called.status == 0);
    says(called.out, "base/web  equal, 1 profile\n");
    says(called.out, "base/app  equal, 2 profiles\n");
    says(called.out, "2 of 2 imported and equal\n");
    CHECK(base.folder.read("out/web.pav") == "profile web {\n  include <abstractions/one>\n  allow read /srv/**\n}\n");
    CHECK(base.folder.has("out/app.pav"));
    CHECK(call({"check", "--base", base.base, base.folder / "out/web.pav", base.folder / "out/app.pav"}).status == 0);
    CHECK(call({"fmt", "--check", base.folder / "out"}).status == 0);
}

TEST_CASE("import: a whole directory, without what is no profile") {
    const Base base;
    base.write("web", web);
    base.write("abstractions/two", "  /two r,\n");
    const Called called = base.import({base.base, "-o", base.folder / "out"});
    CHECK(called.status == 0);
    says(called.out, "1 of 1 imported and equal\n");
    CHECK(base.folder.entries("out") == 1);
}

TEST_CASE("import: what is left out is said with its reason, the others are written", "[E0813]") {
    const Base base;
    const Called called = base.import({base.write("bad", "profile bad { /a q, }\n"), base.write("web", web), "-o", base.folder / "out"});
    CHECK(called.status == 1);
    says(called.out, "base/bad  left out: ");
    says(called.out, "1 of 2 imported and equal\n");
    CHECK(base.folder.has("out/web.pav"));
    CHECK_FALSE(base.folder.has("out/bad.pav"));
    const Called none = base.import({base.write("none", "abi <abi/3.0>,\n@{A} = a\n")});
    CHECK(none.status == 1);
    CHECK(none.out.empty());
    says(none.err, "holds no profile of its own");
    const Called holder = base.import({base.write("holder", "include \"" + base.write("held", web) + "\"\n")});
    CHECK(holder.status == 1);
    says(holder.err, "holds no profile of its own");
}

TEST_CASE("import: several without a folder are refused", "[E0604]") {
    const Base base;
    const Called called = base.import({base.write("web", web), base.write("app", "profile app { /a r, }\n")});
    CHECK(called.status == 2);
    CHECK(called.out.empty());
    says(called.err, "error[E0604]: several policies don't go to standard output\n  = help: write `-o DIR`");
}

TEST_CASE("import: a policy is no profile", "[E0703]") {
    const Folder folder;
    const Called called = call({"import", folder.write("a.pav", "profile a {\n  allow read /a\n}\n")});
    CHECK(called.status == 2);
    says(called.err, "is a policy already");
}

TEST_CASE("import --inline: the includes of several are one module") {
    const Base base;
    const std::string app = "abi <abi/3.0>,\nprofile app {\n  include <abstractions/one>\n}\n";
    const Called called = base.import({"--inline", base.write("web", web), base.write("app", app), "-o", base.folder / "out"});
    CHECK(called.status == 0);
    CHECK(base.folder.read("out/abstractions.pav") == "abstraction one {\n  allow read /one\n}\n");
    CHECK(base.folder.read("out/app.pav") == "import \"abstractions.pav\"\n\nprofile app {\n  use abstractions.one\n}\n");
    CHECK(call({"check", "--base", base.base, base.folder / "out/web.pav", base.folder / "out/app.pav"}).status == 0);
    const Called alone = base.import({"--inline", base.base + "/app"});
    CHECK(alone.out == "profile app {\n  use one\n}\n\nabstraction one {\n  allow read /one\n}\n");
}

TEST_CASE("import: a folder that can't be written") {
    const Base base;
    const Called called = base.import({base.write("web", web), "-o", base.folder.write("file", "") + "/out"});
    CHECK(called.status == 2);
    says(called.err, "error[E0704]: can't write");
    CHECK(called.out.empty());
}
