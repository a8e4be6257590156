// The part of a bundle's config.json that a policy decides (the OCI runtime specification, config.md and config-linux.md).
#include "layers/filter_json.hpp"
#include "layers/write.hpp"

#include <fmt/format.h>

namespace pavise::layers {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t cpu_period = 100'000;  // µs

class Bundle {
public:
    Bundle(const Workload& workload, Losses& losses) : workload_(workload), container_(workload.container), losses_(losses) {}

    Json config() {
        Json out{{"ociVersion", "1.0.2"}, {"process", process()}};
        if (container_.read_only_root) out["root"]["readonly"] = true;
        for (const policy::Tmpfs& one : container_.tmpfs) out["mounts"].push_back(tmpfs(one));
        Json linux = Json::object();
        resources(linux);
        filter(linux);
        if (workload_.no_network) linux["namespaces"].push_back({{"type", "network"}});
        if (!linux.empty()) out["linux"] = std::move(linux);
        return out;
    }

private:
    void lost(std::string_view setting, std::string_view why) { losses_.add(Layer::oci, place_of(workload_, setting), setting, why); }

    Json process() {
        Json out;
        user(out);
        if (!container_.entrypoint.empty()) out["args"] = container_.entrypoint;
        out["apparmorProfile"] = workload_.profile;
        out["capabilities"] = capabilities();
        for (const policy::Ulimit& one : container_.ulimits)
            out["rlimits"].push_back(
                {{"type", "RLIMIT_" + runtime_name(one.name)}, {"hard", bound(one, one.hard)}, {"soft", bound(one, one.soft)}});
        if (container_.no_new_privileges) out["noNewPrivileges"] = true;
        return out;
    }

    // An unsigned number; infinity is RLIM_INFINITY.
    static Json bound(const policy::Ulimit& limit, const std::optional<std::int64_t>& value) {
        return value ? Json(std::stoll(limit_value(limit, value))) : Json(~std::uint64_t{0});
    }

    void user(Json& process) {
        if (!container_.user) return;
        const std::optional<std::uint32_t> number = id_number(container_.user->user);
        const std::optional<std::uint32_t> group = id_number(container_.user->group);
        if (!number || (!container_.user->group.empty() && !group)) return lost("user", "`process.user` has numbers");
        process["user"] = {{"uid", *number}, {"gid", group.value_or(0)}};
    }

    // Nobody gives a container any but those that stand here: where the policy takes some away from the runtime's own, they are Docker's.
    Json capabilities() const {
        Json names = Json::array();
        for (const std::string& name : runtime_names(granted(workload_.capabilities))) names.push_back("CAP_" + name);
        return {{"bounding", names}, {"effective", names}, {"permitted", names}};
    }

    static Json tmpfs(const policy::Tmpfs& one) {
        Json options = {"nosuid", "noexec", "nodev"};
        if (one.size) options.push_back(fmt::format("size={}", *one.size));
        return {{"destination", one.path}, {"type", "tmpfs"}, {"source", "tmpfs"}, {"options", std::move(options)}};
    }

    void resources(Json& linux) const {
        Json out = Json::object();
        if (container_.pids_limit) out["pids"] = {{"limit", *container_.pids_limit}};
        if (container_.memory) out["memory"] = {{"limit", *container_.memory}};
        if (container_.cpus_milli) out["cpu"] = {{"quota", *container_.cpus_milli * cpu_period / 1000}, {"period", cpu_period}};
        if (!out.empty()) linux["resources"] = std::move(out);
    }

    void filter(Json& linux) {
        if (workload_.filter)
            linux["seccomp"] = oci_form(*workload_.filter, {.held = granted(workload_.capabilities)});
        else if (container_.seccomp)
            lost("seccomp", container_.seccomp->base == policy::SeccompBase::file
                                ? "a bundle holds the filter itself, in OCI's form, and a file may be in Docker's"
                                : "a bundle has no filter of its own: `import std.seccomp` and `use seccomp.default` bring one");
    }

    const Workload& workload_;
    const policy::Container& container_;
    Losses& losses_;
};

}  // namespace

LayerFile write_oci(const Workload& workload, Losses& losses) {
    return {"oci", workload.file_name + ".json", Bundle(workload, losses).config().dump(2) + '\n'};
}

}  // namespace pavise::layers
