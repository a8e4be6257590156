// The language of files against its definition, path by path, and against the automata that a real parser builds.
#include "analysis/files.hpp"
#include "analysis/decide.hpp"
#include "analysis/random_rules.hpp"
#include "apparmor/parsers.hpp"
#include "automata/dump.hpp"
#include "automata/naive.hpp"
#include "automata/product.hpp"
#include "catch.hpp"

#include <functional>

using namespace pavise;
using namespace pavise::analysis;
namespace p = policy::permission;

namespace {

constexpr policy::Permissions each_bit[] = {p::read, p::write, p::append, p::lock, p::map, p::exec};

// By the definition of a policy and nothing else: allowed is what an allow matches and no deny does.
bool naive_allowed(const policy::Profile& profile, const std::string& path, policy::Permissions bit, Owner owner) {
    bool allowed = false;
    for (const policy::Rule& rule : profile.rules) {
        const auto& body = std::get<policy::FileRule>(rule.body);
        if (rule.half == policy::Half::owner && owner == Owner::other) continue;
        policy::Permissions bits = body.permissions;
        const bool inherits =
            body.exec && (body.exec->kind == policy::ExecKind::inherit || body.exec->fallback == policy::ExecFallback::inherit);
        if (inherits) bits |= p::map;
        if ((bits & bit) == 0 || !automata::naive_match(body.paths[0].text, path)) continue;
        if (std::any_of(body.except.begin(), body.except.end(),
                        [&](const policy::Glob& glob) { return automata::naive_match(glob.text, path); }))
            continue;
        if (rule.effect == policy::Effect::deny) return false;
        allowed = true;
    }
    return allowed;
}

// The literal that beats globs, or the globs' one.
std::optional<policy::ExecTarget> naive_target(const policy::Profile& profile, const std::string& path, Owner owner) {
    std::optional<policy::ExecTarget> of_glob;
    for (const policy::Rule& rule : profile.rules) {
        const auto& body = std::get<policy::FileRule>(rule.body);
        if (!body.exec || (rule.half == policy::Half::owner && owner == Owner::other)) continue;
        if (!automata::naive_match(body.paths[0].text, path)) continue;
        if (policy::is_literal(body.paths[0].text)) return body.exec;
        of_glob = body.exec;
    }
    return of_glob;
}

void all_strings(std::size_t longest, const std::function<void(const std::string&)>& with) {
    std::vector<std::string> now{"/"};
    for (std::size_t length = 1; length <= longest; ++length) {
        std::vector<std::string> next;
        for (const std::string& one : now) {
            with(one);
            for (const char c : std::string("/xyzq")) next.push_back(one + c);
        }
        now = std::move(next);
    }
}

Language made_of(const policy::Policy& policy, const policy::Profile& profile) {
    auto made = files_of(said_of(policy, profile, profile.name));
    REQUIRE(std::holds_alternative<Language>(made));
    return std::get<Language>(std::move(made));
}

std::uint32_t exec_word(const policy::ExecTarget& target) {
    using policy::ExecKind;
    std::uint32_t word = 0x1;
    if (target.kind == ExecKind::inherit) return word | 0x200;
    word |= target.kind == ExecKind::unconfined ? 0x400U : target.kind == ExecKind::profile ? 0x800U : 0xc00U;
    if (target.unsafe) word |= 0x100;
    if (target.fallback == policy::ExecFallback::inherit) word |= 0x200;
    if (target.fallback == policy::ExecFallback::unconfined) word |= 0x80;
    return word;
}

// Later parsers leave what a program would run under where its exec is denied.
std::uint32_t without_idle_targets(std::uint32_t word) {
    constexpr std::uint32_t target = 0x3f80;
    for (const int half : {0, 14})
        if ((word >> half & 1) == 0) word &= ~(target << half);
    return word;
}

// As parsers write it (libapparmor_re/aare_rules.h, parser/immunix.h).
std::uint32_t allow_word(const Language& language, const std::vector<Hit>& hits) {
    std::uint32_t word = 0;
    for (const Owner owner : {Owner::self, Owner::other}) {
        std::uint32_t half = 0;
        const std::pair<policy::Permissions, std::uint32_t> plain[] = {
            {p::read, 0x4}, {p::write, 0x2}, {p::append, 0x8}, {p::lock, 0x20}, {p::map, 0x40}};
        for (const auto& [bit, theirs] : plain)
            if (decide(language, hits, bit, owner).answer == Answer::yes) half |= theirs;
        const ExecDecision exec = decide_exec(language, hits, owner);
        if (exec.answer == Answer::yes) {
            REQUIRE(exec.targets.size() == 1);
            half |= exec_word(exec.targets[0]);
        }
        word |= owner == Owner::self ? half : half << 14;
    }
    return word;
}

}  // namespace

