// Compiling in tests, with files that live in memory.
//
//   CHECK(problems("profile p { use nope }") == "1:17 E0201 <nope> there is no abstraction `nope` | declare it, …\n");
//   CHECK(paths(compiled("let a = /x\nprofile p { allow read @{a} }")) == "/x");
#pragma once

#include "language/compile.hpp"

#include <fmt/format.h>

#include <map>
#include <string>
#include <vector>

namespace pavise::language {

struct Compiled {
    text::Sources sources;
    text::Diagnostics diagnostics;
    Result result;
};

struct Input {
    std::string text;
    std::map<std::string, std::string> files{};  // what `import` finds
    std::vector<Define> defines{};
    std::set<std::string, std::less<>> features{};
    std::vector<std::string> module_dirs{};
};

inline Compiled compiled(const Input& input) {
    Compiled made;
    Options options;
    options.defines = input.defines;
    options.features = input.features;
    options.module_dirs = input.module_dirs;
    options.read = [&](const std::string& path) -> std::variant<std::string, ReadError> {
        const auto found = input.files.find(path);
        if (found == input.files.end()) return ReadError{"no such file"};
        return found->second;
    };
    const text::FileId file = made.sources.add("test.pav", input.text);
    made.result = compile(made.sources, {file}, options, made.diagnostics);
    return made;
}
inline Compiled compiled(std::string text) { return compiled(Input{std::move(text)}); }

// One line for each diagnostic: place (with the file, if it is another), code, the exact text underlined, the message, the helps.
inline std::string problems(const Compiled& made) {
    std::string out;
    for (const text::Diagnostic& each : made.diagnostics.all()) {
        if (each.span) {
            const text::Position place = made.sources.position(*each.span);
            if (each.span->file != 0) out += made.sources[each.span->file].name + ":";
            out += fmt::format("{}:{} {} <{}>", place.line, place.column, text::info(each.code).name, made.sources.slice(*each.span));
        } else {
            out += text::info(each.code).name;
        }
        out += " " + each.message;
        for (const std::string& help : each.helps) out += " | " + help;
        out += '\n';
    }
    return out;
}
inline std::string problems(const Input& input) { return problems(compiled(input)); }
inline std::string problems(std::string text) { return problems(compiled(std::move(text))); }

// The paths of the file rules of all profiles, in order; problems come first.
inline std::string paths(const Compiled& made) {
    std::string out = problems(made);
    for (const policy::Profile& profile : made.result.policy.profiles)
        for (const policy::Rule& rule : profile.rules)
            if (const auto* file = std::get_if<policy::FileRule>(&rule.body))
                for (const policy::Glob& glob : file->paths) out += (out.empty() || out.back() == '\n' ? "" : " ") + glob.text;
    return out;
}
inline std::string paths(const Input& input) { return paths(compiled(input)); }
inline std::string paths(std::string text) { return paths(compiled(std::move(text))); }

}  // namespace pavise::language
