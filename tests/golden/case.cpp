#include "golden/case.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <sstream>

namespace pavise::golden {
namespace {

std::vector<std::string> words(std::string_view text) {
    std::istringstream stream{std::string(text)};
    std::vector<std::string> found;
    for (std::string word; stream >> word;) found.push_back(word);
    return found;
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

// `\n`, `\r`, `\t`, `\\` and `\xHH`; anything else stands for itself.
std::string unescape(std::string_view text) {
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            bytes += text[i];
            continue;
        }
        const char kind = text[++i];
        if (kind == 'x' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0) {
            bytes += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else {
            bytes += kind == 'n' ? '\n' : kind == 'r' ? '\r' : kind == 't' ? '\t' : kind;
        }
    }
    return bytes;
}

void read_arguments(Case& it, std::string_view value) {
    const std::vector<std::string> arguments = words(value);
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const bool has_value = i + 1 < arguments.size();
        if (arguments[i] == "-D" && has_value) {
            it.defines.push_back(arguments[++i]);
        } else if (arguments[i] == "-I" && has_value) {
            it.module_dirs.push_back(arguments[++i]);
        } else if (arguments[i] == "--inline") {
            it.inlines = true;
        } else if (arguments[i].starts_with('-')) {
            it.mistakes.push_back(
                fmt::format("`#> args:` takes -D NAME=VALUE, -I DIR, --inline and names of `#> file:` sections, not {}", arguments[i]));
        } else {
            it.inputs.push_back(arguments[i]);
        }
    }
}

}  // namespace

Case read_case(std::string path, std::string_view bytes) {
    Case it;
    it.path = std::move(path);
    const std::string name = std::filesystem::path(it.path).filename().string();
    it.inputs.push_back(name);

    std::string escaped;
    bool is_escaped = false;
    std::string* file = &it.files[name];
    std::size_t at = 0;
    while (at < bytes.size()) {
        const std::size_t end = std::min(bytes.find('\n', at), bytes.size() - 1) + 1;
        const std::string_view whole = bytes.substr(at, end - at);
        const std::string_view line = whole.ends_with('\n') ? whole.substr(0, whole.size() - 1) : whole;
        if (line.starts_with("#=")) break;
        at = end;
        const std::size_t colon = line.find(": ");
        if (!line.starts_with("#> ") || colon == std::string_view::npos) {
            file->append(whole);
            continue;
        }
        const std::string_view key = line.substr(3, colon - 3);
        const std::string_view value = line.substr(colon + 2);
        if (key == "file") {
            file = &it.files[std::string(value)];
            continue;
        }
        file->append(whole);
        if (key == "target") {
            it.target = value;
        } else if (key == "args") {
            read_arguments(it, value);
        } else if (key == "command" && (value == "check" || value == "build" || value == "test")) {
            it.tests = value == "test";
            it.check_only = value != "build";
        } else if (key == "kernel") {
            it.kernel = value;
        } else if (key == "base" && value == "none") {
            it.has_base = false;
        } else if (key == "parsers") {
            it.parsers = value;
        } else if (key == "bytes") {
            escaped += unescape(value);
            is_escaped = true;
        } else {
            it.mistakes.push_back(fmt::format("there is no header `{}`", line));
        }
    }
    it.input = bytes.substr(0, at);
    it.expectation = bytes.substr(at);
    if (is_escaped) it.files[name] = escaped;
    return it;
}

}  // namespace pavise::golden
