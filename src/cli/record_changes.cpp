#include "cli/record_changes.hpp"

#include "analysis/diff.hpp"

#include <fmt/format.h>

namespace pavise::cli {
namespace {

analysis::Compiled compiled_of(const std::string& record) {
    auto read = apparmor::binary::read(record);
    auto* profiles = std::get_if<std::vector<apparmor::binary::Profile>>(&read);
    return analysis::compiled_policy(profiles == nullptr ? std::vector<apparmor::binary::Profile>() : std::move(*profiles));
}

}  // namespace

std::string record_changes(const std::string& before, const std::string& after, const apparmor::Target& target) {
    const analysis::Compiled old_policy = compiled_of(before);
    const analysis::Compiled new_policy = compiled_of(after);
    analysis::World old_world(old_policy, analysis::Judging{&target, true});
    analysis::World new_world(new_policy, analysis::Judging{&target, true});
    std::string out;
    for (const analysis::ProfileDifference& one : analysis::differences(old_world, new_world)) {
        for (const analysis::Finding& more : one.more) out += fmt::format("  + {}\n", more.object);
        for (const analysis::Finding& less : one.less) out += fmt::format("  - {}\n", less.object);
        for (const analysis::Finding& unknown : one.unknown) out += fmt::format("  ? {}\n", unknown.message);
    }
    return out;
}

}  // namespace pavise::cli
