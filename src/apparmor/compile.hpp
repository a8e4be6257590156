// AppArmor text compiled by apparmor_parser, loading nothing.
//
//   auto made = compile_text(text, {this_machine(), "/etc/apparmor.d", target});     // the binary, or why there is none
#pragma once

#include "apparmor/load.hpp"
#include "apparmor/target.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace pavise::apparmor {

struct Compiling {
    const Machine& machine;
    std::string base;  // where the text's includes and the target's abi are
    const Target& target;
    std::string features{};  // a file of the kernel's features; empty: the target's abi
    bool pins_abi = false;   // the text names no abi: the target's is meant, not the one that the parser takes by itself
};

struct NotCompiled {
    std::string reason;  // the parser's words
};

std::variant<std::string, NotCompiled> compile_text(std::string_view text, const Compiling& how);

// The automata as the parser prints them (`-D dfa-states`). None: it does not.
std::optional<std::string> dump_states(std::string_view text, const Compiling& how);

}  // namespace pavise::apparmor
