// What an expectation becomes in the model.
#include "catch.hpp"
#include "check.hpp"

using namespace pavise::language;
namespace policy = pavise::policy;
namespace p = policy::permission;

namespace {

policy::Test test_of(const std::string& head, const std::string& lines) {
    Compiled made = compiled("profile p {\n allow file\n profile c { allow read /c }\n}\nprofile q { allow read /q }\n" + head + " {\n " +
                             lines + "\n}");
    INFO(lines << "\n" << problems(made));
    REQUIRE_FALSE(made.diagnostics.has_errors());
    REQUIRE(made.result.policy.tests.size() == 1);
    return made.result.policy.tests[0];
}

template <typename What>
What expectation(const std::string& line) {
    const policy::Test test = test_of("test \"t\" for p", line);
    INFO(line);
    REQUIRE(test.expectations.size() == 1);
    REQUIRE(std::holds_alternative<What>(test.expectations[0].what));
    return std::get<What>(test.expectations[0].what);
}

}  // namespace

TEST_CASE("tests: name, profiles, file", "[language]") {
    const policy::Test made = test_of("test \"two\" for p q", "expect allow read /x\n expect deny exec /y");
    CHECK(made.name == "two");
    CHECK(made.profiles == std::vector<std::string>{"p", "q"});
    CHECK(made.file.empty());
    CHECK(made.expectations.size() == 2);
    CHECK(test_of("test \"t\" for *", "expect allow read /x").profiles == std::vector<std::string>{"*"});
    CHECK(test_of("test \"t\" for p//c", "expect allow read /x").profiles == std::vector<std::string>{"p//c"});
    CHECK(test_of("test \"t\" for x in \"old.aa\"", "expect allow read /x").file == "old.aa");
}

TEST_CASE("expect: sets", "[language]") {
    using policy::ExpectSets;
    using policy::ExpectVerb;
    const auto file = [](const ExpectSets& sets) { return std::get<policy::FileRule>(sets.objects.at(0).body); };
    const ExpectSets allow = expectation<ExpectSets>("expect allow owner [read write] [/x /y] except /z");
    CHECK(allow.verb == ExpectVerb::allow);
    REQUIRE(allow.objects.size() == 1);
    CHECK(allow.objects[0].half == policy::Half::owner);
    CHECK(file(allow).permissions == (p::read | p::write | p::append));
    CHECK(file(allow).paths.size() == 2);
    CHECK(file(allow).except.at(0).text == "/z");
    CHECK(expectation<ExpectSets>("expect deny exec /x").verb == ExpectVerb::deny);
    CHECK_FALSE(file(expectation<ExpectSets>("expect deny exec /x")).exec);
    CHECK(expectation<ExpectSets>("expect only exec /x").verb == ExpectVerb::only);
    CHECK(expectation<ExpectSets>("expect never write /x").verb == ExpectVerb::never);
    const ExpectSets network = expectation<ExpectSets>("expect deny network inet raw");
    CHECK(std::get<policy::NetworkRule>(network.objects.at(0).body).types == std::vector<std::string>{"raw"});
}

TEST_CASE("expect: exec, disjoint, within, never reach", "[language]") {
    const policy::ExpectExec exec = expectation<policy::ExpectExec>("expect exec [/x /y] except /y -> profile q or inherit");
    CHECK(exec.paths.size() == 2);
    CHECK(exec.except.size() == 1);
    CHECK(exec.target == policy::ExecTarget{policy::ExecKind::profile, "q", policy::ExecFallback::inherit, false});
    const policy::ExpectDisjoint disjoint = expectation<policy::ExpectDisjoint>("expect disjoint [write lock] [exec map]");
    CHECK(disjoint.first == (p::write | p::append | p::lock));
    CHECK(disjoint.second == (p::exec | p::map));
    CHECK(expectation<policy::ExpectWithin>("expect within q").profile == "q");
    CHECK(expectation<policy::ExpectWithin>("expect within q").file.empty());
    CHECK(expectation<policy::ExpectWithin>("expect within old in \"old.aa\"").file == "old.aa");
    CHECK(expectation<policy::ExpectNeverReach>("expect never reach unconfined").profile == "unconfined");
}
