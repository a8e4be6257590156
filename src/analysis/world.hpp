// The profiles that are judged together, each with its meaning: those of the build, or of a file that a test names.
//
//   World world(policy, judging, open_file);
//   Meaning* web = world.find("web//worker");
#pragma once

#include "analysis/meaning.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pavise::analysis {

// The policy of a file that a test of another file names with `in`; null: it can't be read, which was reported.
using OpenFile = std::function<const policy::Policy*(const std::string& file, text::FileId from)>;

class World {
public:
    World(const policy::Policy& policy, const Judging& judging, OpenFile open);
    // The profiles of a compiled policy, which outlives this.
    World(const Compiled& compiled, const Judging& judging);

    const std::vector<std::string>& names() const { return names_; }  // children as `PARENT//CHILD`, in the order of the source
    Meaning* find(std::string_view name);
    // The profiles of another file; null: it can't be read.
    World* file(const std::string& name, text::FileId from);
    const Judging& judging() const { return judging_; }
    const policy::Policy& policy() const { return policy_; }

private:
    void add(const std::vector<policy::Profile>& profiles, const std::string& prefix);

    const policy::Policy& policy_;
    const Compiled* compiled_ = nullptr;
    Judging judging_;
    OpenFile open_;
    std::vector<std::string> names_;
    std::map<std::string, const policy::Profile*, std::less<>> profiles_;
    std::map<std::string, std::unique_ptr<Meaning>, std::less<>> meanings_;
    std::map<std::pair<std::string, text::FileId>, std::unique_ptr<World>> files_;
};

}  // namespace pavise::analysis
