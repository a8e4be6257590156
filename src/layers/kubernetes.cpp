// A strategic merge patch of a pod: `kubectl patch pod NAME --patch-file NAME.yaml`, or below `spec.template` of what makes pods. The
// container has the profile's name. `appArmorProfile` is a field from Kubernetes 1.30 on.
#include "layers/write.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

namespace pavise::layers {
namespace {

class Pod {
public:
    Pod(const Workload& workload, Losses& losses) : workload_(workload), container_(workload.container), losses_(losses) {}

    std::string text() {
        yaml_.SetStringFormat(YAML::DoubleQuoted);
        yaml_ << YAML::BeginMap;
        key("spec") << YAML::BeginMap;
        pod();
        key("containers") << YAML::BeginSeq << YAML::BeginMap;
        key("name") << name();
        if (container_.image) key("image") << container_.image->name;
        if (!container_.entrypoint.empty()) list("command", container_.entrypoint);
        resources();
        mounts();
        security();
        yaml_ << YAML::EndMap << YAML::EndSeq << YAML::EndMap << YAML::EndMap;
        return std::string(yaml_.c_str()) + '\n';
    }

private:
    YAML::Emitter& key(const std::string& word) { return yaml_ << YAML::Key << YAML::Auto << word << YAML::Value; }
    void list(const std::string& word, const std::vector<std::string>& values) {
        key(word) << YAML::BeginSeq;
        for (const std::string& value : values) yaml_ << value;
        yaml_ << YAML::EndSeq;
    }
    void lost(std::string_view setting, std::string_view why) {
        losses_.add(Layer::kubernetes, place_of(workload_, setting), setting, why);
    }

    // A label of RFC 1123: lower case, digits and `-`.
    std::string name() const {
        std::string made;
        for (const char c : workload_.file_name) {
            const bool is_upper = c >= 'A' && c <= 'Z';
            const bool stays = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            made += is_upper ? static_cast<char>(c - 'A' + 'a') : stays ? c : '-';
        }
        made = made.substr(0, 63);
        while (!made.empty() && made.back() == '-') made.pop_back();
        while (!made.empty() && made.front() == '-') made.erase(0, 1);
        return made.empty() ? "container" : made;
    }

    void pod() {
        if (container_.userns == "host")
            key("hostUsers") << true;
        else if (container_.userns == "auto")
            key("hostUsers") << false;
        else if (!container_.userns.empty())
            lost("userns", "a pod has the host's users or its own (`hostUsers`)");
        restart();
        if (container_.tmpfs.empty()) return;
        key("volumes") << YAML::BeginSeq;
        for (std::size_t number = 0; number < container_.tmpfs.size(); ++number) {
            const policy::Tmpfs& one = container_.tmpfs[number];
            yaml_ << YAML::BeginMap;
            key("name") << fmt::format("tmpfs-{}", number);
            key("emptyDir") << YAML::BeginMap;
            key("medium") << "Memory";
            if (one.size) key("sizeLimit") << std::to_string(*one.size);
            yaml_ << YAML::EndMap << YAML::EndMap;
        }
        yaml_ << YAML::EndSeq;
    }

    void restart() {
        const std::string& how = container_.restart;
        if (how.empty()) return;
        if (how == "no")
            key("restartPolicy") << "Never";
        else if (how == "always")
            key("restartPolicy") << "Always";
        else if (how == "on-failure")
            key("restartPolicy") << "OnFailure";
        else
            lost("restart", "a pod restarts always, never or on failure, as often as it takes");
    }

    void resources() {
        if (!container_.memory && !container_.cpus_milli) return;
        key("resources") << YAML::BeginMap;
        key("limits") << YAML::BeginMap;
        if (container_.memory) key("memory") << std::to_string(*container_.memory);
        if (container_.cpus_milli) key("cpu") << fmt::format("{}m", *container_.cpus_milli);
        yaml_ << YAML::EndMap << YAML::EndMap;
    }

    void mounts() {
        if (container_.tmpfs.empty()) return;
        key("volumeMounts") << YAML::BeginSeq;
        for (std::size_t number = 0; number < container_.tmpfs.size(); ++number) {
            yaml_ << YAML::BeginMap;
            key("name") << fmt::format("tmpfs-{}", number);
            key("mountPath") << container_.tmpfs[number].path;
            yaml_ << YAML::EndMap;
        }
        yaml_ << YAML::EndSeq;
    }

    void security() {
        key("securityContext") << YAML::BeginMap;
        profile("appArmorProfile", "Localhost", workload_.profile);
        filter();
        if (container_.no_new_privileges) key("allowPrivilegeEscalation") << false;
        if (container_.read_only_root) key("readOnlyRootFilesystem") << true;
        if (!container_.privileged_because.empty()) key("privileged") << true;
        capabilities();
        user();
        if (!container_.selinux_type.empty()) {
            key("seLinuxOptions") << YAML::BeginMap;
            key("type") << container_.selinux_type;
            yaml_ << YAML::EndMap;
        }
        yaml_ << YAML::EndMap;
    }

    void profile(const std::string& field, const std::string& type, const std::string& file) {
        key(field) << YAML::BeginMap;
        key("type") << type;
        if (!file.empty()) key("localhostProfile") << file;
        yaml_ << YAML::EndMap;
    }

    // Below the kubelet's folder of filters. containerd reads OCI's form, which CRI-O understands too.
    void filter() {
        if (workload_.filter) return profile("seccompProfile", "Localhost", fmt::format("profiles/{}.oci.json", workload_.file_name));
        if (!container_.seccomp) return;
        if (container_.seccomp->base != policy::SeccompBase::file) return profile("seccompProfile", "RuntimeDefault", "");
        if (container_.seccomp->file.starts_with('/'))
            return lost("seccomp", "the kubelet takes a file below its own folder of filters, not one by its whole path");
        profile("seccompProfile", "Localhost", container_.seccomp->file);
    }

    void capabilities() {
        const Capabilities& held = workload_.capabilities;
        if (!held.only && held.mask == 0) return;
        const std::vector<std::string> names = runtime_names(held.mask);
        key("capabilities") << YAML::BeginMap;
        if (held.only) {
            list("drop", {"ALL"});
            if (!names.empty()) list("add", names);
        } else {
            list("drop", names);
        }
        yaml_ << YAML::EndMap;
    }

    void user() {
        if (!container_.user) return;
        const std::optional<std::uint32_t> number = id_number(container_.user->user);
        const std::optional<std::uint32_t> group = id_number(container_.user->group);
        if (!number || (!container_.user->group.empty() && !group)) return lost("user", "`runAsUser` is a number");
        key("runAsUser") << *number;
        if (group) key("runAsGroup") << *group;
        if (*number != 0) key("runAsNonRoot") << true;
    }

    const Workload& workload_;
    const policy::Container& container_;
    Losses& losses_;
    YAML::Emitter yaml_;
};

}  // namespace

LayerFile write_kubernetes(const Workload& workload, Losses& losses) {
    if (workload.no_network)
        losses.add(Layer::kubernetes, workload.origin, "deny network", "a pod always has a network; a NetworkPolicy closes it");
    return {"kubernetes", workload.file_name + ".yaml", Pod(workload, losses).text()};
}

}  // namespace pavise::layers
