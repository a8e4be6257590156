#include "analysis/fields.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace pavise::analysis {
namespace {

using policy::ConditionInfo;
using policy::RuleClass;
using policy::ValueKind;

std::vector<std::string> names(std::span<const policy::Word> table) {
    std::vector<std::string> all;
    for (const policy::Word& word : table) all.emplace_back(word.name);
    return all;
}

std::vector<std::string> all_signals() {
    std::vector<std::string> all = names(policy::signals());
    constexpr int last_realtime = 32;
    for (int i = 0; i <= last_realtime; ++i) all.push_back(fmt::format("rtmin+{}", i));
    return all;
}

// The conditions in the order of the fields.
std::vector<ConditionInfo> fields_of(RuleClass cls) {
    using Key = policy::ConditionKey;
    static const std::map<RuleClass, std::vector<Key>> orders = {
        {RuleClass::dbus, {Key::bus, Key::name, Key::peer_name, Key::peer_label, Key::path, Key::interface, Key::member}},
        {RuleClass::unix_, {Key::type, Key::addr, Key::peer_addr, Key::peer_label}},
    };
    const std::span<const ConditionInfo> table = policy::class_info(cls).conditions;
    std::vector<ConditionInfo> all(table.begin(), table.end());
    if (const auto order = orders.find(cls); order != orders.end())
        std::sort(all.begin(), all.end(), [&](const ConditionInfo& one, const ConditionInfo& other) {
            const std::vector<Key>& keys = order->second;
            return std::find(keys.begin(), keys.end(), one.key) < std::find(keys.begin(), keys.end(), other.key);
        });
    return all;
}

// What a condition can be if nothing is said of it.
Patterns any_value(const ConditionInfo& info, PatternMaker& make) {
    switch (info.value) {
        case ValueKind::signal: return make.words(all_signals());
        case ValueKind::socket_type: return make.words(names(policy::socket_types()));
        case ValueKind::mqueue_type: return make.words(std::vector<std::string>{"posix"});
        default: return make.any();
    }
}

Patterns value(const ConditionInfo& info, const policy::Condition& condition, PatternMaker& make) {
    Patterns made;
    for (const std::string& text : condition.values) {
        switch (info.value) {
            case ValueKind::path: make.add_path(text, made); break;
            default: make.add_text(text, made);
        }
    }
    return made;
}

std::vector<Encoded> encode_mediation(const policy::MediationRule& rule, PatternMaker& make) {
    std::vector<Patterns> fields;
    add_conditions(rule.cls, rule.conditions, make, fields);
    Encoded one{rule.access == 0 ? all_access(rule.cls) : rule.access, {}, {}};
    if (rule.cls == RuleClass::mqueue) {
        std::vector<Patterns> without = fields;
        fields.insert(fields.begin(), rule.names.empty() ? make.any() : make.paths(rule.names));
        without.insert(without.begin(), make.paths(rule.except));
        if (!rule.except.empty()) one.except = make.joined(without);
    }
    one.in = make.joined(fields);
    return {one};
}

std::vector<Encoded> encode_capability(const policy::CapabilityRule& rule, PatternMaker& make) {
    return {{1, make.words(rule.names.empty() ? names(policy::capabilities()) : rule.names), make.words(rule.except)}};
}

void append(Patterns& to, const Patterns& more) {
    to.sure.insert(to.sure.end(), more.sure.begin(), more.sure.end());
    to.unsure.insert(to.unsure.end(), more.unsure.begin(), more.unsure.end());
}

// As `process_dfa_entry` in parser/parser_regex.c writes it: where a program is named, the profile may be changed at once too; and a deny
// takes from its programs, and from those whose paths its targets match, that a change waits for them, whatever it leads to.
std::vector<Encoded> encode_change_profile(const policy::ChangeProfileRule& rule, Reading reading, bool denies, PatternMaker& make) {
    const auto labels = [&](const std::vector<std::string>& globs) {
        Patterns made;
        for (const std::string& glob : globs) make.add_text(glob, made);
        return made;
    };
    const Patterns targets = rule.targets.empty() ? make.any() : labels(rule.targets);
    Patterns execs = rule.execs.empty() ? make.any() : make.paths(rule.execs);
    if (!rule.execs.empty() && reading != Reading::object) make.add_word("", execs);
    std::vector<Encoded> all{{1, make.joined({targets, execs}), {}}};
    if (!rule.except.empty()) all.front().except = make.joined({labels(rule.except), make.any()});
    if (!denies || reading == Reading::object) return all;
    Patterns programs;
    if (rule.execs.empty()) make.add_path("/?**", programs);
    append(programs, make.paths(rule.execs));
    append(programs, labels(rule.targets));
    all.push_back({1, make.joined({make.some(), programs}), {}});
    return all;
}

std::vector<Encoded> encode_pivot_root(const policy::PivotRootRule& rule, PatternMaker& make) {
    const auto or_any = [&](const policy::Globs& globs) { return globs.empty() ? make.any() : make.paths(globs); };
    Encoded one{1, make.joined({or_any(rule.newroots), or_any(rule.oldroots)}), {}};
    if (!rule.except.empty()) one.except = make.joined({make.paths(rule.except), make.any()});
    return {one};
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> fields;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\0', at), text.size());
        fields.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return fields;
}

// ` send`, ` [send receive]`; nothing for all of them.
std::string access_words(RuleClass cls, Bits bits) {
    if (bits == all_access(cls)) return "";
    const policy::ClassInfo& info = policy::class_info(cls);
    std::vector<std::string_view> words;
    for (std::size_t i = 0; i < info.access.size(); ++i)
        if ((bits >> i & 1U) != 0) words.push_back(info.access[i].name);
    return words.size() == 1 ? fmt::format(" {}", words.front()) : fmt::format(" [{}]", fmt::join(words, " "));
}

}  // namespace

