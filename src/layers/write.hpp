// A workload as the file of one layer.
//
//   Losses losses(policy.expansions, {}, diagnostics);
//   std::vector<LayerFile> files = write(Layer::docker, workload, {.filter_file = "out/seccomp/web.json"}, losses);
//   // {{"docker", "web.sh", "docker run \\\n  --security-opt apparmor=web \\\n …"}, {"docker", "web.args", …}}
//
// What the layer has no form for goes to `losses`, never away.
#pragma once

#include "layers/workload.hpp"

#include <string>
#include <vector>

namespace pavise::layers {

struct LayerFile {
    std::string folder;
    std::string name;
    std::string text;
    bool companion = false;  // another form of the file before
};

struct WriteOptions {
    std::string filter_file;  // where the filter's files stand, without `.json` and `.oci.json`
};

std::vector<LayerFile> write(Layer layer, const Workload& workload, const WriteOptions& options, Losses& losses);

// The writers, a file each.
std::vector<LayerFile> write_run_command(Layer layer, const Workload& workload, const WriteOptions& options,
                                         Losses& losses);  // docker, podman
LayerFile write_compose(const Workload& workload, const WriteOptions& options, Losses& losses);
LayerFile write_kubernetes(const Workload& workload, Losses& losses);
LayerFile write_oci(const Workload& workload, Losses& losses);
LayerFile write_systemd(const Workload& workload, Losses& losses);
std::vector<LayerFile> write_filter(const Workload& workload);

// What several of them say alike.
std::string decimal(std::uint64_t thousandths);  // 1500 → `1.5`
std::string limit_value(const policy::Ulimit& limit,
                        const std::optional<std::int64_t>& value);  // `-1` for infinity, as setrlimit(2) counts
std::optional<std::string> filter_option(Layer layer, const Workload& workload, const WriteOptions& options);  // `seccomp=FILE`
std::string device(const policy::Device& device);                                                              // HOST:INSIDE:ACCESS
std::string tmpfs(const policy::Tmpfs& folder);                                                                // PATH[:size=BYTES]
std::optional<std::uint32_t> id_number(const std::string& name);  // of a user or group that is no name
inline constexpr std::string_view no_address_space_limit = "it has no limit of the address space";
inline constexpr std::string_view users_of_the_daemon = "Docker maps users for the whole daemon (`userns-remap` in daemon.json)";
std::string user(const policy::User& user);  // USER[:GROUP]

}  // namespace pavise::layers
