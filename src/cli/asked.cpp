#include "cli/asked.hpp"

#include "cli/revision.hpp"
#include "syntax/parse.hpp"
#include "text/file.hpp"

#include <fmt/format.h>

namespace pavise::cli {

using text::Code;

bool is_compiled(std::string_view bytes, const Settings& settings) {
    return settings.language ? *settings.language == FileKind::binary : apparmor::binary::is_binary(bytes);
}

std::optional<analysis::Compiled> read_compiled(Run& run, std::string_view what, std::string_view bytes) {
    auto read = apparmor::binary::read(bytes);
    if (const auto* fault = std::get_if<apparmor::binary::Fault>(&read)) {
        run.diagnostics.add(Code::E0701, std::nullopt,
                            fmt::format("{} can't be read: at byte {}, {}", what, fault->offset, fault->message));
        return std::nullopt;
    }
    return analysis::compiled_policy(std::get<std::vector<apparmor::binary::Profile>>(std::move(read)));
}

std::unique_ptr<Asked> asked_of_binary(Run& run, const std::string& path, std::string_view bytes, const Settings& settings) {
    std::optional<analysis::Compiled> compiled = read_compiled(run, "the compiled policy " + text::quoted(path), bytes);
    if (!compiled) return nullptr;
    auto asked = std::make_unique<Asked>();
    asked->compiled = *std::move(compiled);
    asked->world = std::make_unique<analysis::World>(asked->compiled, analysis::Judging{settings.target, false});
    return asked;
}

std::unique_ptr<Asked> read_asked(Run& run, const std::string& path, const Settings& settings) {
    std::optional<Revision> revision;
    std::string name = path == "-" ? "<stdin>" : path;
    std::variant<std::string, text::FileError> read;
    if (names_revision(path)) {
        auto named = at_revision(path);
        if (const auto* wrong = std::get_if<std::string>(&named)) {
            run.diagnostics.add(Code::E0701, std::nullopt, fmt::format("can't read {}: {}", text::quoted(path), *wrong))
                .help("write `git:HEAD~1:policies/web.pav`; a file of such a name is `./git:…`");
            return nullptr;
        }
        auto& at = std::get<AtRevision>(named);
        read = read_file(at.revision, at.path, apparmor::binary::max_size);
        name = at.revision.prefix + at.path;
        revision = std::move(at.revision);
    } else {
        read = text::read_file(path, apparmor::binary::max_size);
    }
    if (const auto* error = std::get_if<text::FileError>(&read)) {
        run.diagnostics.add(Code::E0701, std::nullopt, fmt::format("can't read {}: {}", text::quoted(path), error->reason));
        return nullptr;
    }
    auto& bytes = std::get<std::string>(read);
    if (is_compiled(bytes, settings)) return asked_of_binary(run, path, bytes, settings);
    if (bytes.size() > syntax::max_size) {
        run.diagnostics.add(Code::E0702, std::nullopt, fmt::format("{} is larger than {} bytes", text::quoted(path), syntax::max_size));
        return nullptr;
    }
    auto asked = std::make_unique<Asked>();
    asked->policy = compile_at(run, revision, name, std::move(bytes), settings);
    if (asked->policy == nullptr) return nullptr;
    asked->world = std::make_unique<analysis::World>(*asked->policy, analysis::Judging{settings.target, false}, analysis::OpenFile{});
    return asked;
}

}  // namespace pavise::cli
