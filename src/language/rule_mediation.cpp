// signal, ptrace, unix, dbus, mqueue, userns, io_uring: an access list, conditions, and for mqueue names.
#include "language/rule_classes.hpp"
#include "language/rule_conditions.hpp"
#include "language/rule_words.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace pavise::language {
namespace {

using policy::Access;
using policy::ClassInfo;
using policy::Condition;
using policy::ConditionKey;
using policy::MediationRule;
using policy::RuleClass;
using syntax::Node;
using text::Code;

Access bit(const ClassInfo& info, std::string_view word) { return policy::find_access(info, word).value_or(0); }

Access bits(const ClassInfo& info, std::initializer_list<std::string_view> words) {
    Access result = 0;
    for (const std::string_view word : words) result |= bit(info, word);
    return result;
}

std::vector<std::string_view> words_of(const ClassInfo& info, Access access) {
    std::vector<std::string_view> result;
    for (std::size_t i = 0; i < info.access.size(); ++i)
        if ((access & (Access{1} << i)) != 0) result.push_back(info.access[i].name);
    return result;
}

const Condition* first_of(const std::vector<Condition>& conditions, std::initializer_list<ConditionKey> keys) {
    for (const ConditionKey key : keys)
        if (const Condition* const found = find_condition(conditions, key)) return found;
    return nullptr;
}

// Messages have a path, an interface, a member and a peer; names are bound; eavesdropping is about a whole bus.
bool check_dbus(Context& context, const MediationRule& rule) {
    const ClassInfo& info = policy::class_info(RuleClass::dbus);
    const Condition* const message = first_of(rule.conditions, {ConditionKey::path, ConditionKey::interface, ConditionKey::member,
                                                                ConditionKey::peer_name, ConditionKey::peer_label});
    const Condition* const service = find_condition(rule.conditions, ConditionKey::name);
    if (message != nullptr && service != nullptr) {
        report(context, Code::E0310, service->span, "`name` is of the name that is bound, and the statement speaks of messages")
            .label("for `bind`")
            .also(message->span, "for `send` and `receive`")
            .help("for the name of the other side write `peer=[name=…]`; to own a name write `dbus bind name=…` as a statement of its own");
        return false;
    }
    const Condition* const any = message != nullptr ? message : service;
    if ((rule.access & bit(info, "eavesdrop")) != 0 && any != nullptr) {
        report(context, Code::E0310, any->span, "`eavesdrop` is about a whole bus and takes no condition but `bus`")
            .label("not with `eavesdrop`")
            .help("write `dbus eavesdrop bus=session` as a statement of its own");
        return false;
    }
    if ((rule.access & bit(info, "bind")) != 0 && message != nullptr) {
        report(context, Code::E0310, message->span, "`bind` is about owning a name and takes no condition on messages")
            .label("not with `bind`")
            .help("write `dbus bind name=…` as a statement of its own");
        return false;
    }
    if ((rule.access & bits(info, {"send", "receive"})) != 0 && service != nullptr) {
        report(context, Code::E0310, service->span, "`send` and `receive` are about messages and have no name of their own")
            .label("for `bind`")
            .help("for the name of the other side write `peer=[name=…]`");
        return false;
    }
    return true;
}

bool is_number(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// POSIX queues are named `/NAME`, System V ones by number.
std::optional<policy::Glob> queue_name(Context& context, const Element& element, const Condition* type) {
    const bool number = is_number(element.text);
    if (!number && !element.text.starts_with('/')) {
        report(context, Code::E0316, element, fmt::format("{} is no name of a message queue", text::quoted(element.text)))
            .label("neither `/NAME` nor a number")
            .help("a POSIX queue is written `/NAME`, a System V queue by its number; without a name any queue is meant");
        return std::nullopt;
    }
    if (type == nullptr) return number ? any_glob(context, element) : path_glob(context, element);
    for (const std::string& wanted : type->values) {
        if ((wanted == "sysv") == number) continue;
        report(context, Code::E0316, element, fmt::format("{} is no queue of type `{}`", text::quoted(element.text), wanted))
            .label(number ? "a number: a System V queue" : "a POSIX queue")
            .also(type->span, "the type is here")
            .help(fmt::format("write `type={}`, or leave it out: the name tells", number ? "sysv" : "posix"));
        return std::nullopt;
    }
    return number ? any_glob(context, element) : path_glob(context, element);
}

policy::Globs queue_names(Context& context, std::span<const Node> nodes, const Condition* type) {
    policy::Globs result;
    for (const Element& element : all_elements(context, nodes))
        if (std::optional<policy::Glob> glob = queue_name(context, element, type)) result.push_back(*std::move(glob));
    return result;
}

void mediation_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out, RuleClass cls) {
    const ClassInfo& info = policy::class_info(cls);
    std::optional<std::vector<Condition>> conditions = conditions_of(context, info, clauses.conditions);
    if (!conditions) return;
    MediationRule rule;
    rule.cls = cls;
    rule.conditions = *std::move(conditions);

    std::span<const Node> objects = clauses.objects;
    if (!objects.empty()) {
        const std::vector<Element> first = elements(context, objects.front());
        if (!info.takes_objects || is_access_list(info, first)) {
            rule.access = access_of(context, info, first);
            if (rule.access == 0) {
                names_nothing(context, clauses, objects.first(1), first.size());
                return;
            }
            objects = objects.subspan(1);
        }
    }
    if (!objects.empty() && !info.takes_objects)
        return report_leftover(context, objects.front(), fmt::format("`{}` takes one list of accesses, then conditions", info.keyword));

    if (info.takes_objects) {
        const Condition* const type = find_condition(rule.conditions, ConditionKey::type);
        rule.names = queue_names(context, objects, type);
        if (rule.names.empty() && !objects.empty()) {
            names_nothing(context, clauses, objects, 0);
            return;
        }
        rule.except = queue_names(context, clauses.excepted, type);
    }
    if (cls == RuleClass::dbus && !check_dbus(context, rule)) return;
    if (cls == RuleClass::unix_ && !check_peer_access(context, clauses, info, rule.access, rule.conditions)) return;
    out.push_back(make_rule(clauses, base, std::move(rule)));
}

}  // namespace

