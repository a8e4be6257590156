// Sources: docker-run(1), podman-run(1), the Compose specification (05-services.md), Kubernetes' API v1 (SecurityContext,
// PodSecurityContext, ResourceRequirements), the OCI runtime specification (config.md, config-linux.md), systemd.exec(5),
// systemd.resource-control(5), systemd.service(5).
#include "layers/layer.hpp"

#include <algorithm>
#include <array>

namespace pavise::layers {
namespace {

constexpr auto layer_table = std::to_array<LayerInfo>({
    {Layer::docker, "docker", "the command line of `docker run`"},
    {Layer::podman, "podman", "the command line of `podman run`"},
    {Layer::compose, "compose", "an override file for a service, by the Compose specification"},
    {Layer::kubernetes, "kubernetes", "a patch for a pod's `securityContext` and resources"},
    {Layer::oci, "oci", "the part of an OCI `config.json`, for runc and crun"},
    {Layer::systemd, "systemd", "a drop-in for a service unit"},
    {Layer::seccomp, "seccomp", "the system call filter, in Docker's form and in OCI's"},
});

constexpr std::string_view of_the_bundle = "the bundle's root file system is the image";
constexpr std::string_view of_the_unit = "a unit runs the machine's own programs";
constexpr std::string_view signature = "signatures are checked when an image is pulled, by the `policy.json` of containers-policy.json(5)";

constexpr auto setting_table = std::to_array<Setting>({
    {"image", {"IMAGE", ""}, {"IMAGE", ""}, {"image", ""}, {"image", ""}, {"", of_the_bundle}, {"", of_the_unit}},
    {"signed by",
     {"", "Docker knows no key but its content trust's"},
     {"", signature},
     {"", signature},
     {"", "an admission controller checks signatures"},
     {"", signature},
     {"", of_the_unit}},
    {"entrypoint",
     {"--entrypoint", ""},
     {"--entrypoint", ""},
     {"entrypoint", ""},
     {"command", ""},
     {"process.args", ""},
     {"ExecStart=", ""}},
    {"no-new-privileges",
     {"--security-opt no-new-privileges", ""},
     {"--security-opt no-new-privileges", ""},
     {"security_opt", ""},
     {"allowPrivilegeEscalation", ""},
     {"process.noNewPrivileges", ""},
     {"NoNewPrivileges=", ""}},
    {"read-only-root",
     {"--read-only", ""},
     {"--read-only", ""},
     {"read_only", ""},
     {"readOnlyRootFilesystem", ""},
     {"root.readonly", ""},
     {"ReadOnlyPaths=", ""}},
    {"tmpfs", {"--tmpfs", ""}, {"--tmpfs", ""}, {"tmpfs", ""}, {"volumes.emptyDir", ""}, {"mounts", ""}, {"TemporaryFileSystem=", ""}},
    {"pids-limit",
     {"--pids-limit", ""},
     {"--pids-limit", ""},
     {"pids_limit", ""},
     {"", "the kubelet sets it for a whole node (`podPidsLimit`)"},
     {"linux.resources.pids", ""},
     {"TasksMax=", ""}},
    {"memory",
     {"--memory", ""},
     {"--memory", ""},
     {"mem_limit", ""},
     {"resources.limits.memory", ""},
     {"linux.resources.memory", ""},
     {"MemoryMax=", ""}},
    {"cpus", {"--cpus", ""}, {"--cpus", ""}, {"cpus", ""}, {"resources.limits.cpu", ""}, {"linux.resources.cpu", ""}, {"CPUQuota=", ""}},
    {"ulimit",
     {"--ulimit", ""},
     {"--ulimit", ""},
     {"ulimits", ""},
     {"", "a pod has the limits of the node's runtime"},
     {"process.rlimits", ""},
     {"Limit…=", ""}},
    {"user", {"--user", ""}, {"--user", ""}, {"user", ""}, {"runAsUser", ""}, {"process.user", ""}, {"User=", ""}},
    {"userns",
     {"--userns", ""},
     {"--userns", ""},
     {"userns_mode", ""},
     {"hostUsers", ""},
     {"", "its maps are the bundle's own (`linux.uidMappings`)"},
     {"PrivateUsers=", ""}},
    {"device",
     {"--device", ""},
     {"--device", ""},
     {"devices", ""},
     {"", "a device plugin gives devices to a pod"},
     {"", "it names devices by their numbers, which are the machine's"},
     {"DeviceAllow=", ""}},
    {"selinux-type",
     {"--security-opt label=type:", ""},
     {"--security-opt label=type:", ""},
     {"security_opt", ""},
     {"seLinuxOptions.type", ""},
     {"", "it takes a whole label (`process.selinuxLabel`)"},
     {"", "it takes a whole label (`SELinuxContext=`)"}},
    {"seccomp",
     {"--security-opt seccomp=", ""},
     {"--security-opt seccomp=", ""},
     {"security_opt", ""},
     {"seccompProfile", ""},
     {"linux.seccomp", ""},
     {"SystemCallFilter=", ""}},
    {"restart",
     {"--restart", ""},
     {"--restart", ""},
     {"restart", ""},
     {"restartPolicy", ""},
     {"", "what started the runtime starts it again"},
     {"Restart=", ""}},
    {"privileged",
     {"--privileged", ""},
     {"--privileged", ""},
     {"privileged", ""},
     {"privileged", ""},
     {"", "a bundle says each part for itself"},
     {"", "a unit has all privileges that no other line takes away"}},
});

}  // namespace

std::span<const LayerInfo> layers() { return layer_table; }

const LayerInfo* find_layer(std::string_view name) {
    const auto* const found = std::find_if(layer_table.begin(), layer_table.end(), [&](const LayerInfo& one) { return one.name == name; });
    return found == layer_table.end() ? nullptr : found;
}

const LayerInfo& info(Layer layer) { return layer_table[static_cast<std::size_t>(layer)]; }

std::span<const Setting> settings() { return setting_table; }

std::span<const std::string_view> other_losses() {
    static constexpr auto all = std::to_array<std::string_view>({"deny network", "syscall error", "syscall where"});
    return all;
}

Knob knob(Layer layer, std::string_view setting) {
    const auto* const found =
        std::find_if(setting_table.begin(), setting_table.end(), [&](const Setting& one) { return one.word == setting; });
    if (found == setting_table.end()) return {};
    switch (layer) {
        case Layer::docker: return found->docker;
        case Layer::podman: return found->podman;
        case Layer::compose: return found->compose;
        case Layer::kubernetes: return found->kubernetes;
        case Layer::oci: return found->oci;
        case Layer::systemd: return found->systemd;
        case Layer::seccomp: break;
    }
    return {};
}

}  // namespace pavise::layers
