// What the functions that read AppArmor text share.
//
//   Context   of a run: sources, diagnostics, the policy being made, the texts of included files
//   Scope     of one file with what it includes: variables, booleans, its preamble
#pragma once

#include "apparmor/read.hpp"
#include "apparmor/read/tree.hpp"
#include "policy/profile.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::apparmor::read {

struct ParsedFile {
    text::FileId file;
    Node tree;
};

struct Context {
    text::Sources& sources;
    text::Diagnostics& diagnostics;
    const ReadOptions& options;
    policy::Policy& policy;
    std::vector<std::string> files_read{};
    std::map<std::pair<std::string, Place>, std::unique_ptr<ParsedFile>> parsed{};  // by path; null: it can't be read
    std::set<std::pair<text::FileId, std::uint32_t>> reported{};                    // an included file is read for each that includes it
    std::set<std::pair<std::size_t, std::string>> unset{};                          // variables that nothing sets: told once a preamble
};

// What `<tunables/global>` sets, beside a file to which the writer adds its include if something there is used.
struct Tunables {
    policy::Declarations declarations;
    std::map<std::string, text::Span, std::less<>> declared;
    bool used = false;
};

struct Scope {
    bool fragment = false;     // no profile: what includes it sets the variables
    std::size_t preamble = 0;  // index in Policy::preambles
    policy::Declarations declarations{};
    std::map<std::string, text::Span, std::less<>> declared{};  // where a variable or boolean was first assigned
    std::map<std::string, text::Span, std::less<>> profiles{};  // where the outermost ones are, with those of included files
    bool untaken = false;                                       // in a branch that is dropped: only its form has to be right
    Tunables* tunables = nullptr;
};

// What a variable or boolean is set to; null: nothing sets it.
const std::vector<std::string>* find_variable(const Scope& scope, std::string_view name);
const bool* find_boolean(const Scope& scope, std::string_view name);
// Takes what `<tunables/global>` sets it to into the scope, where an assignment changes that.
void take_from_tunables(Scope& scope, std::string_view name);
// Does AppArmor set it by itself?
bool is_built_in(const Context& context, std::string_view variable);

// What encloses a rule in its body: the parser drops some rules there.
enum class Inside : std::uint8_t { nothing, branch, rule_block };

// The body that statements are put into: a profile's own, or an included file's.
struct Body {
    std::vector<policy::Include>& includes;
    std::vector<policy::Rule>& rules;
    std::vector<policy::Limit>& limits;
    std::vector<policy::Profile>& children;
    std::set<std::string>& seen;                            // included files: a second `include` of one brings nothing
    std::map<std::string, text::Span, std::less<>>& names;  // where the children are, with those of included files
    std::vector<policy::Origin>& networks;                  // the network rules so far, those of included files too
    policy::ExpansionId via = 0;
    std::size_t depth = 0;  // of includes
    Inside inside = Inside::nothing;
};

inline std::string_view source(const Context& context, const Node& node) { return context.sources.slice(node.span); }
inline std::string text_of(const Context& context, const Node& word) { return word_text(context.sources, word); }

// `@{NAME}`, `@NAME`, `$NAME` or `${NAME}` without its marks.
std::string bare_name(std::string_view text);

// Adds a diagnostic with the chain of includes; a place that was reported already gives a spare one.
text::Diagnostic& report(Context& context, policy::ExpansionId via, text::Code code, text::Span span, std::string message);

// A glob of a file, link or attachment. Reports what is wrong with it: the AARE, variables that nobody declares. In a branch that is not
// taken there is none: the parser does not look at them.
std::optional<policy::Glob> read_glob(Context& context, const Scope& scope, policy::ExpansionId via, const Node& word);
// Have the variables in a glob values that are globs by themselves?
bool check_values(Context& context, const Scope& scope, policy::ExpansionId via, const Node& word);
// The same for text that need not be a path: a label, a name.
void check_variables(Context& context, const Scope& scope, policy::ExpansionId via, const Node& word);

// Statements outside of profiles.
void read_variable(Context& context, Scope& scope, policy::ExpansionId via, const Node& node);
void read_boolean(Context& context, Scope& scope, policy::ExpansionId via, const Node& node);
// The expression of a conditional; none: it can't be decided, which was reported where it is a mistake.
std::optional<bool> evaluate(Context& context, const Scope& scope, policy::ExpansionId via, const Node& conditional);

// An include in the preamble, and one in a body.
void read_top(Context& context, Scope& scope, const Node& file, policy::ExpansionId via, std::set<std::string>& seen, std::size_t depth,
              std::vector<policy::Profile>& profiles);
void include_top(Context& context, Scope& scope, const Node& node, policy::ExpansionId via, std::set<std::string>& seen, std::size_t depth);
void include_body(Context& context, Scope& scope, const Node& node, Body& body);

// Reads the files that an include stands for, and sets its `texts`. False: there is none, which is the caller's to report.
bool read_files_top(Context& context, Scope& scope, policy::Include& include, std::set<std::string>& seen, std::size_t depth);
bool read_files_body(Context& context, Scope& scope, policy::Include& include, Body& body);

// Profiles and what is in them.
void read_profile(Context& context, Scope& scope, const Node& node, policy::ExpansionId via, std::vector<policy::Profile>& profiles);
void read_child(Context& context, Scope& scope, const Node& node, Body& body);
void read_body(Context& context, Scope& scope, const Node& block, Body& body);

}  // namespace pavise::apparmor::read
