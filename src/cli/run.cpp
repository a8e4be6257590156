#include "cli/run.hpp"

#include "cli/commands.hpp"
#include "cli/help_text.hpp"
#include "cli/version.hpp"
#include "text/file.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <array>
#include <csignal>
#include <cstdlib>

namespace pavise::cli {
namespace {

using Command = int (*)(const Arguments&, Console&);

Command implementation(std::string_view name) {
    struct Entry {
        std::string_view name;
        Command run;
    };
    static constexpr std::array<Entry, 21> all{{{"build", build},
                                                {"caps", caps},
                                                {"check", check},
                                                {"completions", completions},
                                                {"diff", diff},
                                                {"doctor", doctor},
                                                {"explain", explain},
                                                {"fmt", format},
                                                {"graph", graph},
                                                {"help", help},
                                                {"import", import_profiles},
                                                {"load", load},
                                                {"man", man},
                                                {"docs", docs},
                                                {"reference", reference},
                                                {"status", status},
                                                {"test", test},
                                                {"unload", unload},
                                                {"verify", verify},
                                                {"within", within},
                                                {"words", words}}};
    for (const Entry& entry : all)
        if (entry.name == name) return entry.run;
    return nullptr;
}

Console this_console() {
    Console console;
    console.out_is_terminal = isatty(STDOUT_FILENO) == 1;
    console.err_is_terminal = isatty(STDERR_FILENO) == 1;
    const char* const no_color = std::getenv("NO_COLOR");
    console.no_color = no_color != nullptr && *no_color != '\0';
    winsize size{};
    if (console.err_is_terminal && ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) console.width = size.ws_col;
    return console;
}

int refuse(const CallError& error, Console& console) {
    text::Diagnostics diagnostics;
    diagnostics.add(error.code, std::nullopt, error.message).help(error.help);
    report(diagnostics, {}, {}, console, false);
    return 2;
}

CallError no_such_command(const std::string& word) {
    std::vector<std::string_view> known;
    for (const CommandInfo& command : commands())
        if (!command.hidden) known.push_back(command.name);
    if (const std::optional<std::string> near = text::nearest(word, known))
        return {text::Code::E0601, fmt::format("there is no command {}", text::quoted(word)), fmt::format("did you mean `{}`?", *near)};
    if (word.ends_with(".pav"))
        return {text::Code::E0601, fmt::format("there is no command {}", text::quoted(word)), "write `pavise check " + word + '`'};
    return {text::Code::E0601, fmt::format("there is no command {}", text::quoted(word)), "`pavise --help` lists the commands"};
}

}  // namespace

int dispatch(const std::vector<std::string>& words, Console& console) {
    if (words.empty()) {
        console.err += help_of_program();
        return 2;
    }
    const std::string& first = words.front();
    if (first == "--help" || first == "-h") {
        console.out += help_of_program();
        return 0;
    }
    if (first == "--version") {
        console.out += fmt::format("pavise {}\n", version());
        return 0;
    }
    const CommandInfo* command = find_command(first);
    if (command == nullptr) {
        if (first.starts_with("-"))
            return refuse({text::Code::E0602, fmt::format("there is no option {} before a command", text::quoted(first)),
                           "write the command first: `pavise check --color never a.pav`"},
                          console);
        return refuse(no_such_command(first), console);
    }
    const auto parsed = parse_arguments(*command, {words.begin() + 1, words.end()});
    if (const auto* error = std::get_if<CallError>(&parsed)) return refuse(*error, console);
    const auto& arguments = std::get<Arguments>(parsed);
    if (arguments.has("help")) {
        console.out += help_of_command(*command);
        return 0;
    }
    return implementation(first)(arguments, console);
}

int run(int argc, const char* const* argv) {
    std::signal(SIGPIPE, SIG_IGN);
    Console console = this_console();
    std::vector<std::string> words;
    for (int i = 1; i < argc; ++i) words.emplace_back(argv[i]);
    int status = dispatch(words, console);
    const std::optional<text::FileError> error = text::write_all(STDOUT_FILENO, console.out, "standard output");
    if (error && error->kind != text::FileError::Kind::broken_pipe) {
        text::Diagnostics diagnostics;
        diagnostics.add(text::Code::E0704, std::nullopt, fmt::format("can't write to standard output: {}", error->reason));
        report(diagnostics, {}, {}, console, false);
        status = 2;
    }
    text::write_all(STDERR_FILENO, console.err, "standard error");
    return status;
}

}  // namespace pavise::cli
