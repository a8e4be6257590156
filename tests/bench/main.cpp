// Measures `pavise check`, `pavise build` and `pavise fmt` on policies of growing size: bench PAVISE [LINES…].
//
// User and system seconds on one core and peak memory, as the kernel counts them for the process, and each divided by the lines.
#include "bench/cost.hpp"
#include "bench/policies.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <string>
#include <vector>

namespace {

using pavise::bench::Cost;

// One size: a line of the table. False if the program failed.
bool measure(const std::string& program, const std::filesystem::path& room, std::size_t lines) {
    const std::vector<std::string> files = pavise::bench::write_policies(room / fmt::format("{}", lines), {.profiles = lines / 100});
    bool well = true;
    for (const std::string verb : {"check", "build", "fmt"}) {
        std::vector<std::string> command{program, verb};
        if (verb == "build") command.insert(command.end(), {"-o", (room / fmt::format("{}-out", lines)).string()});
        command.insert(command.end(), files.begin(), files.end());
        const Cost cost = pavise::bench::run(command);
        well = well && cost.status == 0;
        const double count = static_cast<double>(lines);
        fmt::print("{:<6} {:>10} {:>7} {:>9.3f} {:>9.3f} {:>12.2f} {:>10.1f} {:>12.0f}{}\n", verb, lines, files.size(), cost.seconds,
                   cost.wall, cost.seconds / count * 1e6, static_cast<double>(cost.peak_kib) / 1024,
                   static_cast<double>(cost.peak_kib) * 1024 / count, cost.status == 0 ? "" : fmt::format("  exit status {}", cost.status));
        std::fflush(stdout);
    }
    std::filesystem::remove_all(room / fmt::format("{}", lines));
    std::filesystem::remove_all(room / fmt::format("{}-out", lines));
    return well;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        fmt::print(stderr, "usage: bench PAVISE [LINES…]\n");
        return 2;
    }
    std::vector<std::size_t> sizes;
    for (int i = 2; i < argc; ++i) sizes.push_back(std::strtoull(argv[i], nullptr, 10));
    if (sizes.empty()) sizes = {1000, 10'000, 100'000};

    std::string name = (std::filesystem::temp_directory_path() / "pavise-bench-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) return 2;
    fmt::print("{:<6} {:>10} {:>7} {:>9} {:>9} {:>12} {:>10} {:>12}\n", "", "lines", "files", "CPU s", "wall s", "µs a line", "peak MiB",
               "bytes a line");
    bool well = true;
    for (const std::size_t lines : sizes) well = measure(argv[1], name, lines) && well;
    std::filesystem::remove_all(name);
    return well ? 0 : 1;
}
