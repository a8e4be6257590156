#include "apparmor/boot.hpp"

#include "text/diagnostic.hpp"
#include "text/file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string_view>

namespace pavise::apparmor {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_script = std::size_t{1024} * 1024;

// Of `PROFILE_DIRS=/etc/apparmor.d` and `ADDITIONAL_PROFILE_DIR="/var/lib/snapd/apparmor/profiles"`, wherever the script has them; words
// with
// `$` build on others.
void add_folders(std::string_view script, std::vector<std::string>& folders) {
    while (!script.empty()) {
        const std::size_t end = std::min(script.find('\n'), script.size());
        std::string_view line = script.substr(0, end);
        script.remove_prefix(std::min(end + 1, script.size()));
        line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
        const std::size_t equals = line.find('=');
        if (equals == std::string_view::npos) continue;
        const std::string_view name = line.substr(0, equals);
        if (name != "PROFILE_DIRS" && name != "ADDITIONAL_PROFILE_DIR") continue;
        std::string values(line.substr(equals + 1));
        std::erase_if(values, [](char c) { return c == '"' || c == '\''; });
        for (std::size_t at = 0; at < values.size();) {
            const std::size_t stop = std::min(values.find(' ', at), values.size());
            const std::string word = values.substr(at, stop - at);
            at = stop + 1;
            if (word.starts_with('/') && std::find(folders.begin(), folders.end(), word) == folders.end()) folders.push_back(word);
        }
    }
}

// An enabled unit or init script is a link, which may lead nowhere below another root.
bool is_enabled(const std::string& root) {
    std::error_code code;
    for (const char* const link : {"/etc/systemd/system/sysinit.target.wants/apparmor.service",
                                   "/etc/systemd/system/multi-user.target.wants/apparmor.service", "/etc/rcS.d/S01apparmor"})
        if (fs::is_symlink(root + link, code)) return true;
    return false;
}

}  // namespace

Boot boot_of(const std::string& root) {
    Boot boot;
    boot.enabled = is_enabled(root);
    for (const char* const path : {"/lib/apparmor/rc.apparmor.functions", "/usr/lib/apparmor/rc.apparmor.functions"}) {
        const auto read = text::read_file(root + path, largest_script);
        if (!std::holds_alternative<std::string>(read)) continue;
        add_folders(std::get<std::string>(read), boot.folders);
        break;
    }
    return boot;
}

std::string not_loaded_at_boot(const std::string& root, const std::string& file) {
    const fs::path path(file);
    const std::string folder = path.parent_path().string();
    const std::string name = path.filename().string();
    const Boot boot = boot_of(root);
    if (boot.folders.empty()) return "no service that loads profiles is installed";
    if (std::find(boot.folders.begin(), boot.folders.end(), folder) == boot.folders.end())
        return fmt::format("a boot loads the files of {} alone, and not those in its folders", text::quoted(boot.folders.front()));
    if (!boot.enabled) return "the service `apparmor` is not enabled";
    std::error_code code;
    if (fs::exists(fs::symlink_status(root + folder + "/disable/" + name, code)))
        return fmt::format("{} switches it off", text::quoted(folder + "/disable/" + name));
    if (fs::exists(fs::symlink_status(root + folder + "/force-complain/" + name, code)))
        return fmt::format("{} makes it complain only", text::quoted(folder + "/force-complain/" + name));
    return "";
}

}  // namespace pavise::apparmor
