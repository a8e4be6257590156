// What a compiler of a profile makes of it: the smallest automaton for its files, one for all other classes, one for its attachment.
//
//   CompiledSizes sizes;
//   for (const std::string& name : world.names()) sizes += compile(*world.find(name));
//   sizes.states          // of the files' automata, as apparmor_parser counts them; other classes are spelled differently here
//
// Labels are what the kernel is told of a string: what is allowed, audited and quiet for each half, and where an exec leads.
#pragma once

#include "analysis/meaning.hpp"
#include "apparmor/binary.hpp"

#include <cstddef>
#include <span>

namespace pavise::bench {

struct CompiledSizes {
    std::size_t states = 0;
    bool over_budget = false;
    CompiledSizes& operator+=(const CompiledSizes& more) {
        states += more.states;
        over_budget = over_budget || more.over_budget;
        return *this;
    }
};

CompiledSizes compile(analysis::Meaning& meaning);

// Of the files' automata that the parser compiled.
std::size_t states(std::span<const apparmor::binary::Profile> profiles);

}  // namespace pavise::bench
