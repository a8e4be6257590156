#include "layers/workload.hpp"

#include "layers/denied_sockets.hpp"
#include "text/embedded.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

#include <cctype>

namespace pavise::layers {
namespace {

const policy::SyscallRule* syscalls(const policy::Rule& rule) { return std::get_if<policy::SyscallRule>(&rule.body); }

// The filter, where the profile speaks of system calls or asks for one that allows nothing else.
class FilterReader {
public:
    FilterReader(const policy::Policy& policy, const policy::Profile& profile, text::Diagnostics& diagnostics)
        : policy_(policy), profile_(profile), diagnostics_(diagnostics) {}

    std::optional<Filter> read() {
        const policy::Rule* first = nullptr;
        bool allows = false;
        for (const policy::Rule& rule : profile_.rules) {
            if (syscalls(rule) == nullptr) continue;
            if (first == nullptr) first = &rule;
            allows = allows || rule.effect == policy::Effect::allow;
        }
        const policy::Seccomp* const base = profile_.container && profile_.container->seccomp ? &*profile_.container->seccomp : nullptr;
        const bool is_strict = base != nullptr && base->base == policy::SeccompBase::strict;
        if (first == nullptr && !is_strict) return std::nullopt;
        if (base != nullptr && !is_strict) {
            error(first->origin, "a statement can't change a filter that is the runtime's or a file")
                .also(base->origin.span, "the filter is set here")
                .help("leave `seccomp` out, and write `import std.seccomp` and `use seccomp.default`");
            return std::nullopt;
        }
        if (!allows) {
            error(first != nullptr ? first->origin : base->origin, "no system call is allowed, so nothing could start")
                .help("write `import std.seccomp` and `use seccomp.default`, from which this takes away");
            return std::nullopt;
        }
        for (const policy::Rule& rule : profile_.rules) {
            if (syscalls(rule) == nullptr || !rule.audit) continue;
            error(rule.origin, "a filter can't have one call logged")
                .help("leave `audit` out; the kernel's `actions_logged` sets what is logged of all filters");
            return std::nullopt;
        }
        tell_unknown();
        std::vector<const policy::Rule*> rules;
        for (const policy::Rule& rule : profile_.rules) rules.push_back(&rule);
        std::variant<Filter, FilterError> made = filter_of(rules);
        if (const auto* const wrong = std::get_if<FilterError>(&made)) {
            error(wrong->rule->origin, wrong->message).help(wrong->help);
            return std::nullopt;
        }
        return std::get<Filter>(std::move(made));
    }

private:
    text::Diagnostic& error(const policy::Origin& at, std::string message) {
        return policy::add(diagnostics_, policy_.expansions, text::Code::E1002, at, std::move(message));
    }

    // A name that the library of the runtimes does not know is left out by them. One of the standard library's may be newer.
    void tell_unknown() {
        for (const policy::Rule& rule : profile_.rules) {
            const policy::SyscallRule* const body = syscalls(rule);
            if (body == nullptr) continue;
            for (const std::string& name : body->names) {
                if (is_known_syscall(name) || is_of_the_library(name)) continue;
                text::Diagnostic& made = policy::add(diagnostics_, policy_.expansions, text::Code::W1002, rule.origin,
                                                     fmt::format("libseccomp knows no system call {}", text::quoted(name)));
                made.label("runtimes leave it out");
                if (const auto near = text::nearest(name, known_names()))
                    made.help(fmt::format("did you mean `{}`?", *near));
                else
                    made.help("names are those of syscalls(2)");
            }
        }
    }
    static bool is_of_the_library(const std::string& name) {
        for (const text::EmbeddedFile& file : text::embedded_stdlib()) {
            if (file.path != "std/seccomp.pav") continue;
            for (std::size_t at = file.text.find(name); at != std::string_view::npos; at = file.text.find(name, at + 1)) {
                const auto is_part = [&](std::size_t place) {
                    return place < file.text.size() &&
                           (std::isalnum(static_cast<unsigned char>(file.text[place])) != 0 || file.text[place] == '_');
                };
                if ((at == 0 || !is_part(at - 1)) && !is_part(at + name.size())) return true;
            }
        }
        return false;
    }

    // Those of the other statements: libseccomp has no list.
    std::vector<std::string_view> known_names() const {
        std::vector<std::string_view> names;
        for (const policy::Rule& rule : profile_.rules) {
            if (const policy::SyscallRule* const body = syscalls(rule))
                for (const std::string& name : body->names)
                    if (is_known_syscall(name)) names.push_back(name);
        }
        return names;
    }

    const policy::Policy& policy_;
    const policy::Profile& profile_;
    text::Diagnostics& diagnostics_;
};

}  // namespace

Workload workload_of(const policy::Policy& policy, const policy::Profile& profile, std::string file_name, text::Diagnostics& diagnostics) {
    Workload made;
    made.profile = profile.name;
    made.file_name = std::move(file_name);
    if (profile.container) made.container = *profile.container;
    made.origin = profile.origin;
    made.capabilities = capabilities_of(profile);
    for (const policy::Rule& rule : profile.rules) {
        const std::vector<std::string>* const types = denied_socket_types(rule);
        made.no_network = made.no_network || (types != nullptr && types->empty());
    }
    made.filter = FilterReader(policy, profile, diagnostics).read();
    return made;
}

void Losses::add(Layer layer, const policy::Origin& at, std::string_view setting, std::string_view why) {
    const std::string_view name = info(layer).name;
    const bool is_accepted = accepted_.contains(std::string(setting));
    text::Diagnostic& made = policy::add(diagnostics_, expansions_, is_accepted ? text::Code::W1001 : text::Code::E1001, at,
                                         fmt::format("{} can't hold {}: {}", name, text::quoted(setting), why));
    made.label(fmt::format("not enforced by {}", name));
    if (!is_accepted) made.help(fmt::format("leave it out, or write `--accept-unenforced '{}'` to do without it there", setting));
}

void Losses::add_settings(Layer layer, const Workload& workload) {
    for (const auto& [word, at] : workload.container.settings) {
        const Knob found = knob(layer, word);
        if (found.form.empty()) add(layer, at, word, found.why_not);
    }
    if (workload.container.image && !workload.container.image->signed_by.empty()) {
        const Knob found = knob(layer, "signed by");
        if (found.form.empty()) add(layer, workload.container.image->origin, "signed by", found.why_not);
    }
}

const policy::Origin& place_of(const Workload& workload, std::string_view setting) {
    const auto found = workload.container.settings.find(setting);
    return found == workload.container.settings.end() ? workload.container.origin : found->second;
}

}  // namespace pavise::layers
