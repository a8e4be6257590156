#include "automata/domain.hpp"

#include "automata/minimise.hpp"
#include "automata/product.hpp"

#include <cassert>

namespace pavise::automata {
namespace {

enum Class : std::uint8_t { name, slash, nul };

// State 1: only `/` may come. 2: no `/` may come. 3: any byte.
Automaton of_paths() {
    Automaton paths;
    paths.classes = 3;
    paths.class_of['/'] = slash;
    paths.class_of['\0'] = nul;
    paths.start = 1;
    paths.next = {0, 0, 0, /* 1 */ 0, 2, 0, /* 2 */ 3, 0, 0, /* 3 */ 3, 2, 0};
    paths.labels = {0, 0, 1, 1};
    return paths;
}

Automaton of_names(bool slashes) {
    Automaton names;
    names.classes = 3;
    names.class_of['/'] = slash;
    names.class_of['\0'] = nul;
    names.start = 1;
    names.next = {0, 0, 0, 1, slashes ? State{1} : State{0}, 0};
    names.labels = {0, 1};
    return names;
}

Automaton any_of(Domain domain) {
    switch (domain) {
        case Domain::paths: return of_paths();
        case Domain::names: return of_names(true);
        case Domain::segment: return of_names(false);
    }
    return {};
}

}  // namespace

Automaton automaton_of(Domain domain) { return minimise(any_of(domain)); }

Automaton within(const Automaton& automaton, Domain domain) {
    constexpr std::size_t states_of_domain = 4;
    const auto both = combine(
        automaton, any_of(domain), [](Label label, Label in) { return in != 0 ? label : 0; },
        automaton.size() * states_of_domain + states_of_domain);
    assert(both);
    return minimise(*both);
}

}  // namespace pavise::automata
