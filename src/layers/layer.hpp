// The layers beside AppArmor that a policy is written for, and what each has a form for.
//
//   const layers::LayerInfo* podman = layers::find_layer("podman");
//   layers::knob(podman->layer, "pids-limit").form == "--pids-limit";
//   layers::knob(layers::Layer::kubernetes, "pids-limit").why_not == "the kubelet sets it for a whole node (`podPidsLimit`)";
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace pavise::layers {

enum class Layer : std::uint8_t { docker, podman, compose, kubernetes, oci, systemd, seccomp };

struct LayerInfo {
    Layer layer;
    std::string_view name;  // of `--emit`, and of the folder that its files are written to
    std::string_view meaning;
};
std::span<const LayerInfo> layers();
const LayerInfo* find_layer(std::string_view name);
const LayerInfo& info(Layer layer);

// How a layer says a setting of the `container` block.
struct Knob {
    std::string_view form;     // `--pids-limit`; empty: it has none
    std::string_view why_not;  // then a clause that says why
};
struct Setting {
    std::string_view word;  // `pids-limit`
    Knob docker, podman, compose, kubernetes, oci, systemd;
};
std::span<const Setting> settings();
// What a layer may have no form for, beside settings: `deny network`, `syscall where`, …
std::span<const std::string_view> other_losses();
// The layer must not be `seccomp`, which takes the setting `seccomp` alone.
Knob knob(Layer layer, std::string_view setting);

}  // namespace pavise::layers
