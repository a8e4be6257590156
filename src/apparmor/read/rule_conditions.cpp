// Access words and conditions of the classes, by the tables of policy/vocabulary.hpp.
#include "apparmor/read/rules.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::apparmor::read {
namespace {

using policy::ConditionInfo;
using text::Code;

// The bits of an access word in any of AppArmor's spellings; `r`, `w` and `rw` stand for words.
std::optional<policy::Access> access_bits(const policy::ClassInfo& info, std::string_view word) {
    if (const std::optional<policy::Access> bits = policy::find_access(info, word)) return bits;
    const std::string_view known = word == "wr" ? "rw" : word;
    std::string_view words = policy::find_synonym(policy::access_synonyms(info.cls), known);
    if (words.empty()) return std::nullopt;
    policy::Access bits = 0;
    while (!words.empty()) {
        const std::size_t space = std::min(words.find(' '), words.size());
        bits |= policy::find_access(info, words.substr(0, space)).value_or(0);
        words.remove_prefix(std::min(space + 1, words.size()));
    }
    return bits;
}

bool check_value(const RuleContext& rule, const ConditionInfo& info, const Node& value, std::string& text) {
    using policy::ValueKind;
    const auto one_of = [&](std::string_view what, std::span<const policy::Word> table, std::span<const policy::Synonym> synonyms) {
        if (const std::string_view word = policy::find_synonym(synonyms, text); !word.empty()) text = word;
        if (policy::find_word(table, text) != nullptr) return true;
        std::vector<std::string_view> known;
        for (const policy::Word& word : table) known.push_back(word.name);
        report_unknown(rule, value, what, known);
        return false;
    };
    switch (info.value) {
        case ValueKind::signal:
            if (policy::is_signal(text)) return true;
            return one_of("signal", policy::signals(), policy::signal_synonyms());
        case ValueKind::socket_type: return one_of("socket type", policy::socket_types(), {});
        case ValueKind::mqueue_type:
            if (text == "posix" || text == "sysv") return true;
            report_unknown(rule, value, "type of message queues", {"posix", "sysv"});
            return false;
        case ValueKind::port:
            if (policy::is_port(text)) return true;
            rule.report(Code::E0810, value.span, fmt::format("{} is no port", text::quoted(text)))
                .help("write a number up to 65535, or a range: `port=8080-8090`");
            return false;
        case ValueKind::ip:
            if (policy::is_ip(text)) return true;
            rule.report(Code::E0810, value.span, fmt::format("{} is no IP address", text::quoted(text)))
                .help("write one address, as in `ip=127.0.0.1` or `ip=::1`; AppArmor has no networks such as `10.0.0.0/8`");
            return false;
        default: break;
    }
    return read_glob(rule.context, rule.scope, rule.via, value).has_value();
}

void report_unknown_condition(const RuleContext& rule, const policy::ClassInfo& info, const Node& key, bool in_peer) {
    const std::string name = text_of(rule.context, key);
    std::vector<std::string_view> known;
    bool elsewhere = false;
    for (const ConditionInfo& one : info.conditions) {
        if (one.in_peer == in_peer)
            known.push_back(one.spelled);
        else if (one.spelled == name)
            elsewhere = true;
    }
    text::Diagnostic& diagnostic = rule.report(
        Code::E0806, key.span,
        fmt::format("{} has no condition {}{}", text::quoted(info.keyword), text::quoted(name), in_peer ? " in `peer=( )`" : ""));
    if (elsewhere)
        diagnostic.help(in_peer ? fmt::format("write `{}=` before `peer=`", name) : fmt::format("write `peer=({}=…)`", name));
    else if (const auto near = text::nearest(name, known))
        diagnostic.help(fmt::format("did you mean `{}`?", *near));
    else if (known.empty())
        diagnostic.help("leave it out");
    else
        diagnostic.help(fmt::format("there is `{}=`", fmt::join(known, "=`, `")));
}

const ConditionInfo* find_condition(const policy::ClassInfo& info, std::string_view name, bool in_peer) {
    const auto found = std::find_if(info.conditions.begin(), info.conditions.end(),
                                    [&](const ConditionInfo& one) { return one.spelled == name && one.in_peer == in_peer; });
    return found == info.conditions.end() ? nullptr : &*found;
}

class Reader {
public:
    Reader(const RuleContext& rule, const policy::ClassInfo& info) : rule_(rule), info_(info) {}

