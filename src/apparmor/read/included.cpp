// What a Pavise policy includes: AppArmor's own files, read as the parser will find them in the text that is written.
//
// The head of that text is `include <tunables/global>` if something uses what it sets, then the policy's includes, then its variables.
// Whether the first is needed is known when all is read: its variables stand beside the file's own until then (`Tunables`).
#include "apparmor/read/context.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::apparmor {
namespace read {
namespace {

using text::Code;

constexpr std::string_view tunables_file = "<tunables/global>";

const policy::Include* first_include(const policy::Profile& profile) {
    if (!profile.includes.empty()) return &profile.includes.front();
    for (const policy::Profile& child : profile.children)
        if (const policy::Include* include = first_include(child)) return include;
    return nullptr;
}

// The variables that a value names.
std::vector<std::string> names_in(const std::string& value) {
    std::vector<std::string> names;
    for (std::size_t at = value.find("@{"); at != std::string::npos; at = value.find("@{", at + 2))
        names.push_back(value.substr(at + 2, value.find('}', at) - at - 2));
    return names;
}

class Head {
public:
    Head(Context& context, std::size_t preamble) : context_(context), preamble_(context.policy.preambles[preamble]) {
        scope_.preamble = preamble;
    }

    const policy::Include* first_include() const {
        if (!preamble_.includes.empty()) return &preamble_.includes.front();
        for (const policy::Profile& profile : context_.policy.profiles)
            if (profile.preamble == scope_.preamble)
                if (const policy::Include* include = read::first_include(profile)) return include;
        return nullptr;
    }

    // Where the policy first asks for something of AppArmor's.
    std::optional<policy::Origin> first_use() const {
        if (!preamble_.unbound.empty()) return preamble_.unbound.begin()->second;
        if (const policy::Include* include = first_include()) return include->origin;
        for (const policy::Variable& variable : preamble_.variables)
            for (const std::string& value : variable.values)
                for (const std::string& name : names_in(value))
                    if (std::none_of(preamble_.variables.begin(), preamble_.variables.end(),
                                     [&](const policy::Variable& own) { return own.name == name; }))
                        return variable.origin;
        return std::nullopt;
    }

    // A policy that is not `is_sound` may have lost what sets a variable to a mistake that was reported.
    void read(bool is_sound) {
        add_tunables();
        std::set<std::string> seen;
        for (policy::Include& include : preamble_.includes)
            if (!read_files_top(context_, scope_, include, seen, 0)) report_missing(include);
        for (const policy::Variable& variable : preamble_.variables) assign(variable);
        std::vector<policy::Alias>& aliases = scope_.declarations.aliases;
        aliases.insert(aliases.end(), preamble_.aliases.begin(), preamble_.aliases.end());
        for (policy::Profile& profile : context_.policy.profiles)
            if (profile.preamble == scope_.preamble) body(profile);
        for (const auto& [name, origin] : preamble_.unbound) {
            if (is_sound)
                check_set(name, origin);
            else
                (void)find_variable(scope_, name);
        }
        if (tunables_.used) join_tunables();
        preamble_.declared = std::move(scope_.declarations);
        preamble_.declared->needs_tunables = tunables_.used;
    }

private:
    void add_tunables() {
        const auto asked = [](const policy::Include& include) { return include.name == tunables_file; };
        const std::optional<policy::Origin> use = first_use();
        if (!use || std::any_of(preamble_.includes.begin(), preamble_.includes.end(), asked)) return;
        Scope own;
        own.preamble = scope_.preamble;
        policy::Include include{std::string(tunables_file), false, *use};
        std::set<std::string> seen;
        std::vector<text::Diagnostic>& found = context_.diagnostics.all();
        const auto before = static_cast<std::ptrdiff_t>(found.size());
        read_files_top(context_, own, include, seen, 0);
        faults_.assign(found.begin() + before, found.end());
        found.erase(found.begin() + before, found.end());
        tunables_.declarations = std::move(own.declarations);
        tunables_.declared = std::move(own.declared);
        scope_.tunables = &tunables_;
    }

    void assign(const policy::Variable& variable) {
        if (variable.assignment != policy::Assignment::set) take_from_tunables(scope_, variable.name);
        const auto before = scope_.declared.find(variable.name);
        if (variable.assignment == policy::Assignment::set && before != scope_.declared.end()) report_set(variable, before->second);
        if (variable.assignment == policy::Assignment::append && before == scope_.declared.end())
            add(Code::E0225, variable.origin, fmt::format("the variable {} is extended, and nothing sets it", text::quoted(variable.name)))
                .help(fmt::format("write `variable {} = …`, or include the file that sets it", variable.name));
        for (const std::string& value : variable.values)
            for (const std::string& name : names_in(value)) check_set(name, variable.origin);
        std::vector<std::string>& values = scope_.declarations.variables[variable.name];
        values.insert(values.end(), variable.values.begin(), variable.values.end());
        scope_.declared.try_emplace(variable.name, variable.origin.span);
        own_.insert(variable.name);
    }

    void body(policy::Profile& profile) {
        std::set<std::string> seen;
        std::map<std::string, text::Span, std::less<>> names;
        for (const policy::Profile& child : profile.children) names.emplace(child.name, child.origin.span);
        std::vector<policy::Origin> networks;
        Body body{profile.includes, profile.rules, profile.limits, profile.children, seen, names, networks};
        for (policy::Include& include : profile.includes)
            if (!read_files_body(context_, scope_, include, body)) report_missing(include);
        for (policy::Profile& child : profile.children) this->body(child);
    }

