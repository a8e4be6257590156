// A command line, taken apart by the table in options.hpp.
//
//   std::variant<Arguments, CallError> parsed = parse_arguments(*find_command("build"), {"-o", "out", "a.pav"});
//   arguments.operands == {"a.pav"};  arguments.value("output") == "out";  arguments.has("help") == false
#pragma once

#include "cli/options.hpp"
#include "text/code.hpp"

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace pavise::cli {

struct Arguments {
    const CommandInfo* command = nullptr;
    std::vector<std::string> operands;
    std::map<std::string, std::vector<std::string>, std::less<>> options;  // by long name, in the order given

    bool has(std::string_view name) const { return options.find(name) != options.end(); }
    std::vector<std::string> values(std::string_view name) const;
    std::optional<std::string> value(std::string_view name) const;  // the last one given
};

struct CallError {
    text::Code code;
    std::string message;
    std::string help;
};

std::variant<Arguments, CallError> parse_arguments(const CommandInfo& command, const std::vector<std::string>& words);

}  // namespace pavise::cli
