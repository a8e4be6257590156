// `docker run …` and `podman run …`: a script that can be read and copied, and its arguments one a line.
#include "layers/write.hpp"

#include <fmt/format.h>

namespace pavise::layers {
namespace {

using Words = std::vector<std::string>;

// As a POSIX shell reads it back.
std::string quoted(const std::string& word) {
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-";
    if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
    std::string out = "'";
    for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

class Command {
public:
    Command(Layer layer, const Workload& workload, const WriteOptions& options, Losses& losses)
        : layer_(layer), workload_(workload), container_(workload.container), options_(options), losses_(losses) {}

    // An option with its value a line.
    std::vector<Words> lines() {
        security();
        capabilities();
        bounds();
        identity();
        if (workload_.no_network) add("--network", "none");
        if (!container_.restart.empty()) add("--restart", container_.restart);
        if (!container_.privileged_because.empty()) lines_.push_back({"--privileged"});
        program();
        return std::move(lines_);
    }

private:
    void add(std::string option, std::string value) { lines_.push_back({std::move(option), std::move(value)}); }

    void security() {
        add("--security-opt", "apparmor=" + workload_.profile);
        if (const std::optional<std::string> filter = filter_option(layer_, workload_, options_)) add("--security-opt", *filter);
        if (container_.no_new_privileges) add("--security-opt", "no-new-privileges");
        if (!container_.selinux_type.empty()) add("--security-opt", "label=type:" + container_.selinux_type);
    }

    void capabilities() {
        if (workload_.capabilities.only) add("--cap-drop", "ALL");
        for (const std::string_view name : capability_names(workload_.capabilities.mask))
            add(workload_.capabilities.only ? "--cap-add" : "--cap-drop", runtime_name(name));
    }

    void bounds() {
        if (container_.read_only_root) lines_.push_back({"--read-only"});
        for (const policy::Tmpfs& one : container_.tmpfs) add("--tmpfs", tmpfs(one));
        if (container_.pids_limit) add("--pids-limit", std::to_string(*container_.pids_limit));
        if (container_.memory) add("--memory", fmt::format("{}b", *container_.memory));
        if (container_.cpus_milli) add("--cpus", decimal(*container_.cpus_milli));
        for (const policy::Ulimit& one : container_.ulimits) {
            if (one.name == "as") {
                losses_.add(layer_, one.origin, "ulimit", no_address_space_limit);
                continue;
            }
            add("--ulimit", fmt::format("{}={}:{}", one.name, limit_value(one, one.soft), limit_value(one, one.hard)));
        }
        for (const policy::Device& one : container_.devices) add("--device", device(one));
    }

    void identity() {
        if (container_.user) add("--user", user(*container_.user));
        const std::string& map = container_.userns;
        if (map.empty()) return;
        if (map == "host" || (layer_ == Layer::podman && (map == "auto" || map == "keep-id"))) return add("--userns", map);
        if (layer_ == Layer::docker) return losses_.add(layer_, place_of(workload_, "userns"), "userns", users_of_the_daemon);
        add("--subuidname", map);
        add("--subgidname", map);
    }

    void program() {
        if (!container_.entrypoint.empty()) add("--entrypoint", container_.entrypoint.front());
        if (!container_.image) {
            if (container_.entrypoint.size() > 1)
                losses_.add(layer_, place_of(workload_, "entrypoint"), "entrypoint",
                            "its arguments stand after the image, and the policy names none");
            return;
        }
        Words last{container_.image->name};
        if (!container_.entrypoint.empty()) last.insert(last.end(), container_.entrypoint.begin() + 1, container_.entrypoint.end());
        lines_.push_back(std::move(last));
    }

    Layer layer_;
    const Workload& workload_;
    const policy::Container& container_;
    const WriteOptions& options_;
    Losses& losses_;
    std::vector<Words> lines_;
};

}  // namespace

std::vector<LayerFile> write_run_command(Layer layer, const Workload& workload, const WriteOptions& options, Losses& losses) {
    const std::string program(info(layer).name);
    std::string script = program + " run";
    std::string arguments = "run\n";
    bool has_line_feed = false;
    for (const Words& line : Command(layer, workload, options, losses).lines()) {
        script += " \\\n ";
        for (const std::string& word : line) {
            script += ' ' + quoted(word);
            arguments += word + '\n';
            has_line_feed = has_line_feed || word.find('\n') != std::string::npos;
        }
    }
    // What is given to the script goes on: the image, where the policy names none, or further arguments.
    script += " \\\n  \"$@\"\n";
    if (has_line_feed)
        losses.add(layer, place_of(workload, "entrypoint"), "entrypoint", "a list of arguments, one a line, can't hold a line feed");
    return {{program, workload.file_name + ".sh", "#!/bin/sh\nexec " + script},
            {program, workload.file_name + ".args", std::move(arguments), true}};
}

}  // namespace pavise::layers
