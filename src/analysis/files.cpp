#include "analysis/files.hpp"

#include "analysis/patterns.hpp"
#include "policy/aare.hpp"
#include "policy/exec_target.hpp"

namespace pavise::analysis {
namespace {

namespace p = policy::permission;
using policy::Effect;
using policy::FileRule;
using policy::Globs;
using policy::Rule;

constexpr int last_rank = -1'000'000;

class Files {
public:
    explicit Files(const Said& said) : said_(said) {}

    std::variant<Language, OverBudget> run(const automata::Budget& budget) {
        for (const Rule* rule : said_.rules) add(*rule);
        if (!said_.children.empty() || said_.profile->kind == policy::ProfileKind::hat) add_hat_access();
        for (const policy::Include* include : said_.unread) maker_.add_anything(p::all & ~p::link, unread(*include), said_.with_priorities);
        if (said_.aliased) maker_.add_anything(p::all & ~p::link, "an `alias` may stand for it", said_.with_priorities);
        return maker_.make(budget);
    }

private:
    void add(const Rule& rule) {
        if (const auto* body = std::get_if<FileRule>(&rule.body)) add(rule, *body);
        if (std::holds_alternative<policy::EverythingRule>(rule.body)) add_everything(rule);
        if (std::holds_alternative<policy::ChangeProfileRule>(rule.body) && rule.effect != Effect::deny) add_change_access(rule);
    }

    void add(const Rule& rule, const FileRule& body) {
        if (body.whole) {
            add(rule, p::all, policy::ExecTarget{}, {{"/{**,}"}}, {}, rule_rank(rule, false));
            return;
        }
        const Bits exec = body.permissions & p::exec;
        if (exec == 0 || rule.effect == Effect::deny) {
            add(rule, body.permissions, {}, body.paths, body.except, rank_of(rule));
            return;
        }
        const auto [literal, other] = literal_and_other(body.paths, said_.variables);
        const policy::ExecTarget target = body.exec.value_or(policy::ExecTarget{});
        if (!literal.empty()) add(rule, body.permissions, target, literal, body.except, rule_rank(rule, true));
        if (!other.empty()) add(rule, body.permissions, target, other, body.except, rule_rank(rule, false));
    }

    static int rule_rank(const Rule& rule, bool literal) { return rank_of(rule) + (literal && rule.effect == Effect::allow ? 1 : 0); }

    void add(const Rule& rule, Bits bits, const policy::ExecTarget& target, const Globs& paths, const Globs& except, int exec_rank) {
        PatternMaker patterns(maker_.expressions, said_.variables);
        const Patterns in = patterns.paths(paths);
        const Patterns out = patterns.paths(except);
        Term term = term_of(rule, bits & ~p::link);
        term.exec_rank = exec_rank;
        term.exec = target;
        if (!patterns.unknown().empty()) term.unsure = text::quoted(patterns.unknown()) + " has no known value";
        if ((bits & p::exec) != 0 && rule.effect != Effect::deny && policy::inherits(target)) add_map(term, in, out);
        maker_.add(std::move(term), in, out);
    }

    // An inheriting exec maps the program too. The parser of 5.0 finds that of the exec that decides, others of the rule.
    void add_map(Term& term, const Patterns& in, const Patterns& out) {
        if (said_.read_by != apparmor::Version::v5_0) {
            term.bits |= p::map;
        } else if (term.effect == Effect::allow) {
            Term implied = term;
            implied.bits = p::map;
            implied.only = 0;
            implied.audit = false;
            implied.rank = last_rank;  // a deny takes it, whatever its priority
            implied.with_exec = true;
            maker_.add(std::move(implied), in, out);
        }
    }

    // `file,`, whose exec gives way to every other.
    void add_everything(const Rule& rule) {
        const bool deny = rule.effect == Effect::deny;
        add(rule, p::all, policy::ExecTarget{}, {{"/{**,}"}}, {}, deny ? rank_of(rule) : last_rank);
    }

    void add_access(const Rule* rule, Bits bits, const Globs& paths) {
        static const policy::VariableScope none;
        PatternMaker patterns(maker_.expressions, none);
        Term term;
        term.rule = rule;
        term.half = policy::Half::owner;
        term.rank = term.exec_rank = rule != nullptr ? rank_of(*rule) : 1;
        term.bits = bits;
        maker_.add(std::move(term), patterns.paths(paths), {});
    }
    // What the parser adds for these (CHANGEPROFILE_PATH and CHANGEHAT_PATH in parser/immunix.h, `add_proc_access`): `w` without `a`.
    void add_reads(const Rule* rule) {
        add_access(rule, p::read, {{"/proc/*/attr/apparmor/"}, {"/sys/module/apparmor/parameters/enabled"}});
    }
    void add_change_access(const Rule& rule) {
        add_access(&rule, p::write, {{"/proc/*/attr/{apparmor/,}{current,exec}"}});
        add_reads(&rule);
    }
    void add_hat_access() {
        add_access(nullptr, p::write, {{"/proc/[0-9]*/attr/{apparmor/,}current"}});
        add_reads(nullptr);
    }

    const Said& said_;
    LanguageMaker maker_;
};

// States: 0 no path, 1 the start, 2 after `/`, 3 in a name, 4 after `/.`, 5 after `/..`.
automata::Automaton make_real_paths() {
    automata::Automaton made;
    made.class_of.fill(3);
    made.class_of[0] = 0;
    made.class_of['/'] = 1;
    made.class_of['.'] = 2;
    made.classes = 4;
    made.start = 1;
    // by state: NUL, `/`, `.`, any other
    made.next = {0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 4, 3, 0, 2, 3, 3, 0, 0, 5, 3, 0, 0, 3, 3};
    made.labels = {0, 0, 1, 1, 0, 0};
    return made;
}

}  // namespace

std::variant<Language, OverBudget> files_of(const Said& said, const automata::Budget& budget) { return Files(said).run(budget); }

std::variant<Language, OverBudget> file_sets(const policy::VariableScope& variables, std::span<const Rule> objects) {
    LanguageMaker maker;
    for (const Rule& rule : objects) {
        const auto* body = std::get_if<FileRule>(&rule.body);
        if (body == nullptr) continue;
        PatternMaker patterns(maker.expressions, variables);
        const Patterns in = body->whole ? patterns.paths({{"/{**,}"}}) : patterns.paths(body->paths);
        const Patterns out = patterns.paths(body->except);
        Term term = term_of(rule, (body->whole ? p::all : body->permissions) & ~p::link);
        if (!patterns.unknown().empty()) term.unsure = text::quoted(patterns.unknown()) + " has no known value";
        maker.add(std::move(term), in, out);
    }
    return maker.make();
}

const automata::Automaton& real_paths() {
    static const automata::Automaton made = make_real_paths();
    return made;
}

}  // namespace pavise::analysis
