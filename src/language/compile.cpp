#include "language/compile.hpp"

#include "language/declare.hpp"
#include "language/modules.hpp"
#include "language/preamble.hpp"
#include "language/profile.hpp"
#include "language/tests.hpp"
#include "language/usage.hpp"
#include "language/use.hpp"
#include "policy/check.hpp"

#include <fmt/format.h>

#include <unordered_map>
#include <utility>

namespace pavise::language {
namespace {

// The files of the call, each once, and all that they import.
std::vector<Module*> read_all(Context& context, const std::vector<text::FileId>& files) {
    std::vector<Module*> roots;
    for (const text::FileId file : files)
        if (Module& module = add_root(context, file); module.file == file) roots.push_back(&module);
    for (Module* root : roots) read_module(context, *root);
    return roots;
}

void build_profiles(Context& context, Module& root) {
    context.module = &root;
    context.policy.preambles.push_back(preamble(context));
    context.preamble = context.policy.preambles.size() - 1;
    for (const syntax::Node node : root.profiles) context.policy.profiles.push_back(outer_profile(context, node));
}

// An empty file is a module that declares nothing: allowed, and hardly what was meant.
void check_empty(Context& context, Module& root) {
    if (!root.tree || root.tree->root().begin() != root.tree->root().end()) return;
    context.module = &root;
    report(context, text::Code::W0208, text::Span{root.file, 0, 0}, fmt::format("there is nothing in {}", text::quoted(root.path)))
        .help("write a profile: `profile NAME { allow [read map] /usr/bin/NAME }`");
}

// Names are one space over all files of the build.
void check_names(Context& context) {
    std::unordered_map<std::string_view, const policy::Profile*> seen;
    for (const policy::Profile& profile : context.policy.profiles) {
        if (profile.name.empty()) continue;
        const auto [before, fresh] = seen.emplace(profile.name, &profile);
        if (fresh) continue;
        report(context, text::Code::E0202, profile.origin.span, fmt::format("there are two profiles {}", text::quoted(profile.name)))
            .also(before->second->origin.span, "the other is here")
            .help("give one of them another name");
    }
}

// Mistakes in what the build does not use: profiles of imported files, abstractions without a `use`. The standard library has tests of its
// own.
void check_rest(Context& context) {
    context.policy.preambles.emplace_back();
    context.preamble = context.policy.preambles.size() - 1;
    for (Module& module : context.program.modules) {
        if (module.built_in || module.state != State::done) continue;
        context.module = &module;
        check_values(context);
        if (!module.root)
            for (const syntax::Node node : module.profiles) outer_profile(context, node);
        context.program.names_only = true;
        for (const syntax::Node node : module.absent_profiles) outer_profile(context, node);
        context.program.names_only = false;
        for (Symbol& symbol : module.symbols)
            if (const auto* abstraction = std::get_if<Abstraction>(&symbol.what); abstraction && !abstraction->used)
                check_unused(context, symbol);
    }
    context.policy.preambles.pop_back();
}

// With mistakes elsewhere, what seems unused or ineffective may only seem so: then the errors alone are told.
void check_across(Context& context, const std::vector<Module*>& roots) {
    if (!context.diagnostics.has_errors()) {
        for (Module* root : roots) {
            context.module = root;
            check_usage(context);
        }
        policy::check(context.policy, context.diagnostics);
        return;
    }
    text::Diagnostics found;
    policy::check(context.policy, found);
    std::erase_if(found.all(), [](const text::Diagnostic& each) { return each.severity != text::Severity::error; });
    context.diagnostics.append(std::move(found));
}

}  // namespace

Result compile(text::Sources& sources, const std::vector<text::FileId>& files, const Options& options, text::Diagnostics& diagnostics) {
    Result result;
    Program program;
    Context context{sources, diagnostics, options, result.policy, program};

    const std::vector<Module*> roots = read_all(context, files);
    check_defines(context);
    for (Module* root : roots) check_empty(context, *root);
    for (Module* root : roots) build_profiles(context, *root);
    check_names(context);
    check_rest(context);
    for (Module* root : roots) {
        context.module = root;
        build_tests(context);
    }
    check_across(context, roots);
    result.files_read = std::move(program.files_read);
    return result;
}

}  // namespace pavise::language
