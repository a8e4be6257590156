// What a `container { … }` block asks of a container runtime's other layers. Kept in the model; each emitter of a layer reads it.
//
//   container { pids-limit 100; ulimit nofile 1024:2048 }  →  Container{.pids_limit = 100, .ulimits = {{"nofile", 1024, 2048}}}
#pragma once

#include "policy/origin.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::policy {

struct Image {
    std::string name;
    std::string signed_by;  // path of a public key; empty: unsigned images are taken
    Origin origin;
};

struct Tmpfs {
    std::string path;
    std::optional<std::uint64_t> size;  // bytes
    Origin origin;
};

struct Ulimit {
    std::string name;                  // by the table `limits`
    std::optional<std::int64_t> soft;  // unset: infinity
    std::optional<std::int64_t> hard;
    Origin origin;
};

struct User {
    std::string user;   // name or number
    std::string group;  // may be empty
    Origin origin;
};

struct Device {
    std::string host;
    std::string inside;  // equals `host` unless said
    std::string access;  // of r w m
    Origin origin;
};

enum class SeccompBase : std::uint8_t { default_, strict, file };
struct Seccomp {
    SeccompBase base = SeccompBase::default_;
    std::string file;
    Origin origin;
};

struct Container {
    std::optional<Image> image;
    std::vector<std::string> entrypoint;
    bool no_new_privileges = false;
    bool read_only_root = false;
    std::vector<Tmpfs> tmpfs;
    std::optional<std::uint64_t> pids_limit;
    std::optional<std::uint64_t> memory;      // bytes
    std::optional<std::uint64_t> cpus_milli;  // thousandths of a CPU
    std::vector<Ulimit> ulimits;
    std::optional<User> user;
    std::string userns;  // `host`, `auto`, `keep-id` or a name for remapping; empty: not said
    std::vector<Device> devices;
    std::string selinux_type;
    std::optional<Seccomp> seccomp;
    std::string restart;                                    // `no`, `always`, `on-failure[:N]`, `unless-stopped`; empty: not said
    std::string privileged_because;                         // not empty: privileged
    std::map<std::string, Origin, std::less<>> settings{};  // `pids-limit` → where it is set first
    Origin origin;
};

}  // namespace pavise::policy