TEST_CASE("analysis: what is allowed of a path is what an allow matches and no deny does") {
    RandomRules random(5);
    for (int round = 0; round < 60; ++round) {
        policy::Policy policy;
        policy.preambles.emplace_back();
        policy::Profile& profile = policy.profiles.emplace_back();
        random.fill(profile, 1 + random.pick(6));
        for (policy::Rule& rule : profile.rules)
            if (random.pick(3) == 0) std::get<policy::FileRule>(rule.body).except = {{random.glob()}};
        const Language language = made_of(policy, profile);
        all_strings(5, [&](const std::string& path) {
            for (const Owner owner : {Owner::self, Owner::other})
                for (const policy::Permissions bit : each_bit) {
                    const bool allowed = decide(language, language.hits_of(path), bit, owner).answer == Answer::yes;
                    if (allowed != naive_allowed(profile, path, bit, owner)) FAIL(path << " bit " << bit);
                }
        });
    }
}

TEST_CASE("analysis: a program runs under the target of its own path, else of the glob") {
    RandomRules random(6);
    for (int round = 0; round < 60; ++round) {
        policy::Policy policy;
        policy.preambles.emplace_back();
        policy::Profile& profile = policy.profiles.emplace_back();
        random.fill(profile, 1 + random.pick(6));
        const Language language = made_of(policy, profile);
        all_strings(5, [&](const std::string& path) {
            for (const Owner owner : {Owner::self, Owner::other}) {
                const ExecDecision exec = decide_exec(language, language.hits_of(path), owner);
                if (exec.answer != Answer::yes) continue;
                if (exec.targets != std::vector{*naive_target(profile, path, owner)}) FAIL(path);
            }
        });
    }
}

TEST_CASE("analysis: the parser of 3.0 makes the same automaton of file rules") {
    RandomRules random(7);
    apparmor::PolicyText written;
    written.policy.profiles.clear();
    for (int i = 0; i < 80; ++i) {
        policy::Profile& profile = written.policy.profiles.emplace_back();
        profile.name = "p" + std::to_string(1000 + i);
        random.fill(profile, 1 + random.pick(6));
        profile.rules.push_back(apparmor::allow(apparmor::files(p::read, {"/q"})));  // so that each has an automaton of files
    }
    std::string text;
    for (const apparmor::OutputFile& file : apparmor::emit(written.policy, written.sources, written.options, written.diagnostics)) {
        std::istringstream lines(file.text);
        for (std::string line; std::getline(lines, line);)
            if (!line.starts_with("abi ")) text += line + "\n";
    }
    {
        const char* const version = "3.0";
        const apparmor::Compiled made = apparmor::compile(version, text, "-D dfa-states");
        if (made.missing) SKIP_TEST(made.error);
        INFO(version);
        automata::Dumps dumps;
        const std::vector<automata::Automaton> theirs = dumps.files(made.said, {0xfffffff, 0, 0, 0});
        std::size_t at = 0;
        for (const policy::Profile& profile : written.policy.profiles) {
            const Language language = made_of(written.policy, profile);
            std::vector<automata::Label> renamed;
            for (const std::vector<Hit>& hits : language.hits) renamed.push_back(dumps.label({allow_word(language, hits), 0, 0, 0}));
            const automata::Automaton ours = automata::minimise(language.automaton, renamed);
            std::vector<automata::Label> shortened;
            for (std::size_t label = 0; label < dumps.words.size(); ++label)
                shortened.push_back(dumps.label({without_idle_targets(dumps.words[label].allow), 0, 0, 0}));
            const automata::Automaton parsed = automata::minimise(theirs[at], shortened);
            INFO(profile.name);
            REQUIRE(at < theirs.size());
            if (ours != parsed) {
                const auto found = automata::witness(ours, parsed, [](auto a, auto b) { return a != b ? 1U : 0U; });
                FAIL(found.found.value_or("none") << " ours " << dumps.words[ours.label_of(*found.found)].allow << " theirs "
                                                  << dumps.words[parsed.label_of(*found.found)].allow);
            }
            ++at;
        }
    }
}
