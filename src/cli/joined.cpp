#include "cli/joined.hpp"

#include <fmt/format.h>

namespace pavise::cli {
namespace {

// The lines of a head that mean something: comments and empty lines left out.
std::string meaning(std::string_view head) {
    std::string out;
    while (!head.empty()) {
        const std::size_t end = std::min(head.find('\n'), head.size());
        std::string_view line = head.substr(0, end);
        head.remove_prefix(std::min(end + 1, head.size()));
        line = line.substr(0, line.find("  # "));
        if (!line.empty() && !line.starts_with("#")) out += std::string(line) + '\n';
    }
    return out;
}

const std::string& name(const apparmor::OutputFile& output) { return output.profile.empty() ? output.file_name : output.profile; }

}  // namespace

std::string joined(const std::vector<apparmor::OutputFile>& outputs, text::Diagnostics& diagnostics) {
    std::string text;
    for (const apparmor::OutputFile& output : outputs) {
        if (text.empty()) {
            text = output.text;
            continue;
        }
        const apparmor::OutputFile& first = outputs.front();
        if (meaning(std::string_view(output.text).substr(0, output.head)) != meaning(std::string_view(first.text).substr(0, first.head))) {
            diagnostics
                .add(
                    text::Code::E0607, std::nullopt,
                    fmt::format(
                        "{} and {} differ in what stands before the profile (abi, includes, variables), and one file can have it only once",
                        text::quoted(name(first)), text::quoted(name(output))))
                .help("write `-o DIR` for a file each");
            return {};
        }
        text += '\n' + output.text.substr(output.head);
    }
    return text;
}

}  // namespace pavise::cli
