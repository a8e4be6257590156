#include "layers/conflicts.hpp"

#include "layers/capabilities.hpp"
#include "layers/read_only_root.hpp"
#include "policy/capability_set.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::layers {
namespace {

using policy::Rule;

constexpr std::string_view how_to_hold = "write `allow capability only […]` with all that it needs: the runtime gives what stands there";

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
            if (has_capability(held_, name)) continue;
            warn(rule, fmt::format("the container does not hold the capability `{}`, and AppArmor gives none", name),
                 capability_place(name), how_to_hold);
        }
    }

    void look(const Rule& rule, const policy::MountRule&) { look_for_capability(rule, {}); }
    void look(const Rule& rule, const policy::PivotRootRule&) { look_for_capability(rule, {}); }
    void look(const Rule& rule, const policy::NetworkRule& body) {
        std::vector<std::string> words = body.families;
        words.insert(words.end(), body.types.begin(), body.types.end());
        look_for_capability(rule, words);
    }

    void look_for_capability(const Rule& rule, const std::vector<std::string>& words) {
        const policy::RuleClass cls = policy::rule_class(rule);
        const std::string name = capability_for(cls, words);
        if (name.empty() || has_capability(held_, name)) return;
        const std::string what = cls == policy::RuleClass::network ? "a raw socket" : fmt::format("`{}`", policy::class_info(cls).keyword);
        warn(rule, fmt::format("{} asks for the capability `{}`, which the container does not hold", what, name), capability_place(name),
             how_to_hold);
    }

    void look(const Rule& rule, const policy::FileRule& body) {
        if (body.whole || (body.permissions & (policy::permission::write | policy::permission::append)) == 0) return;
        const bool outside = std::any_of(body.paths.begin(), body.paths.end(),
                                         [&](const policy::Glob& glob) { return is_read_only(*profile_.container, glob.text); });
        if (!outside) return;
        const auto found = profile_.container->settings.find("read-only-root");
        warn(rule, "the container's root is read-only: this is written only where a volume is mounted",
             found == profile_.container->settings.end() ? nullptr : &found->second,
             "write a `tmpfs` for it, or `# pavise: allow(layer-conflict) REASON` above the statement");
    }

    // The statement that takes the capability away; none: the runtime never gave it.
    const policy::Origin* capability_place(const std::string& name) const {
        for (const Rule& rule : profile_.rules) {
            const auto* const body = std::get_if<policy::CapabilityRule>(&rule.body);
            if (body == nullptr) continue;
            const bool names_it = has_capability(policy::capability_set(*body), name);
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
