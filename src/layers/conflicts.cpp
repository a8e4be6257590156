#include "layers/conflicts.hpp"

#include "layers/capabilities.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::layers {
namespace {

using policy::Rule;

constexpr std::string_view docker_only = "write `allow capability only […]` with all that it needs: the runtime gives what stands there";

class Conflicts {
public:
    Conflicts(const policy::Policy& policy, const policy::Profile& profile, text::Diagnostics& diagnostics)
        : policy_(policy),
          profile_(profile),
          diagnostics_(diagnostics),
          capabilities_(capabilities_of(profile)),
          held_(granted(capabilities_)) {}

    void find() {
        if (!profile_.container->privileged_because.empty()) return;
        for (const Rule& rule : profile_.rules) {
            // What a library allows at large is no promise of this policy.
            if (rule.effect != policy::Effect::allow || rule.origin.via != 0) continue;
            std::visit([&](const auto& body) { look(rule, body); }, rule.body);
        }
    }

private:
    template <typename Body>
    void look(const Rule&, const Body&) {}

    void look(const Rule& rule, const policy::CapabilityRule& body) {
        if (rule.only) return;
        for (const std::string& name : body.names) {
            if (is_held(name)) continue;
            warn(rule, fmt::format("the container does not hold the capability `{}`, and AppArmor gives none", name),
                 capability_place(name), docker_only);
        }
    }

    void look(const Rule& rule, const policy::MountRule& body) {
        if (is_held("sys_admin")) return;
        warn(rule,
             fmt::format("`{}` asks for the capability `sys_admin`, which the container does not hold",
                         policy::class_info(body.operation).keyword),
             capability_place("sys_admin"), docker_only);
    }

    void look(const Rule& rule, const policy::NetworkRule& body) {
        const auto names = [](const std::vector<std::string>& words, std::string_view word) {
            return std::find(words.begin(), words.end(), word) != words.end();
        };
        const bool raw = names(body.types, "raw") || names(body.families, "packet");
        if (!raw || is_held("net_raw")) return;
        warn(rule, "a raw socket asks for the capability `net_raw`, which the container does not hold", capability_place("net_raw"),
             docker_only);
    }

    void look(const Rule& rule, const policy::FileRule& body) {
        if (!profile_.container->read_only_root || body.whole ||
            (body.permissions & (policy::permission::write | policy::permission::append)) == 0)
            return;
        const bool outside =
            std::any_of(body.paths.begin(), body.paths.end(), [&](const policy::Glob& glob) { return is_of_the_root(glob.text); });
        if (!outside) return;
        const auto found = profile_.container->settings.find("read-only-root");
        warn(rule, "the container's root is read-only: this is written only where a volume is mounted",
             found == profile_.container->settings.end() ? nullptr : &found->second,
             "write a `tmpfs` for it, or `# pavise: allow(layer-conflict) REASON` above the statement");
    }

    // Below none of what is mounted or the kernel's own.
    bool is_of_the_root(std::string_view glob) const {
        const auto below = [&](std::string_view folder) {
            return glob.starts_with(folder) && (glob.size() == folder.size() || glob[folder.size()] == '/');
        };
        if (below("/proc") || below("/dev") || below("/sys") || glob.starts_with("@{")) return false;
        return std::none_of(profile_.container->tmpfs.begin(), profile_.container->tmpfs.end(),
                            [&](const policy::Tmpfs& one) { return below(one.path); });
    }

    bool is_held(std::string_view name) const {
        const std::vector<std::string_view> names = capability_names(held_);
        return std::find(names.begin(), names.end(), name) != names.end();
    }

    // The statement that takes the capability away; none: the runtime never gave it.
    const policy::Origin* capability_place(std::string_view name) const {
        for (const Rule& rule : profile_.rules) {
            const auto* const body = std::get_if<policy::CapabilityRule>(&rule.body);
            if (body == nullptr) continue;
            const bool names_it = body->names.empty() || std::find(body->names.begin(), body->names.end(), name) != body->names.end();
            if ((rule.effect == policy::Effect::deny && names_it) || (capabilities_.only && rule.only)) return &rule.origin;
        }
        return nullptr;
    }

    void warn(const Rule& rule, std::string message, const policy::Origin* also, std::string_view help) {
        text::Diagnostic& made = policy::add(diagnostics_, policy_.expansions, text::Code::W1003, rule.origin, std::move(message));
        made.label("another layer stops it");
        if (also != nullptr) made.also(also->span, "by this");
        made.help(std::string(help));
    }

    const policy::Policy& policy_;
    const policy::Profile& profile_;
    text::Diagnostics& diagnostics_;
    Capabilities capabilities_;
    CapabilityMask held_;
};

}  // namespace

void check(const policy::Policy& policy, text::Diagnostics& diagnostics) {
    for (const policy::Profile& profile : policy.profiles)
        if (profile.container) Conflicts(policy, profile, diagnostics).find();
}

}  // namespace pavise::layers
