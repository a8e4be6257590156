#include "importer/import.hpp"

#include "apparmor/emit.hpp"
#include "importer/compare.hpp"
#include "importer/complement.hpp"
#include "importer/variables.hpp"
#include "language/compile.hpp"
#include "syntax/format.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace pavise::importer {
namespace {

using text::Code;

constexpr std::size_t differences_shown = 5;

std::size_t count(const std::vector<policy::Profile>& profiles) {
    std::size_t all = profiles.size();
    for (const policy::Profile& profile : profiles) all += count(profile.children);
    return all;
}

// Remarks on globs that leave out more than was meant.
void remark(const std::vector<policy::Profile>& profiles, text::Diagnostics& diagnostics) {
    for (const policy::Profile& profile : profiles) {
        for (const policy::Rule& rule : profile.rules) {
            const auto* body = std::get_if<policy::FileRule>(&rule.body);
            for (const policy::Glob& path : body != nullptr ? body->paths : policy::Globs{}) {
                const std::optional<Complement> found = find_complement(path.text);
                if (!found) continue;
                text::Diagnostic& made =
                    diagnostics.add(Code::W0802, path.span, fmt::format("{} {}", text::quoted(found->text), what_is_left_out(*found)));
                made.label("a complement made by hand");
                if (found->word.empty())
                    made.help("in Pavise write `except`: `/proc/sys/** except /proc/sys/kernel/shm*`");
                else
                    made.help(fmt::format("if names that begin with `{}` are meant, write `{} except {}` in the policy", found->word,
                                          found->everything, found->excepted));
            }
        }
        remark(profile.children, diagnostics);
    }
}

class Import {
public:
    Import(text::Sources& sources, text::FileId file, const Options& options, text::Diagnostics& diagnostics)
        : sources_(sources), file_(file), options_(options), diagnostics_(diagnostics) {}

    Imported run() {
        Imported made;
        made.name = policy_name();
        text::Diagnostics found;
        const auto included = static_cast<text::FileId>(sources_.size());
        const policy::Policy original = apparmor::read_profiles(sources_, {file_}, options_.read, found).policy;
        made.profiles = count(original.profiles);
        remark(original.profiles, found);
        const bool broken = found.has_errors();
        diagnostics_.append(std::move(found));
        if (broken) return made;
        const bool stands_in_profiles = std::any_of(original.included.begin(), original.included.end(),
                                                    [&](const policy::IncludedText& text) { return text.path == sources_[file_].name; });
        if (stands_in_profiles) return abstraction();
        if (original.profiles.empty()) {
            diagnostics_.add(Code::E0813, std::nullopt, fmt::format("{} holds no profile of its own", text::quoted(sources_[file_].name)))
                .help("import the files that include it, and it stays an `include` of theirs");
            return made;
        }
        const std::set<std::string> names = constants(sources_, file_, included, original);
        const std::optional<std::string> text = written(original, names, included, made.name);
        if (!text) return made;
        const std::optional<policy::Policy> again = read_again(*text, made);
        if (!again) return made;
        const Normalising how{options_.target, names, options_.shared != nullptr};
        made.differences = differences(normal(original, how), normal(*again, how));
        if (made.differences.empty())
            made.text = *text;
        else
            report_different(made);
        return made;
    }

private:
    Imported abstraction() {
        const std::string& name_here = sources_[file_].name;
        const std::string path = name_here == "<stdin>" ? "/included" : "/" + name_here.substr(name_here.find_last_of('/') + 1);
        Shared shared;
        Options options{options_.target, options_.read, &shared};
        options.read.read = [this, path](const std::string& name) {
            return name == path ? std::variant<std::string, apparmor::UnreadFile>(sources_[file_].text) : options_.read.read(name);
        };
        std::string holder = fmt::format("profile holder {{\n  include \"{}\"\n}}\n", path);
        if (has_tunables()) holder = "include <tunables/global>\n" + holder;
        Imported made = Import(sources_, sources_.add("", std::move(holder)), options, diagnostics_).run();
        made.name = policy_name();
        made.profiles = 0;
        if (!made.text.empty()) made.text = shared_module(shared);
        return made;
    }

