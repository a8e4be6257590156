#include "analysis/subset.hpp"

#include "analysis/classes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::analysis {

SubsetTest test_subset(const Language& files, std::string_view pair) {
    using policy::RuleClass;
    const std::size_t nul = std::min(pair.find('\0'), pair.size());
    const std::string_view name = pair.substr(0, nul);
    const std::string_view target = pair.substr(std::min(nul + 1, pair.size()));
    const std::vector<Hit>& of_name = files.hits_of(name);
    const std::vector<Hit>& of_target = files.hits_of(target);
    SubsetTest test;
    const Bits all = all_bits(RuleClass::file);
    for (Bits bit = 1; bit != 0 && bit <= all; bit <<= 1) {
        if ((all & bit) == 0) continue;
        const Answer first = decide(files, of_name, bit, Owner::self).answer;
        const Answer second = decide(files, of_target, bit, Owner::self).answer;
        if (first == Answer::no || second == Answer::yes) continue;
        const bool is_certain = first != Answer::unknown && second != Answer::unknown;
        if (!is_certain && test.answer != Answer::yes) continue;
        test.answer = is_certain ? Answer::no : Answer::unknown;
        test.why = is_certain
                       ? fmt::format("the link is tested: {} is allowed, and {} is not", text::quoted(words_of(RuleClass::file, name, bit)),
                                     text::quoted(words_of(RuleClass::file, target, bit)))
                       : fmt::format("the link is tested, and whether {} is allowed is not known",
                                     text::quoted(words_of(RuleClass::file, first == Answer::unknown ? name : target, bit)));
        if (is_certain) return test;
    }
    const ExecDecision first = decide_exec(files, of_name, Owner::self);
    const ExecDecision second = decide_exec(files, of_target, Owner::self);
    if (test.answer == Answer::yes && first.answer == Answer::yes && first.targets != second.targets)
        return {Answer::no, "the link is tested, and the two run under different profiles"};
    return test;
}

}  // namespace pavise::analysis