    void check_set(const std::string& name, const policy::Origin& origin) {
        if (is_built_in(context_, name) || find_variable(scope_, name) != nullptr) return;
        text::Diagnostic& made = add(Code::E0225, origin, fmt::format("nothing sets the variable {}", text::quoted("@{" + name + "}")));
        std::vector<std::string_view> names;
        for (const auto& [other, values] : scope_.declarations.variables) names.push_back(other);
        for (const auto& [other, values] : tunables_.declarations.variables) names.push_back(other);
        if (const auto near = text::nearest(name, names))
            made.help(fmt::format("did you mean `@{{{}}}`?", *near));
        else
            made.help(fmt::format("write `let {} = …` for a constant, or include the file that sets it", name));
    }

    // Both files would set it, and the parser takes that once.
    void join_tunables() {
        for (const text::Diagnostic& fault : faults_) context_.diagnostics.add(fault.code, fault.span, fault.message) = fault;
        for (const policy::Variable& variable : preamble_.variables) {
            const auto other = tunables_.declared.find(variable.name);
            if (other == tunables_.declared.end() || scope_.declared.find(variable.name)->second != variable.origin.span) continue;
            report_set(variable, other->second);
        }
        for (const auto& [name, span] : scope_.declared) {
            const auto other = tunables_.declared.find(name);
            if (own_.contains(name) || other == tunables_.declared.end() || other->second == span) continue;
            context_.diagnostics.add(Code::E0807, span, fmt::format("the variable {} was set before", text::quoted("@{" + name + "}")))
                .also(other->second, "here, in what `<tunables/global>` includes")
                .help("write `+=` to add values");
        }
        policy::Declarations& into = scope_.declarations;
        into.variables.merge(tunables_.declarations.variables);
        into.booleans.merge(tunables_.declarations.booleans);
        into.aliases.insert(into.aliases.begin(), tunables_.declarations.aliases.begin(), tunables_.declarations.aliases.end());
    }

    void report_set(const policy::Variable& variable, const text::Span& other) {
        add(Code::E0225, variable.origin,
            fmt::format("the variable {} is set by a file that this one includes", text::quoted(variable.name)))
            .also(other, "it is set here")
            .help(fmt::format("write `variable {} += …` to extend it, or give yours another name", variable.name));
    }

    void report_missing(const policy::Include& include) {
        if (include.if_exists) return;
        const std::string path = include.name.substr(1, include.name.size() - 2);
        if (!include.name.starts_with("<")) {
            add(Code::E0707, include.origin, fmt::format("there is no file {}", text::quoted(path)))
                .help(fmt::format("write `include if exists {}` if the file may be missing", include.name));
            return;
        }
        const std::string& base = context_.options.folders.front();
        text::Diagnostic& made =
            add(Code::E0707, include.origin, fmt::format("there is no {} in {}", text::quoted(path), text::quoted(base)));
        const std::size_t slash = path.find_last_of('/');
        const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash + 1);
        const std::vector<std::string> found =
            context_.options.list(base + "/" + folder.substr(0, folder.size() - (folder.empty() ? 0 : 1)))
                .value_or(std::vector<std::string>());
        const std::vector<std::string_view> names(found.begin(), found.end());
        if (const auto near = text::nearest(path.substr(folder.size()), names))
            made.help(fmt::format("did you mean `include <{}{}>`?", folder, *near));
        else
            made.help(
                fmt::format("`--base DIR` names another folder; write `include if exists {}` if the file may be missing", include.name));
    }

    text::Diagnostic& add(Code code, const policy::Origin& origin, std::string message) {
        return policy::add(context_.diagnostics, context_.policy.expansions, code, origin, std::move(message));
    }

    Context& context_;
    policy::Preamble& preamble_;
    Scope scope_;
    Tunables tunables_;
    std::set<std::string, std::less<>> own_;
    std::vector<text::Diagnostic> faults_;  // of `<tunables/global>`
};

}  // namespace
}  // namespace read

std::vector<std::string> read_included(text::Sources& sources, policy::Policy& policy, const ReadOptions& options,
                                       text::Diagnostics& diagnostics) {
    text::Diagnostics found;
    read::Context context{sources, found, options, policy};
    const policy::Include* unread = nullptr;
    for (std::size_t i = 0; i < policy.preambles.size(); ++i) {
        read::Head head(context, i);
        if (!options.folders.empty() || !head.first_use())
            head.read(!diagnostics.has_errors());
        else if (unread == nullptr)
            unread = head.first_include();
    }
    if (unread != nullptr)
        policy::add(diagnostics, policy.expansions, text::Code::N0708, unread->origin,
                    "there is no folder of AppArmor's files here, so what is included was not read: what it allows is not known, nor "
                    "whether a rule of it outranks one of the policy's")
            .help("`--base DIR` names the folder");
    for (const text::Diagnostic& one : found.all())  // a warning about an included file is not for the policy's author
        if (one.severity == text::Severity::error) diagnostics.add(one.code, one.span, one.message) = one;
    return std::move(context.files_read);
}

}  // namespace pavise::apparmor
