#include "apparmor/emit.hpp"

#include "build_policy.hpp"

using namespace pavise;
using namespace pavise::apparmor;
using Lines = std::vector<std::string>;
namespace p = pavise::policy::permission;

TEST_CASE("a whole file, to the byte") {
    const std::string source = "profile web {\n  deny network raw\n  deny [write link] [/bin/** /root/**]\n  deny all /bin/sh\n}\n";
    PolicyText made(source, "web");
    const auto at = [&](const std::string& words) {
        const auto begin = static_cast<std::uint32_t>(source.find(words));
        return text::Span{0, begin, begin + static_cast<std::uint32_t>(words.size())};
    };
    policy::Profile& profile = made.profile();
    profile.origin.span = at("web");
    profile.docs = "Behind a balancer.\nNo shell.";
    profile.mode = policy::Mode::complain;
    profile.flags = {{"attach_disconnected", "", {}}};
    profile.includes.push_back({"<abstractions/base>", false, {}});
    policy::NetworkRule raw;
    raw.types = {"raw"};
    profile.rules = {deny(raw, at("deny network raw")),
                     deny(files(p::write | p::append | p::link, {"/bin/**", "/root/**"}), at("deny [write")),
                     deny(files(p::all, {"/bin/sh"}), at("deny all"))};
    const std::string text = made.emitted();
    CHECK(text == R"(# Made by pavise from p.pav. Change that file, not this one.

abi <abi/3.0>,

include <tunables/global>

# Behind a balancer.
# No shell.
profile web flags=(complain, attach_disconnected) {
  include <abstractions/base>

  deny network raw,  # p.pav:2

  deny /bin/** wl,      # p.pav:3
  deny /root/** wl,     # p.pav:3
  deny /bin/sh mrwklx,  # p.pav:4
}
)");
    CHECK(emit(made.policy, made.sources, made.options, made.diagnostics).at(0).text == text);
}

TEST_CASE("rules for one path are joined, and the map and the comment name every statement") {
    const std::string source = "profile web {\n  allow read /x\n  allow lock /x\n}\n";
    PolicyText made(source, "web");
    const auto first = static_cast<std::uint32_t>(source.find("allow read"));
    const auto second = static_cast<std::uint32_t>(source.find("allow lock"));
    made.profile().rules = {allow(files(p::read, {"/x"}), {0, first, first + 13}), allow(files(p::lock, {"/x"}), {0, second, second + 13})};
    const OutputFile file = [&] {
        made.emitted();
        return emit(made.policy, made.sources, made.options, made.diagnostics).at(0);
    }();
    CHECK(file.text.find("  /x rk,  # p.pav:2,3\n") != std::string::npos);
    REQUIRE(file.map.size() == 3);  // the profile's head and both statements
    CHECK(file.map[1].line == file.map[2].line);
    CHECK(file.map[2].origin.span.begin == second);
}

TEST_CASE("a network type that is also a family is written for each family") {
    PolicyText made;
    policy::NetworkRule body;
    body.types = {"packet"};
    made.profile().rules = {deny(body)};
    const Lines lines = made.rules();
    CHECK(lines.size() == policy::network_families().size());
    CHECK(lines.front() == "deny network unspec packet,");
}
