// A drop-in for the unit that runs the program: /etc/systemd/system/UNIT.service.d/NAME.conf. Sources: systemd.exec(5),
// systemd.resource-control(5), systemd.service(5).
#include "layers/filter_json.hpp"
#include "layers/write.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include <map>

namespace pavise::layers {
namespace {

// systemd.service(5), COMMAND LINES, and systemd.unit(5), SPECIFIERS.
std::string quoted(const std::string& word) {
    std::string out = "\"";
    for (const char c : word) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '%' || c == '$') out += c;
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out + '"';
}

class Unit {
public:
    Unit(const Workload& workload, Losses& losses) : workload_(workload), container_(workload.container), losses_(losses) {}

    std::string text() {
        add("AppArmorProfile", workload_.profile);
        if (container_.no_new_privileges) add("NoNewPrivileges", "yes");
        capabilities();
        filter();
        if (container_.user) {
            add("User", container_.user->user);
            if (!container_.user->group.empty()) add("Group", container_.user->group);
        }
        if (container_.userns == "host")
            add("PrivateUsers", "no");
        else if (!container_.userns.empty())
            lost("userns", "a unit maps root and its own user alone (`PrivateUsers=`)");
        bounds();
        devices();
        if (workload_.no_network) {
            add("PrivateNetwork", "yes");
            add("RestrictAddressFamilies", "none");
        }
        start();
        return out_;
    }

private:
    void add(std::string_view key, std::string_view value) { out_ += fmt::format("{}={}\n", key, value); }
    void lost(std::string_view setting, std::string_view why) { losses_.add(Layer::systemd, place_of(workload_, setting), setting, why); }

    void capabilities() {
        const Capabilities& held = workload_.capabilities;
        if (!held.only && held.mask == 0) return;
        std::string names;
        for (const std::string& name : runtime_names(held.mask)) names += (names.empty() ? "CAP_" : " CAP_") + name;
        add("CapabilityBoundingSet", held.only ? names : "~" + names);
    }

    void filter() {
        if (!workload_.filter) {
            if (container_.seccomp)
                lost("seccomp",
                     "systemd has no filter of its own, and reads no runtime's: `import std.seccomp` and `use seccomp.default` bring one");
            return;
        }
        std::set<std::string> names;
        std::set<std::string> partly;
        std::set<std::string> answered;
        for (const FilterRule& rule : rules_on(*workload_.filter, {.held = granted(workload_.capabilities)}))
            (rule.error ? answered : rule.arguments.empty() ? names : partly).insert(rule.names.begin(), rule.names.end());
        const auto add_loss = [&](std::string_view setting, std::string why) {
            losses_.add(Layer::systemd, place_of(workload_, "seccomp"), setting, why);
        };
        if (!partly.empty())
            add_loss("syscall where",
                     fmt::format("it filters by name alone, and some calls of `{}` are allowed", fmt::join(partly, "`, `")));
        if (!answered.empty())
            add_loss("syscall error", fmt::format("all that is not allowed is answered alike, and `{}` has an answer of its own",
                                                  fmt::join(answered, "`, `")));
        names.merge(partly);  // what is accepted is not enforced
        add("SystemCallArchitectures", "native");
        add("SystemCallFilter", fmt::format("{}", fmt::join(names, " ")));
        add("SystemCallErrorNumber", "EPERM");
    }

    void bounds() {
        if (container_.read_only_root) add("ReadOnlyPaths", "/");
        for (const policy::Tmpfs& one : container_.tmpfs) add("TemporaryFileSystem", tmpfs(one));
        if (container_.pids_limit) add("TasksMax", std::to_string(*container_.pids_limit));
        if (container_.memory) add("MemoryMax", std::to_string(*container_.memory));
        if (container_.cpus_milli) add("CPUQuota", decimal(*container_.cpus_milli * 100) + "%");
        for (const policy::Ulimit& one : container_.ulimits) add("Limit" + runtime_name(one.name), limits(one));
    }

    static std::string limits(const policy::Ulimit& limit) {
        const auto bound = [&](const std::optional<std::int64_t>& value) {
            return !value ? std::string("infinity") : limit.name == "nice" ? fmt::format("{:+}", *value) : std::to_string(*value);
        };
        return limit.soft == limit.hard ? bound(limit.soft) : fmt::format("{}:{}", bound(limit.soft), bound(limit.hard));
    }

    void devices() {
        if (container_.devices.empty()) return;
        add("DevicePolicy", "closed");
        for (const policy::Device& one : container_.devices) {
            if (one.host != one.inside)
                losses_.add(Layer::systemd, one.origin, "device", "a unit has the machine's devices under their own names");
            else
                add("DeviceAllow", fmt::format("{} {}", one.host, one.access));
        }
    }

    void start() {
        const std::string& how = container_.restart;
        if (how == "no" || how == "always" || how == "on-failure")
            add("Restart", how);
        else if (!how.empty())
            lost("restart", "a unit restarts always, on failure or not at all; how often is the unit's `StartLimitBurst=`");
        if (container_.entrypoint.empty()) return;
        if (container_.entrypoint.front().find_first_of("%$\"\\ ") != std::string::npos)
            return lost("entrypoint", "the path of a program has no white space, quotes, `%` or `$` there");
        std::string line = container_.entrypoint.front();
        for (std::size_t at = 1; at < container_.entrypoint.size(); ++at) line += ' ' + quoted(container_.entrypoint[at]);
        add("ExecStart", "");
        add("ExecStart", line);
    }

    const Workload& workload_;
    const policy::Container& container_;
    Losses& losses_;
    std::string out_ = "[Service]\n";
};

}  // namespace

LayerFile write_systemd(const Workload& workload, Losses& losses) {
    return {"systemd", workload.file_name + ".conf", Unit(workload, losses).text()};
}

}  // namespace pavise::layers
