#include "bench/compiled.hpp"

#include "analysis/decide.hpp"
#include "analysis/patterns.hpp"
#include "automata/minimise.hpp"
#include "automata/product.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

namespace pavise::bench {
namespace {

using analysis::Bits;
using analysis::Hit;
using analysis::Language;
using analysis::Owner;
using automata::Automaton;
using automata::Label;
using automata::State;
using policy::RuleClass;

using Rights = std::vector<std::uint32_t>;

class Labels {
public:
    Label of(const Rights& rights) {
        if (std::all_of(rights.begin(), rights.end(), [](std::uint32_t one) { return one == 0; })) return 0;
        return known_.try_emplace(rights, static_cast<Label>(known_.size() + 1)).first->second;
    }
    std::uint32_t of(const policy::ExecTarget& target) {
        const auto known = std::find(targets_.begin(), targets_.end(), target);
        if (known != targets_.end()) return static_cast<std::uint32_t>(known - targets_.begin()) + 1;
        targets_.push_back(target);
        return static_cast<std::uint32_t>(targets_.size());
    }

private:
    std::map<Rights, Label> known_;
    std::vector<policy::ExecTarget> targets_;
};

Rights rights(RuleClass cls, const Language& language, std::span<const Hit> hits, Labels& labels) {
    Rights made;
    for (const Owner owner : {Owner::self, Owner::other}) {
        Bits allow = 0;
        Bits audit = 0;
        Bits quiet = 0;
        const auto speaks = [&](const analysis::Term& term) {
            return term.half == policy::Half::both || (term.half == policy::Half::owner) == (owner == Owner::self);
        };
        for (const Hit& hit : hits) {
            const analysis::Term& term = language.terms[hit.term];
            if (!speaks(term)) continue;
            if (term.effect == policy::Effect::deny) {
                if (!term.audit) quiet |= term.bits;
            } else {
                allow |= term.bits;
                if (term.audit) audit |= term.bits;
            }
        }
        for (Bits bit = 1; bit != 0 && bit <= allow; bit <<= 1)
            if ((allow & bit) != 0 && analysis::decide(language, hits, bit, owner).answer != analysis::Answer::yes) allow &= ~bit;
        made.insert(made.end(), {allow, audit & allow, quiet & ~allow});
        if (cls != RuleClass::file || (allow & policy::permission::exec) == 0) continue;
        for (const policy::ExecTarget& target : analysis::decide_exec(language, hits, owner).targets) made.push_back(labels.of(target));
    }
    return made;
}

// What each label of the language says.
std::vector<Label> renamed(RuleClass cls, const Language& language, Labels& labels) {
    std::vector<Label> made;
    for (const std::vector<Hit>& hits : language.hits) made.push_back(labels.of(rights(cls, language, hits, labels)));
    made[0] = 0;
    return made;
}

// Of rules that say the same of different paths a compiler makes one: nobody asks which it was.
std::vector<policy::Rule> joined_rules(const analysis::Said& said) {
    std::vector<policy::Rule> made;
    for (const policy::Rule* rule : said.rules) {
        const auto* body = std::get_if<policy::FileRule>(&rule->body);
        const auto same = std::find_if(made.begin(), made.end(), [&](const policy::Rule& one) {
            const auto* other = std::get_if<policy::FileRule>(&one.body);
            return body != nullptr && other != nullptr && !body->whole && !other->whole && body->except.empty() && other->except.empty() &&
                   body->permissions == other->permissions && body->exec == other->exec && rule->effect == one.effect &&
                   rule->audit == one.audit && rule->half == one.half && rule->priority == one.priority &&
                   rule->only.has_value() == one.only.has_value();
        });
        if (same == made.end()) {
            made.push_back(*rule);
            continue;
        }
        policy::Globs& paths = std::get<policy::FileRule>(same->body).paths;
        paths.insert(paths.end(), body->paths.begin(), body->paths.end());
    }
    return made;
}

// The kernel asks one automaton about files, links and changes of profile.
std::optional<Automaton> joined(const Automaton& one, const Automaton& other, Labels& labels) {
    return automata::combine(one, other, [&](Label a, Label b) { return a == 0 && b == 0 ? 0 : labels.of({a, b}); });
}

// Each string of one of them behind its byte, in one automaton.
Automaton behind_bytes(const std::vector<std::pair<std::uint8_t, Automaton>>& parts) {
    Automaton made;
    std::map<std::vector<std::uint32_t>, std::uint8_t> columns;
    for (unsigned byte = 0; byte < 256; ++byte) {
        std::vector<std::uint32_t> column;
        for (const auto& [first, part] : parts) {
            column.push_back(part.class_of[byte]);
            column.push_back(first == byte ? 1 : 0);
        }
        made.class_of[byte] = columns.try_emplace(std::move(column), static_cast<std::uint8_t>(columns.size())).first->second;
    }
    made.classes = static_cast<std::uint32_t>(columns.size());
    made.start = 1;
    made.next.assign(std::size_t{2} * made.classes, 0);
    made.labels.assign(2, 0);
    std::vector<std::uint8_t> byte_of(made.classes);
    for (unsigned byte = 0; byte < 256; ++byte) byte_of[made.class_of[byte]] = static_cast<std::uint8_t>(byte);
    for (const auto& [first, part] : parts) {
        const auto offset = static_cast<State>(made.size() - 1);
        const auto moved = [&](State state) { return state == 0 ? 0 : state + offset; };
        made.next[made.classes + made.class_of[first]] = moved(part.start);
        for (State state = 1; state < part.size(); ++state) {
            made.labels.push_back(part.labels[state]);
            for (const std::uint8_t byte : byte_of) made.next.push_back(moved(part.step(state, static_cast<char>(byte))));
        }
    }
    return automata::minimise(made);
}

// The paths of programs that start under the profile.
void compile_attachment(const analysis::Said& said) {
    const policy::Profile& profile = *said.profile;
    const std::string text = profile.attachment ? profile.attachment->text : profile.name;
    if (profile.kind == policy::ProfileKind::hat || text.find_first_of("*?[{@") == std::string::npos) return;
    analysis::LanguageMaker maker;
    analysis::PatternMaker make(maker.expressions, said.variables);
    analysis::Patterns paths;
    make.add_path(text, paths);
    maker.add(analysis::Term{}, paths, {});
    const auto made = maker.make();
    if (const auto* language = std::get_if<Language>(&made)) automata::minimise(language->automaton);
}

}  // namespace

CompiledSizes compile(analysis::Meaning& meaning) {
    CompiledSizes sizes;
    Labels labels;
    std::vector<std::pair<std::uint8_t, Automaton>> others;
    Automaton files;
    analysis::Said said = meaning.said();
    const std::vector<policy::Rule> rules = joined_rules(said);
    said.rules.clear();
    for (const policy::Rule& rule : rules) said.rules.push_back(&rule);
    for (const RuleClass cls : analysis::meant_classes()) {
        if (cls == RuleClass::capability || !meaning.mediates(cls)) continue;  // capabilities are a mask
        const auto made = analysis::language_of(cls, said);
        const auto* language = std::get_if<Language>(&made);
        sizes.over_budget = sizes.over_budget || language == nullptr;
        if (language == nullptr || language->automaton.size() == 1) continue;
        const std::vector<Label> names = renamed(cls, *language, labels);
        Automaton one = language->automaton;
        for (Label& label : one.labels) label = names[label];
        if (cls == RuleClass::file || cls == RuleClass::link || cls == RuleClass::change_profile) {
            std::optional<Automaton> all = files.size() == 1 ? std::move(one) : joined(files, one, labels);
            sizes.over_budget = sizes.over_budget || !all;
            if (all) files = *std::move(all);
        } else {
            others.emplace_back(static_cast<std::uint8_t>(cls), std::move(one));
        }
    }
    sizes.states = automata::minimise(files).size();
    if (!others.empty()) behind_bytes(others);
    compile_attachment(meaning.said());
    return sizes;
}

std::size_t states(std::span<const apparmor::binary::Profile> profiles) {
    std::size_t count = 0;
    for (const apparmor::binary::Profile& profile : profiles)
        if (profile.file) count += profile.file->dfa.size();
    return count;
}

}  // namespace pavise::bench