Bits all_access(RuleClass cls) {
    const std::size_t words = policy::class_info(cls).access.size();
    return words == 0 ? 1 : (Bits{1} << words) - 1;
}

Bits access_bits(RuleClass cls, std::initializer_list<std::string_view> words) {
    Bits all = 0;
    const std::span<const policy::Word> table = policy::class_info(cls).access;
    for (std::size_t i = 0; i < table.size(); ++i)
        if (std::find(words.begin(), words.end(), table[i].name) != words.end()) all |= Bits{1} << i;
    return all;
}

void add_conditions(RuleClass cls, const std::vector<policy::Condition>& conditions, PatternMaker& make, std::vector<Patterns>& fields) {
    for (const ConditionInfo& info : fields_of(cls)) {
        const auto found = std::find_if(conditions.begin(), conditions.end(), [&](const auto& one) { return one.key == info.key; });
        fields.push_back(found == conditions.end() || found->values.empty() ? any_value(info, make) : value(info, *found, make));
    }
}

std::string words_of_conditions(RuleClass cls, const std::vector<std::string>& fields, std::size_t first) {
    std::string own;
    std::string peer;
    std::size_t at = first;
    for (const ConditionInfo& info : fields_of(cls)) {
        const std::string& field = fields[at++];
        if (field.empty()) continue;
        std::string& to = info.in_peer ? peer : own;
        to += fmt::format("{}{}={}", to.empty() ? "" : " ", info.spelled, field);
    }
    std::string out = own.empty() ? "" : " " + own;
    if (!peer.empty()) out += " peer=[" + peer + "]";
    return out;
}

