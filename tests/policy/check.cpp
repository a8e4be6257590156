// The checks across a profile's statements, from models made by hand.
#include "policy/check.hpp"

#include "apparmor/build_policy.hpp"
#include "catch.hpp"

#include <functional>
#include <string>
#include <vector>

using namespace pavise;
using namespace pavise::policy;
using apparmor::allow;
using apparmor::deny;
using apparmor::exec;
using apparmor::files;
using apparmor::globs;
namespace p = pavise::policy::permission;

namespace {

// The codes that the checks give, in order. Each statement has a place of its own, as in a source.
std::string codes(std::vector<Rule> rules, const std::function<void(Policy&)>& change = {}) {
    apparmor::PolicyText made(std::string(100, '\n'));
    for (std::uint32_t i = 0; i < rules.size(); ++i) rules[i].origin.span = {0, i, i + 1};
    made.profile().rules = std::move(rules);
    if (change) change(made.policy);
    check(made.policy, made.diagnostics);
    std::string out;
    for (const text::Diagnostic& one : made.diagnostics.all()) {
        if (!out.empty()) out += ' ';
        out += text::info(one.code).name;
        // By the number of the statement.
        if (one.span && one.span->end > one.span->begin) out += "@" + std::to_string(one.span->begin);
    }
    return out;
}

Rule in_half(Rule made, Half half) {
    made.half = half;
    return made;
}
Rule ranked(Rule made, int priority) {
    made.priority = priority;
    return made;
}
Rule audited(Rule made) {
    made.audit = true;
    return made;
}
Rule from_use(Rule made) {
    made.origin.via = 1;
    return made;
}
std::function<void(Policy&)> with_use() {
    return [](Policy& policy) { policy.expansions.add({ExpansionKind::use, "a", {}, 0}); };
}

ExecTarget to_profile(const char* name = "", ExecFallback fallback = ExecFallback::none) {
    return {ExecKind::profile, name, fallback, false};
}
LinkRule link(std::initializer_list<const char*> names, std::initializer_list<const char*> targets, bool subset) {
    LinkRule body;
    body.names = globs(names);
    body.targets = globs(targets);
    body.subset = subset;
    return body;
}
FileRule every_file() {
    FileRule body;
    body.whole = true;
    body.permissions = p::all;
    return body;
}
CapabilityRule capability(const char* name) {
    CapabilityRule body;
    body.names = {name};
    return body;
}

const Rule start = allow(files(p::read, {"/start"}));

}  // namespace

TEST_CASE("check: a profile in which nothing can start", "[W0404]") {
    CHECK(codes({}) == "W0404");
    CHECK(codes({allow(files(p::write, {"/x"}))}) == "W0404");
    CHECK(codes({deny(files(p::read, {"/x"}))}) == "W0404");
    CHECK(codes({allow(files(p::read, {"/x"}))}).empty());
    CHECK(codes({allow(files(p::map, {"/x"}))}).empty());
    CHECK(codes({allow(every_file())}).empty());
    CHECK(codes({allow(EverythingRule{})}).empty());
    const auto with_mode = [](Mode mode) { return [mode](Policy& policy) { policy.profiles[0].mode = mode; }; };
    CHECK(codes({}, with_mode(Mode::kill)) == "W0404");
    CHECK(codes({}, with_mode(Mode::complain)).empty());
    CHECK(codes({}, with_mode(Mode::unconfined)).empty());
    const auto with_include = [](const char* name) {
        return [name](Policy& policy) { policy.profiles[0].includes.push_back({name, false, {}}); };
    };
    CHECK(codes({}, with_include("<local/p>")).empty());
}

