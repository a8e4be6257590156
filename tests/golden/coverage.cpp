#include "golden/coverage.hpp"

#include "text/embedded.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

namespace pavise::golden {
namespace {

std::string read_file(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// Lines of `CODE FILE`; `#` starts a comment line.
std::map<std::string, std::string> covered_elsewhere(const std::filesystem::path& source) {
    std::map<std::string, std::string> tests;
    std::istringstream stream(read_file(source / "tests/golden/covered-elsewhere.txt"));
    for (std::string line; std::getline(stream, line);) {
        std::istringstream fields(line);
        std::string code;
        std::string file;
        if (fields >> code >> file && !code.starts_with('#')) tests[code] = file;
    }
    return tests;
}

bool has_page(std::string_view code) {
    const std::string name = fmt::format("{}.md", code);
    const auto pages = text::embedded_diagnostics();
    return std::any_of(pages.begin(), pages.end(), [&](const text::EmbeddedFile& page) { return page.path == name; });
}

std::string complaint(const text::CodeInfo& info, const Coverage& coverage, const std::map<std::string, std::string>& elsewhere,
                      const std::filesystem::path& source) {
    if (!has_page(info.name)) return fmt::format("has no page docs/diagnostics/{}.md", info.name);
    const auto test = elsewhere.find(std::string(info.name));
    if (coverage.has(info.code)) return test == elsewhere.end() ? "" : "a case gives it: take it out of covered-elsewhere.txt";
    if (test == elsewhere.end()) return "no case gives it";
    if (read_file(source / test->second).find(info.name) == std::string::npos) return fmt::format("{} does not test it", test->second);
    return "";
}

}  // namespace

std::vector<CodeVerdict> judge(const Coverage& coverage, const std::filesystem::path& source) {
    const std::map<std::string, std::string> elsewhere = covered_elsewhere(source);
    std::vector<CodeVerdict> verdicts;
    for (const text::CodeInfo& info : text::codes())
        verdicts.push_back({std::string(info.name), complaint(info, coverage, elsewhere, source)});
    for (const auto& [code, file] : elsewhere)
        if (!text::find_code(code)) verdicts.push_back({code, "stands in covered-elsewhere.txt, but there is no such code"});
    return verdicts;
}

}  // namespace pavise::golden
