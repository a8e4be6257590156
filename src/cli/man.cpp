// pavise man: man pages in roff, from the table of commands.
#include "cli/commands.hpp"
#include "cli/version.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>
#include <cctype>

namespace pavise::cli {
namespace {

// Text as roff takes it literally; what stands in backticks is bold.
std::string roff(std::string_view text) {
    std::string out;
    bool bold = false;
    bool line_start = true;
    for (const char c : text) {
        if (line_start && (c == '.' || c == '\'')) out += "\\&";
        line_start = c == '\n';
        if (c == '`') {
            out += bold ? "\\fR" : "\\fB";
            bold = !bold;
        } else if (c == '\\') {
            out += "\\e";
        } else if (c == '-') {
            out += "\\-";
        } else {
            out += c;
        }
    }
    return out;
}

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return out;
}

std::string head(std::string_view page, std::string_view summary) {
    return fmt::format(".TH {} 1 \"\" \"pavise {}\" \"User Commands\"\n.SH NAME\n{} \\- {}\n", upper(page), version(), roff(page),
                       roff(summary));
}

std::string exit_statuses() {
    std::string out = ".SH EXIT STATUS\n";
    for (const StatusInfo& status : statuses()) out += fmt::format(".TP\n.B {}\n{}\n", status.status, roff(status.meaning));
    return out;
}

std::string command_page(const CommandInfo& command) {
    std::string out = head(fmt::format("pavise-{}", command.name), command.summary);
    out += fmt::format(".SH SYNOPSIS\n.B {}\n.SH DESCRIPTION\n{}\n.SH OPTIONS\n", roff(usage(command)), roff(command.description));
    for (const OptionInfo& option : command.options) {
        std::string name = option.letter == 0 ? "" : fmt::format("\\-{}, ", option.letter);
        name += roff("--" + std::string(option.name));
        const std::string value = spelled_value(option, "\\fI", "\\fR");
        const std::string words = option.words.empty() ? "" : fmt::format(" ({})", fmt::join(option.words, ", "));
        out += fmt::format(".TP\n\\fB{}\\fR{}\n{}.\n", name, value, roff(std::string(option.meaning) + words));
    }
    out += fmt::format(".SH EXAMPLES\n.nf\n{}\n.fi\n", roff(command.example));
    return out + exit_statuses() + ".SH SEE ALSO\n.BR pavise (1),\n.BR apparmor.d (5)\n";
}

std::string program_page() {
    std::string out = head("pavise", "a policy language and compiler for AppArmor");
    out += ".SH SYNOPSIS\n.B pavise\n.I COMMAND\n[\\fIOPTION\\fR]… [\\fIARGUMENT\\fR]…\n.SH DESCRIPTION\n";
    out += "Pavise compiles policies (\\fI.pav\\fR files) to AppArmor profiles.\n.SH COMMANDS\n";
    for (const CommandInfo& command : commands())
        if (!command.hidden) out += fmt::format(".TP\n.BR pavise\\-{} (1)\n{}\n", command.name, roff(command.summary));
    out += exit_statuses();
    out += ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nIf set and not empty, no colour is used unless \\fB\\-\\-color always\\fR asks for it.\n";
    return out + ".SH SEE ALSO\n.BR apparmor.d (5),\n.BR apparmor_parser (8)\n";
}

}  // namespace

int man(const Arguments& arguments, Console& console) {
    if (arguments.operands.empty()) {
        console.out += program_page();
        return 0;
    }
    const std::string& name = arguments.operands.front();
    if (const CommandInfo* command = find_command(name)) {
        console.out += command_page(*command);
        return 0;
    }
    std::vector<std::string_view> known;
    for (const CommandInfo& command : commands()) known.push_back(command.name);
    text::Diagnostics diagnostics;
    const std::optional<std::string> near = text::nearest(name, known);
    diagnostics.add(text::Code::E0605, std::nullopt, fmt::format("there is no command {}", text::quoted(name)))
        .help(near ? fmt::format("did you mean `{}`?", *near) : "`pavise --help` lists the commands");
    report(diagnostics, {}, arguments, console, false);
    return 2;
}

}  // namespace pavise::cli
