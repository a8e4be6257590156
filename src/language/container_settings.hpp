// The settings of a `container` block, one function each.
//
//   SettingsReader reader(context, container);
//   reader.read(node);   // node.kind() == Kind::Setting
#pragma once

#include "language/context.hpp"
#include "language/value.hpp"
#include "policy/container.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::language {

// A setting's parts: `image "x" signed by "y"` has one value, and `y` after the keyword `signed by`.
struct SettingParts {
    syntax::Node node;
    syntax::Node word;
    std::vector<syntax::Node> values{};
    struct Keyword {  // `signed by`, `from`, …
        syntax::Node word;
        std::vector<syntax::Node> after{};
    };
    std::optional<Keyword> keyword{};
    std::vector<syntax::Node> options{};  // KeyValue
};

class SettingsReader {
public:
    SettingsReader(Context& context, policy::Container& container) : context_(context), container_(container) {}

    void read(syntax::Node setting);

private:
    friend struct SettingTable;

    void image(const SettingParts& parts);
    void entrypoint(const SettingParts& parts);
    void no_new_privileges(const SettingParts& parts);
    void read_only_root(const SettingParts& parts);
    void tmpfs(const SettingParts& parts);
    void pids_limit(const SettingParts& parts);
    void memory(const SettingParts& parts);
    void cpus(const SettingParts& parts);
    void ulimit(const SettingParts& parts);
    void user(const SettingParts& parts);
    void userns(const SettingParts& parts);
    void device(const SettingParts& parts);
    void selinux_type(const SettingParts& parts);
    void seccomp(const SettingParts& parts);
    void restart(const SettingParts& parts);
    void privileged(const SettingParts& parts);

    // Reports E0331 at an element or a node.
    text::Diagnostic& refuse(const Element& element, std::string_view setting, std::string_view takes, std::string help);
    void refuse(syntax::Node node, std::string_view setting, std::string help);
    // The fix for a misspelling of a known word.
    static void suggest(text::Diagnostic& made, const Element& element, const std::vector<std::string_view>& known);
    // The one value of a setting, as text.
    std::optional<Element> value(const SettingParts& parts, std::string_view what, std::string_view help);
    std::optional<Element> keyword_value(const SettingParts::Keyword& keyword, std::string_view setting, std::string_view what,
                                         std::string_view help);
    bool without_values(const SettingParts& parts);

    Context& context_;
    policy::Container& container_;
    struct Seen {
        std::string word;
        text::Span span;
    };
    std::vector<Seen> seen_;
};

}  // namespace pavise::language
