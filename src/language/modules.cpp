#include "language/modules.hpp"

#include "language/declare.hpp"
#include "syntax/parse.hpp"
#include "syntax/quote.hpp"
#include "text/embedded.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

namespace pavise::language {
namespace {

using syntax::Kind;

constexpr std::size_t max_import_depth = 100;

std::string normal(const std::string& path) { return std::filesystem::path(path).lexically_normal().generic_string(); }

Module& add_module(Context& context, std::string path, text::FileId file) {
    Module& module = context.program.modules.emplace_back();
    module.path = std::move(path);
    module.file = file;
    context.program.by_path.emplace(module.path, &module);
    return module;
}

Module* known(Context& context, const std::string& path) {
    const auto found = context.program.by_path.find(path);
    return found == context.program.by_path.end() ? nullptr : found->second;
}

Module* find_std(Context& context, syntax::Node name) {
    std::string path(name.text());
    std::replace(path.begin(), path.end(), '.', '/');
    path += ".pav";
    if (Module* module = known(context, path)) return module;
    for (const text::EmbeddedFile& file : text::embedded_stdlib())
        if (file.path == path) {
            Module& module = add_module(context, path, context.sources.add(path, std::string(file.text)));
            module.built_in = true;
            return &module;
        }
    const std::vector<std::string> modules = std_modules();
    const std::vector<std::string_view> names(modules.begin(), modules.end());
    const auto near = text::nearest(name.text(), names);
    text::Diagnostic& made = report(context, text::Code::E0210, name, fmt::format("there is no module {}", text::quoted(name.text())));
    if (near)
        made.help(fmt::format("did you mean `{}`?", *near)).fix_with(name.span(), *near, false);
    else if (name.text().substr(0, 4) != "std.")
        made.help(fmt::format("a file is imported by its path: `import \"{}.pav\"`", name.text()));
    made.help(fmt::format("the modules are `{}`", fmt::join(names, "`, `")));
    return nullptr;
}

std::vector<std::string> places(const Context& context, const std::string& path) {
    if (path.starts_with('/')) return {normal(path)};
    const std::string& importer = context.sources[context.module->file].name;
    const std::size_t slash = importer.rfind('/');
    std::vector<std::string> found{normal(slash == std::string::npos ? path : importer.substr(0, slash + 1) + path)};
    for (const std::string& directory : context.options.module_dirs) found.push_back(normal(directory + "/" + path));
    return found;
}

Module* find_file(Context& context, syntax::Node name) {
    const std::string path = syntax::unquote(name.text());
    std::string reason = "there is no way to read files here";
    if (path.empty() || path.find('\0') != std::string::npos) {
        report(context, text::Code::E0212, name, "an import needs a file's name").help("write `import \"lib/web.pav\"`");
        return nullptr;
    }
    const std::vector<std::string> tried = places(context, path);
    for (const std::string& place : tried) {
        if (Module* module = known(context, place)) return module;
        if (!context.options.read) continue;
        auto text = context.options.read(place);
        if (auto* content = std::get_if<std::string>(&text)) {
            context.program.files_read.push_back(place);
            return &add_module(context, place, context.sources.add(place, std::move(*content)));
        }
        if (place == tried.front()) reason = std::get<ReadError>(text).reason;
    }
    report(context, text::Code::E0212, name, fmt::format("{} can't be read: {}", text::quoted(path), reason))
        .help(tried.size() > 1 ? fmt::format("looked for {}", fmt::join(tried, ", "))
                               : fmt::format("looked for {}; give other directories with `-I DIR`", text::quoted(tried.front())));
    return nullptr;
}

void report_cycle(Context& context, const Module& module, syntax::Node import) {
    const auto& reading = context.program.reading;
    std::string chain;
    for (auto at = std::find(reading.begin(), reading.end(), &module); at != reading.end(); ++at)
        chain += fmt::format("{} → ", text::quoted(context.sources[(*at)->file].name));
    report(context, text::Code::E0211, import,
           fmt::format("modules import each other: {}{}", chain, text::quoted(context.sources[module.file].name)))
        .label("this import closes the circle")
        .help("move what both need into a third module");
}

}  // namespace

std::vector<std::string> std_modules() {
    std::vector<std::string> names;
    for (const text::EmbeddedFile& file : text::embedded_stdlib()) {
        std::string name(file.path.substr(0, file.path.rfind('.')));
        std::replace(name.begin(), name.end(), '/', '.');
        names.push_back(std::move(name));
    }
    return names;
}

Module& add_root(Context& context, text::FileId file) {
    const std::string path = normal(context.sources[file].name);
    Module* module = known(context, path);
    if (!module) module = &add_module(context, path, file);
    module->root = true;
    return *module;
}

void read_module(Context& context, Module& module) {
    if (module.state != State::untouched) return;
    module.state = State::working;
    context.program.reading.push_back(&module);
    module.tree.emplace(syntax::parse(context.sources, module.file, context.diagnostics));
    Context inside = context;
    inside.module = &module;
    declare(inside);
    context.program.reading.pop_back();
    module.state = State::done;
}

Module* import_module(Context& context, syntax::Node import) {
    const syntax::Node name = *import.begin();
    Module* module = name.kind() == Kind::ModuleName ? find_std(context, name) : find_file(context, name);
    if (!module) return nullptr;
    if (module->state == State::working) {
        report_cycle(context, *module, import);
        return nullptr;
    }
    if (context.program.reading.size() == max_import_depth) {
        report(context, text::Code::E0211, import, fmt::format("imports lead through more than {} modules", max_import_depth))
            .help("import the module directly");
        return nullptr;
    }
    read_module(context, *module);
    module->imported = true;
    return module;
}

}  // namespace pavise::language
