#include "machine/parser.hpp"

#include "apparmor/boot.hpp"
#include "apparmor/load_process.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>

namespace pavise::machine {
namespace {

using policy::Profile;
using policy::Rule;

using Version = std::array<int, 3>;

Version parsed(std::string_view text) {
    Version version{};
    for (int& part : version) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), part);
        if (error != std::errc()) break;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (!text.starts_with('.')) break;
        text.remove_prefix(1);
    }
    return version;
}

bool any_rule(const std::vector<Profile>& profiles, const std::function<bool(const Rule&)>& is) {
    return std::any_of(profiles.begin(), profiles.end(), [&](const Profile& profile) {
        return std::any_of(profile.rules.begin(), profile.rules.end(), is) || any_rule(profile.children, is);
    });
}

bool is_of(const Rule& rule, policy::RuleClass cls) { return policy::rule_class(rule) == cls; }

struct Defect {
    Version until;  // the last version that was seen to have it
    std::string_view what;
    std::string_view advice;
    bool (*concerns)(const Rule&);
};
// What 3.0.8, 4.1.0 and 5.0.2 were seen to do on compiled policies and in the kernel.
constexpr Defect defects[] = {
    {{5, 0, 2},
     "of a link the test that it gains no permission over its target (`subset`) is made for the owner's permissions alone",
     "deny what must not be linked to by `deny link`",
     [](const Rule& rule) { return is_of(rule, policy::RuleClass::link); }},
    {{4, 1, 99},
     "an automaton of more than 65,534 states makes it fail, after minutes",
     "fewer and simpler globs in one profile",
     [](const Rule& rule) { return is_of(rule, policy::RuleClass::file); }},
};

void add_boot(const Files& files, Findings& all) {
    const apparmor::Boot boot = apparmor::boot_of(files.root);
    if (boot.folders.empty()) {
        all.push_back({Level::missing, "boot", "no service that loads profiles", "what `load --persist` keeps is not loaded",
                       "install the package `apparmor`"});
        return;
    }
    const std::string folders = fmt::format("{}", fmt::join(boot.folders, " "));
    if (boot.enabled)
        all.push_back(
            {Level::good, "boot", "loads the files of " + folders, "not those in its folders: what is in `containers/` stays out"});
    else
        all.push_back(
            {Level::weak, "boot", "the service `apparmor` is not enabled", "nothing loads " + folders, "systemctl enable apparmor"});
    for (const std::string& folder : boot.folders)
        for (const char* const name : {"disable", "force-complain"}) {
            const std::vector<std::string> names = files.names(folder + '/' + name);
            if (!names.empty())
                all.push_back({Level::note, "boot", fmt::format("{}/{}: {}", folder, name, fmt::join(names, " ")),
                               name == std::string_view("disable") ? "a boot leaves these out" : "a boot loads these in mode complain"});
        }
}

void add_configuration(const Files& files, Findings& all) {
    const std::optional<std::string> text = files.read("/etc/apparmor/parser.conf");
    if (!text) return;
    for (std::size_t at = 0; at < text->size();) {
        const std::size_t end = std::min(text->find('\n', at), text->size());
        const std::string line = text->substr(at, end - at);
        at = end + 1;
        const std::size_t equals = line.find('=');
        if (equals == std::string::npos) continue;
        const std::string key = line.substr(0, equals);
        if (key == "policy-features")
            all.push_back(
                {Level::note, "parser.conf", line, "a profile without an abi is compiled for these features; Pavise writes one into each"});
        else if (key == "features-file" || key == "kernel-features")
            all.push_back({Level::weak, "parser.conf", line,
                           "it stands for the kernel's features, whatever the kernel has: what it lacks is left out", "take the line out"});
    }
}

}  // namespace

std::string parser_version(const Files& files, const std::string& program) {
    if (files.is_this_machine()) {
        if (program.empty()) return "";
        constexpr int patience_seconds = 10;
        const apparmor::ProcessResult result = apparmor::run_process({program, "--version"}, patience_seconds);
        const std::vector<std::string> all = words(result.output);
        const auto at = std::find(all.begin(), all.end(), "version");
        return at == all.end() || at + 1 == all.end() ? "" : *(at + 1);
    }
    const std::optional<std::string> packages = files.read("/var/lib/dpkg/status");
    if (!packages) return "";
    const std::size_t at = packages->find("Package: apparmor\n");
    if (at == std::string::npos) return "";
    const std::optional<std::string> version = field(packages->substr(at, packages->find("\n\n", at) - at), "Version");
    return version ? version->substr(0, version->find('-')) : "";
}

Findings defect_findings(const std::string& version, const policy::Policy* policy) {
    Findings all;
    for (const Defect& defect : defects)
        if (parsed(version) <= defect.until && (policy == nullptr || any_rule(policy->profiles, defect.concerns)))
            all.push_back({Level::note, "apparmor_parser", version, std::string(defect.what), std::string(defect.advice)});
    return all;
}

Findings parser_findings(const Files& files, const std::string& program, const policy::Policy* policy) {
    Findings all;
    const std::string version = parser_version(files, program);
    if (version.empty()) {
        all.push_back({Level::missing, "apparmor_parser", "not found", "profiles can't be compiled, and a boot loads none",
                       "install the package `apparmor`"});
    } else {
        all.push_back({Level::good, "apparmor_parser", version});
        const Findings defects_met = defect_findings(version, policy);
        all.insert(all.end(), defects_met.begin(), defects_met.end());
    }
    add_configuration(files, all);
    add_boot(files, all);
    return all;
}

}  // namespace pavise::machine
