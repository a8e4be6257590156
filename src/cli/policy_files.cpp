#include "cli/policy_files.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <filesystem>

namespace pavise::cli {
namespace {

namespace fs = std::filesystem;

void add_folder(const fs::path& folder, std::vector<std::string>& files, text::Diagnostics& diagnostics) {
    std::error_code code;
    std::vector<fs::directory_entry> entries;
    for (fs::directory_iterator entry(folder, code); !code && entry != fs::directory_iterator(); entry.increment(code))
        entries.push_back(*entry);
    if (code) {
        diagnostics.add(text::Code::E0701, std::nullopt, fmt::format("can't read {}: {}", text::quoted(folder.string()), code.message()));
        return;
    }
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.path().native() < b.path().native(); });
    for (const fs::directory_entry& entry : entries) {
        if (entry.is_symlink(code)) continue;
        if (entry.is_directory(code))
            add_folder(entry.path(), files, diagnostics);
        else if (entry.is_regular_file(code) && entry.path().extension() == ".pav")
            files.push_back(entry.path().string());
    }
}

}  // namespace

std::vector<std::string> policy_files(const std::vector<std::string>& operands, text::Diagnostics& diagnostics) {
    std::vector<std::string> files;
    for (const std::string& operand : operands) {
        std::error_code code;
        if (operand != "-" && fs::is_directory(operand, code))
            add_folder(operand, files, diagnostics);
        else
            files.push_back(operand);
    }
    return files;
}

}  // namespace pavise::cli
