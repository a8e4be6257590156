#include "apparmor/persist.hpp"

#include "apparmor/load_process.hpp"
#include "text/file.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <cerrno>

#include <filesystem>
#include <set>

namespace pavise::apparmor {
namespace {

namespace fs = std::filesystem;
using text::Code;

// Where the parser keeps the cache for the running kernel; empty: it does not say.
std::string cache_folder(const Machine& machine) {
    const ProcessResult result = run_process({machine.parser, "--print-cache-dir"}, machine.patience_seconds);
    const std::string line = result.output.substr(0, result.output.find('\n'));
    return result.end == ProcessResult::End::exited && result.status == 0 && line.starts_with('/') ? line : "";
}

}  // namespace

std::optional<std::vector<Move>> stage_texts(const std::vector<OutputFile>& outputs, const std::string& folder,
                                             text::Diagnostics& diagnostics) {
    std::error_code code;
    if (!fs::is_directory(folder, code)) {
        diagnostics.add(Code::E0705, std::nullopt, fmt::format("{} of `--persist` is no directory", text::quoted(folder)))
            .help(fmt::format("mkdir -p {}", folder));
        return std::nullopt;
    }
    std::vector<Move> moves;
    std::vector<text::OutputText> texts;
    for (const OutputFile& output : outputs) {
        moves.push_back({fmt::format("{}/.{}.pavise", folder, output.file_name), folder + '/' + output.file_name});
        texts.push_back({moves.back().from, output.text});
    }
    const std::optional<text::FileError> error = text::write_files(texts);
    if (!error) return moves;
    diagnostics.add(Code::E0704, std::nullopt, fmt::format("can't write {}: {}", text::quoted(error->path), error->reason));
    return std::nullopt;
}

void drop_staged(const std::vector<Move>& moves) {
    for (const Move& move : moves) unlink(move.from.c_str());
}

void refresh_cache(const Machine& machine, const std::vector<std::string>& files, text::Diagnostics& diagnostics) {
    const std::string folder = cache_folder(machine);
    const auto cached = [&](const std::string& file) { return folder + '/' + fs::path(file).filename().string(); };
    if (folder.empty()) {
        diagnostics.add(Code::W0727, std::nullopt,
                        "apparmor_parser does not say where its cache is, so that it was not brought up to date");
        return;
    }
    std::set<std::string> stuck;  // what can't be taken away can't be replaced either
    for (const std::string& file : files)
        if (unlink(cached(file).c_str()) != 0 && errno != ENOENT && errno != ENOTDIR) stuck.insert(file);
    std::vector<std::string> words{machine.parser, "--quiet", "--skip-kernel-load", "--write-cache", "--skip-read-cache"};
    words.insert(words.end(), files.begin(), files.end());
    run_process(words, machine.patience_seconds);
    for (const std::string& file : files) {
        std::error_code code;
        const fs::file_time_type written = fs::last_write_time(file, code);
        const fs::file_time_type kept = fs::last_write_time(cached(file), code);
        const bool is_used = !code && kept >= written;
        if (is_used && !stuck.contains(file)) continue;
        if (is_used)
            diagnostics
                .add(Code::W0727, std::nullopt,
                     fmt::format("the cache {} can't be changed, and is newer than {}: a boot would load what it holds",
                                 text::quoted(cached(file)), text::quoted(file)))
                .help(fmt::format("rm {}", cached(file)));
        else
            diagnostics
                .add(Code::W0727, std::nullopt,
                     fmt::format("the cache {} can't be written: a boot compiles {} anew", text::quoted(cached(file)), text::quoted(file)))
                .help(fmt::format("see whether {} can be written to", text::quoted(folder)));
    }
}

}  // namespace pavise::apparmor
