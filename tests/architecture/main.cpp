// Holds the rules of the house: which folder of src/ may include which, and which library is used where.
//
// Reads the `#include` lines of grammar/ and src/. A library counts where it is reached, so that a header can't carry it into a floor that
// should not know it.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

using Names = std::set<std::string>;

// Each floor and what it stands on; its own folder and the standard library go without saying.
const std::map<std::string, Names> floors = {
    {"grammar", {}},
    {"text", {}},
    {"automata", {"text"}},
    {"syntax", {"grammar", "text"}},
    {"policy", {"automata", "text"}},
    {"language", {"automata", "policy", "syntax", "text"}},
    {"apparmor", {"automata", "grammar", "policy", "text"}},
    {"layers", {"automata", "policy", "text"}},
    {"analysis", {"apparmor", "automata", "layers", "policy", "text"}},
    {"learn", {"analysis", "apparmor", "automata", "layers", "policy", "syntax", "text"}},
    {"importer", {"apparmor", "language", "policy", "syntax", "text"}},
    {"machine", {"apparmor", "automata", "policy", "text"}},
    {"lsp", {"analysis", "apparmor", "automata", "importer", "language", "layers", "learn", "policy", "syntax", "text"}},
    {"cli", {"analysis", "apparmor", "automata", "importer", "language", "layers", "learn", "lsp", "machine", "policy", "syntax", "text"}},
};

// Libraries that cost seconds to compile or tie to a machine: the floors whose translation units may reach one, and how many of each.
struct Library {
    std::string name;
    std::string prefix;
    std::map<std::string, std::size_t> units;
};
const std::vector<Library> libraries = {
    {"PEGTL", "tao/pegtl", {{"syntax", 2}, {"apparmor", 1}}},
    {"CLI11", "CLI/", {{"cli", 2}}},
    {"nlohmann-json", "nlohmann/", {{"text", 2}, {"cli", 5}, {"layers", 4}, {"analysis", 5}, {"lsp", 2}, {"learn", 1}}},
    {"libapparmor", "sys/apparmor.h", {{"apparmor", 1}, {"learn", 1}}},
    {"libapparmor", "aalogparse", {{"learn", 1}}},
    {"libseccomp", "seccomp.h", {{"layers", 1}}},
    {"yaml-cpp", "yaml-cpp/", {{"layers", 2}}},
};

struct File {
    std::string floor;
    std::vector<std::pair<std::size_t, std::string>> includes;  // line and what stands between the delimiters
};

std::map<std::string, File> read_files(const fs::path& root) {
    static const std::regex include(R"re(^\s*#\s*include\s*[<"]([^>"]+)[>"])re");
    std::map<std::string, File> files;
    for (const char* top : {"grammar", "src"}) {
        if (!fs::is_directory(root / top)) continue;
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / top)) {
            const std::string path = entry.path().lexically_relative(root).string();
            if (!path.ends_with(".hpp") && !path.ends_with(".cpp") && !path.ends_with(".def")) continue;
            File& file = files[path];
            const fs::path below = fs::path(path).lexically_relative("src");
            file.floor = path.starts_with("grammar/") ? "grammar" : below.begin()->string();
            std::ifstream stream(entry.path());
            std::smatch match;
            std::size_t number = 0;
            for (std::string line; std::getline(stream, line);)
                if (++number; std::regex_search(line, match, include)) file.includes.emplace_back(number, match[1].str());
        }
    }
    return files;
}

// The file of ours that an include means, or nothing.
std::string resolve(const std::map<std::string, File>& files, const std::string& from, const std::string& include) {
    const std::string beside = (fs::path(from).parent_path() / include).lexically_normal().string();
    for (const std::string& candidate : {"src/" + include, include, beside})
        if (files.contains(candidate)) return candidate;
    return "";
}

void reach(const std::map<std::string, File>& files, const std::string& path, Names& seen, Names& outside) {
    if (!seen.insert(path).second) return;
    for (const auto& [line, include] : files.at(path).includes) {
        const std::string target = resolve(files, path, include);
        if (target.empty()) {
            outside.insert(include);
        } else {
            reach(files, target, seen, outside);
        }
    }
}

struct Report {
    int passed = 0;
    int failed = 0;
    void check(bool holds, const std::string& complaint) {
        (holds ? passed : failed) += 1;
        if (!holds) fmt::print("{}\n", complaint);
    }
};

void check_floors(const std::map<std::string, File>& files, Report& report) {
    for (const auto& [path, file] : files) {
        const auto floor = floors.find(file.floor);
        report.check(floor != floors.end(), fmt::format("{}: no floor of the house: a file of src/ stands in one of its folders", path));
        if (floor == floors.end()) continue;
        for (const auto& [line, include] : file.includes) {
            const std::string target = resolve(files, path, include);
            if (target.empty()) continue;
            const std::string& below = files.at(target).floor;
            report.check(below == file.floor || floor->second.contains(below),
                         fmt::format("{}:{}: {} may not include {} (`{}`)", path, line, file.floor, below, include));
        }
    }
}

// grammar/ holds rules and nothing else; a header of the standard library is one without an ending.
void check_grammar(const std::map<std::string, File>& files, Report& report) {
    for (const auto& [path, file] : files) {
        if (file.floor != "grammar") continue;
        for (const auto& [line, include] : file.includes)
            report.check(
                include.starts_with("tao/pegtl") || include.find_first_of("./") == std::string::npos ||
                    !resolve(files, path, include).empty(),
                fmt::format("{}:{}: a grammar includes PEGTL, grammars and the standard library alone, not `{}`", path, line, include));
    }
}

void check_libraries(const std::map<std::string, File>& files, Report& report) {
    for (const Library& library : libraries) {
        std::map<std::string, Names> users;
        for (const auto& [path, file] : files) {
            if (!path.ends_with(".cpp")) continue;
            Names seen;
            Names outside;
            reach(files, path, seen, outside);
            const bool uses =
                std::any_of(outside.begin(), outside.end(), [&](const std::string& it) { return it.starts_with(library.prefix); });
            if (uses) users[file.floor].insert(path);
        }
        for (const auto& [floor, paths] : users) {
            const auto allowed = library.units.find(floor);
            const std::size_t most = allowed == library.units.end() ? 0 : allowed->second;
            report.check(paths.size() <= most, fmt::format("{} may be reached from {} translation units of {}, and is from {}: {}",
                                                           library.name, most, floor, paths.size(), fmt::join(paths, ", ")));
        }
    }
}

}  // namespace

int main() {
    const std::map<std::string, File> files = read_files(PAVISE_SOURCE_DIR);
    Report report;
    check_floors(files, report);
    check_grammar(files, report);
    check_libraries(files, report);
    fmt::print("{} passed, {} failed, 0 skipped\n", report.passed, report.failed);
    return report.failed == 0 ? 0 : 1;
}
