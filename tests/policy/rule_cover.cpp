#include "policy/rule_cover.hpp"

#include "catch.hpp"

using namespace pavise::policy;

namespace {

Rule rule(RuleBody body) {
    Rule made;
    made.body = std::move(body);
    return made;
}

Rule signal(Access access, std::vector<Condition> conditions) {
    MediationRule body;
    body.access = access;
    body.conditions = std::move(conditions);
    return rule(std::move(body));
}

}  // namespace

TEST_CASE("covers: capabilities are sets") {
    CHECK(covers(rule(CapabilityRule{}), rule(CapabilityRule{{"chown"}, {}})));
    CHECK(covers(rule(CapabilityRule{{}, {"kill"}}), rule(CapabilityRule{{"chown"}, {}})));
    CHECK_FALSE(covers(rule(CapabilityRule{{}, {"kill"}}), rule(CapabilityRule{{"kill"}, {}})));
    CHECK(covers(rule(CapabilityRule{{}, {"kill"}}), rule(CapabilityRule{{"kill", "chown"}, {"kill"}})));
    CHECK_FALSE(covers(rule(CapabilityRule{{"chown"}, {}}), rule(CapabilityRule{})));
}

TEST_CASE("covers: conditions narrow") {
    const Condition peer{ConditionKey::peer, {"a"}, {}};
    const Condition set{ConditionKey::set, {"term", "hup"}, {}};
    const Condition term{ConditionKey::set, {"term"}, {}};
    CHECK(covers(signal(1, {}), signal(1, {peer})));
    CHECK_FALSE(covers(signal(1, {peer}), signal(1, {})));
    CHECK(covers(signal(0, {set}), signal(1, {term, peer})));
    CHECK_FALSE(covers(signal(0, {term}), signal(1, {set})));
    CHECK_FALSE(covers(signal(1, {}), signal(0, {})));
    CHECK_FALSE(covers(signal(1, {}), signal(3, {peer})));
}

TEST_CASE("covers: everything, every file and halves") {
    CHECK(covers(rule(EverythingRule{}), rule(MountRule{})));
    CHECK_FALSE(covers(rule(EverythingRule{}), rule(SyscallRule{{"bpf"}, {}})));
    CHECK_FALSE(covers(rule(EverythingRule{}), rule(ChangeProfileRule{})));
    FileRule whole;
    whole.whole = true;
    FileRule one;
    one.paths = {{"/x"}};
    CHECK(covers(rule(whole), rule(one)));
    CHECK(covers(rule(whole), rule(LinkRule{})));
    CHECK_FALSE(covers(rule(one), rule(whole)));
    Rule owner = rule(whole);
    owner.half = Half::owner;
    CHECK_FALSE(covers(owner, rule(one)));
}

TEST_CASE("covers: mounts by each of their parts") {
    MountRule narrow;
    narrow.sources = {{"tmpfs"}};
    narrow.mountpoints = {{"/run/"}};
    narrow.options = {{false, {"rw", "nosuid"}}};
    MountRule wide;
    CHECK(covers(rule(wide), rule(narrow)));
    wide.mountpoints = {{"/run/"}, {"/srv/"}};
    CHECK(covers(rule(wide), rule(narrow)));
    wide.options = {{true, {"rw", "nosuid"}}};
    CHECK_FALSE(covers(rule(wide), rule(narrow)));
    wide.options = narrow.options;
    CHECK(covers(rule(wide), rule(narrow)));
    wide.operation = RuleClass::umount;
    CHECK_FALSE(covers(rule(wide), rule(narrow)));
}
