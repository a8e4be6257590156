// Measures Pavise beside an AppArmor parser on the same profiles, from the source to the smallest automata, whole processes:
//
//   bench_automata beside ROOM BASE LIMIT FILE… -- PARSER WORD…    a line a profile, and the ratios; a compiler has LIMIT seconds for one
//   bench_automata rules KIND N                                    prints a generated profile
//   bench_automata compile BASE FILE COUNT                         what `beside` measures of Pavise: writes the number of states to COUNT
//   bench_automata states BINARY COUNT                             the same of what the parser compiled
#include "analysis/world.hpp"
#include "bench/compiled.hpp"
#include "bench/cost.hpp"
#include "bench/rules.hpp"
#include "cli/pipeline.hpp"
#include "text/file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace pavise;

// None: it is not accepted.
std::optional<bench::CompiledSizes> compile(const std::string& base, const std::string& file) {
    cli::Settings settings;
    settings.target = apparmor::find_target("apparmor-3.0");
    settings.base = base;
    settings.language = cli::FileKind::apparmor;
    cli::Run run = cli::read_inputs({file}, settings, {}, cli::Reads::apparmor_too);
    cli::compile(run, settings);
    if (run.diagnostics.has_errors()) return std::nullopt;
    analysis::World world(run.policy, analysis::Judging{settings.target, true}, {});
    bench::CompiledSizes sizes;
    for (const std::string& name : world.names()) sizes += bench::compile(*world.find(name));
    return sizes;
}

// The fastest of some runs: what disturbs one only makes it slower.
bench::Cost fastest(const std::vector<std::string>& command, unsigned limit) {
    constexpr double short_run = 0.5;
    constexpr int most = 5;
    bench::Cost best = bench::run(command, limit);
    for (int i = 1; i < most && best.status == 0 && best.seconds < short_run; ++i)
        if (const bench::Cost again = bench::run(command, limit); again.seconds < best.seconds) best = again;
    return best;
}

std::optional<std::size_t> states_of_binary(const std::string& path) {
    auto read = text::read_file(path, apparmor::binary::max_size);
    const auto* bytes = std::get_if<std::string>(&read);
    if (bytes == nullptr) return std::nullopt;
    auto profiles = apparmor::binary::read(*bytes);
    const auto* all = std::get_if<std::vector<apparmor::binary::Profile>>(&profiles);
    if (all == nullptr) return std::nullopt;
    return bench::states(*all);
}

// What the command writes to a file that is its last word. In processes of their own, since a process begins with the memory of the one
// that starts it.
std::optional<std::size_t> counted(std::vector<std::string> command, const std::string& room) {
    command.push_back(room + "/count");
    std::size_t count = 0;
    if (bench::run(command).status != 0 || !(std::ifstream(command.back()) >> count)) return std::nullopt;
    return count;
}

int write_count(const std::string& path, std::optional<std::size_t> count) {
    if (!count) return 1;
    std::ofstream(path) << *count << '\n';
    return 0;
}

struct Ratios {
    std::vector<double> time, memory;
    std::size_t more_states = 0;

    static std::string shown(std::vector<double> all) {
        if (all.empty()) return "none";
        std::sort(all.begin(), all.end());
        return fmt::format("median {:.1f}, worst {:.2f}, best {:.1f}", all[all.size() / 2], all.front(), all.back());
    }
};

int beside(const std::string& program, const std::vector<std::string>& words) {
    const std::string& room = words[0];
    const std::string& base = words[1];
    unsigned limit = 0;
    std::from_chars(words[2].data(), words[2].data() + words[2].size(), limit);
    const auto dashes = std::find(words.begin() + 3, words.end(), "--");
    const std::vector<std::string> files(words.begin() + 3, dashes);
    const std::vector<std::string> parser(dashes == words.end() ? dashes : dashes + 1, words.end());
    const std::string binary = room + "/compiled";
    Ratios ratios;
    std::size_t failed = 0;
    fmt::print("{:<44} {:>9} {:>9} {:>7} {:>8} {:>8} {:>8} {:>8}\n", "", "parser s", "pavise s", "ratio", "MiB", "MiB", "states", "states");
    for (const std::string& file : files) {
        std::filesystem::remove(binary);
        std::vector<std::string> command = parser;
        command.insert(command.end(), {"--base", base, "-o", binary, file});
        const bench::Cost theirs = fastest(command, limit);
        const bench::Cost ours = fastest({program, "compile", base, file, room + "/count"}, limit);
        const std::string name = std::filesystem::path(file).filename().string();
        if (ours.status != 0) {
            fmt::print("{:<44} pavise failed with {}\n", name, ours.status);
            ++failed;
            continue;
        }
        const auto mib = [](const bench::Cost& cost) { return static_cast<double>(cost.peak_kib) / 1024; };
        const auto states = theirs.status == 0 ? counted({program, "states", binary}, room) : std::nullopt;
        const auto own_states = counted({program, "compile", base, file}, room);
        const double ratio = theirs.seconds / ours.seconds;
        const bool was_ended = theirs.status == -1;  // then its time is a lower bound
        fmt::print("{:<44} {:>9.3f} {:>9.3f} {:>7.1f} {:>8.1f} {:>8.1f} {:>8} {:>8}{}\n", name, theirs.seconds, ours.seconds, ratio,
                   mib(theirs), mib(ours), states ? std::to_string(*states) : "-", own_states.value_or(0),
                   was_ended            ? "  at least: the parser was ended"
                   : theirs.status != 0 ? "  the parser failed"
                                        : "");
        std::fflush(stdout);
        if (theirs.status != 0 && !was_ended) continue;
        ratios.time.push_back(ratio);
        ratios.memory.push_back(mib(theirs) / mib(ours));
        if (states && own_states && *own_states > *states) ++ratios.more_states;
    }
    fmt::print("{} profiles: CPU time, theirs by ours: {}; peak memory: {}; more states than the parser: {}\n", ratios.time.size(),
               Ratios::shown(ratios.time), Ratios::shown(ratios.memory), ratios.more_states);
    return failed == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() == 4 && words[0] == "compile") {
        const auto sizes = compile(words[1], words[2]);
        return write_count(words[3], sizes && !sizes->over_budget ? std::optional(sizes->states) : std::nullopt);
    }
    if (words.size() == 3 && words[0] == "states") return write_count(words[2], states_of_binary(words[1]));
    if (words.size() == 3 && words[0] == "rules") {
        std::size_t count = 0;
        std::from_chars(words[2].data(), words[2].data() + words[2].size(), count);
        const auto kind = bench::kind_named(words[1]);
        if (kind) fmt::print("{}", bench::generated_profile(*kind, count));
        return kind ? 0 : 2;
    }
    if (words.size() > 4 && words[0] == "beside")
        return beside(std::filesystem::read_symlink("/proc/self/exe").string(), {words.begin() + 1, words.end()});
    fmt::print(stderr, "usage: bench_automata beside ROOM BASE LIMIT FILE… -- PARSER WORD…\n");
    return 2;
}