TEST_CASE("check: one exec to two targets", "[E0401]") {
    CHECK(codes({allow(exec({"/x"})), allow(exec({"/x"}, to_profile()))}) == "E0401");
    CHECK(codes({allow(exec({"/x"}, to_profile("a"))), allow(exec({"/x"}, to_profile("a", ExecFallback::inherit)))}) == "E0401");
    CHECK(codes({allow(exec({"/x*"})), allow(exec({"/x*"}, to_profile()))}) == "E0401");
    CHECK(codes({allow(exec({"/{a,b}"})), allow(exec({"/b"}, to_profile()))}) == "E0401");
    CHECK(codes({allow(every_file()), allow(exec({"/x*"}, to_profile()))}) == "E0401");
    // A literal beats a glob.
    CHECK(codes({allow(exec({"/x*"})), allow(exec({"/x"}, to_profile()))}).empty());
    CHECK(codes({allow(every_file()), allow(exec({"/x"}, to_profile()))}).empty());
    CHECK(codes({in_half(allow(exec({"/x"})), Half::owner), in_half(allow(exec({"/x"}, to_profile())), Half::other)}).empty());
    CHECK(codes({allow(exec({"/x"})), ranked(allow(exec({"/x"}, to_profile())), 1)}).empty());
    CHECK(codes({deny(files(p::exec, {"/x"})), allow(exec({"/y"}, to_profile()))}).empty());
}

TEST_CASE("check: links with and without subset", "[E0402]") {
    CHECK(codes({start, allow(link({"/a"}, {"/b"}, true)), allow(link({"/a"}, {"/b"}, false))}) == "E0402");
    CHECK(codes({start, allow(link({"/a"}, {}, true)), allow(link({"/a"}, {"/b"}, false))}) == "");
    CHECK(codes({start, allow(files(p::link, {"/a"})), allow(link({"/a"}, {"/b"}, false))}) == "E0402");
    CHECK(codes({start, allow(link({"/a"}, {"/b"}, true)), allow(link({"/a"}, {"/c"}, false))}).empty());
    CHECK(codes({start, allow(link({"/a"}, {"/b"}, true)), allow(link({"/c"}, {"/b"}, false))}).empty());
    CHECK(codes({start, deny(link({"/a"}, {"/b"}, true)), allow(link({"/a"}, {"/b"}, false))}).empty());
}

TEST_CASE("check: transitions under no-new-privileges", "[E0403]") {
    const auto guarded = [](Policy& policy) { policy.profiles[0].container.emplace().no_new_privileges = true; };
    ChangeProfileRule change;
    change.targets = {"a"};
    ChangeProfileRule narrow;
    narrow.targets = {"&a"};
    CHECK(codes({start, allow(exec({"/x"}, to_profile()))}, guarded) == "E0403@1");
    CHECK(codes({start, allow(exec({"/x"}, to_profile("a")))}, guarded) == "E0403@1");
    CHECK(codes({start, allow(change)}, guarded) == "E0403@1");
    CHECK(codes({start, allow(ChangeProfileRule{})}, guarded) == "E0403@1");
    CHECK(codes({start, allow(exec({"/x"}))}, guarded).empty());
    CHECK(codes({start, allow(exec({"/x"}, to_profile("&a")))}, guarded).empty());
    CHECK(codes({start, allow(narrow)}, guarded).empty());
    CHECK(codes({start, deny(change)}, guarded).empty());
    CHECK(codes({start, allow(change)}).empty());
    CHECK(codes({start, allow(change)}, [](Policy& policy) { policy.profiles[0].container.emplace(); }).empty());
}

TEST_CASE("check: statements that have been said", "[W0401]") {
    CHECK(codes({start, start}) == "W0401@1");
    CHECK(codes({allow(files(p::read | p::lock, {"/x"})), allow(files(p::read, {"/x"}))}) == "W0401@1");
    CHECK(codes({allow(files(p::read, {"/x", "/y"})), allow(files(p::read, {"/y"}))}) == "W0401@1");
    CHECK(codes({start, in_half(start, Half::owner)}) == "W0401@1");
    CHECK(codes({start, allow(capability("kill")), allow(capability("kill"))}) == "W0401@2");
    CHECK(codes({start, from_use(start)}, with_use()) == "W0401@0");

    CHECK(codes({allow(files(p::read, {"/x"})), allow(files(p::read | p::lock, {"/x"}))}).empty());
    CHECK(codes({allow(files(p::read, {"/y"})), allow(files(p::read, {"/x", "/y"}))}).empty());
    CHECK(codes({in_half(start, Half::owner), start}).empty());
    CHECK(codes({start, audited(start)}).empty());
    CHECK(codes({start, ranked(start, 1)}).empty());
    CHECK(codes({start, allow(CapabilityRule{}), allow(capability("kill"))}) == "W0401@2");

    CHECK(codes({start, allow(capability("kill")), audited(allow(capability("kill")))}).empty());
    CHECK(codes({start, allow(capability("kill")), allow(capability("chown"))}).empty());
    CHECK(codes({start, allow(capability("kill")), allow(CapabilityRule{})}) == "W0401@1");
}

