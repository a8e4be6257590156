// `except` of capabilities and networks, whose objects are words.
#include "apparmor/excepts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace pavise::apparmor {
namespace {

using Words = std::vector<std::string>;

bool has(const Words& words, const std::string& word) { return std::find(words.begin(), words.end(), word) != words.end(); }

Words without(const Words& from, const Words& taken) {
    Words left;
    std::copy_if(from.begin(), from.end(), std::back_inserter(left), [&](const std::string& word) { return !has(taken, word); });
    return left;
}

bool is_protocol(const std::string& word) { return policy::find_word(policy::network_protocols(), word) != nullptr; }

}  // namespace

bool Excepts::operator()(const policy::CapabilityRule& body) {
    policy::CapabilityRule one = body;
    one.except.clear();
    if (one.names.empty()) {
        for (const policy::Word& word : policy::capabilities()) one.names.emplace_back(word.name);
        const bool merged =
            !has(body.except, "checkpoint_restore") && !features(*scene_.options.target).contains("caps/mask/checkpoint_restore");
        if (merged)
            return refuse(
                fmt::format("under the abi of {} the parser writes `sys_admin` for `checkpoint_restore`, which is left of all capabilities",
                            scene_.options.target->name),
                "name the capabilities that are meant, or except `checkpoint_restore` too");
    }
    one.names = without(one.names, body.except);
    if (!one.names.empty()) bodies.emplace_back(std::move(one));
    return true;
}

// A tuple's families and types are two lists of words. AppArmor's `network,` and `network inet,` cover more than the words that it knows.
bool Excepts::operator()(const policy::NetworkRule& body) {
    std::vector<policy::NetworkRule> rules{body};
    rules.front().except.clear();
    for (const policy::NetworkRule::Tuple& taken : body.except) {
        std::vector<policy::NetworkRule> next;
        for (const policy::NetworkRule& rule : rules) {
            if (rule.families.empty() && !taken.families.empty())
                return refuse("what is left of all network families has no form: AppArmor knows no word for some of them",
                              "name the families that are meant before `except`");
            const Words others = taken.families.empty() ? Words{} : without(rule.families, taken.families);
            const bool apart = !taken.families.empty() && others == rule.families;
            if (apart) {
                next.push_back(rule);
                continue;
            }
            if (!others.empty()) next.emplace_back(rule).families = others;
            if (taken.types.empty()) continue;
            if (rule.types.empty())
                return refuse("what is left of all types of a network family has no form: AppArmor knows no word for some of them",
                              "name the types that are meant before `except`");
            const bool mixed = rule.types != taken.types && (std::any_of(rule.types.begin(), rule.types.end(), is_protocol) ||
                                                             std::any_of(taken.types.begin(), taken.types.end(), is_protocol));
            if (mixed)
                return refuse("what is left of a protocol's types has no form: `tcp` is a part of `stream`",
                              "name types on both sides, as `stream` and `dgram`");
            const Words types = without(rule.types, taken.types);
            if (types.empty()) continue;
            policy::NetworkRule& some = next.emplace_back(rule);
            some.types = types;
            if (!taken.families.empty()) some.families = without(rule.families, others);
        }
        rules = std::move(next);
    }
    for (policy::NetworkRule& rule : rules) bodies.emplace_back(std::move(rule));
    return true;
}

}  // namespace pavise::apparmor
