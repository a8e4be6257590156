// The commands and their options: one table, from which the command line is parsed and help, man pages and shell completions are made.
//
//   const cli::CommandInfo* build = cli::find_command("build");
//   for (const cli::OptionInfo& option : build->options) option.name, option.meaning;
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::cli {

// What a value is, for completion.
enum class Completes { nothing, file, policy, folder, word, command_or_code };

struct OptionInfo {
    std::string_view name;     // long, without dashes
    char letter = 0;           // short form; 0: none
    std::string_view value;    // name of its value; empty: a flag
    std::string_view meaning;  // a sentence without its period
    Completes completes = Completes::nothing;
    std::vector<std::string_view> words{};  // the values it takes, where they are few (Completes::word)
    bool repeats = false;
    std::string_view otherwise{};  // its value where none is given: `--persist[=DIR]`; empty: it asks for one
};

struct OperandInfo {
    std::string_view name;  // FILE; empty: the command takes none
    Completes completes = Completes::nothing;
    std::size_t least = 0;
    bool many = false;
    std::vector<std::string_view> words{};
};

struct CommandInfo {
    std::string_view name;
    std::string_view summary;      // a phrase for the list of commands
    std::string_view description;  // paragraphs
    OperandInfo operand;
    std::vector<OptionInfo> options;
    std::string_view example;  // a call and what it prints
    bool hidden = false;       // for the project's own scripts; not listed
};

const std::vector<CommandInfo>& commands();
const CommandInfo* find_command(std::string_view name);

// `pavise build [OPTION]… FILE…`
std::string usage(const CommandInfo& command);
// `-o, --output DIR`
std::string spelled(const OptionInfo& option);
// ` DIR`, `[=DIR]` or nothing, the name of the value within `before` and `after`.
std::string spelled_value(const OptionInfo& option, std::string_view before = {}, std::string_view after = {});

// Exit statuses, for help and man pages.
struct StatusInfo {
    int status;
    std::string_view meaning;
};
std::span<const StatusInfo> statuses();

}  // namespace pavise::cli
