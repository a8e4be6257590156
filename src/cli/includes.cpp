#include "cli/includes.hpp"

#include "text/nearest.hpp"

#include <fmt/format.h>
#include <filesystem>

namespace pavise::cli {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> names_in(const fs::path& folder) {
    constexpr std::size_t most = 10'000;
    std::vector<std::string> names;
    std::error_code code;
    for (fs::directory_iterator entry(folder, code); !code && entry != fs::directory_iterator() && names.size() < most;
         entry.increment(code))
        names.push_back(entry->path().filename().string());
    return names;
}

void check(const policy::Include& include, const policy::Policy& policy, const fs::path& base, text::Diagnostics& diagnostics) {
    if (include.if_exists || include.name.size() < 3 || include.name.front() != '<') return;
    const fs::path name = include.name.substr(1, include.name.size() - 2);
    std::error_code code;
    if (name.is_absolute() || fs::exists(base / name, code)) return;
    text::Diagnostic& added = policy::add(diagnostics, policy.expansions, text::Code::E0707, include.origin,
                                          fmt::format("there is no {} in {}", text::quoted(name.string()), text::quoted(base.string())));
    const std::vector<std::string> names = names_in((base / name).parent_path());
    const std::vector<std::string_view> known(names.begin(), names.end());
    if (const std::optional<std::string> near = text::nearest(name.filename().string(), known))
        added.help(fmt::format("did you mean `include <{}>`?", (name.parent_path() / *near).string()));
    else
        added.help(fmt::format("write `include if exists {}` if the file may be missing", include.name));
}

void check(const policy::Profile& profile, const policy::Policy& policy, const fs::path& base, text::Diagnostics& diagnostics) {
    for (const policy::Include& include : profile.includes) check(include, policy, base, diagnostics);
    for (const policy::Profile& child : profile.children) check(child, policy, base, diagnostics);
}

}  // namespace

void check_includes(const policy::Policy& policy, const std::string& base, text::Diagnostics& diagnostics) {
    for (const policy::Preamble& preamble : policy.preambles)
        for (const policy::Include& include : preamble.includes) check(include, policy, base, diagnostics);
    for (const policy::Profile& profile : policy.profiles) check(profile, policy, base, diagnostics);
}

}  // namespace pavise::cli