TEST_CASE("check: allows that a deny takes away", "[W0402]") {
    const Rule read = allow(files(p::read, {"/srv/x"}));
    CHECK(codes({start, read, deny(files(p::read, {"/srv/x"}))}) == "W0402@1");
    CHECK(codes({start, read, deny(files(p::all, {"/srv/**"}))}) == "W0402@1");
    CHECK(codes({start, allow(capability("kill")), deny(capability("kill"))}) == "W0402@1");
    CHECK(codes({start, allow(capability("kill")), deny(CapabilityRule{})}) == "W0402@1");
    CHECK(codes({start, ranked(read, -1), deny(files(p::read, {"/srv/x"}))}) == "W0402@1");

    CHECK(codes({start, read, deny(files(p::write | p::append, {"/srv/**"}))}).empty());
    CHECK(codes({start, read, deny(files(p::read, {"/srv/x/**"}))}).empty());
    CHECK(codes({start, read, in_half(deny(files(p::read, {"/srv/x"})), Half::owner)}).empty());
    CHECK(codes({start, ranked(read, 1), deny(files(p::read, {"/srv/x"}))}).empty());
    CHECK(codes({start, allow(files(p::read, {"/srv/x", "/y"})), deny(files(p::read, {"/srv/x"}))}).empty());
    // `/srv/**` does not match `/srv/`.
    CHECK(codes({start, allow(files(p::read, {"/srv/"})), deny(files(p::read, {"/srv/**"}))}).empty());
}

TEST_CASE("check: deny append leaves plain writes", "[W0403]") {
    CHECK(codes({start, deny(files(p::append, {"/x"}))}).starts_with("W0403"));
    CHECK(codes({start, deny(files(p::write | p::append, {"/x"}))}).empty());
    CHECK(codes({start, deny(files(p::append, {"/x"})), deny(files(p::write, {"/x"}))}).empty());
    CHECK(codes({start, allow(files(p::append, {"/x"}))}).empty());
}

TEST_CASE("check: targets that no profile has", "[W0405]") {
    const auto with_profiles = [](Policy& policy) {
        policy.profiles.emplace_back().name = "worker";
        policy.profiles.back().rules = {start};
        Profile child;
        child.kind = ProfileKind::child;
        child.name = "helper";
        child.rules = {start};
        policy.profiles[0].children = {child};
    };
    const auto to_child = [](const char* name) { return ExecTarget{ExecKind::child, name, ExecFallback::none, false}; };
    CHECK(codes({start, allow(exec({"/x"}, to_profile("wroker")))}, with_profiles) == "W0405@1");
    CHECK(codes({start, allow(exec({"/x"}, to_child("nobody")))}, with_profiles) == "W0405@1");
    CHECK(codes({start, allow(exec({"/x"}, to_child("worker")))}, with_profiles) == "W0405@1");
    CHECK(codes({start, allow(exec({"/x"}, to_profile("worker")))}, with_profiles).empty());
    CHECK(codes({start, allow(exec({"/x"}, to_child("helper")))}, with_profiles).empty());
    // It may be loaded from elsewhere.
    CHECK(codes({start, allow(exec({"/x"}, to_profile("firefox")))}, with_profiles).empty());
    CHECK(codes({start, allow(exec({"/x"}, to_profile("&worker2")))}, with_profiles).empty());
}
