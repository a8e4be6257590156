// Random file rules over few letters: those of one profile don't conflict, so that parsers take them.
#pragma once

#include "apparmor/build_policy.hpp"
#include "policy/aare.hpp"

#include <map>
#include <random>
#include <string>

namespace pavise::analysis {

class RandomRules {
public:
    explicit RandomRules(unsigned seed) : random_(seed) {}

    std::size_t pick(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }

    std::string glob() {
        static const std::vector<std::string> pieces = {"/", "/", "x", "y", "xy", "*", "**", "?", "[^x]", "[x-z]", "{x,y}", "{x*,}", "/z/"};
        while (true) {
            std::string text = "/";
            for (std::size_t n = 1 + pick(4); n > 0; --n) text += pieces[pick(pieces.size())];
            if (!policy::find_aare_error(text) && text.find("//") == std::string::npos) return text;
        }
    }

    // Globs of one profile run programs under one target, each literal path under one of its own.
    void fill(policy::Profile& profile, std::size_t count) {
        const policy::ExecTarget of_globs = target();
        std::map<std::string, policy::ExecTarget> literals;
        for (std::size_t i = 0; i < count; ++i) {
            namespace p = policy::permission;
            const std::string path = glob();
            const bool denied = pick(3) == 0;
            policy::FileRule body;
            body.paths = {{path}};
            for (const policy::Permissions one : {p::read, p::write | p::append, p::append, p::lock, p::map, p::exec})
                if (pick(4) == 0) body.permissions |= one;
            if (body.permissions == 0) body.permissions = p::read;
            if ((body.permissions & p::exec) != 0 && !denied) {
                // `{x,y}` is literal and shares a path with others: only plain ones get a target of their own.
                const bool literal = policy::is_literal(path);
                if (literal && path.find('{') != std::string::npos) body.permissions = p::read;
                if (literal) body.exec = literals.try_emplace(path, target()).first->second;
                if (!literal) body.exec = of_globs;
                if ((body.permissions & p::exec) == 0) body.exec.reset();
            }
            policy::Rule rule;
            rule.effect = denied ? policy::Effect::deny : policy::Effect::allow;
            rule.audit = pick(4) == 0;
            rule.half = pick(4) == 0 ? policy::Half::owner : policy::Half::both;
            rule.body = std::move(body);
            profile.rules.push_back(std::move(rule));
        }
    }

private:
    policy::ExecTarget target() {
        policy::ExecTarget made;
        made.kind = static_cast<policy::ExecKind>(pick(4));
        if (made.kind == policy::ExecKind::profile || made.kind == policy::ExecKind::child)
            made.fallback = static_cast<policy::ExecFallback>(pick(3));
        made.unsafe = made.kind != policy::ExecKind::inherit && pick(2) == 0;
        return made;
    }

    std::mt19937 random_;
};

}  // namespace pavise::analysis
