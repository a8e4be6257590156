// What every part of the language's meaning works with: where the statement stands, through which calls it came there, and where to report.
//
//   void statement_x(Context& context, syntax::Node node, policy::Profile& into) {
//       for (const Element& element : elements(context, node)) …          // value.hpp: constants and parameters resolved
//       report(context, Code::E0301, node, "…").help("…");                // with the chain of `use`s that led here
//       rule.origin = origin(context, node);
//   }
//
// An abstraction is elaborated anew at each use, so a node is seen many times. `report` gives the same message at the same place once.
#pragma once

#include "language/compile.hpp"
#include "policy/profile.hpp"
#include "syntax/tree.hpp"
#include "text/diagnostic.hpp"
#include "text/source.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace pavise::language {

struct Program;   // all modules of a run (program.hpp)
struct Module;    // one file and its names (program.hpp)
struct Bindings;  // the parameters of the abstraction that is being used (program.hpp)

struct Context {
    text::Sources& sources;
    text::Diagnostics& diagnostics;
    const Options& options;
    policy::Policy& policy;
    Program& program;
    Module* module = nullptr;              // whose names the statement sees
    const Bindings* parameters = nullptr;  // of the abstraction that the statement stands in, if any
    policy::ExpansionId via = 0;           // the `use` that led here
    policy::Profile* profile = nullptr;    // that is being filled, if any
    std::size_t preamble = 0;              // of that profile's file, in Policy::preambles
};

// The reference is valid until the next report.
text::Diagnostic& report(Context& context, text::Code code, text::Span span, std::string message);
inline text::Diagnostic& report(Context& context, text::Code code, syntax::Node node, std::string message) {
    return report(context, code, node.span(), std::move(message));
}

inline policy::Origin origin(const Context& context, syntax::Node node) { return {node.span(), context.via}; }

// True while the profile under elaboration may still grow. Uses that double at each level stop here, with one diagnostic.
bool within_budget(Context& context, syntax::Node node, std::size_t more = 1);

}  // namespace pavise::language
