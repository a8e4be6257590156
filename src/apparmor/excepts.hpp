// Statements with `except` as statements without it: what is left of their sets, in rules that AppArmor has. Internal to `make_buildable`.
//
//   std::vector<policy::Rule> rules = without_except(scene, rule);     // E0510, W0522
#pragma once

#include "apparmor/check_buildable.hpp"
#include "policy/glob_sets.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::apparmor {

// What a profile's statements are written out with.
struct Scene {
    const Buildable& buildable;
    const policy::Profile& profile;
    const Options& options;
};

// The rules in the place of one that has `except`. None where nothing is left, or where there is no form, which has been reported.
std::vector<policy::Rule> without_except(const Scene& scene, const policy::Rule& rule);

// `file` as the paths, permissions and target that it stands for; any other statement as it is.
policy::FileRule with_paths(const policy::Rule& rule, const policy::FileRule& body);

// How globs of files are written whose rule has these permissions.
automata::GlobForm file_form(policy::Permissions permissions);
// And of names of profiles.
automata::GlobForm name_form();

// E0510
void report_no_difference(const Scene& scene, const policy::Origin& origin, const policy::NoDifference& none);

// The parts of `without_except`. Each adds bodies; false: refused, which has been reported.
class Excepts {
public:
    Excepts(const Scene& scene, const policy::Rule& rule) : scene_(scene), rule_(rule) {}

    bool operator()(const policy::FileRule& body);
    bool operator()(const policy::LinkRule& body);
    bool operator()(const policy::NetworkRule& body);
    bool operator()(const policy::CapabilityRule& body);
    bool operator()(const policy::MountRule& body);
    bool operator()(const policy::PivotRootRule& body);
    bool operator()(const policy::MediationRule& body);
    bool operator()(const policy::ChangeProfileRule& body);
    bool operator()(const policy::EverythingRule&) { return true; }
    bool operator()(const policy::SyscallRule&) { return true; }

    std::vector<policy::RuleBody> bodies;

private:
    bool refuse(std::string message, std::string help) const;
    bool refuse(const policy::NoDifference& none) const;
    std::optional<policy::Globs> left(const policy::Globs& from, const policy::Globs& taken, const automata::GlobForm& form) const;
    bool is_aliased(const policy::Globs& from, const policy::Globs& found) const;

    const Scene& scene_;
    const policy::Rule& rule_;
};

}  // namespace pavise::apparmor
