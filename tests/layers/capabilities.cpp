#include "layers/capabilities.hpp"

#include "catch.hpp"

using namespace pavise;
using namespace pavise::layers;

namespace {

policy::Rule capability(policy::Effect effect, std::vector<std::string> names, bool only = false) {
    policy::Rule rule;
    rule.effect = effect;
    if (only) rule.only = text::Span{};
    rule.body = policy::CapabilityRule{std::move(names), {}};
    return rule;
}

Capabilities of(std::vector<policy::Rule> rules) {
    policy::Profile profile;
    profile.rules = std::move(rules);
    return capabilities_of(profile);
}

}  // namespace

TEST_CASE("capabilities: `only` is all that a container holds, a deny takes one away") {
    const Capabilities only = of({capability(policy::Effect::allow, {"setuid", "net_bind_service"}, true),
                                  capability(policy::Effect::allow, {"kill"}), capability(policy::Effect::deny, {"setuid"})});
    CHECK(only.only);
    CHECK(only.mask == 0x400);
    CHECK(granted(only) == 0x400);

    const Capabilities less = of({capability(policy::Effect::allow, {}), capability(policy::Effect::deny, {"net_raw", "sys_admin"})});
    CHECK_FALSE(less.only);
    CHECK(less.mask == 0x202000);
    CHECK(granted(less) == 0xa80405fb);
}

TEST_CASE("capabilities: a container without raw sockets does not hold net_raw") {
    policy::Rule raw;
    raw.effect = policy::Effect::deny;
    policy::NetworkRule body;
    body.types = {"raw"};
    raw.body = body;
    CHECK(of({raw}).mask == 0x2000);
    body.families = {"inet"};
    raw.body = body;
    CHECK(of({raw}).mask == 0);
}

TEST_CASE("capabilities: nothing said leaves the runtime's own") {
    CHECK(granted(of({})) == docker_capabilities);
    CHECK(granted(of({capability(policy::Effect::deny, {})})) == 0);
}

TEST_CASE("capabilities: Docker's own are the 14 of its defaults") {
    const std::vector<std::string_view> names = capability_names(docker_capabilities);
    CHECK(names == std::vector<std::string_view>{"chown", "dac_override", "fowner", "fsetid", "kill", "setgid", "setuid", "setpcap",
                                                 "net_bind_service", "net_raw", "sys_chroot", "mknod", "audit_write", "setfcap"});
    CHECK(runtime_name("net_raw") == "NET_RAW");
}

TEST_CASE("capabilities: a mask is hexadecimal") {
    CHECK(parse_mask("00000000a80425fb") == CapabilityMask{0xa80425fb});
    CHECK(parse_mask("0x1FF") == CapabilityMask{0x1ff});
    CHECK(parse_mask("ffffffffffffffff") == ~CapabilityMask{0});
    for (const char* const wrong : {"", "0x", "chown", "1 ", "-1", "00000000000000001"}) CHECK_FALSE(parse_mask(wrong));
}
