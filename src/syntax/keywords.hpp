// The words that may begin a statement, by place, and those that may begin a clause. The grammar, the editors' lists and the suggestions
// for unknown words are checked against these tables or made from them.
//
//   for (std::string_view word : syntax::statement_words(syntax::Place::body)) …
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace pavise::syntax {

enum class Place : std::uint8_t { file, body, container, test };

inline constexpr std::array<std::string_view, 11> file_words = {"import", "include",     "abi",     "let",  "variable", "alias",
                                                                "option", "abstraction", "profile", "test", "if"};
inline constexpr std::array<std::string_view, 15> body_words = {"allow", "deny",    "prompt",    "audit",   "priority",
                                                                "use",   "include", "flags",     "mode",    "xattrs",
                                                                "limit", "if",      "container", "profile", "hat"};
inline constexpr std::array<std::string_view, 16> container_words = {
    "image",  "entrypoint", "no-new-privileges", "read-only-root", "tmpfs",   "pids-limit", "memory", "cpus", "ulimit", "user",
    "userns", "device",     "selinux-type",      "seccomp",        "restart", "privileged"};
inline constexpr std::array<std::string_view, 1> test_words = {"expect"};

inline constexpr std::array<std::string_view, 6> clause_words = {"only", "unsafe", "subset", "except", "or", "where"};
inline constexpr std::array<std::string_view, 2> owner_words = {"owner", "other"};
inline constexpr std::array<std::string_view, 7> expect_words = {"allow", "deny", "only", "exec", "disjoint", "within", "never"};
inline constexpr std::array<std::string_view, 4> condition_words = {"or", "and", "not", "in"};
// Words within a declaration or setting, after its first.
inline constexpr std::array<std::string_view, 12> joining_words = {"as",   "exists", "none", "of",   "for",     "in",
                                                                   "else", "signed", "by",   "from", "because", "feature"};

constexpr std::span<const std::string_view> statement_words(Place place) {
    switch (place) {
        case Place::file: return file_words;
        case Place::body: return body_words;
        case Place::container: return container_words;
        case Place::test: return test_words;
    }
    return {};
}

}  // namespace pavise::syntax
