// Help as text for a terminal, from the table of commands and the diagnostics' pages.
//
//   help_of_program();  help_of_command(*find_command("build"));  plain_page("# E0101: …\n…")
#pragma once

#include "cli/options.hpp"

#include <string>
#include <string_view>

namespace pavise::cli {

std::string help_of_program();
std::string help_of_command(const CommandInfo& command);
// A Markdown page without its marks: headings underlined or in bold, code blocks indented.
std::string plain_page(std::string_view markdown, bool colour);

// Breaks a paragraph at white space, each line after `indent` spaces.
std::string wrapped(std::string_view paragraph, std::size_t indent);

}  // namespace pavise::cli
