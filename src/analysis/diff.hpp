// What one policy allows more or less than another, profile by profile.
//
//   for (const ProfileDifference& one : differences(before, after))
//       for (const Finding& more : one.more) more.object      // "write /srv/x": `after` allows it, `before` doesn't
//
// Each operation of each class comes once a direction, with one example, and of files as globs where what it speaks of has that form.
#pragma once

#include "analysis/within.hpp"
#include "text/render.hpp"

#include <span>
#include <string>
#include <vector>

namespace pavise::analysis {

struct ProfileDifference {
    enum class In : std::uint8_t { both, first, second };
    std::string name;
    In in = In::both;
    std::vector<Group> more{};     // the second allows it
    std::vector<Group> less{};     // the first does
    std::vector<Group> logged{};   // as allowed or denied as before, and logged otherwise; if it was asked for
    std::vector<Group> unknown{};  // of either
};

// Those that differ, the first's in its order and then those of the second alone. A profile that is in one of them alone is not looked
// into.
std::vector<ProfileDifference> differences(World& first, World& second, bool with_logging = false);
// Of these objects alone, of each by itself: rules whose effect means nothing, a path each.
std::vector<ProfileDifference> differences(World& first, World& second, std::span<const policy::Rule> about);

std::string render_text(std::span<const ProfileDifference> all, const text::Sources& sources);
std::string render_json(std::span<const ProfileDifference> all, const text::Sources& sources);

}  // namespace pavise::analysis
