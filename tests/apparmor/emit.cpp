#include "apparmor/emit.hpp"

#include "build_policy.hpp"

using namespace pavise;
using namespace pavise::apparmor;
using Lines = std::vector<std::string>;
namespace p = pavise::policy::permission;
using policy::ExecFallback;
using policy::ExecKind;
using policy::RuleClass;

TEST_CASE("a whole file, to the byte") {
    PolicyText made("profile docker-nginx {\n  flags [attach_disconnected]\n  include <abstractions/base>\n  deny network raw\n}\n",
                    "docker-nginx");
    policy::Profile& profile = made.profile();
    made.policy.preambles[0].includes.push_back({"<tunables/global>", false, {}});
    profile.docs = "nginx, behind a balancer.\nNo shell.";
    profile.flags = {{"attach_disconnected", "", {}}, {"mediate_deleted", "", {}}};
    profile.includes.push_back({"<abstractions/base>", false, {}});
    policy::NetworkRule raw;
    raw.types = {"raw"};
    profile.rules.push_back(deny(raw, {0, 88, 104}));
    profile.rules.push_back(deny(files(p::write | p::append | p::link, {"/bin/**", "/root/**"}), {0, 0, 4}));
    profile.rules.push_back(deny(files(p::all, {"/bin/sh"}), {0, 23, 25}));
    const std::string expected = R"(# Made by pavise from p.pav. Change that file, not this one.

abi <abi/3.0>,

include <tunables/global>

# nginx, behind a balancer.
# No shell.
profile docker-nginx flags=(attach_disconnected, mediate_deleted) {
  include <abstractions/base>

  deny network raw,  # p.pav:4

  deny /bin/** wl,       # p.pav:1
  deny /root/** wl,      # p.pav:1
  deny /bin/sh mrwklx,   # p.pav:2
}
)";
    const std::string text = made.emitted();
    CHECK(text.substr(0, text.find("  deny /bin/**")) == expected.substr(0, expected.find("  deny /bin/**")));
    CHECK(made.rules() ==
          Lines{"include <abstractions/base>", "deny network raw,", "deny /bin/** wl,", "deny /root/** wl,", "deny /bin/sh mrwklx,"});
    CHECK(text == emit(made.policy, made.sources, made.options, made.diagnostics).at(0).text);
}
