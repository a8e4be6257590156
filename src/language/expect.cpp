#include "language/expect.hpp"

#include "language/rule_classes.hpp"
#include "syntax/quote.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace pavise::language {
namespace {

using policy::Expectation;
using policy::ExpectVerb;
using syntax::Kind;
using syntax::Node;
using text::Code;

using What = decltype(Expectation::what);

struct Verb {
    std::string_view word;
    std::optional<What> (*read)(Context&, Node, Clauses&);
};

std::optional<What> refuse(Context& context, Node place, std::string message, std::string_view form) {
    report(context, Code::E0341, place, std::move(message)).label("not here").help(fmt::format("write `{}`", form));
    return std::nullopt;
}

std::optional<What> refuse_incomplete(Context& context, Node statement, std::string message, std::string_view form) {
    report(context, Code::E0341, statement, std::move(message)).help(fmt::format("write `{}`", form));
    return std::nullopt;
}

// `expect deny owner …`: only an allow can be of one half.
std::optional<What> refuse_half(Context& context, Node statement, Node half) {
    text::Span span = half.span();
    const std::string_view after = context.sources.slice({span.file, span.end, statement.span().end});
    span.end += static_cast<std::uint32_t>(std::min(after.find_first_not_of(" \t"), after.size()));
    report(context, Code::E0341, half, "this is about the owner and all others alike: only `expect allow` can be about one of them")
        .label("not here")
        .help(fmt::format("leave `{}` out", half.text()))
        .fix_with(span, "", false);
    return std::nullopt;
}

// The parts that only `allow`, `deny`, `only` and `never` have.
const std::optional<Node>* first_set_part(const Clauses& clauses) {
    for (const auto* part : {&clauses.owner, &clauses.only, &clauses.unsafe, &clauses.subset, &clauses.where, &clauses.fallback})
        if (*part) return part;
    return nullptr;
}

// The world that is judged: the profiles of the build, their children by full name.
void add_names(const std::vector<policy::Profile>& profiles, const std::string& prefix, std::vector<std::string>& names) {
    for (const policy::Profile& profile : profiles) {
        names.push_back(prefix + profile.name);
        add_names(profile.children, names.back() + "//", names);
    }
}

bool known_profile(Context& context, const Element& name, bool unconfined) {
    std::vector<std::string> names;
    add_names(context.policy.profiles, "", names);
    if (unconfined) names.emplace_back("unconfined");
    if (std::find(names.begin(), names.end(), name.text) != names.end()) return true;
    text::Diagnostic& made =
        report(context, Code::E0342, name, fmt::format("there is no profile {} in this build", text::quoted(name.text)));
    made.label("no profile");
    const std::vector<std::string_view> known(names.begin(), names.end());
    if (const auto near = text::nearest(name.text, known))
        made.help(fmt::format("did you mean `{}`?", *near)).fix_with(name.place, *near, false);
    else
        made.help("name a profile of the files given; a child is `PARENT//CHILD`");
    return false;
}

std::optional<What> sets(Context& context, Clauses& clauses, ExpectVerb verb, std::string_view form) {
    if (!clauses.operations) return refuse_incomplete(context, clauses.statement, "the expectation has no operation", form);
    if (clauses.in_file) return refuse(context, *clauses.in_file, "only `within` looks into a file", form);
    if (verb != ExpectVerb::allow && clauses.owner) return refuse_half(context, clauses.statement, *clauses.owner);
    policy::Rule base;
    base.effect = policy::Effect::deny;  // a set alone: no exec target
    base.origin = origin(context, clauses.statement);
    if (clauses.owner) base.half = clauses.owner->text() == "owner" ? policy::Half::owner : policy::Half::other;
    policy::ExpectSets found;
    found.verb = verb;
    rules_of(context, clauses, base, found.objects);
    if (found.objects.empty()) return std::nullopt;
    return found;
}

std::optional<What> expect_allow(Context& context, Node, Clauses& clauses) {
    return sets(context, clauses, ExpectVerb::allow, "expect allow read /srv/**");
}
std::optional<What> expect_deny(Context& context, Node, Clauses& clauses) {
    return sets(context, clauses, ExpectVerb::deny, "expect deny write /etc/**");
}
std::optional<What> expect_only(Context& context, Node, Clauses& clauses) {
    return sets(context, clauses, ExpectVerb::only, "expect only exec /usr/sbin/nginx");
}

std::optional<What> expect_exec(Context& context, Node statement, Clauses& clauses) {
    constexpr std::string_view form = "expect exec /usr/bin/x -> profile P";
    if (const std::optional<Node>& place = clauses.owner    ? clauses.owner
                                           : clauses.only   ? clauses.only
                                           : clauses.subset ? clauses.subset
                                                            : clauses.where)
        return refuse(context, *place, fmt::format("`expect exec` takes no {}", text::quoted(place->text())), form);
    if (!clauses.conditions.empty()) return refuse(context, clauses.conditions.front(), "`expect exec` takes no condition", form);
    if (clauses.in_file) return refuse(context, *clauses.in_file, "only `within` looks into a file", form);
    const std::optional<Node>& arrow = clauses.arrow ? clauses.arrow : clauses.except_arrow;
    if (clauses.objects.empty() || !arrow) {
        if (clauses.objects.empty()) return refuse_incomplete(context, statement, "`expect exec` names no program", form);
        const std::string_view program = clauses.objects.front().text();
        report(context, Code::E0341, statement, "`expect exec` names no profile that the program runs under")
            .help(fmt::format("write `expect exec {} -> profile P`; whether it starts at all is `expect allow exec {}`", program, program));
        return std::nullopt;
    }
    std::optional<policy::ExecTarget> target =
        exec_target(context, *arrow, clauses.arrow ? clauses.after_arrow : clauses.after_except_arrow, clauses.fallback, clauses.unsafe);
    if (!target) return std::nullopt;
    policy::ExpectExec found{all_path_globs(context, clauses.objects), all_path_globs(context, clauses.excepted), *std::move(target)};
    if (found.paths.empty()) return std::nullopt;
    return found;
}

std::optional<What> expect_disjoint(Context& context, Node statement, Clauses& clauses) {
    constexpr std::string_view form = "expect disjoint write exec";
    if (const auto* part = first_set_part(clauses))
        return refuse(context, **part, "`disjoint` compares two operations of one profile", form);
    for (const auto* part : {&clauses.except, &clauses.arrow, &clauses.in_file})
        if (*part) return refuse(context, **part, "`disjoint` compares two operations of one profile", form);
    if (!clauses.conditions.empty()) return refuse(context, clauses.conditions.front(), "`disjoint` takes no condition", form);
    constexpr std::string_view two = "`disjoint` compares two operations, or two lists of them";
    if (!clauses.operations || clauses.objects.empty()) return refuse_incomplete(context, statement, std::string(two), form);
    if (clauses.objects.size() > 1) return refuse(context, clauses.objects[1], std::string(two), form);
    const std::optional<FileOperations> first = file_operations_of(context, clauses);
    const std::optional<FileOperations> second = file_operations_of(context, clauses, clauses.objects.front());
    if (!first || !second) return std::nullopt;
    if ((first->permissions & second->permissions) != 0)
        return refuse(context, clauses.objects.front(), "the two share an operation, so they can't be disjoint", form);
    return policy::ExpectDisjoint{first->permissions, second->permissions};
}

std::optional<What> expect_within(Context& context, Node statement, Clauses& clauses) {
    constexpr std::string_view form = "expect within PROFILE in \"FILE\"";
    if (const auto* part = first_set_part(clauses)) return refuse(context, **part, "`within` takes a profile", form);
    for (const auto* part : {&clauses.except, &clauses.arrow})
        if (*part) return refuse(context, **part, "`within` takes a profile", form);
    if (!clauses.conditions.empty()) return refuse(context, clauses.conditions.front(), "`within` takes a profile", form);
    if (clauses.objects.empty()) return refuse_incomplete(context, statement, "`within` names no profile", form);
    if (clauses.objects.size() > 1) return refuse(context, clauses.objects[1], "`within` takes one profile", form);
    const std::optional<Element> name = single(context, clauses.objects.front(), "a profile's name");
    if (!name) return std::nullopt;
    policy::ExpectWithin found{name->text, {}};
    if (clauses.in_file) {
        for (const Node file : *clauses.in_file) found.file = syntax::unquote(file.text());
    } else if (!known_profile(context, *name, false)) {
        return std::nullopt;
    }
    return found;
}

std::optional<What> expect_never(Context& context, Node statement, Clauses& clauses) {
    if (!clauses.operations || clauses.operations->text() != "reach")
        return sets(context, clauses, ExpectVerb::never, "expect never write /etc/**");
    constexpr std::string_view form = "expect never reach PROFILE";
    if (const auto* part = first_set_part(clauses)) return refuse(context, **part, "`never reach` takes a profile", form);
    for (const auto* part : {&clauses.except, &clauses.arrow, &clauses.in_file})
        if (*part) return refuse(context, **part, "`never reach` takes a profile", form);
    if (!clauses.conditions.empty()) return refuse(context, clauses.conditions.front(), "`never reach` takes a profile", form);
    if (clauses.objects.empty()) return refuse_incomplete(context, statement, "`never reach` names no profile", form);
    if (clauses.objects.size() > 1) return refuse(context, clauses.objects[1], "`never reach` takes one profile", form);
    const std::optional<Element> name = single(context, clauses.objects.front(), "a profile's name");
    if (!name || !known_profile(context, *name, true)) return std::nullopt;
    return policy::ExpectNeverReach{name->text};
}

constexpr Verb verbs[] = {
    {"allow", expect_allow},       {"deny", expect_deny},     {"only", expect_only},   {"exec", expect_exec},
    {"disjoint", expect_disjoint}, {"within", expect_within}, {"never", expect_never},
};

std::optional<What> read(Context& context, Node expect) {
    std::optional<Node> word;
    for (const Node node : expect) {
        word = node;
        break;
    }
    if (!word || word->kind() != Kind::Word) return std::nullopt;
    const auto* const verb = std::find_if(std::begin(verbs), std::end(verbs), [&](const Verb& one) { return one.word == word->text(); });
    if (verb == std::end(verbs)) {
        std::vector<std::string_view> known;
        for (const Verb& one : verbs) known.push_back(one.word);
        text::Diagnostic& made = report(context, Code::E0340, *word, fmt::format("there is no expectation {}", text::quoted(word->text())));
        made.label("no expectation");
        if (const auto near = text::nearest(word->text(), known))
            made.help(fmt::format("did you mean `{}`?", *near)).fix_with(word->span(), *near, false);
        else
            made.help("write `expect allow …`, `deny`, `only`, `exec`, `disjoint`, `within` or `never`");
        return std::nullopt;
    }
    Clauses clauses(expect);
    clauses.expectation = true;
    clauses.effect = policy::Effect::deny;
    const bool with_operations = verb->word != "exec" && verb->word != "within";
    if (!sort_clauses(context, clauses, with_operations)) return std::nullopt;
    return verb->read(context, expect, clauses);
}

}  // namespace

std::vector<Expectation> expectations(Context& context, Node block) {
    std::vector<Expectation> result;
    for (const Node node : block) {
        if (node.kind() != Kind::Expect) continue;
        if (std::optional<What> what = read(context, node)) result.push_back({*std::move(what), origin(context, node)});
    }
    return result;
}

}  // namespace pavise::language
