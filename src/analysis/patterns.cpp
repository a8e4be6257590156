#include "analysis/patterns.hpp"

#include "automata/glob.hpp"
#include "policy/aare.hpp"

namespace pavise::analysis {

// What is no glob has been reported where the policy was read; a class with `*` in it reads otherwise than it looks, and is not known.
void PatternMaker::add(const policy::WideExpansion& expanded, const std::string& text, Patterns& to) {
    const std::optional<automata::Expression> made = automata::glob(all_, text);
    if (made && expanded.unknown.empty()) {
        to.sure.push_back(*made);
        return;
    }
    if (unknown_.empty()) unknown_ = expanded.unknown.empty() ? text : expanded.unknown;
    to.unsure.push_back(made ? *made : all_.repeat(automata::ByteSet::all()));
}

void PatternMaker::add_path(std::string_view glob, Patterns& to) {
    const policy::WideExpansion expanded = policy::expand_widely(variables_, glob);
    add(expanded, automata::without_double_slashes(expanded.text), to);
}

void PatternMaker::add_text(std::string_view glob, Patterns& to) {
    const policy::WideExpansion expanded = policy::expand_widely(variables_, glob);
    add(expanded, expanded.text, to);
}

Patterns PatternMaker::paths(const policy::Globs& globs) {
    Patterns made;
    for (const policy::Glob& glob : globs) add_path(glob.text, made);
    return made;
}

void PatternMaker::add_word(std::string_view word, Patterns& to) { to.sure.push_back(all_.literal(word)); }

Patterns PatternMaker::words(std::span<const std::string> all) {
    Patterns made;
    for (const std::string& word : all) add_word(word, made);
    return made;
}

Patterns PatternMaker::options(std::span<const std::pair<std::string, bool>> parts) {
    std::vector<automata::Expression> sequence;
    for (const auto& [text, may_be_left_out] : parts) {
        const automata::Expression part = all_.literal(text);
        sequence.push_back(may_be_left_out ? all_.either({part, all_.sequence({})}) : part);
    }
    return {{all_.sequence(sequence)}, {}};
}

Patterns PatternMaker::any() { return {{all_.repeat(automata::ByteSet::all() - automata::ByteSet::of('\0'))}, {}}; }

Patterns PatternMaker::some() {
    const automata::ByteSet bytes = automata::ByteSet::all() - automata::ByteSet::of('\0');
    return {{all_.sequence({all_.bytes(bytes), all_.repeat(bytes)})}, {}};
}

Patterns PatternMaker::joined(const std::vector<Patterns>& fields) {
    std::vector<automata::Expression> sure;
    std::vector<automata::Expression> most;
    bool all_sure = true;
    for (const Patterns& field : fields) {
        if (!sure.empty()) sure.push_back(all_.literal({"\0", 1})), most.push_back(sure.back());
        std::vector<automata::Expression> both = field.sure;
        both.insert(both.end(), field.unsure.begin(), field.unsure.end());
        all_sure = all_sure && field.unsure.empty();
        sure.push_back(all_.either(field.sure));
        most.push_back(all_.either(both));
    }
    Patterns made{{all_.sequence(sure)}, {}};
    if (!all_sure) made.unsure.push_back(all_.sequence(most));
    return made;
}

std::pair<policy::Globs, policy::Globs> literal_and_other(const policy::Globs& globs, const policy::VariableScope& variables) {
    std::pair<policy::Globs, policy::Globs> parted;
    for (const policy::Glob& glob : globs)
        (policy::is_literal(policy::expand_widely(variables, glob.text).text) ? parted.first : parted.second).push_back(glob);
    return parted;
}

}  // namespace pavise::analysis
