// Qualifiers, blocks of rules, limits; the classes are read elsewhere.
#include "apparmor/read/rules.hpp"
#include "policy/aare.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace pavise::apparmor::read {
namespace {

using text::Code;

constexpr int max_priority = 1000;

// The order in which the parser takes them.
enum class Step { priority, audit, effect, half };

struct Word {
    std::string_view text;
    Step step;
};
constexpr Word words[] = {{"audit", Step::audit},   {"allow", Step::effect}, {"deny", Step::effect},
                          {"prompt", Step::effect}, {"owner", Step::half},   {"other", Step::half}};

std::optional<Step> step_of(std::string_view text) {
    for (const Word& word : words)
        if (word.text == text) return word.step;
    return std::nullopt;
}

void read_priority(Context& context, policy::ExpansionId via, const Node& node, Qualifiers& own) {
    const std::string text = text_of(context, node);
    const char* const begin = text.c_str() + (text.starts_with('+') ? 1 : 0);
    int value = 0;
    const auto [end, error] = std::from_chars(begin, text.c_str() + text.size(), value);
    if (error == std::errc() && value >= -max_priority && value <= max_priority) {
        own.priority = value;
        return;
    }
    report(context, via, Code::E0810, node.span, fmt::format("a priority is a number from −{0} to {0}", max_priority))
        .help("write `priority=5`");
}

// What stands before this rule, and what its block has before it.
Qualifiers qualifiers(Context& context, policy::ExpansionId via, const Node& node, const Qualifiers& outer) {
    Qualifiers own;
    std::optional<Step> last;
    for (const Node& child : node.children) {
        if (child.kind != Kind::priority && child.kind != Kind::qualifier) break;
        const std::string_view text = source(context, child);
        const std::optional<Step> step = child.kind == Kind::priority ? Step::priority : step_of(text);
        if (!step) {
            report(context, via, Code::E0809, child.span, fmt::format("no parser takes the qualifier {}", text::quoted(text)))
                .help("a `deny` without `audit` is quiet by itself");
            continue;
        }
        if (last && *step <= *last) {
            report(context, via, Code::E0809, child.span,
                   *step == *last ? fmt::format("{} goes against the qualifier before it", text::quoted(text))
                                  : fmt::format("{} stands too late", text::quoted(text)))
                .help("the order is `priority=N audit allow|deny|prompt owner|other`, one of each");
        }
        last = step;
        if (child.kind == Kind::priority)
            read_priority(context, via, child, own);
        else if (text == "audit")
            own.audit = true;
        else if (text == "allow")
            own.effect = policy::Effect::allow;
        else if (text == "deny")
            own.effect = policy::Effect::deny;
        else if (text == "prompt")
            own.effect = policy::Effect::prompt;
        else {
            own.half = text == "owner" ? policy::Half::owner : policy::Half::other;
            own.half_span = child.span;
        }
    }
    const auto conflict = [&](std::string_view what) {
        report(context, via, Code::E0809, node.span, fmt::format("the rule and its block differ in {}", what))
            .help("take the rule out of the block");
    };
    if (outer.effect && own.effect && *outer.effect != *own.effect) conflict("`allow` and `deny`");
    if (outer.half && own.half && *outer.half != *own.half) conflict("`owner` and `other`");
    if (!own.effect) own.effect = outer.effect;
    if (!own.half) {
        own.half = outer.half;
        own.half_span = outer.half_span;
    }
    own.audit = own.audit || outer.audit;
    return own;
}

// `owner` and `other` are about files.
bool takes_half(const Node& node) { return node.kind == Kind::file_rule || node.kind == Kind::link || node.kind == Kind::body; }

// The parsers drop and change rules in blocks and before them, and say nothing: 4.1.0's parser_yacc.y, `rules: rules opt_prefix block` and
// `rules: rules cond_rule`, entry_add_prefix in parser_misc.c; 3.0.8 and 5.0.2 measured.
bool is_kept_in_branch(const Context& context, const Node& what) {
    switch (what.kind) {
        case Kind::limit: return false;
        case Kind::class_rule: {
            const std::string_view keyword = source(context, what.children.front());
            return keyword == "capability" || (keyword != "network" && context.options.version != Version::v3_0);
        }
        default: return true;
    }
}

// Reports a rule that would not be what it says in the block that it is in.
bool is_kept(Context& context, const Body& body, const Qualifiers& own, const Node& node) {
    const Node& what = node.children.back();
    if (body.inside == Inside::nothing) return true;
    if (body.inside == Inside::branch) {
        if (is_kept_in_branch(context, what)) return true;
        report(context, body.via, Code::E0814, node.span, "the parser drops this rule under `if`").help("move the rule out of the `if`");
        return false;
    }
    const bool files =
        what.kind == Kind::file_rule || what.kind == Kind::link || what.kind == Kind::change_profile || what.kind == Kind::body;
    if (!files) {
        report(context, body.via, Code::E0814, node.span, "the parser drops this rule: a block of rules is for files")
            .help("write the rule outside of the block, with the block's qualifiers before it");
        return false;
    }
    for (const Node& qualifier : node.children) {
        if (qualifier.kind != Kind::priority && qualifier.kind != Kind::qualifier) break;
        const std::string_view text = source(context, qualifier);
        const bool lost = qualifier.kind == Kind::priority || text == "deny" || text == "prompt" ||
                          (text == "audit" && own.effect == policy::Effect::deny);
        if (!lost) continue;
        report(context, body.via, Code::E0814, qualifier.span,
               fmt::format("the parser drops {}: a block's rules have the block's own effect and priority",
                           qualifier.kind == Kind::priority ? "this priority" : text::quoted(text)))
            .help("write the rule outside of the block");
        return false;
    }
    return true;
}

std::string_view limit_units(policy::LimitInfo::Unit unit) {
    using Unit = policy::LimitInfo::Unit;
    switch (unit) {
        case Unit::bytes: return "`K`, `M` or `G`";
        case Unit::seconds:
        case Unit::microseconds: return "`us`, `ms`, `s`, `min`, `h`, `d` or `week`";
        default: return "no unit";
    }
}

// How many of the limit's own unit one of `text` is; none if the limit doesn't take it. `K` and `KB` are the same, as the parser compares
// them.
std::optional<double> unit_factor(policy::LimitInfo::Unit unit, std::string_view text) {
    using Unit = policy::LimitInfo::Unit;
    if (unit == Unit::bytes) {
        if (std::string_view("KB").starts_with(text)) return 1024;
        if (std::string_view("MB").starts_with(text)) return 1024.0 * 1024;
        if (std::string_view("GB").starts_with(text)) return 1024.0 * 1024 * 1024;
        return std::nullopt;
    }
    if (unit != Unit::seconds && unit != Unit::microseconds) return std::nullopt;
    struct Time {
        std::string_view name;
        double microseconds;
    };
    static constexpr Time times[] = {
        {"us", 1},         {"microsecond", 1}, {"microseconds", 1}, {"ms", 1e3},      {"millisecond", 1e3}, {"milliseconds", 1e3},
        {"s", 1e6},        {"sec", 1e6},       {"second", 1e6},     {"seconds", 1e6}, {"min", 6e7},         {"minute", 6e7},
        {"minutes", 6e7},  {"h", 3.6e9},       {"hour", 3.6e9},     {"hours", 3.6e9}, {"d", 8.64e10},       {"day", 8.64e10},
        {"days", 8.64e10}, {"week", 6.048e11}, {"weeks", 6.048e11}};
    for (const Time& time : times)
        if (time.name == text) return unit == Unit::seconds ? time.microseconds / 1e6 : time.microseconds;
    return std::nullopt;
}

}  // namespace

