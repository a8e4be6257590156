#include "apparmor/confined.hpp"

#include "apparmor/loaded.hpp"
#include "text/file.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>

namespace pavise::apparmor {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest = std::size_t{64} * 1024;

std::string read_or_nothing(const fs::path& path) {
    auto read = text::read_file(path.string(), largest);
    return std::holds_alternative<std::string>(read) ? std::get<std::string>(std::move(read)) : "";
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

// The word before a container's id, by engine: `docker-ID.scope`, `/docker/ID`, `libpod-ID.scope`, `cri-containerd-ID.scope`,
// `crio-ID.scope`.
std::string_view engine(std::string_view before) {
    struct Known {
        std::string_view ending;
        std::string_view name;
    };
    static constexpr Known all[] = {{"docker-", "docker"},        {"docker/", "docker"}, {"libpod-", "podman"},
                                    {"libpod_parent/", "podman"}, {"crio-", "cri-o"},    {"cri-containerd-", "containerd"},
                                    {"containerd-", "containerd"}};
    for (const Known& one : all)
        if (before.ends_with(one.ending)) return one.name;
    return "container";
}

}  // namespace

std::string container_of(std::string_view cgroup) {
    constexpr std::size_t id_length = 64;
    constexpr std::size_t shown = 12;
    for (std::size_t begin = 0; begin < cgroup.size();) {
        std::size_t end = begin;
        while (end < cgroup.size() && is_hex(cgroup[end])) ++end;
        if (end - begin == id_length) return std::string(engine(cgroup.substr(0, begin))) + ' ' + std::string(cgroup.substr(begin, shown));
        begin = std::max(end, begin + 1);
    }
    return "";
}

std::vector<Process> confined_processes(const std::string& proc) {
    std::vector<Process> all;
    std::error_code code;
    for (fs::directory_iterator entry(proc, code); !code && entry != fs::directory_iterator(); entry.increment(code)) {
        const fs::path& folder = entry->path();
        const std::string name = folder.filename().string();
        Process one;
        const auto [stop, error] = std::from_chars(name.data(), name.data() + name.size(), one.pid);
        if (error != std::errc() || stop != name.data() + name.size()) continue;
        // The second is the LSM that owns attr/: AppArmor unless another one is first in the stack.
        std::string line = read_or_nothing(folder / "attr/apparmor/current");
        if (line.empty()) line = read_or_nothing(folder / "attr/current");
        Confinement confined = confinement(std::move(line));
        if (confined.label.empty() || confined.mode.empty()) continue;
        one.label = std::move(confined.label);
        one.mode = std::move(confined.mode);
        one.program = read_or_nothing(folder / "comm");
        while (one.program.ends_with('\n')) one.program.pop_back();
        one.container = container_of(read_or_nothing(folder / "cgroup"));
        all.push_back(std::move(one));
    }
    std::sort(all.begin(), all.end(), [](const Process& a, const Process& b) { return a.pid < b.pid; });
    return all;
}

std::vector<std::string> profiles_of(std::string_view label) {
    constexpr std::string_view stacked = "//&";
    std::vector<std::string> all;
    for (std::size_t at = 0; at <= label.size();) {
        const std::size_t end = std::min(label.find(stacked, at), label.size());
        all.push_back(listed_name(std::string(label.substr(at, end - at))));
        at = end == label.size() ? label.size() + 1 : end + stacked.size();
    }
    return all;
}

bool is_under(const Process& process, std::string_view profile) {
    const std::vector<std::string> all = profiles_of(process.label);
    return std::any_of(all.begin(), all.end(), [&](const std::string& one) {
        return one == profile || (one.starts_with(profile) && one.compare(profile.size(), 2, "//") == 0);
    });
}

}  // namespace pavise::apparmor