    void read(const Node& node, bool in_peer) {
        const Node& key = node.children.front();
        const ConditionInfo* info = find_condition(info_, text_of(rule_.context, key), in_peer);
        if (info == nullptr) return fail(), report_unknown_condition(rule_, info_, key, in_peer);
        if (find(node, Kind::in) != nullptr) {
            rule_.report(Code::E0806, key.span, fmt::format("{} is compared with `=`, not with `in`", text::quoted(info->spelled)))
                .help(fmt::format("write `{}=…`", info->spelled));
            return fail();
        }
        const std::vector<const Node*> values = value_nodes(node);
        if (values.empty()) {
            rule_.report(Code::E0806, key.span, fmt::format("{} has no value", text::quoted(info->spelled)))
                .help(fmt::format("write `{}=…`", info->spelled));
            return fail();
        }
        if (values.size() > 1 && !info->list_in_apparmor) {
            rule_.report(Code::E0806, values[1]->span, fmt::format("{} takes one value", text::quoted(info->spelled)))
                .help("write an alternation in quotation marks, `\"{a,b}\"`, or a rule for each");
            return fail();
        }
        policy::Condition condition{info->key, {}, node.span};
        for (const Node* value : values) {
            std::string text = text_of(rule_.context, *value);
            if (!check_value(rule_, *info, *value, text)) fail();
            condition.values.push_back(std::move(text));
        }
        const auto again =
            std::find_if(conditions_.begin(), conditions_.end(), [&](const policy::Condition& one) { return one.key == info->key; });
        if (again == conditions_.end()) {
            conditions_.push_back(std::move(condition));
        } else if (info->list_in_apparmor) {
            again->values.insert(again->values.end(), condition.values.begin(), condition.values.end());
        } else {
            rule_.report(Code::E0806, key.span, fmt::format("{} stands twice", text::quoted(info->spelled)))
                .also(again->span, "the first one")
                .help("leave one of them out");
            fail();
        }
    }

    std::optional<std::vector<policy::Condition>> take() {
        if (failed_) return std::nullopt;
        return std::move(conditions_);
    }

private:
    void fail() { failed_ = true; }

    const RuleContext& rule_;
    const policy::ClassInfo& info_;
    std::vector<policy::Condition> conditions_;
    bool failed_ = false;
};

}  // namespace

std::vector<const Node*> value_nodes(const Node& condition) {
    std::vector<const Node*> values;
    for (std::size_t i = 1; i < condition.children.size(); ++i) {
        const Node& child = condition.children[i];
        if (child.kind == Kind::word) values.push_back(&child);
        if (child.kind == Kind::list)
            for (const Node& value : child.children) values.push_back(&value);
    }
    return values;
}

std::optional<policy::Access> read_access(const RuleContext& rule, const policy::ClassInfo& info, const Node& node, std::size_t& next) {
    policy::Access access = 0;
    if (next >= node.children.size()) return access;
    const Node& first = node.children[next];
    const auto unknown = [&](const Node& word) {
        std::vector<std::string_view> known;
        for (const policy::Word& one : info.access) known.push_back(one.name);
        const std::string text = text_of(rule.context, word);
        text::Diagnostic& diagnostic =
            rule.report(Code::E0804, word.span, fmt::format("{} has no access {}", text::quoted(info.keyword), text::quoted(text)));
        if (const auto near = text::nearest(text, known))
            diagnostic.help(fmt::format("did you mean `{}`?", *near)).fix_with(word.span, *near, false);
        else
            diagnostic.help(known.empty() ? std::string("leave it out") : fmt::format("there is `{}`", fmt::join(known, "`, `")));
    };
    if (first.kind == Kind::list) {
        for (const Node& word : first.children) {
            const std::optional<policy::Access> bits = access_bits(info, text_of(rule.context, word));
            if (!bits) return unknown(word), std::nullopt;
            access |= *bits;
        }
        ++next;
        return access;
    }
    if (first.kind != Kind::word) return access;
    // A word that is no access may be the class's object: a family, a path.
    if (const std::optional<policy::Access> bits = access_bits(info, source(rule.context, first))) {
        ++next;
        return bits;
    }
    return access;
}

std::optional<std::vector<policy::Condition>> read_conditions(const RuleContext& rule, const policy::ClassInfo& info, const Node& node) {
    Reader reader(rule, info);
    bool failed = false;
    for (const Node& child : node.children) {
        if (child.kind == Kind::condition) reader.read(child, false);
        if (child.kind != Kind::group) continue;
        const Node& name = child.children.front();
        const bool has_peer =
            std::any_of(info.conditions.begin(), info.conditions.end(), [](const ConditionInfo& one) { return one.in_peer; });
        if (source(rule.context, name) != "peer" || !has_peer) {
            rule.report(
                    Code::E0806, name.span,
                    fmt::format("{} has no {}", text::quoted(info.keyword), text::quoted(std::string(source(rule.context, name)) + "=( )")))
                .help(find_condition(info, "peer", false) != nullptr ? "write `peer=LABEL`" : "leave it out");
            failed = true;
            continue;
        }
        for (const Node& condition : child.children)
            if (condition.kind == Kind::group_condition) reader.read(condition, true);
    }
    if (failed) return std::nullopt;
    return reader.take();
}

}  // namespace pavise::apparmor::read