text::Diagnostic& report_unknown(const RuleContext& rule, const Node& word, std::string_view what,
                                 const std::vector<std::string_view>& known) {
    const std::string text = text_of(rule.context, word);
    text::Diagnostic& diagnostic = rule.report(Code::E0804, word.span, fmt::format("there is no {} {}", what, text::quoted(text)));
    if (const auto near = text::nearest(text, known))
        diagnostic.help(fmt::format("did you mean `{}`?", *near)).fix_with(word.span, *near, false);
    return diagnostic;
}

void RuleContext::add(policy::RuleBody body) const {
    policy::Rule rule;
    rule.effect = qualifiers.effect.value_or(policy::Effect::allow);
    rule.audit = qualifiers.audit;
    rule.half = qualifiers.half.value_or(policy::Half::both);
    rule.priority = qualifiers.priority;
    rule.body = std::move(body);
    rule.origin = {span, via};
    out.push_back(std::move(rule));
}

std::optional<policy::Glob> read_glob(Context& context, const Scope& scope, policy::ExpansionId via, const Node& word) {
    if (scope.untaken) return std::nullopt;
    check_variables(context, scope, via, word);
    std::string text = text_of(context, word);
    const std::size_t quotes = source(context, word).starts_with('"') ? 1 : 0;
    if (const std::optional<policy::AareError> error = policy::find_aare_error(text)) {
        const auto begin = static_cast<std::uint32_t>(word.span.begin + quotes + error->begin);
        const auto end = static_cast<std::uint32_t>(word.span.begin + quotes + error->end);
        report(context, via, Code::E0810, {word.span.file, begin, end}, error->message).help(error->help);
        return std::nullopt;
    }
    if (!check_values(context, scope, via, word)) return std::nullopt;
    return policy::Glob{std::move(text), word.span};
}

