#include "analysis/term.hpp"

namespace pavise::analysis {

int rank_of(const policy::Rule& rule) {
    const int base = rule.priority.value_or(0) * 4;
    switch (rule.effect) {
        case policy::Effect::deny: return base + 3;
        case policy::Effect::allow: return base + 1;
        case policy::Effect::prompt: break;
    }
    return base;
}

Term term_of(const policy::Rule& rule, Bits bits) {
    Term term;
    term.rule = &rule;
    term.effect = rule.effect;
    term.audit = rule.audit;
    term.half = rule.half;
    term.rank = term.exec_rank = rank_of(rule);
    term.bits = bits;
    if (rule.only) term.only = bits;
    return term;
}

}  // namespace pavise::analysis
