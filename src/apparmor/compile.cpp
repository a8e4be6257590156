#include "apparmor/compile.hpp"

#include "apparmor/load_process.hpp"
#include "apparmor/temporary_folder.hpp"
#include "text/file.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::apparmor {
namespace {

constexpr std::size_t largest = std::size_t{256} * 1024 * 1024;  // of a binary, and of a dump

// What the parser says; an error's line rather than a warning's.
std::string words_of(const ProcessResult& result) {
    const std::string_view output = result.output;
    const std::size_t at = std::min(output.find("rror"), output.size());
    const std::size_t begin = at == output.size() ? 0 : output.rfind('\n', at) + 1;
    const std::string_view line = output.substr(begin, output.find('\n', begin) - begin);
    return line.empty() ? fmt::format("it says nothing and ends with status {}", result.status) : std::string(line);
}

std::string name_in(const TemporaryFolder& folder) { return folder.path() + "/profile"; }

// Why the text can't be written; empty: it is there.
std::string write(const TemporaryFolder& folder, std::string_view text) {
    if (folder.path().empty()) return "there is no folder for temporary files";
    const auto error = text::write_files({{name_in(folder), std::string(text)}});
    return error ? error->reason : "";
}

ProcessResult run(const TemporaryFolder& folder, const Compiling& how, const std::vector<std::string>& more) {
    LoadOptions options;
    options.base = how.base;
    const std::string abi = how.base + '/' + std::string(how.target.abi.substr(1, how.target.abi.size() - 2));
    options.kernel_features = how.features.empty() ? abi : how.features;
    std::vector<std::string> words = parser_call(how.machine, options, how.target);
    if (how.pins_abi) words.insert(words.end(), {"--policy-features", abi});
    words.insert(words.end(), more.begin(), more.end());
    words.push_back(name_in(folder));
    return run_process(words, how.machine.patience_seconds, largest);
}

bool is_good(const ProcessResult& result) { return result.end == ProcessResult::End::exited && result.status == 0; }

}  // namespace

std::variant<std::string, NotCompiled> compile_text(std::string_view text, const Compiling& how) {
    const TemporaryFolder folder;
    if (std::string reason = write(folder, text); !reason.empty()) return NotCompiled{std::move(reason)};
    const std::string to = name_in(folder) + ".bin";
    const ProcessResult result = run(folder, how, {"--skip-kernel-load", "--ofile", to});
    if (!is_good(result)) return NotCompiled{words_of(result)};
    auto read = text::read_file(to, largest);
    if (auto* error = std::get_if<text::FileError>(&read)) return NotCompiled{error->reason};
    return std::get<std::string>(std::move(read));
}

std::optional<std::string> dump_states(std::string_view text, const Compiling& how) {
    const TemporaryFolder folder;
    if (!write(folder, text).empty()) return std::nullopt;
    const ProcessResult result = run(folder, how, {"--skip-kernel-load", "-D", "dfa-states", "--ofile", "/dev/null"});
    if (!is_good(result) || result.output.size() >= largest) return std::nullopt;
    return result.output;
}

}  // namespace pavise::apparmor
