// Files of profiles, statement by statement.
#include "apparmor/read.hpp"

#include "apparmor/read/context.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::apparmor {
namespace read {

using text::Code;

text::Diagnostic& report(Context& context, policy::ExpansionId via, Code code, text::Span span, std::string message) {
    if (via != 0 && !context.reported.insert({span.file, span.begin}).second) {
        static thread_local text::Diagnostic spare;
        return spare = {};
    }
    return policy::add(context.diagnostics, context.policy.expansions, code, {span, via}, std::move(message));
}

namespace {

void read_abi(Context& context, const Scope& scope, policy::ExpansionId via, const Node& node) {
    const Node& name = *find(node, Kind::file_name);
    policy::Preamble& preamble = context.policy.preambles[scope.preamble];
    std::string text(source(context, name));
    if (!text.starts_with("<") && !text.starts_with("\"")) text = fmt::format("\"{}\"", text);
    if (preamble.abi && *preamble.abi != text) {
        report(context, via, Code::W0801, name.span,
               fmt::format("this abi has no effect: the first one holds, which is {}", text::quoted(*preamble.abi)))
            .also(preamble.abi_origin.span, "the first one")
            .help("leave it out");
        return;
    }
    const bool known =
        text == "<kernel>" || std::any_of(context.options.folders.begin(), context.options.folders.end(), [&](const std::string& folder) {
            return text.starts_with("\"") ||
                   std::holds_alternative<std::string>(context.options.read(folder + "/" + text.substr(1, text.size() - 2)));
        });
    if (!known)
        report(context, via, Code::E0808, name.span, fmt::format("there is no abi file {}", text::quoted(text)))
            .help("AppArmor 3.0 ships `<abi/3.0>`, 4.0 and 4.1 `<abi/4.0>` too, 5.0 `<abi/5.0>`");
    preamble.abi = std::move(text);
    preamble.abi_origin = {name.span, via};
}

void read_alias(Context& context, Scope& scope, policy::ExpansionId via, const Node& node) {
    std::vector<const Node*> words;
    for (const Node& child : node.children)
        if (child.kind == Kind::word) words.push_back(&child);
    const std::optional<policy::Glob> from = read_glob(context, scope, via, *words[0]);
    const std::optional<policy::Glob> to = read_glob(context, scope, via, *words[1]);
    if (!from || !to) return;
    const policy::Alias alias{from->text, to->text, {node.span, via}};
    if (via == 0) context.policy.preambles[scope.preamble].aliases.push_back(alias);
    scope.declarations.aliases.push_back(alias);
}

// What a file's head holds stands before its profiles.
bool is_head(Kind kind) { return kind == Kind::abi || kind == Kind::alias || kind == Kind::variable || kind == Kind::boolean; }

// Is it what stands inside a profile, an abstraction? Then it is read as such.
bool read_fragment(Context& context, Scope& scope, text::FileId file) {
    text::Diagnostics of_body;
    const Node tree = parse(context.sources, file, Place::body, of_body).file;
    if (of_body.has_errors() || find(tree, Kind::profile) != nullptr) return false;
    scope.fragment = true;
    policy::IncludedText fragment;
    fragment.path = context.sources[file].name;
    std::set<std::string> seen;
    std::vector<policy::Origin> networks;
    Body body{fragment.includes, fragment.rules, fragment.limits, fragment.children, seen, scope.profiles, networks};
    read_body(context, scope, tree, body);
    context.policy.included.push_back(std::move(fragment));
    return true;
}

}  // namespace

void read_top(Context& context, Scope& scope, const Node& file, policy::ExpansionId via, std::set<std::string>& seen, std::size_t depth,
              std::vector<policy::Profile>& profiles) {
    for (const Node& node : file.children) {
        if (is_head(node.kind) && !scope.profiles.empty()) {
            report(context, via, Code::E0812, node.span, "this belongs before the file's first profile")
                .help("move it to the file's beginning");
            continue;
        }
        switch (node.kind) {
            case Kind::include: include_top(context, scope, node, via, seen, depth); break;
            case Kind::abi: read_abi(context, scope, via, node); break;
            case Kind::alias: read_alias(context, scope, via, node); break;
            case Kind::variable: read_variable(context, scope, via, node); break;
            case Kind::boolean: read_boolean(context, scope, via, node); break;
            case Kind::profile:
            case Kind::hat: read_profile(context, scope, node, via, profiles); break;
            default: break;  // comments, and what can't be read
        }
    }
}

}  // namespace read

ReadResult read_profiles(text::Sources& sources, const std::vector<text::FileId>& files, const ReadOptions& options,
                         text::Diagnostics& diagnostics, policy::Policy policy) {
    read::Context context{sources, diagnostics, options, policy};
    for (const text::FileId file : files) {
        read::Scope scope;
        scope.preamble = context.policy.preambles.size();
        context.policy.preambles.emplace_back().complete = true;
        std::set<std::string> seen;
        text::Diagnostics of_top;
        const read::Node tree = read::parse(sources, file, read::Place::top, of_top).file;
        if (of_top.has_errors() && read::read_fragment(context, scope, file)) continue;
        diagnostics.append(std::move(of_top));
        read::read_top(context, scope, tree, 0, seen, 0, context.policy.profiles);
        context.policy.preambles[scope.preamble].declared = std::move(scope.declarations);
    }
    return {std::move(policy), std::move(context.files_read)};
}

}  // namespace pavise::apparmor
