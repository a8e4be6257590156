// Runs the golden cases: golden_tests [--update] [--emit-to DIR] [PART-OF-A-PATH…].
#include "apparmor/target.hpp"
#include "golden/case.hpp"
#include "golden/coverage.hpp"
#include "golden/layout.hpp"
#include "golden/outcome.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace fs = std::filesystem;
namespace golden = pavise::golden;

namespace {

struct Arguments {
    bool update = false;
    std::string emit_to;
    std::vector<std::string> filters;
};

struct Totals {
    int passed = 0;
    int failed = 0;
    int accepted = 0;
    int refused = 0;
};

std::string read_file(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> case_paths(const fs::path& root, const std::vector<std::string>& filters) {
    std::vector<std::string> paths;
    for (const char* folder : {"accepted", "refused"}) {
        if (!fs::is_directory(root / folder)) continue;
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / folder)) {
            const std::string path = entry.path().lexically_relative(root).string();
            const bool wanted = filters.empty() || std::any_of(filters.begin(), filters.end(), [&](const std::string& part) {
                                    return path.find(part) != std::string::npos;
                                });
            if (entry.is_regular_file() && path.ends_with(".pav") && wanted) paths.push_back(path);
        }
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

std::vector<std::string_view> lines(std::string_view text) {
    std::vector<std::string_view> all;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        all.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return all;
}

// The lines that differ, between what both have at the beginning and at the end.
void print_difference(std::string_view expected, std::string_view actual) {
    const std::vector<std::string_view> old_lines = lines(expected);
    const std::vector<std::string_view> new_lines = lines(actual);
    const auto [old_begin, new_begin] = std::mismatch(old_lines.begin(), old_lines.end(), new_lines.begin(), new_lines.end());
    const auto [old_end, new_end] =
        std::mismatch(old_lines.rbegin(), std::reverse_iterator(old_begin), new_lines.rbegin(), std::reverse_iterator(new_begin));
    for (auto line = old_begin; line != old_end.base(); ++line) fmt::print("  - {}\n", *line);
    for (auto line = new_begin; line != new_end.base(); ++line) fmt::print("  + {}\n", *line);
}

std::vector<std::string> mistakes(const golden::Case& it, const golden::Outcome& outcome) {
    std::vector<std::string> found = it.mistakes;
    if (pavise::apparmor::find_target(it.target) == nullptr) found.push_back(fmt::format("there is no target {}", it.target));
    for (const std::string& name : it.inputs)
        if (!it.files.contains(name)) found.push_back(fmt::format("`#> args:` names {}, which is no `#> file:` of the case", name));
    const bool should_accept = it.path.starts_with("accepted/");
    if (outcome.accepted != should_accept) found.push_back(should_accept ? "is refused" : "is accepted");
    if (outcome.accepted && !it.check_only && outcome.emitted.empty()) found.emplace_back("is accepted, but gives no profile");
    if (outcome.accepted)
        for (std::string& mistake : golden::layout_mistakes(it, outcome)) found.push_back(std::move(mistake));
    return found;
}

// DIR/TARGET/CASE.FILE, for the real parsers to read.
void write_emitted(const fs::path& directory, const golden::Case& it, const golden::Outcome& outcome) {
    std::string stem = it.path;
    std::replace(stem.begin(), stem.end(), '/', '+');
    fs::create_directories(directory / it.target);
    for (const pavise::apparmor::OutputFile& file : outcome.emitted) {
        const fs::path path = directory / it.target / (stem + "+" + file.file_name);
        std::ofstream(path, std::ios::binary) << file.text;
        if (!it.parsers.empty()) std::ofstream(path.string() + ".parsers") << it.parsers << '\n';
    }
}

void run_case(const fs::path& root, const std::string& path, const Arguments& arguments, Totals& totals, golden::Coverage& coverage) {
    const golden::Case it = golden::read_case(path, read_file(root / path));
    const golden::Outcome outcome = golden::run(it);
    coverage.add(outcome.diagnostics);
    (outcome.accepted ? totals.accepted : totals.refused) += 1;
    if (outcome.accepted && !arguments.emit_to.empty()) write_emitted(arguments.emit_to, it, outcome);

    const std::vector<std::string> wrong = mistakes(it, outcome);
    const std::string actual = golden::render(outcome);
    const bool fits = actual == it.expectation;
    if (!fits && arguments.update) std::ofstream(root / path, std::ios::binary) << it.input << actual;
    if (wrong.empty() && (fits || arguments.update)) {
        totals.passed += 1;
        return;
    }
    totals.failed += 1;
    fmt::print("tests/golden/{}\n", path);
    for (const std::string& mistake : wrong) fmt::print("  {}\n", mistake);
    if (!fits) print_difference(it.expectation, actual);
}

Arguments read_arguments(int argc, char** argv) {
    Arguments arguments;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--update") {
            arguments.update = true;
        } else if (argument == "--emit-to" && i + 1 < argc) {
            arguments.emit_to = argv[++i];
        } else {
            arguments.filters.push_back(argument);
        }
    }
    return arguments;
}

}  // namespace

int main(int argc, char** argv) {
    const Arguments arguments = read_arguments(argc, argv);
    const char* elsewhere = std::getenv("PAVISE_SOURCE_DIR");
    const fs::path source = elsewhere != nullptr ? elsewhere : PAVISE_SOURCE_DIR;
    const fs::path root = source / "tests/golden";

    Totals totals;
    golden::Coverage coverage;
    for (const std::string& path : case_paths(root, arguments.filters)) run_case(root, path, arguments, totals, coverage);
    fmt::print("{} accepted, {} refused, {} diagnostic codes seen\n", totals.accepted, totals.refused, coverage.seen());

    if (arguments.filters.empty()) {
        for (const golden::CodeVerdict& verdict : golden::judge(coverage, source)) {
            (verdict.complaint.empty() ? totals.passed : totals.failed) += 1;
            if (!verdict.complaint.empty()) fmt::print("{}: {}\n", verdict.code, verdict.complaint);
        }
    }
    fmt::print("{} passed, {} failed, 0 skipped\n", totals.passed, totals.failed);
    return totals.failed == 0 ? 0 : 1;
}
