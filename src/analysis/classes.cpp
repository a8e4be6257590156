#include "analysis/classes.hpp"

#include "analysis/fields.hpp"
#include "analysis/files.hpp"
#include "analysis/links.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace pavise::analysis {
namespace {

using policy::RuleClass;

// A remount is a mount whose options say so.
constexpr RuleClass meant[] = {RuleClass::file,   RuleClass::link,     RuleClass::network,       RuleClass::capability,
                               RuleClass::mount,  RuleClass::umount,   RuleClass::pivot_root,    RuleClass::signal,
                               RuleClass::ptrace, RuleClass::unix_,    RuleClass::dbus,          RuleClass::mqueue,
                               RuleClass::userns, RuleClass::io_uring, RuleClass::change_profile};

// Bytes that a terminal would not show as they are.
std::string shown(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f)
            out += fmt::format("\\x{:02x}", byte);
        else
            out += c;
    }
    return out;
}

std::string_view operation_of(Bits bit) {
    for (const policy::FileOperation& operation : policy::file_operations())
        if ((operation.bits & bit) != 0 && (operation.bits == bit || bit == policy::permission::write)) return operation.name;
    return "all";
}

void add(RuleClass cls, const policy::Rule& rule, Reading reading, const policy::VariableScope& variables, LanguageMaker& maker) {
    PatternMaker make(maker.expressions, variables);
    for (const Encoded& one : encode(cls, rule, reading, make)) {
        Term term = term_of(rule, one.bits);
        if (rule.effect == policy::Effect::deny && one.logged != Encoded::Logged::as_said)
            term.audit = one.logged == Encoded::Logged::always || !term.audit;
        if (const auto* pivot_root = std::get_if<policy::PivotRootRule>(&rule.body); pivot_root != nullptr && !pivot_root->target.empty())
            term.exec = policy::ExecTarget{.kind = policy::ExecKind::profile, .name = pivot_root->target};
        term.unsure = make.unknown().empty() ? "it hangs on the sockets' addresses" : text::quoted(make.unknown()) + " has no known value";
        maker.add(std::move(term), one.in, one.except);
    }
}

automata::Automaton make_possible(RuleClass cls) {
    static const policy::VariableScope none;
    LanguageMaker maker;
    PatternMaker make(maker.expressions, none);
    const policy::Rule nothing;
    maker.add(term_of(nothing, 1), any_of(cls, make), {});
    return std::get<Language>(maker.make()).automaton;
}

Reading reading_of(const Said& said) {
    if (said.with_addresses) return Reading::rule_with_addresses;
    return said.read_by == apparmor::Version::v3_0 ? Reading::rule_of_3_0 : Reading::rule;
}

}  // namespace

std::span<const RuleClass> meant_classes() { return meant; }

std::variant<Language, OverBudget> language_of(RuleClass cls, const Said& said, const automata::Budget& budget) {
    if (cls == RuleClass::file) return files_of(said, budget);
    if (cls == RuleClass::link) return links_of(said, budget);
    LanguageMaker maker;
    for (const policy::Rule* rule : said.rules) add(cls, *rule, reading_of(said), said.variables, maker);
    for (const policy::Include* include : said.unread) maker.add_anything(all_bits(cls), unread(*include), said.with_priorities);
    return maker.make(budget);
}

std::variant<Language, OverBudget> sets_of(RuleClass cls, const Said& said, std::span<const policy::Rule> objects) {
    if (cls == RuleClass::file) return file_sets(said.variables, objects);
    if (cls == RuleClass::link) return link_sets(said.variables, objects);
    LanguageMaker maker;
    for (const policy::Rule& rule : objects) add(cls, rule, Reading::object, said.variables, maker);
    return maker.make();
}

bool speaks_of(RuleClass cls, const policy::Rule& rule) {
    const RuleClass own = policy::rule_class(rule);
    if (own == RuleClass::everything) return true;
    if (const auto* file = std::get_if<policy::FileRule>(&rule.body)) {
        const Bits links = policy::permission::link;
        if (cls == RuleClass::link) return file->whole || (file->permissions & links) != 0;
        return cls == RuleClass::file && (file->whole || (file->permissions & ~links) != 0);
    }
    return own == cls || (own == RuleClass::remount && cls == RuleClass::mount);
}

Bits all_bits(RuleClass cls) {
    if (cls == RuleClass::file) return policy::permission::all & ~policy::permission::link;
    if (cls == RuleClass::link) return links::some | links::free;
    return all_access(cls);
}

const automata::Automaton& possible(RuleClass cls) {
    if (cls == RuleClass::file) return real_paths();
    if (cls == RuleClass::link) return real_pairs();
    static const std::map<RuleClass, automata::Automaton> all = [] {
        std::map<RuleClass, automata::Automaton> made;
        for (const RuleClass one : meant)
            if (one != RuleClass::file && one != RuleClass::link) made.emplace(one, make_possible(one));
        return made;
    }();
    return all.at(cls);
}

std::string words_of(RuleClass cls, std::string_view text, Bits bits) {
    if (cls == RuleClass::file) return fmt::format("{} {}", operation_of(bits & (~bits + 1)), shown(text));
    if (cls == RuleClass::link) {
        const std::size_t nul = std::min(text.find('\0'), text.size());
        return fmt::format("link {} -> {}{}", shown(text.substr(0, nul)), shown(text.substr(std::min(nul + 1, text.size()))),
                           bits == links::free ? " whatever their permissions" : "");
    }
    return shown(words_of_fields(cls, text, bits));
}

}  // namespace pavise::analysis
