#include "importer/spell.hpp"

#include "text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace pavise::importer {
namespace {

bool is_bare_byte(char c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
    return std::string_view("_./:@*?^+~%&-$!|;'`").find(c) != std::string_view::npos;
}

// Does the language's lexer take it as one token, in and outside of brackets? A `,` has to stand in braces, a class to be closed.
bool is_bare(std::string_view value) {
    if (value.empty() || value == "->") return false;
    const char first = value.front();
    const bool path = first == '/' || value.starts_with("@{");
    const bool word =
        std::isalnum(static_cast<unsigned char>(first)) != 0 || std::string_view("*_:.?").find(first) != std::string_view::npos;
    if (!path && !word) return false;
    std::size_t braces = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[i];
        if (c == '[') {
            const std::size_t end = value.find(']', i + 1);
            if (end == std::string_view::npos) return false;
            const std::string_view inner = value.substr(i + 1, end - i - 1);
            if (!std::all_of(inner.begin(), inner.end(), [](char in) { return is_bare_byte(in); })) return false;
            i = end;
        } else if (c == '{') {
            ++braces;
        } else if (c == '}') {
            if (braces == 0) return false;
            --braces;
        } else if (c == ',') {
            if (braces == 0) return false;
        } else if (!is_bare_byte(c)) {
            return false;
        }
    }
    return braces == 0;
}

std::string quote(std::string_view value) {
    std::string out = "\"";
    while (!value.empty()) {
        const std::size_t length = text::utf8_length(value);
        const char c = value.front();
        if (c == '"') {
            out += "\\\"";
        } else if (c == '\\' && value.size() > 1 && value[1] == '"') {
            out += "\\\"";
            value.remove_prefix(1);
        } else if (length == 0 || static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            out += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
        } else {
            out += value.substr(0, length);
        }
        value.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out + '"';
}

// What may follow a name, or stand instead of one.
constexpr std::array<std::string_view, 16> reserved = {"or",     "self", "inherit", "profile",  "child",  "unconfined", "only",  "except",
                                                       "unsafe", "in",   "for",     "priority", "subset", "where",      "owner", "other"};

}  // namespace

std::string spell(std::string_view value) {
    const bool word = std::find(reserved.begin(), reserved.end(), value) != reserved.end();
    return is_bare(value) && !word ? std::string(value) : quote(value);
}

std::string spell_value(std::string_view value) { return is_bare(value) && value != "self" ? std::string(value) : quote(value); }

std::string spell_list(std::span<const std::string> spelled) {
    if (spelled.size() == 1) return spelled.front();
    return fmt::format("[{}]", fmt::join(spelled, " "));
}

std::string as_utf8(std::string_view bytes) {
    std::string out;
    while (!bytes.empty()) {
        const std::size_t length = text::utf8_length(bytes);
        if (length > 0) {
            out += bytes.substr(0, length);
        } else {
            const auto byte = static_cast<unsigned char>(bytes.front());
            out += static_cast<char>(0xc0 | (byte >> 6));
            out += static_cast<char>(0x80 | (byte & 0x3f));
        }
        bytes.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out;
}

}  // namespace pavise::importer
