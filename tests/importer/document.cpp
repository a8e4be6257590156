// Comments, blank lines and what is joined.
#include "importer/document.hpp"

#include "apparmor/read_text.hpp"

using namespace pavise;
using importer::comment_text;
using importer::Document;

namespace {

policy::Rule file_rule(const std::string& text) {
    apparmor::ReadText read;
    read.read(apparmor::with(text));
    return read.profile().rules.at(0);
}

}  // namespace

TEST_CASE("document: rules that follow one another are joined, comments part them") {
    Document document;
    document.rules({file_rule("/a r,")}, {});
    document.rules({file_rule("/b w,")}, {});
    document.rules({file_rule("/c r,")}, {});
    document.comment("# others");
    document.rules({file_rule("/d r,")}, {});
    CHECK(document.take() == "allow read [/a /c]\nallow write /b\n# others\nallow read /d\n");
}

TEST_CASE("document: a rule with a comment of its own stays alone") {
    Document document;
    document.rules({file_rule("/a r,")}, {});
    document.rules({file_rule("/b r,")}, {});
    document.trailing("# why");
    document.rules({file_rule("/c r,")}, {"# above"});
    document.rules({file_rule("/d r,")}, {});
    CHECK(document.take() == "allow read [/a /d]\nallow read /b  # why\n# above\nallow read /c\n");
}

TEST_CASE("document: one blank line stands for several, and none at the beginning") {
    Document document;
    document.blank();
    document.line("abi none");
    document.blank();
    document.blank();
    document.line("profile a {");
    CHECK(document.take() == "abi none\n\nprofile a {\n");
}

TEST_CASE("comment: what the language would read otherwise is changed by a space") {
    CHECK(comment_text("# plain\t ") == "# plain");
    CHECK(comment_text("## title") == "# # title");
    CHECK(comment_text("### line") == "### line");
    CHECK(comment_text("#include <x>") == "# include <x>");
    CHECK(comment_text("# a\x01z") == "# a?z");
}

TEST_CASE("comment: what editors and Pavise itself have written is left out") {
    CHECK(comment_text("# vim:syntax=apparmor").empty());
    CHECK(comment_text("# -*- Mode: apparmor -*-").empty());
    CHECK(comment_text("# Made by pavise from web.pav").empty());
    CHECK(comment_text("# web.pav:12,40 std/container.pav:31").empty());
    CHECK(comment_text("# see web.pav:12") == "# see web.pav:12");
    CHECK(comment_text("#") == "#");
}
