#include "machine/runtimes.hpp"

#include "apparmor/load_process.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::machine {
namespace {

struct Runtime {
    std::string_view program;
    std::string_view takes;  // how a profile is named to it
};
constexpr Runtime table[] = {
    {"dockerd", "a profile by `docker run --security-opt apparmor=NAME`; without it `docker-default`, which it loads by itself"},
    {"containerd", "a profile by the container's OCI `process.apparmorProfile`"},
    {"podman", "a profile by `podman run --security-opt apparmor=NAME`, from root alone; without it `containers-default-VERSION`"},
    {"crio", "a profile by the pod's `appArmorProfile`, and `apparmor_profile` of crio.conf without one"},
    {"kubelet", "a profile by the pod's `securityContext.appArmorProfile`"},
    {"lxc-start", "a profile by `lxc.apparmor.profile`"},
};

std::string first_line(std::string_view text) { return std::string(text.substr(0, text.find('\n'))); }

std::string output_of(const std::string& program, std::string_view word) {
    constexpr int patience_seconds = 10;
    constexpr std::size_t most = std::size_t{64} * 1024;
    const apparmor::ProcessResult result = apparmor::run_process({program, std::string(word)}, patience_seconds, most);
    return result.end == apparmor::ProcessResult::End::exited && result.status == 0 ? result.output : "";
}

// The value of `"enabled"` in the object after `"NAME"`, in JSON as runc writes it.
bool is_enabled(std::string_view features, std::string_view name) {
    const std::size_t at = features.find(fmt::format("\"{}\"", name));
    if (at == std::string_view::npos) return false;
    const std::string_view object = features.substr(at, features.find('}', at) - at);
    const std::size_t value = object.find("\"enabled\"");
    return value != std::string_view::npos && object.find("true", value) != std::string_view::npos;
}

Finding supports(std::string topic, std::string state, bool apparmor, bool seccomp) {
    if (apparmor && seccomp) return {Level::good, std::move(topic), std::move(state), "puts containers under profiles and seccomp filters"};
    return {Level::missing, std::move(topic), std::move(state),
            fmt::format("built without {}", !apparmor && !seccomp ? "AppArmor and seccomp"
                                            : apparmor            ? "seccomp"
                                                                  : "AppArmor"),
            "install the distribution's package"};
}

}  // namespace

Finding crun_finding(std::string_view version) {
    return supports("crun", first_line(version), version.find("+APPARMOR") != std::string_view::npos,
                    version.find("+SECCOMP") != std::string_view::npos);
}

Finding runc_finding(std::string_view version, std::string_view features) {
    if (features.empty()) return {Level::note, "runc", first_line(version), "too old to say what it was built with (`runc features`)"};
    return supports("runc", first_line(version), is_enabled(features, "apparmor"), is_enabled(features, "seccomp"));
}

Findings runtime_findings(const Files& files) {
    Findings all;
    for (const Runtime& one : table) {
        const std::string path = files.program(one.program);
        if (path.empty()) continue;
        const std::string version = files.is_this_machine() ? first_line(output_of(path, "--version")) : "";
        all.push_back(
            {Level::note, std::string(one.program), version.empty() ? path : version, std::string("takes ") + std::string(one.takes)});
    }
    for (const char* const name : {"crun", "runc"}) {
        const std::string path = files.program(name);
        if (path.empty()) continue;
        if (!files.is_this_machine())
            all.push_back({Level::note, name, path, "what it was built with only it can say, on its machine"});
        else
            all.push_back(name == std::string_view("crun") ? crun_finding(output_of(path, "--version"))
                                                           : runc_finding(output_of(path, "--version"), output_of(path, "features")));
    }
    if (all.empty()) all.push_back({Level::note, "container runtimes", "none is installed"});
    return all;
}

}  // namespace pavise::machine