std::vector<Encoded> encode(RuleClass cls, const policy::Rule& rule, Reading reading, PatternMaker& make) {
    if (std::holds_alternative<policy::EverythingRule>(rule.body)) {
        if (cls == RuleClass::change_profile) return {};
        if (cls == RuleClass::unix_) return encode_unix(policy::NetworkRule{}, make);
        return {{all_access(cls), any_of(cls, make), {}}};
    }
    struct Encode {
        RuleClass cls;
        Reading reading;
        bool denies;
        PatternMaker& make;
        std::vector<Encoded> operator()(const policy::NetworkRule& body) const {
            if (cls == RuleClass::unix_) return encode_unix(body, make);
            return cls == RuleClass::network ? encode_network(body, reading, denies, make) : std::vector<Encoded>{};
        }
        std::vector<Encoded> operator()(const policy::CapabilityRule& body) const {
            return cls == RuleClass::capability ? encode_capability(body, make) : std::vector<Encoded>{};
        }
        std::vector<Encoded> operator()(const policy::MountRule& body) const { return encode_mount(cls, body, reading, make); }
        std::vector<Encoded> operator()(const policy::PivotRootRule& body) const {
            return cls == RuleClass::pivot_root ? encode_pivot_root(body, make) : std::vector<Encoded>{};
        }
        std::vector<Encoded> operator()(const policy::MediationRule& body) const {
            if (cls == RuleClass::network && body.cls == RuleClass::unix_) return encode_network(body, make);
            if (cls != body.cls) return {};
            return cls == RuleClass::unix_ ? encode_unix(body, reading, denies, make) : encode_mediation(body, make);
        }
        std::vector<Encoded> operator()(const policy::ChangeProfileRule& body) const {
            return cls == RuleClass::change_profile ? encode_change_profile(body, reading, denies, make) : std::vector<Encoded>{};
        }
        std::vector<Encoded> operator()(const policy::FileRule&) const { return {}; }
        std::vector<Encoded> operator()(const policy::LinkRule&) const { return {}; }
        std::vector<Encoded> operator()(const policy::EverythingRule&) const { return {}; }
        std::vector<Encoded> operator()(const policy::SyscallRule&) const { return {}; }
    };
    return std::visit(Encode{cls, reading, rule.effect == policy::Effect::deny, make}, rule.body);
}

Patterns any_of(RuleClass cls, PatternMaker& make) {
    std::vector<Patterns> fields;
    // Every process, queue and mount point has a name.
    const auto add_fields = [&] {
        for (const ConditionInfo& info : fields_of(cls))
            fields.push_back(info.value == ValueKind::label ? make.some() : any_value(info, make));
    };
    switch (cls) {
        case RuleClass::network: return any_network(make);
        case RuleClass::capability: return make.words(names(policy::capabilities()));
        case RuleClass::mount:
        case RuleClass::remount:
        case RuleClass::umount: return any_mount(cls, make);
        case RuleClass::pivot_root: return make.joined({make.some(), make.some()});
        case RuleClass::change_profile: {
            // At once, or with the next program, whose path is not the root's.
            Patterns programs;
            make.add_word("", programs);
            make.add_path("/?**", programs);
            return make.joined({make.some(), programs});
        }
        case RuleClass::unix_: return any_unix(make);
        default: add_fields();
    }
    if (cls == RuleClass::mqueue) fields.insert(fields.begin(), make.some());
    return make.joined(fields);
}

std::string words_of_fields(RuleClass cls, std::string_view text, Bits bits) {
    const std::vector<std::string> fields = split(text);
    const std::string out = std::string(policy::class_info(cls).keyword) + access_words(cls, bits);
    const auto with = [](std::string_view before, const std::string& field) {
        return field.empty() ? "" : fmt::format(" {}{}", before, field);
    };
    switch (cls) {
        case RuleClass::capability: return out + with("", fields[0]);
        case RuleClass::network: return out + words_of_network(fields, bits);
        case RuleClass::mount:
        case RuleClass::umount: return words_of_mount(cls, fields);
        case RuleClass::pivot_root: return out + with("", fields[0]) + with("oldroot=", fields[1]);
        case RuleClass::change_profile: return out + " -> " + fields[0] + with("exec=", fields[1]);
        case RuleClass::unix_: return out + words_of_unix(fields, bits);
        case RuleClass::mqueue: return out + with("", fields.front()) + words_of_conditions(cls, fields, 1);
        default: return out + words_of_conditions(cls, fields, 0);
    }
}

}  // namespace pavise::analysis
