// What one profile asks of a runtime beside AppArmor, in one value that every layer's writer reads.
//
//   layers::Workload made = layers::workload_of(policy, policy.profiles[0], "usr.sbin.nginx", diagnostics);
//   made.container.pids_limit == 100; made.capabilities.only; made.no_network;
#pragma once

#include "layers/capabilities.hpp"
#include "layers/filter.hpp"
#include "layers/layer.hpp"
#include "policy/profile.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace pavise::layers {

struct Workload {
    std::string profile;          // the name that the kernel knows it by
    std::string file_name;        // of the layer's files, without an ending
    policy::Container container;  // an empty one, where the profile has no block
    policy::Origin origin;        // of the profile
    Capabilities capabilities;
    bool no_network = false;       // `deny network`, every socket of every family
    std::optional<Filter> filter;  // none: nothing is said of system calls
};
Workload workload_of(const policy::Policy& policy, const policy::Profile& profile, std::string file_name, text::Diagnostics& diagnostics);

// Takes what a layer has no form for: an error at its place, or a warning where the user accepted that it is not enforced.
class Losses {
public:
    Losses(const policy::Expansions& expansions, const std::set<std::string>& accepted, text::Diagnostics& diagnostics)
        : expansions_(expansions), accepted_(accepted), diagnostics_(diagnostics) {}

    // `why` is a clause: `the kubelet sets it for a whole node`.
    void add(Layer layer, const policy::Origin& at, std::string_view setting, std::string_view why);
    // Every setting of the workload that the layer has no knob for.
    void add_settings(Layer layer, const Workload& workload);

private:
    const policy::Expansions& expansions_;
    const std::set<std::string>& accepted_;
    text::Diagnostics& diagnostics_;
};

// Where a setting stands; the block, where that is not known.
const policy::Origin& place_of(const Workload& workload, std::string_view setting);

}  // namespace pavise::layers
