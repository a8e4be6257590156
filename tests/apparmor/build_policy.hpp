// Policies made by hand, for tests that start at the model.
//
//   PolicyText made("deny write /x\n");                       // the source that spans point into
//   made.profile().rules.push_back(allow(FileRule{…}));
#pragma once

#include "apparmor/emit.hpp"
#include "catch.hpp"

#include <string>
#include <utility>
#include <vector>

namespace pavise::apparmor {

struct PolicyText {
    text::Sources sources;
    policy::Policy policy;
    text::Diagnostics diagnostics;
    Options options{find_target("apparmor-3.0")};

    explicit PolicyText(std::string source = "profile p {\n}\n", std::string name = "p") {
        sources.add("dir/p.pav", std::move(source));
        policy.preambles.emplace_back();
        policy.profiles.emplace_back().name = std::move(name);
    }
    policy::Profile& profile() { return policy.profiles.front(); }
    void target(std::string_view name) { options.target = find_target(name); }

    // The emitted text of the first profile; both checks have to be silent but for warnings and notes.
    std::string emitted() {
        check(policy, options, diagnostics);
        const std::optional<policy::Policy> buildable = make_buildable(policy, options, diagnostics);
        for (const text::Diagnostic& one : diagnostics.all()) UNSCOPED_INFO(text::info(one.code).name << ": " << one.message);
        REQUIRE_FALSE(diagnostics.has_errors());
        return emit(*buildable, sources, options, diagnostics).at(0).text;
    }

    // The emitted lines between the profile's braces, without indentation and comments.
    std::vector<std::string> rules() {
        std::vector<std::string> lines;
        const std::string text = emitted();
        std::size_t at = text.find(" {\n") + 3;
        while (at < text.size()) {
            const std::size_t end = text.find('\n', at);
            std::string line = text.substr(at, end - at);
            at = end + 1;
            if (const std::size_t comment = line.find("  # "); comment != std::string::npos) line.erase(comment);
            line.erase(0, line.find_first_not_of(' '));
            while (line.ends_with(' ')) line.pop_back();
            if (!line.empty() && line != "}") lines.push_back(line);
        }
        return lines;
    }
};

inline policy::Globs globs(std::initializer_list<const char*> texts) {
    policy::Globs out;
    for (const char* text : texts) out.push_back({text});
    return out;
}

inline policy::Rule rule(policy::Effect effect, policy::RuleBody body, text::Span span = {}) {
    policy::Rule made;
    made.effect = effect;
    made.body = std::move(body);
    made.origin.span = span;
    return made;
}
inline policy::Rule allow(policy::RuleBody body, text::Span span = {}) { return rule(policy::Effect::allow, std::move(body), span); }
inline policy::Rule deny(policy::RuleBody body, text::Span span = {}) { return rule(policy::Effect::deny, std::move(body), span); }

inline policy::FileRule files(policy::Permissions permissions, std::initializer_list<const char*> paths) {
    policy::FileRule body;
    body.permissions = permissions;
    body.paths = globs(paths);
    return body;
}

inline policy::FileRule exec(std::initializer_list<const char*> paths, policy::ExecTarget target = {}) {
    policy::FileRule body = files(policy::permission::exec, paths);
    body.exec = std::move(target);
    return body;
}

// An access list by its words.
inline policy::Access access(policy::RuleClass cls, std::initializer_list<const char*> words) {
    policy::Access bits = 0;
    for (const char* word : words) bits |= policy::find_access(policy::class_info(cls), word).value();
    return bits;
}

}  // namespace pavise::apparmor
