// The modules of a run and the names in them: what declare.cpp finds and every later part looks up.
//
//   read_module(context, module);                      // modules.hpp
//   Symbol* symbol = find_symbol(*module, "static");
//   if (auto* let = std::get_if<Let>(&symbol->what)) …
//
// A module is one file. Its names (constants, options, abstractions, imported modules) share one space; profiles have another, which is
// the build's. Values of constants and options are computed when first asked for.
#pragma once

#include "language/context.hpp"
#include "language/type.hpp"
#include "language/value.hpp"

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

namespace pavise::language {

enum class State : std::uint8_t { untouched, working, done };

struct Let {
    syntax::Node value;
    State state = State::untouched;
    bool failed = false;  // reported: it has no value
    std::vector<Element> elements{};
};

struct Option {
    Type type;
    bool failed = false;
    std::vector<Element> elements{};
};

struct Parameter {
    std::string_view name;
    syntax::Node node;
    std::optional<Type> type;  // none: anything
    std::optional<syntax::Node> value;
};

struct Abstraction {
    syntax::Node block;
    std::vector<Parameter> parameters{};
    bool faulty = false;   // its parameters are wrong, which has been reported: what a use of it lacks is not known
    bool used = false;     // its body has been elaborated
    bool working = false;  // its body is being elaborated: a further use is a recursion
};

struct Imported {
    Module* module;  // null: it could not be read, which has been reported
};

struct Symbol {
    std::string_view name;
    text::Span span;  // of the name where it is declared
    Module* home;     // the module that declares it
    std::variant<Let, Option, Abstraction, Imported> what;
};

// A name that is declared in a branch that this build does not take.
struct Absent {
    text::Span span;
    bool unknown;  // the branch's condition is wrong, which has been reported
};

struct Module {
    std::string path;  // as it is found again: normalized, or `std/container.pav`
    text::FileId file = 0;
    std::optional<syntax::Tree> tree{};  // once it is read
    bool built_in = false;
    bool root = false;      // its profiles are built
    bool imported = false;  // by another
    State state = State::untouched;
    std::deque<Symbol> symbols{};
    std::unordered_map<std::string_view, Symbol*> names{};
    std::unordered_map<std::string, text::Span> variables{};  // AppArmor's, set by `variable`
    std::vector<std::pair<Module*, text::Span>> imports{};    // in order, each once, with the import
    std::vector<syntax::Node> head{};                         // include, abi, variable, alias
    std::vector<syntax::Node> profiles{};
    std::vector<syntax::Node> tests{};
    // What stands in branches that this build does not take.
    std::unordered_map<std::string_view, Absent> absent{};  // by name
    std::vector<syntax::Node> absent_profiles{};
};

struct Program {
    std::deque<Module> modules{};
    std::unordered_map<std::string, Module*> by_path{};
    std::vector<std::string> files_read{};
    std::vector<const Module*> reading{};            // the modules that led to the one being read, itself last
    std::vector<const Symbol*> working{};            // constants being computed, abstractions being used: the chain for cycles
    std::unordered_set<std::string_view> options{};  // names of all options, for -D
    std::unordered_set<std::uint64_t> reported{};    // hashes of place and message, so that each is given once
    text::Diagnostic again{};                        // takes what has been given before
    std::size_t grown = 0;                           // statements and elements that came from uses and constants
    bool budget_spent = false;
    bool names_only = false;  // a branch that is not taken is looked through: its values need not fit, its names must be there
};

// What the parameters of an abstraction stand for, in one use.
struct Bindings {
    const Symbol* abstraction;
    std::vector<std::vector<Element>> values;  // by the parameters' order
};

Symbol* find_symbol(Module& module, std::string_view name);

}  // namespace pavise::language
