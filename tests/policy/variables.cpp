#include "policy/variables.hpp"

#include "../catch.hpp"

using namespace pavise::policy;

namespace {

Policy policy() {
    Policy made;
    Declarations declared;
    declared.variables["HOMEDIRS"] = {"/home/", "/srv/home/"};
    declared.variables["HOME"] = {"@{HOMEDIRS}/*/", "/root/"};
    declared.variables["PROC"] = {"/proc/"};
    declared.variables["EMPTY"] = {""};
    declared.variables["PART"] = {"/a/", "/b/"};
    declared.variables["WHOLE"] = {"@{PART}/c", "d"};
    declared.variables["LOST"] = {"/x/@{NOWHERE}"};
    declared.variables["ROUND"] = {"@{ROUND}/x"};
    made.preambles.emplace_back().declared = declared;
    Profile& outer = made.profiles.emplace_back();
    outer.name = "p*q r";
    outer.children.emplace_back().name = "kid";
    return made;
}

std::string expanded(std::string_view glob) {
    const Policy made = policy();
    return expand_variables(made, made.profiles[0], glob).value_or("none");
}

}  // namespace

TEST_CASE("variables: values with the variables in them resolved") {
    const Policy made = policy();
    CHECK(variable_values(made, made.profiles[0], "HOME") == std::vector<std::string>{"/home//*/", "/srv/home//*/", "/root/"});
    CHECK_FALSE(variable_values(made, made.profiles[0], "LOST"));
    CHECK_FALSE(variable_values(made, made.profiles[0], "ROUND"));
    CHECK_FALSE(variable_values(made, made.profiles[0], "NOWHERE"));
    Policy unread = policy();
    unread.preambles[0].declared.reset();
    CHECK_FALSE(variable_values(unread, unread.profiles[0], "PROC"));
}

// As `apparmor_parser -D rule-exprs` shows them.
TEST_CASE("variables: in a glob") {
    CHECK(expanded("/v/@{PART}/z") == "/v/{a,b}/z");
    CHECK(expanded("/w@{PART}z") == "/w{/a/,/b/}z");
    CHECK(expanded("@{PROC}/x") == "/proc//x");
    CHECK(expanded("/n/@{WHOLE}/n") == "/n/{a//c,b//c,d}/n");
    CHECK(expanded("/e/@{EMPTY}/x") == "/e//x");
    CHECK(expanded("/x/\\@{PROC}") == "/x/\\@{PROC}");
    CHECK(expanded("/x/@{NOWHERE}") == "none");
}

TEST_CASE("variables: the profile's name, as no glob") {
    const Policy made = policy();
    CHECK(expanded("/p/@{profile_name}") == "/p/p\\*q r");
    CHECK(expand_variables(made, made.profiles[0].children[0], "/p/@{profile_name}") == "/p/p\\*q r//kid");
}

TEST_CASE("variables: one without a known value may be anything, with the slashes beside it") {
    const Policy made = policy();
    const VariableScope scope{&made.preambles[0], "p"};
    CHECK(expand_widely(scope, "/a/@{NOWHERE}/b").text == "/a{**,}b");
    CHECK(expand_widely(scope, "/a/@{NOWHERE}/b").unknown == "@{NOWHERE}");
    CHECK(expand_widely(scope, "/@{WHOLE}").text == "/{a//c,b//c,d}");
    CHECK(expand_widely(scope, "/@{WHOLE}/@{profile_name}").unknown.empty());
    CHECK(expand_widely(scope, "\\@{WHOLE}").text == "\\@{WHOLE}");
    CHECK(expand_widely({}, "/a@{profile_name}").text == "/a{**,}");
}
