// pavise help: a command, or the long story of a diagnostic.
#include "cli/help_text.hpp"

#include "cli/commands.hpp"
#include "text/embedded.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

namespace pavise::cli {
namespace {

std::string story(const text::CodeInfo& code, bool colour) {
    const std::string page = std::string(code.name) + ".md";
    std::string out = fmt::format("{}: {}\n", code.name, code.title);
    for (const text::EmbeddedFile& file : text::embedded_diagnostics())
        if (file.path == page) out = plain_page(file.text, colour);
    if (!code.lint.empty()) out += fmt::format("\n`-W {}=off`, `=warn` or `=error` sets its level.\n", code.lint);
    return out;
}

std::optional<text::Code> code_of_lint(std::string_view name) {
    for (const text::CodeInfo& code : text::codes())
        if (!code.lint.empty() && code.lint == name) return code.code;
    return std::nullopt;
}

}  // namespace

int help(const Arguments& arguments, Console& console) {
    if (arguments.operands.empty()) {
        console.out += help_of_program();
        return 0;
    }
    const std::string& name = arguments.operands.front();
    if (const CommandInfo* command = find_command(name)) {
        console.out += help_of_command(*command);
        return 0;
    }
    std::optional<text::Code> code = text::find_code(name);
    if (!code) code = code_of_lint(name);
    if (code) {
        console.out += story(text::info(*code), colored(console, arguments, console.out_is_terminal));
        return 0;
    }
    std::vector<std::string_view> known;
    for (const CommandInfo& command : commands())
        if (!command.hidden) known.push_back(command.name);
    for (const text::CodeInfo& entry : text::codes()) {
        known.push_back(entry.name);
        if (!entry.lint.empty()) known.push_back(entry.lint);
    }
    text::Diagnostics diagnostics;
    const std::optional<std::string> near = text::nearest(name, known);
    diagnostics.add(text::Code::E0605, std::nullopt, fmt::format("there is no command and no diagnostic {}", text::quoted(name)))
        .help(near ? fmt::format("did you mean `{}`?", *near) : "`pavise --help` lists the commands");
    report(diagnostics, {}, arguments, console, false);
    return 2;
}

}  // namespace pavise::cli
