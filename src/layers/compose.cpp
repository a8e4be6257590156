// An override file: `docker compose -f compose.yaml -f NAME.yaml up`. The service has the profile's name.
#include "layers/write.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <cctype>

namespace pavise::layers {
namespace {

class Service {
public:
    Service(const Workload& workload, const WriteOptions& options, Losses& losses)
        : workload_(workload), container_(workload.container), options_(options), losses_(losses) {}

    std::string text() {
        yaml_.SetStringFormat(YAML::DoubleQuoted);
        yaml_ << YAML::BeginMap;
        key("services") << YAML::BeginMap;
        key(name()) << YAML::BeginMap;
        if (container_.image) key("image") << container_.image->name;
        if (!container_.entrypoint.empty()) list("entrypoint", container_.entrypoint);
        list("security_opt", security());
        capabilities();
        bounds();
        if (container_.user) key("user") << user(*container_.user);
        userns();
        if (workload_.no_network) key("network_mode") << "none";
        if (!container_.restart.empty()) key("restart") << container_.restart;
        if (!container_.privileged_because.empty()) key("privileged") << true;
        yaml_ << YAML::EndMap << YAML::EndMap << YAML::EndMap;
        return std::string(yaml_.c_str()) + '\n';
    }

private:
    YAML::Emitter& key(const std::string& word) {
        // Keys are plain words.
        return yaml_ << YAML::Key << YAML::Auto << word << YAML::Value;
    }
    void list(const std::string& word, const std::vector<std::string>& values) {
        if (values.empty()) return;
        key(word) << YAML::BeginSeq;
        for (const std::string& value : values) yaml_ << value;
        yaml_ << YAML::EndSeq;
    }

    // A service's name is `[a-zA-Z0-9._-]+`.
    std::string name() const {
        std::string made = workload_.file_name;
        for (char& c : made)
            if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '.' && c != '_' && c != '-') c = '-';
        return made;
    }

    std::vector<std::string> security() const {
        std::vector<std::string> options{"apparmor=" + workload_.profile};
        if (const std::optional<std::string> filter = filter_option(Layer::compose, workload_, options_)) options.push_back(*filter);
        if (container_.no_new_privileges) options.emplace_back("no-new-privileges:true");
        if (!container_.selinux_type.empty()) options.push_back("label=type:" + container_.selinux_type);
        return options;
    }

    void capabilities() {
        if (workload_.capabilities.only) list("cap_drop", {"ALL"});
        list(workload_.capabilities.only ? "cap_add" : "cap_drop", runtime_names(workload_.capabilities.mask));
    }

    void bounds() {
        if (container_.read_only_root) key("read_only") << true;
        std::vector<std::string> folders;
        for (const policy::Tmpfs& one : container_.tmpfs) folders.push_back(tmpfs(one));
        list("tmpfs", folders);
        if (container_.pids_limit) key("pids_limit") << *container_.pids_limit;
        if (container_.memory) key("mem_limit") << fmt::format("{}b", *container_.memory);
        if (container_.cpus_milli) key("cpus") << decimal(*container_.cpus_milli);
        ulimits();
        std::vector<std::string> devices;
        for (const policy::Device& one : container_.devices) devices.push_back(device(one));
        list("devices", devices);
    }

    void ulimits() {
        if (container_.ulimits.empty()) return;
        key("ulimits") << YAML::BeginMap;
        for (const policy::Ulimit& one : container_.ulimits) {
            if (one.name == "as") {
                losses_.add(Layer::compose, one.origin, "ulimit", no_address_space_limit);
                continue;
            }
            key(one.name) << YAML::BeginMap;
            key("soft") << YAML::Auto << limit_value(one, one.soft);
            key("hard") << YAML::Auto << limit_value(one, one.hard);
            yaml_ << YAML::EndMap;
        }
        yaml_ << YAML::EndMap;
    }

    void userns() {
        if (container_.userns.empty()) return;
        if (container_.userns == "host")
            key("userns_mode") << "host";
        else
            losses_.add(Layer::compose, place_of(workload_, "userns"), "userns", users_of_the_daemon);
    }

    const Workload& workload_;
    const policy::Container& container_;
    const WriteOptions& options_;
    Losses& losses_;
    YAML::Emitter yaml_;
};

}  // namespace

LayerFile write_compose(const Workload& workload, const WriteOptions& options, Losses& losses) {
    return {"compose", workload.file_name + ".yaml", Service(workload, options, losses).text()};
}

}  // namespace pavise::layers
