// Reads AppArmor text for a test; included files are the test's own.
#pragma once

#include "../catch.hpp"
#include "apparmor/read.hpp"

#include <map>
#include <string>
#include <string_view>

namespace pavise::apparmor {

struct ReadText {
    text::Sources sources;
    text::Diagnostics diagnostics;
    policy::Policy policy;
    std::map<std::string, std::string> files;  // path → text; `<x>` is `/base/x`
    Version version = Version::v3_0;

    ReadText& file(const std::string& path, std::string text) { return files[path] = std::move(text), *this; }
    ReadOptions options() {
        ReadOptions options;
        options.version = version;
        options.folders = {"/base"};
        options.read = [this](const std::string& path) -> std::variant<std::string, UnreadFile> {
            const auto found = files.find(path);
            if (found == files.end()) return UnreadFile{"no such file", true};
            return found->second;
        };
        options.list = [this](const std::string& path) -> std::optional<std::vector<std::string>> {
            std::vector<std::string> names;
            for (const auto& [name, content] : files)
                if (name.starts_with(path + "/")) names.push_back(name.substr(path.size() + 1));
            return names.empty() ? std::nullopt : std::optional(names);
        };
        return options;
    }
    ReadText& read(std::string text) {
        policy = read_profiles(sources, {sources.add("profile", std::move(text))}, options(), diagnostics).policy;
        return *this;
    }
    const policy::Profile& profile(std::size_t index = 0) {
        for (const text::Diagnostic& one : diagnostics.all()) UNSCOPED_INFO(one.message);
        REQUIRE(diagnostics.all().empty());
        REQUIRE(policy.profiles.size() > index);
        return policy.profiles[index];
    }
    template <typename Body>
    const Body& only() {
        REQUIRE(profile().rules.size() == 1);
        REQUIRE(std::holds_alternative<Body>(profile().rules[0].body));
        return std::get<Body>(profile().rules[0].body);
    }
};

// A profile with these rules.
inline std::string with(std::string_view rules) { return "profile p {\n" + std::string(rules) + "\n}\n"; }

}  // namespace pavise::apparmor