    bool has_tunables() const {
        return std::any_of(options_.read.folders.begin(), options_.read.folders.end(), [&](const std::string& folder) {
            return std::holds_alternative<std::string>(options_.read.read(folder + "/tunables/global"));
        });
    }

    std::string policy_name() const {
        const std::string& path = sources_[file_].name;
        std::string name = path.substr(path.find_last_of('/') + 1);
        if (name == "<stdin>") name = "profile";
        return name + ".pav";
    }

    std::optional<std::string> written(const policy::Policy& original, const std::set<std::string>& names, text::FileId included,
                                       const std::string& name) {
        text::Diagnostics read_before;
        const apparmor::read::Tree tree = apparmor::read::parse(sources_, file_, apparmor::read::Place::top, read_before);
        std::string text = write_policy(sources_, tree, original, {options_.target, names, options_.shared, included});
        if (options_.shared != nullptr && options_.shared->prefix.empty())
            if (const std::string module = write_shared(*options_.shared); !module.empty()) text += "\n" + module;
        text::Diagnostics wrong;
        const std::optional<std::string> laid_out = syntax::format(sources_, sources_.add(name, std::move(text)), wrong);
        diagnostics_.append(std::move(wrong));
        return laid_out;
    }

    // The policy that the text becomes: compiled, emitted, read as AppArmor text.
    std::optional<policy::Policy> read_again(const std::string& text, Imported& made) {
        language::Options how;
        how.features = apparmor::features(*options_.target);
        how.target_name = options_.target->name;
        how.read = [&](const std::string&) -> std::variant<std::string, language::ReadError> {
            if (options_.shared == nullptr) return language::ReadError{"no such file"};
            return write_shared(*options_.shared);
        };
        text::Diagnostics found;
        policy::Policy compiled = language::compile(sources_, {sources_.add(made.name, text)}, how, found).policy;
        const apparmor::Options to{options_.target, false};
        apparmor::read_included(sources_, compiled, options_.read, found);
        apparmor::check(compiled, to, found);
        std::optional<policy::Policy> buildable;
        if (!found.has_errors()) buildable = apparmor::make_buildable(compiled, to, found);
        std::vector<apparmor::OutputFile> files;
        if (buildable) files = apparmor::emit(*buildable, sources_, to, found);
        policy::Policy again;
        for (const apparmor::OutputFile& file : files) {
            made.emitted += made.emitted.empty() ? file.text : file.text.substr(file.head);
            policy::Policy one = apparmor::read_profiles(sources_, {sources_.add(file.file_name, file.text)}, options_.read, found).policy;
            for (policy::Profile& profile : one.profiles) again.profiles.push_back(std::move(profile));
            again.preambles.push_back(std::move(one.preambles.front()));
        }
        if (!found.has_errors()) return again;
        for (const text::Diagnostic& diagnostic : found.all())
            if (diagnostic.severity == text::Severity::error)
                diagnostics_.add(diagnostic.code, diagnostic.span, diagnostic.message) = diagnostic;
        return std::nullopt;
    }

    void report_different(const Imported& made) {
        text::Diagnostic& diagnostic = diagnostics_.add(
            Code::E0813, std::nullopt,
            fmt::format("the policy for {} would not say the same, so it is not written", text::quoted(sources_[file_].name)));
        for (std::size_t i = 0; i < made.differences.size() && i < differences_shown; ++i) diagnostic.help(made.differences[i]);
        if (made.differences.size() > differences_shown)
            diagnostic.help(fmt::format("… and {} more", made.differences.size() - differences_shown));
    }

    text::Sources& sources_;
    text::FileId file_;
    const Options& options_;
    text::Diagnostics& diagnostics_;
};

}  // namespace

Imported import_profile(text::Sources& sources, text::FileId file, const Options& options, text::Diagnostics& diagnostics) {
    const Shared before = options.shared != nullptr ? *options.shared : Shared{};
    Imported made = Import(sources, file, options, diagnostics).run();
    if (made.text.empty() && options.shared != nullptr) *options.shared = before;  // its abstractions are nobody else's
    return made;
}

std::string shared_module(const Shared& shared) {
    text::Sources sources;
    text::Diagnostics checked_before;
    const text::FileId file = sources.add("", write_shared(shared));
    return syntax::format(sources, file, checked_before).value_or(sources[file].text);
}

}  // namespace pavise::importer
