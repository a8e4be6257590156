// pavise fmt: the one layout of .pav files, written in place, checked or shown.
#include "cli/commands.hpp"
#include "cli/pipeline.hpp"
#include "cli/policy_files.hpp"
#include "syntax/format.hpp"
#include "text/file.hpp"
#include "text/line_diff.hpp"

#include <fmt/format.h>

namespace pavise::cli {
namespace {

using text::Code;

void write(const std::string& path, std::string text, text::Diagnostics& diagnostics) {
    if (!text::may_be_changed(path)) {
        diagnostics.add(Code::E0704, std::nullopt, fmt::format("can't write {}: the file is read-only", text::quoted(path)));
        return;
    }
    if (const std::optional<text::FileError> error = text::write_files({{text::behind_links(path), std::move(text)}}))
        diagnostics.add(Code::E0704, std::nullopt, fmt::format("can't write {}: {}", text::quoted(error->path), error->reason));
}

}  // namespace

int format(const Arguments& arguments, Console& console) {
    const bool checks = arguments.has("check");
    const bool shows = arguments.has("diff");
    text::Diagnostics unread;
    Run run = read_inputs(policy_files(arguments.operands, unread), {});
    run.diagnostics.append(std::move(unread));
    bool changes = false;
    for (const text::FileId file : run.inputs) {
        const text::Source& source = run.sources[file];
        std::optional<std::string> formatted = syntax::format(run.sources, file, run.diagnostics);
        if (!formatted) continue;
        const bool is_stdin = source.name == "<stdin>";
        const bool differs = *formatted != source.text;
        changes = changes || differs;
        if (shows)
            console.out += text::unified_diff(source.name, source.text, *formatted);
        else if (checks)
            console.out += differs ? source.name + '\n' : "";
        else if (is_stdin)
            console.out += *formatted;
        else if (differs)
            write(source.name, std::move(*formatted), run.diagnostics);
    }
    report(run.diagnostics, run.sources, arguments, console, false);
    const int status = status_of(run.diagnostics);
    return status == 0 && checks && changes ? 1 : status;
}

}  // namespace pavise::cli
