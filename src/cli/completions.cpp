// pavise completions: scripts for bash, zsh and fish, from the table of commands.
#include "cli/commands.hpp"

#include <fmt/format.h>

namespace pavise::cli {
namespace {

// For shell words in single quotes.
std::string in_quotes(std::string_view text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? "'\\''" : std::string(1, c);
    return out + "'";
}

std::vector<const CommandInfo*> shown() {
    std::vector<const CommandInfo*> all;
    for (const CommandInfo& command : commands())
        if (!command.hidden) all.push_back(&command);
    return all;
}

std::vector<std::string_view> command_names() {
    std::vector<std::string_view> names;
    for (const CommandInfo* command : shown()) names.push_back(command->name);
    return names;
}

std::vector<std::string_view> code_names() {
    std::vector<std::string_view> names;
    for (const text::CodeInfo& code : text::codes()) names.push_back(code.name);
    return names;
}

std::vector<std::string_view> words_of(Completes completes, const std::vector<std::string_view>& words) {
    if (completes != Completes::command_or_code) return words;
    std::vector<std::string_view> all = command_names();
    for (const std::string_view code : code_names()) all.push_back(code);
    return all;
}

std::string bash_values(Completes completes, const std::vector<std::string_view>& words) {
    switch (completes) {
        case Completes::file: return "COMPREPLY=($(compgen -f -- \"$word\"))";
        case Completes::policy: return "COMPREPLY=($(compgen -f -X '!*.pav' -- \"$word\") $(compgen -d -- \"$word\"))";
        case Completes::folder: return "COMPREPLY=($(compgen -d -- \"$word\"))";
        case Completes::word:
        case Completes::command_or_code:
            return fmt::format("COMPREPLY=($(compgen -W '{}' -- \"$word\"))", fmt::join(words_of(completes, words), " "));
        case Completes::nothing: break;
    }
    return "COMPREPLY=()";
}

std::string bash() {
    std::string out =
        "# bash completion for pavise\n_pavise() {\n  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
        "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n";
    out += fmt::format("    COMPREPLY=($(compgen -W '{} --help --version' -- \"$word\"))\n    return\n  fi\n",
                       fmt::join(command_names(), " "));
    out += "  case ${COMP_WORDS[1]} in\n";
    for (const CommandInfo* command : shown()) {
        out += fmt::format("    {})\n      case $before in\n", command->name);
        std::string options;
        for (const OptionInfo& option : command->options) {
            options += (options.empty() ? "--" : " --") + std::string(option.name);
            if (option.value.empty() || !option.otherwise.empty()) continue;
            const std::string letter = option.letter == 0 ? "" : std::string("-") + option.letter + "|";
            out += fmt::format("        {}--{}) {}; return ;;\n", letter, option.name, bash_values(option.completes, option.words));
        }
        out += "      esac\n      case $word in\n";
        out += fmt::format("        -*) COMPREPLY=($(compgen -W '{}' -- \"$word\")) ;;\n", options);
        out += fmt::format("        *) {} ;;\n      esac\n      ;;\n", bash_values(command->operand.completes, command->operand.words));
    }
    return out + "  esac\n}\ncomplete -o filenames -F _pavise pavise\n";
}

std::string zsh_action(Completes completes, const std::vector<std::string_view>& words) {
    switch (completes) {
        case Completes::file: return "_files";
        case Completes::policy: return "_files -g \"*.pav\"";
        case Completes::folder: return "_files -/";
        case Completes::word:
        case Completes::command_or_code: return fmt::format("({})", fmt::join(words_of(completes, words), " "));
        case Completes::nothing: break;
    }
    return " ";
}

// Brackets and colons have a meaning in zsh's option descriptions.
std::string zsh_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

std::string zsh() {
    std::string out = "#compdef pavise\n_pavise() {\n  local -a commands\n  commands=(\n";
    for (const CommandInfo* command : shown())
        out += "    " + in_quotes(fmt::format("{}:{}", command->name, zsh_text(command->summary))) + '\n';
    out +=
        "  )\n  if (( CURRENT == 2 )); then\n    _describe command commands\n    return\n  fi\n  local name=$words[2]\n"
        "  shift words\n  (( CURRENT-- ))\n  case $name in\n";
    for (const CommandInfo* command : shown()) {
        out += fmt::format("    {})\n      _arguments", command->name);
        for (const OptionInfo& option : command->options) {
            const std::string value = option.value.empty()
                                          ? ""
                                          : fmt::format("{}:{}:{}", option.otherwise.empty() ? "" : ":", zsh_text(option.value),
                                                        zsh_action(option.completes, option.words));
            const std::string_view sign = option.value.empty() ? "" : option.otherwise.empty() ? "=" : "=-";
            const std::string repeat = option.repeats ? "*" : "";
            const std::string text = fmt::format("[{}]{}", zsh_text(option.meaning), value);
            out += " \\\n        " + in_quotes(fmt::format("{}--{}{}{}", repeat, option.name, sign, text));
            if (option.letter != 0) out += " \\\n        " + in_quotes(fmt::format("{}-{}{}", repeat, option.letter, text));
        }
        if (!command->operand.name.empty())
            out += " \\\n        " + in_quotes(fmt::format("{}:{}:{}", command->operand.many ? "*" : "1", zsh_text(command->operand.name),
                                                           zsh_action(command->operand.completes, command->operand.words)));
        out += "\n      ;;\n";
    }
    return out + "  esac\n}\n_pavise \"$@\"\n";
}

std::string fish_values(Completes completes, const std::vector<std::string_view>& words) {
    switch (completes) {
        case Completes::file: return " -rF";
        case Completes::policy: return " -k -xa '(__fish_complete_suffix .pav)'";
        case Completes::folder: return " -xa '(__fish_complete_directories)'";
        case Completes::word:
        case Completes::command_or_code:
            return fmt::format(" -xa {}", in_quotes(fmt::format("{}", fmt::join(words_of(completes, words), " "))));
        case Completes::nothing: break;
    }
    return " -x";
}

std::string fish() {
    std::string out = "# fish completion for pavise\ncomplete -c pavise -f\n";
    for (const CommandInfo* command : shown())
        out += fmt::format("complete -c pavise -n __fish_use_subcommand -a {} -d {}\n", command->name, in_quotes(command->summary));
    out +=
        "complete -c pavise -n __fish_use_subcommand -l help -s h -d 'Print the help'\n"
        "complete -c pavise -n __fish_use_subcommand -l version -d 'Print the version'\n";
    for (const CommandInfo* command : shown()) {
        const std::string when = fmt::format("complete -c pavise -n '__fish_seen_subcommand_from {}'", command->name);
        for (const OptionInfo& option : command->options) {
            const std::string letter = option.letter == 0 ? "" : std::string(" -s ") + option.letter;
            const std::string values = option.value.empty() || !option.otherwise.empty() ? "" : fish_values(option.completes, option.words);
            out += fmt::format("{} -l {}{} -d {}{}\n", when, option.name, letter, in_quotes(option.meaning), values);
        }
        if (command->operand.completes != Completes::nothing)
            out += when + fish_values(command->operand.completes, command->operand.words) + '\n';
    }
    return out;
}

}  // namespace

int completions(const Arguments& arguments, Console& console) {
    const std::string& shell = arguments.operands.front();
    console.out += shell == "bash" ? bash() : shell == "zsh" ? zsh() : fish();
    return 0;
}

}  // namespace pavise::cli
