// The languages of the other classes: what rules say of them by their definition.
#include "analysis/classes.hpp"
#include "analysis/decide.hpp"
#include "apparmor/build_policy.hpp"
#include "automata/product.hpp"
#include "catch.hpp"

using namespace pavise;
using namespace pavise::analysis;
using policy::RuleClass;

namespace {

Language made_of(const policy::Policy& policy, const policy::Profile& profile, RuleClass cls) {
    auto made = language_of(cls, said_of(policy, profile, profile.name));
    REQUIRE(std::holds_alternative<Language>(made));
    return std::get<Language>(std::move(made));
}

bool allowed(const Language& language, const std::string& text, Bits bit = 1) {
    return decide(language, language.hits_of(text), bit, Owner::self).answer == Answer::yes;
}

std::string socket(std::string_view family, std::string_view type) {
    return std::string(family) + '\0' + std::string(type) + std::string(7, '\0');
}

}  // namespace

TEST_CASE("analysis: mount options, as sets") {
    const auto allows = [](policy::MountRule rule, const std::string& options) {
        policy::Policy policy;
        policy.preambles.emplace_back();
        policy.profiles.emplace_back().rules.push_back(apparmor::allow(std::move(rule)));
        const Language language = made_of(policy, policy.profiles[0], RuleClass::mount);
        return allowed(language, std::string("/mnt/") + '\0' + "/dev/x" + '\0' + "ext4" + '\0' + options);
    };
    using Options = policy::MountRule::Options;
    policy::MountRule exactly;
    exactly.options = {Options{false, {"ro", "nosuid"}, {}}};
    CHECK(allows(exactly, "ro,nosuid,"));
    CHECK_FALSE(allows(exactly, "ro,"));
    CHECK_FALSE(allows(exactly, "ro,nosuid,nodev,"));
    policy::MountRule some;
    some.options = {Options{true, {"ro", "nosuid"}, {}}};
    CHECK(allows(some, ""));
    CHECK(allows(some, "nosuid,"));
    CHECK_FALSE(allows(some, "nodev,"));
    policy::MountRule writable;
    writable.options = {Options{false, {"rw"}, {}}};
    CHECK(allows(writable, ""));
    CHECK_FALSE(allows(writable, "ro,"));
    policy::MountRule recursive;
    recursive.options = {Options{false, {"rbind"}, {}}};
    CHECK(allows(recursive, "bind,rec,"));
    CHECK_FALSE(allows(recursive, "bind,"));
    CHECK(allows({}, "bind,rec,"));
}

TEST_CASE("analysis: what can occur has an example, in words") {
    for (const RuleClass cls : meant_classes()) {
        const auto text = automata::witness(possible(cls), [](automata::Label label) { return label != 0; });
        REQUIRE(text);
        INFO(static_cast<int>(cls));
        CHECK_FALSE(words_of(cls, *text, all_bits(cls)).empty());
    }
    CHECK(words_of(RuleClass::network, socket("inet", "raw"), all_bits(RuleClass::network)) == "network inet raw");
    CHECK(words_of(RuleClass::signal, std::string("kill\0web", 8), 1) == "signal send set=kill peer=web");
    CHECK(words_of(RuleClass::link, std::string("/a\0/b", 5), 1) == "link /a -> /b");
    CHECK(words_of(RuleClass::file, "/etc/shadow", policy::permission::write | policy::permission::append) == "write /etc/shadow");
}