bool check_peer_access(Context& context, const Clauses& clauses, const ClassInfo& info, Access access,
                       const std::vector<Condition>& conditions) {
    const Condition* const peer =
        first_of(conditions, {ConditionKey::peer_label, ConditionKey::peer_addr, ConditionKey::peer_ip, ConditionKey::peer_port});
    const Access local = access & bits(info, {"create", "bind", "listen", "shutdown", "getattr", "setattr", "getopt", "setopt"});
    if (peer == nullptr || local == 0) return true;
    report(context, Code::E0310, peer->span,
           fmt::format("{} {} about the socket alone, which has no peer then", listed(words_of(info, local)),
                       (local & (local - 1)) == 0 ? "is" : "are"))
        .label("a condition on the peer")
        .also(clauses.objects.empty() ? clauses.statement.span() : clauses.objects.front().span(), "the accesses are here")
        .help("write two statements: one with `peer=[…]` for `[accept connect send receive]`, one without for the rest");
    return false;
}

void signal_rules(Context& c, const Clauses& clauses, const policy::Rule& base, Rules& out) {
    mediation_rules(c, clauses, base, out, RuleClass::signal);
}
void ptrace_rules(Context& c, const Clauses& clauses, const policy::Rule& base, Rules& out) {
    mediation_rules(c, clauses, base, out, RuleClass::ptrace);
}
void unix_rules(Context& c, const Clauses& clauses, const policy::Rule& base, Rules& out) {
    mediation_rules(c, clauses, base, out, RuleClass::unix_);
}
void dbus_rules(Context& c, const Clauses& clauses, const policy::Rule& base, Rules& out) {
    mediation_rules(c, clauses, base, out, RuleClass::dbus);
}
void mqueue_rules(Context& c, const Clauses& clauses, const policy::Rule& base, Rules& out) {
    mediation_rules(c, clauses, base, out, RuleClass::mqueue);
}
void userns_rules(Context& c, const Clauses& clauses, const policy::Rule& base, Rules& out) {
    mediation_rules(c, clauses, base, out, RuleClass::userns);
}
void io_uring_rules(Context& c, const Clauses& clauses, const policy::Rule& base, Rules& out) {
    mediation_rules(c, clauses, base, out, RuleClass::io_uring);
}

}  // namespace pavise::language
