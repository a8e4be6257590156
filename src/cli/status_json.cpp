// The shape is described in docs/json.md.
#include "cli/status.hpp"

#include <nlohmann/json.hpp>

namespace pavise::cli {
namespace {

using nlohmann::ordered_json;

std::string_view word(Drift::Kind kind) {
    switch (kind) {
        case Drift::Kind::same: return "same";
        case Drift::Kind::otherwise: return "differs-otherwise";
        case Drift::Kind::differs: return "differs";
        case Drift::Kind::not_loaded: return "not-loaded";
        case Drift::Kind::no_source: return "no-source";
        case Drift::Kind::unknown: return "unknown";
    }
    return "";
}

// `  + write /x` and `  - read /y`, apart.
ordered_json operations(const std::string& changes, char sign) {
    ordered_json all = ordered_json::array();
    for (std::size_t at = 0; at < changes.size();) {
        const std::size_t end = std::min(changes.find('\n', at), changes.size());
        const std::string line = changes.substr(at, end - at);
        if (line.size() > 4 && line[2] == sign) all.push_back(line.substr(4));
        at = end + 1;
    }
    return all;
}

}  // namespace

std::string render_json(const Status& status) {
    ordered_json profiles = ordered_json::array();
    for (const apparmor::LoadedProfile& one : status.profiles) profiles.push_back({{"name", one.name}, {"mode", one.mode}});
    ordered_json processes = ordered_json::array();
    for (const apparmor::Process& one : status.processes) {
        ordered_json made{{"pid", one.pid}, {"program", one.program}, {"profiles", apparmor::profiles_of(one.label)}, {"mode", one.mode}};
        if (!one.container.empty()) made["container"] = one.container;
        processes.push_back(std::move(made));
    }
    ordered_json whole{{"version", 1}, {"profiles", std::move(profiles)}, {"processes", std::move(processes)}};
    if (!status.drift.empty()) {
        ordered_json drift = ordered_json::array();
        for (const Drift& one : status.drift)
            drift.push_back({{"name", one.name},
                             {"state", word(one.kind)},
                             {"more", operations(one.changes, '+')},
                             {"less", operations(one.changes, '-')},
                             {"unknown", operations(one.changes, '?')}});
        whole["drift"] = std::move(drift);
    }
    constexpr int indent = 2;
    return whole.dump(indent, ' ', false, ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace pavise::cli
