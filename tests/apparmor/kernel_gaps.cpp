// What a kernel would ignore of a policy, class by class and part by part.
#include "apparmor/kernel_gaps.hpp"

#include "catch.hpp"
#include "cli/pipeline.hpp"

using namespace pavise;
using namespace pavise::apparmor;

namespace {

std::vector<std::string> gaps(const std::string& text, std::string_view target, const std::set<std::string, std::less<>>& kernel) {
    cli::Settings settings;
    settings.target = find_target(target);
    settings.features = features(*settings.target);
    cli::Run run;
    const auto policy = cli::compile_further(run, "a.pav", text, settings);
    REQUIRE(policy);
    std::vector<std::string> names;
    for (const Gap& gap : kernel_gaps(*policy, *settings.target, kernel)) names.push_back(gap.name + (gap.more == 0 ? "" : "+"));
    return names;
}

std::set<std::string, std::less<>> without(std::string_view target, std::string_view feature) {
    std::set<std::string, std::less<>> all = features(*find_target(target));
    std::erase_if(all, [&](const std::string& one) { return one == feature || one.starts_with(std::string(feature) + '/'); });
    return all;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("gaps: none in a kernel that has what the abi has") {
    CHECK(gaps("profile a {\n  deny dbus send\n  allow unix\n  allow capability chown\n  limit nofile <= 5\n}\n", "apparmor-3.0",
               features(*find_target("apparmor-3.0")))
              .empty());
}

TEST_CASE("gaps: a class, once for all its statements, in children too") {
    CHECK(gaps("profile a {\n  deny dbus send\n  profile b { allow dbus receive }\n  deny unix\n}\n", "apparmor-3.0",
               without("apparmor-3.0", "dbus")) == Names{"dbus+"});
}

TEST_CASE("gaps: what the abi leaves out is not the kernel's matter") {
    CHECK(gaps("profile a {\n  allow userns\n}\n", "apparmor-3.0", without("apparmor-3.0", "namespaces")).empty());
    CHECK(gaps("profile a {\n  deny userns\n}\n", "apparmor-4.0", without("apparmor-4.0", "namespaces/mask")) == Names{"userns"});
}

TEST_CASE("gaps: a capability and a limit") {
    CHECK(gaps("profile a {\n  deny capability [bpf chown]\n  limit rttime <= 5s\n}\n", "apparmor-3.0",
               without("apparmor-3.0", "caps/mask/bpf")) == Names{"bpf"});
    CHECK(gaps("profile a {\n  limit nofile <= 5\n}\n", "apparmor-3.0", without("apparmor-3.0", "rlimit/mask/nofile")) ==
          Names{"limit nofile"});
}

TEST_CASE("gaps: unix sockets of a kernel that mediates them by network_v9") {
    std::set<std::string, std::less<>> kernel = without("apparmor-5.0", "network/af_unix");
    kernel.insert("network_v9/af_unix");
    CHECK(enforces(kernel, policy::RuleClass::unix_, *find_target("apparmor-5.0")));
    CHECK_FALSE(enforces(kernel, policy::RuleClass::unix_, *find_target("apparmor-3.0")));
}
