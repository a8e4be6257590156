// The only file that knows CLI11.
#include "cli/arguments.hpp"

#include "text/diagnostic.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <algorithm>

namespace pavise::cli {
namespace {

std::string spelling_for_parser(const OptionInfo& option) {
    const std::string long_name = "--" + std::string(option.name);
    return option.letter == 0 ? long_name : std::string("-") + option.letter + "," + long_name;
}

std::string see_help(const CommandInfo& command) { return fmt::format("`pavise {} --help` lists the options", command.name); }

CallError no_such_option(const CommandInfo& command, std::string_view word) {
    const std::string name(word.substr(0, word.find('=')));
    std::vector<std::string> spelled;
    for (const OptionInfo& option : command.options) spelled.push_back("--" + std::string(option.name));
    const std::vector<std::string_view> known(spelled.begin(), spelled.end());
    const std::optional<std::string> near = text::nearest(name, known);
    return {text::Code::E0602, fmt::format("`pavise {}` has no option {}", command.name, text::quoted(name)),
            near ? fmt::format("did you mean `{}`?", *near) : see_help(command)};
}

// CLI11 says `--output: 1 required TEXT missing`, or `fix was given a disallowed flag override`.
CallError value_fault(const CommandInfo& command, std::string_view message) {
    for (const OptionInfo& option : command.options) {
        const std::string name = "--" + std::string(option.name);
        const std::string_view named = message.substr(0, message.find_first_of(": "));
        if (named != name && named != option.name) continue;
        if (option.value.empty()) return {text::Code::E0603, fmt::format("`{}` takes no value", name), fmt::format("write `{}`", name)};
        return {text::Code::E0603, fmt::format("`{}` asks for a value", name), fmt::format("write `{} {}`", name, option.value)};
    }
    return {text::Code::E0603, std::string(message), see_help(command)};
}

// What the table says and CLI11 is not told: how many operands, which words.
std::optional<CallError> fault(const Arguments& arguments) {
    const CommandInfo& command = *arguments.command;
    if (arguments.has("help")) return std::nullopt;
    const OperandInfo& operand = command.operand;
    if (arguments.operands.size() < operand.least)
        return CallError{text::Code::E0604, fmt::format("`pavise {}` asks for a {}", command.name, operand.name),
                         "write " + usage(command)};
    const std::size_t most = operand.name.empty() ? 0 : std::max<std::size_t>(operand.least, 1);
    if (!operand.many && arguments.operands.size() > most)
        return CallError{text::Code::E0604, fmt::format("{} is one argument too many", text::quoted(arguments.operands[most])),
                         "write " + usage(command)};
    const auto check_word = [](std::string_view what, const std::vector<std::string_view>& words,
                               std::string_view word) -> std::optional<CallError> {
        if (words.empty() || std::find(words.begin(), words.end(), word) != words.end()) return std::nullopt;
        const std::optional<std::string> near = text::nearest(word, words);
        return CallError{text::Code::E0603, fmt::format("{} can't be {}", what, text::quoted(word)),
                         near ? fmt::format("did you mean `{}`?", *near) : fmt::format("write one of `{}`", fmt::join(words, "`, `"))};
    };
    for (const std::string& word : arguments.operands)
        if (std::optional<CallError> error = check_word(operand.name, operand.words, word)) return error;
    for (const OptionInfo& option : command.options) {
        const std::vector<std::string> values = arguments.values(option.name);
        if (values.size() > 1 && !option.repeats)
            return CallError{text::Code::E0604, fmt::format("`--{}` is given twice", option.name), "leave one out"};
        for (const std::string& value : values)
            if (std::optional<CallError> error = check_word(fmt::format("`--{}`", option.name), option.words, value)) return error;
    }
    return std::nullopt;
}

}  // namespace

std::vector<std::string> Arguments::values(std::string_view name) const {
    const auto found = options.find(name);
    return found == options.end() ? std::vector<std::string>() : found->second;
}

std::optional<std::string> Arguments::value(std::string_view name) const {
    const auto found = options.find(name);
    if (found == options.end() || found->second.empty()) return std::nullopt;
    return found->second.back();
}

std::variant<Arguments, CallError> parse_arguments(const CommandInfo& command, const std::vector<std::string>& words) {
    Arguments arguments{&command, {}, {}};
    CLI::App app;
    app.set_help_flag();
    app.allow_extras();
    std::map<std::string, std::vector<std::string>, std::less<>> values;
    for (const OptionInfo& option : command.options) {
        if (option.value.empty()) {
            app.add_flag(spelling_for_parser(option))->disable_flag_override();
            continue;
        }
        if (!option.otherwise.empty()) {
            app.add_flag(fmt::format("{}{{{}}}", spelling_for_parser(option), option.otherwise), values[std::string(option.name)])
                ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
            continue;
        }
        app.add_option(spelling_for_parser(option), values[std::string(option.name)])
            ->expected(1)
            ->allow_extra_args(false)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    }
    app.add_option("operands", arguments.operands);
    try {
        app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    } catch (const CLI::ParseError& error) {
        return value_fault(command, error.what());
    }
    for (const std::string& extra : app.remaining())
        if (extra != "--") return no_such_option(command, extra);
    for (const OptionInfo& option : command.options) {
        const std::string name(option.name);
        if (app.count("--" + name) > 0) arguments.options[name] = values[name];
    }
    if (std::optional<CallError> error = fault(arguments)) return std::move(*error);
    return arguments;
}

}  // namespace pavise::cli
