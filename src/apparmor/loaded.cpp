#include "apparmor/loaded.hpp"

#include "apparmor/binary.hpp"
#include "text/file.hpp"

#include <filesystem>

namespace pavise::apparmor {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_name = std::size_t{64} * 1024;

// What one write brought: each record by its listed name.
using Records = std::map<std::string, std::string>;

Records records_of(const std::string& path) {
    Records all;
    const auto bytes = text::read_file(path, binary::max_size);
    if (!std::holds_alternative<std::string>(bytes)) return all;
    const std::string& whole = std::get<std::string>(bytes);
    const auto read = binary::read(whole);
    if (!std::holds_alternative<std::vector<binary::Profile>>(read)) return all;
    for (const binary::Profile& one : std::get<std::vector<binary::Profile>>(read))
        all[one.name] = whole.substr(one.begin, one.end - one.begin);
    return all;
}

class Walk {
public:
    Walk(const std::set<std::string>& names, std::map<std::string, std::string>& found) : names_(names), found_(found) {}

    // `space` is `:ns:` or empty, `parent` is `web//` or empty.
    void profiles(const fs::path& folder, const std::string& space, const std::string& parent) {
        std::error_code code;
        for (fs::directory_iterator entry(folder, code); !code && entry != fs::directory_iterator(); entry.increment(code)) {
            const auto read = text::read_file((entry->path() / "name").string(), largest_name);
            if (!std::holds_alternative<std::string>(read)) continue;
            std::string name = std::get<std::string>(read);
            while (name.ends_with('\n')) name.pop_back();
            name.insert(0, parent);
            if (names_.contains(space + name)) add(entry->path(), space, name);
            profiles(entry->path() / "profiles", space, name + "//");
        }
    }
    void namespaces(const fs::path& folder, const std::string& path) {
        profiles(folder / "profiles", path.empty() ? "" : ':' + path + ':', "");
        std::error_code code;
        for (fs::directory_iterator entry(folder / "namespaces", code); !code && entry != fs::directory_iterator(); entry.increment(code))
            namespaces(entry->path(), (path.empty() ? "" : path + "//") + entry->path().filename().string());
    }

private:
    // A name of the write that a link leads to, the same from each of its profiles: `../../raw_data/7/raw_data`, with more `../` from
    // children. The link can't be resolved by name, for the folder `policy` is one that leads out of securityfs.
    static std::string write_of(const std::string& file, const std::string& space) {
        std::error_code code;
        const std::string link = fs::read_symlink(file, code).string();
        const std::size_t up = link.rfind("../");
        return code || up == std::string::npos ? file : space + link.substr(up);
    }

    void add(const fs::path& folder, const std::string& space, const std::string& name) {
        const std::string file = (folder / "raw_data").string();
        const auto [whole, fresh] = read_.try_emplace(write_of(file, space));
        if (fresh) whole->second = records_of(file);
        const auto record = whole->second.find(name);
        if (record != whole->second.end()) found_[space + name] = record->second;
    }

    const std::set<std::string>& names_;
    std::map<std::string, std::string>& found_;
    std::map<std::string, Records> read_;  // several profiles come by one write
};

}  // namespace

std::string listed_name(const std::string& name) {
    const std::size_t colon = name.starts_with(':') ? name.find(':', 1) : std::string::npos;
    if (colon == std::string::npos || name.compare(colon, 3, "://") != 0) return name;
    return name.substr(0, colon + 1) + name.substr(colon + 3);
}

std::map<std::string, std::string> loaded_records(const std::string& securityfs, const std::set<std::string>& names) {
    std::map<std::string, std::string> found;
    if (!names.empty()) Walk(names, found).namespaces(fs::path(securityfs) / "policy", "");
    return found;
}

}  // namespace pavise::apparmor