std::optional<policy::Limit> read_limit(Context& context, policy::ExpansionId via, const Node& node) {
    const Node& word = *find(node, Kind::word);
    const Node& number = *find(node, Kind::number);
    const Node* unit = find(node, Kind::unit);
    const std::string written = text_of(context, word);
    const std::string_view synonym = policy::find_synonym(policy::limit_synonyms(), written);
    const policy::LimitInfo* info = policy::find_limit(synonym.empty() ? std::string_view(written) : synonym);
    if (info == nullptr) {
        text::Diagnostic& diagnostic =
            report(context, via, Code::E0804, word.span, fmt::format("there is no limit {}", text::quoted(written)));
        if (const auto near = text::nearest(written, policy::limits(), &policy::LimitInfo::name))
            diagnostic.help(fmt::format("did you mean `{}`?", *near)).fix_with(word.span, *near, false);
        return std::nullopt;
    }
    policy::Limit limit{std::string(info->name), std::nullopt, {word.span, via}};
    const std::string text = text_of(context, number);
    if (text == "infinity") return limit;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    using Unit = policy::LimitInfo::Unit;
    if (error != std::errc() || (value < 0 && info->unit != Unit::nice) || (info->unit == Unit::nice && (value < -20 || value > 19))) {
        report(context, via, Code::E0810, number.span,
               fmt::format("{} is no value for the limit {}", text::quoted(text), text::quoted(written)))
            .help(info->unit == Unit::nice ? "write a number from −20 to 19" : "write a number that is not negative, or `infinity`");
        return std::nullopt;
    }
    if (unit != nullptr) {
        const std::optional<double> factor = unit_factor(info->unit, source(context, *unit));
        const double product = factor ? static_cast<double>(value) * *factor : 0;
        if (!factor || product > 9e18) {
            report(context, via, Code::E0810, unit->span,
                   fmt::format("the limit {} takes {}", text::quoted(written), limit_units(info->unit)))
                .help(fmt::format("write `set rlimit {} <= {},`", written, text));
            return std::nullopt;
        }
        if (info->unit == Unit::seconds && product < 1) {
            report(context, via, Code::E0810, number.span, "the limit `cpu` is at least one second").help("write `set rlimit cpu <= 1s,`");
            return std::nullopt;
        }
        value = factor >= 1.0 ? value * static_cast<std::int64_t>(*factor) : static_cast<std::int64_t>(product);
    }
    limit.value = value;
    return limit;
}

void report_dropped_networks(Context& context, text::Span span, std::string_view what, const Body& body) {
    for (const policy::Origin& network : body.networks)
        report(context, network.via, Code::E0814, network.span, fmt::format("the parser drops this rule: {} follows it", what))
            .also(span, "what follows")
            .help("move the network rules to the end of the profile");
    body.networks.clear();
}

namespace {

void read_block(Context& context, Scope& scope, const Node& block, const Qualifiers& own, const Body& body) {
    if (context.options.version != Version::v3_0 && !context.policy.preambles[scope.preamble].abi)
        report_dropped_networks(context, block.span, "a block of rules", body);
    Body inside = body;
    inside.inside = Inside::rule_block;
    for (const Node& inner : block.children) {
        if (inner.kind == Kind::rule)
            read_rule(context, scope, inner, own, inside);
        else if (inner.kind != Kind::comment && inner.kind != Kind::bad)
            report(context, body.via, Code::E0814, inner.span, "a block of rules is for files, and this is no rule")
                .help("move it out of the block");
    }
}

}  // namespace

void read_rule(Context& context, Scope& scope, const Node& node, const Qualifiers& outer, Body& body) {
    const Qualifiers own = qualifiers(context, body.via, node, outer);
    const Node& what = node.children.back();
    if (!scope.untaken && !is_kept(context, body, own, node)) return;
    if (own.half_span && !takes_half(what) && what.kind != Kind::priority && what.kind != Kind::qualifier) {
        report(context, body.via, Code::E0809, *own.half_span,
               fmt::format("{} is for files and links", text::quoted(context.sources.slice(*own.half_span))))
            .help("leave it out");
        return;
    }
    const RuleContext rule{context, scope, body.via, own, node.span, body.rules};
    switch (what.kind) {
        case Kind::body:
            if (own.priority)
                report(context, body.via, Code::E0809, node.span, "a block of rules has no priority").help("write it before each rule");
            if (own.effect == policy::Effect::deny && context.options.version == Version::v3_0)
                report(context, body.via, Code::E0809, node.span, "the parser 3.0 takes no block of denials")
                    .help("write `deny` before each rule");
            read_block(context, scope, what, own, body);
            break;
        case Kind::file_rule: read_file_rule(rule, what); break;
        case Kind::link: read_link(rule, what); break;
        case Kind::change_profile: read_change_profile(rule, what); break;
        case Kind::everything: rule.add(policy::EverythingRule{}); break;
        case Kind::class_rule:
            read_class_rule(rule, what);
            if (source(context, what.children.front()) == "network") body.networks.push_back({node.span, body.via});
            break;
        case Kind::limit:
            if (node.children.size() > 1)
                report(context, body.via, Code::E0809, node.children.front().span, "a limit has no qualifiers").help("leave them out");
            if (std::optional<policy::Limit> limit = read_limit(context, body.via, what)) body.limits.push_back(*std::move(limit));
            break;
        default: break;
    }
}

}  // namespace pavise::apparmor::read
