// Lints against what they claim: statements reported as changing nothing can all be left out, and every other one changes something.
#include "analysis/lint/lint.hpp"
#include "analysis/files.hpp"
#include "analysis/random_rules.hpp"
#include "apparmor/target.hpp"
#include "automata/naive.hpp"
#include "catch.hpp"

#include <functional>
#include <set>

using namespace pavise;
using namespace pavise::analysis;
namespace p = policy::permission;

namespace {

constexpr policy::Permissions each_bit[] = {p::read, p::write, p::append, p::lock, p::map, p::exec};

void all_strings(std::size_t longest, const std::function<void(const std::string&)>& with) {
    std::vector<std::string> now{"/"};
    for (std::size_t length = 1; length <= longest; ++length) {
        std::vector<std::string> next;
        for (const std::string& one : now) {
            with(one);
            for (const char c : std::string("/xyzq"))
                if (c != '/' || one.back() != '/') next.push_back(one + c);
        }
        now = std::move(next);
    }
}

// All that AppArmor does about one path, rule by rule.
std::string naive_outcome(const std::vector<policy::Rule>& rules, const Language& language, const std::string& path) {
    std::string out;
    for (const Owner owner : {Owner::self, Owner::other})
        for (const policy::Permissions bit : each_bit) {
            bool audited = false, loud = false, quiet = false;
            for (const policy::Rule& rule : rules) {
                const auto& body = std::get<policy::FileRule>(rule.body);
                const bool inherits =
                    body.exec && rule.effect != policy::Effect::deny &&
                    (body.exec->kind == policy::ExecKind::inherit || body.exec->fallback == policy::ExecFallback::inherit);
                const policy::Permissions bits = body.permissions | (inherits ? p::map : 0);
                if ((bits & bit) == 0 || (rule.half == policy::Half::owner && owner == Owner::other)) continue;
                if (!automata::naive_match(body.paths[0].text, path)) continue;
                if (rule.effect != policy::Effect::deny) audited = audited || rule.audit;
                if (rule.effect == policy::Effect::deny) (rule.audit ? loud : quiet) = true;
            }
            out += static_cast<char>('0' + static_cast<int>(decide(language, language.hits_of(path), bit, owner).answer));
            out += audited ? 'a' : '-';
            out += loud ? 'l' : '-';
            out += quiet ? 'q' : '-';
            if (bit != p::exec) continue;
            for (const policy::ExecTarget& target : decide_exec(language, language.hits_of(path), owner).targets)
                out += std::to_string(static_cast<int>(target.kind)) + std::to_string(static_cast<int>(target.fallback)) +
                       (target.unsafe ? "u" : "s");
        }
    return out;
}

std::vector<std::string> outcomes(const policy::Policy& policy) {
    const policy::Profile& profile = policy.profiles.front();
    const auto made = files_of(said_of(policy, profile, profile.name));
    const Language& language = std::get<Language>(made);
    std::vector<std::string> all;
    all_strings(5, [&](const std::string& path) { all.push_back(naive_outcome(profile.rules, language, path)); });
    return all;
}

std::set<std::uint32_t> reported(const policy::Policy& policy) {
    World world(policy, judging_of_lints(apparmor::targets().front()), {});
    text::Diagnostics diagnostics;
    lint(world, {}, diagnostics);
    std::set<std::uint32_t> places;
    for (const text::Diagnostic& one : diagnostics.all())
        if (one.code == text::Code::W0401 || one.code == text::Code::W0402 || one.code == text::Code::W0910) places.insert(one.span->begin);
    return places;
}

policy::Policy without(const policy::Policy& policy, const std::set<std::uint32_t>& places) {
    policy::Policy left = policy;
    std::erase_if(left.profiles.front().rules, [&](const policy::Rule& rule) { return places.contains(rule.origin.span.begin); });
    return left;
}

}  // namespace

TEST_CASE("lint: what is reported to change nothing can all be left out") {
    RandomRules random(11);
    std::size_t idle = 0;
    for (int round = 0; round < 150; ++round) {
        policy::Policy policy;
        policy.preambles.emplace_back();
        policy::Profile& profile = policy.profiles.emplace_back();
        profile.name = "p";
        random.fill(profile, 2 + random.pick(6));
        std::uint32_t place = 1;
        for (policy::Rule& rule : profile.rules) {
            rule.origin.span = {0, place, place + 1};
            place += 2;
        }
        const std::set<std::uint32_t> gone = reported(policy);
        idle += gone.size();
        INFO("round " << round);
        const bool is_same = gone.empty() || outcomes(policy) == outcomes(without(policy, gone));
        CHECK(is_same);
    }
    CHECK(idle > 30);
}

TEST_CASE("lint: of statements that say the same, one is kept") {
    policy::Policy policy;
    policy.preambles.emplace_back();
    policy::Profile& profile = policy.profiles.emplace_back();
    profile.name = "p";
    std::uint32_t place = 1;
    const auto add = [&](const char* path, policy::Permissions permissions) {
        policy::Rule rule = apparmor::allow(apparmor::files(permissions, {path}));
        rule.origin.span = {0, place, place + 1};
        place += 2;
        profile.rules.push_back(rule);
    };
    add("/{x,y}", p::read);
    add("/x/*", p::read);  // 3: by the fifth
    add("/x", p::read);    // 5: by the first
    add("/y", p::read);    // 7: by the first
    add("/x/**", p::read);
    add("/x/y", p::read);  // 11: by the fifth
    add("/x/y", p::write);
    add("/x/[^/]z", p::write);
    CHECK(reported(policy) == std::set<std::uint32_t>{3, 5, 7, 11});
}
