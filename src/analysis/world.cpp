#include "analysis/world.hpp"

#include "policy/included.hpp"

#include <utility>

namespace pavise::analysis {

World::World(const policy::Policy& policy, const Judging& judging, OpenFile open)
    : policy_(policy), judging_(judging), open_(std::move(open)) {
    add(policy.profiles, "");
}

World::World(const Compiled& compiled, const Judging& judging) : World(compiled.policy, judging, {}) { compiled_ = &compiled; }

void World::add(const std::vector<policy::Profile>& profiles, const std::string& prefix) {
    for (const policy::Profile& profile : profiles) {
        const std::string name = prefix + profile.name;
        if (profiles_.emplace(name, &profile).second) names_.push_back(name);
        add(profile.children, name + "//");
        for (const policy::IncludedText* text : policy::included_texts(policy_, profile)) add(text->children, name + "//");
    }
}

Meaning* World::find(std::string_view name) {
    const auto profile = profiles_.find(name);
    if (profile == profiles_.end()) return nullptr;
    std::unique_ptr<Meaning>& meaning = meanings_[profile->first];
    if (!meaning) {
        const apparmor::binary::Profile* const compiled = compiled_ != nullptr ? &compiled_->profiles.find(name)->second : nullptr;
        meaning = std::make_unique<Meaning>(policy_, *profile->second, profile->first, judging_, compiled);
    }
    return meaning.get();
}

World* World::file(const std::string& name, text::FileId from) {
    auto known = files_.find({name, from});
    if (known == files_.end()) {
        const policy::Policy* policy = open_ ? open_(name, from) : nullptr;
        std::unique_ptr<World> made = policy != nullptr ? std::make_unique<World>(*policy, judging_, open_) : nullptr;
        known = files_.emplace(std::pair(name, from), std::move(made)).first;
    }
    return known->second.get();
}

}  // namespace pavise::analysis
