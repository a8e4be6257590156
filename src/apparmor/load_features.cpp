#include "apparmor/load_features.hpp"

#include "text/file.hpp"

#include <algorithm>
#include <filesystem>
#include <vector>

namespace pavise::apparmor {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t deepest = 16;
constexpr std::size_t largest_leaf = std::size_t{64} * 1024;

// The next word or brace; empty at the end.
std::string_view take_token(std::string_view& text) {
    constexpr std::string_view space = " \t\r\n";
    text.remove_prefix(std::min(text.find_first_not_of(space), text.size()));
    std::size_t length = std::min(text.find_first_of(" \t\r\n{}"), text.size());
    if (length == 0 && !text.empty()) length = 1;
    const std::string_view token = text.substr(0, length);
    text.remove_prefix(length);
    return token;
}

// The kernel's names and values: letters, digits and a few marks. A policy given by mistake has others.
bool is_feature(std::string_view token) {
    return std::all_of(token.begin(), token.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("_-+./:,").find(c) != std::string_view::npos;
    });
}

}  // namespace

std::optional<std::set<std::string, std::less<>>> parse_features(std::string_view text) {
    std::set<std::string, std::less<>> features;
    std::vector<std::string> folders;
    std::string pending;  // a word that may turn out to be a folder
    const auto path = [&folders](std::string_view word) { return (folders.empty() ? "" : folders.back() + "/") + std::string(word); };
    const auto settle = [&] {
        if (pending == "no" && !folders.empty())
            features.erase(folders.back());
        else if (!pending.empty())
            features.insert(path(pending));
        pending.clear();
    };
    bool any = false;
    for (std::string_view token = take_token(text); !token.empty(); token = take_token(text)) {
        if (token == "{") {
            if (pending.empty() || folders.size() == deepest) return std::nullopt;
            folders.push_back(path(pending));
            features.insert(folders.back());
            pending.clear();
            any = true;
        } else if (token == "}") {
            if (folders.empty()) return std::nullopt;
            settle();
            folders.pop_back();
        } else {
            if (!is_feature(token)) return std::nullopt;
            settle();
            pending = token;
        }
    }
    settle();
    if (!folders.empty() || !any) return std::nullopt;
    return features;
}

std::optional<std::set<std::string, std::less<>>> read_features(const std::string& folder) {
    std::set<std::string, std::less<>> features;
    std::error_code code;
    fs::recursive_directory_iterator entry(folder, code);
    if (code) return std::nullopt;
    for (; !code && entry != fs::recursive_directory_iterator(); entry.increment(code)) {
        const std::string name = entry->path().lexically_relative(folder).string();
        if (entry.depth() > static_cast<int>(deepest)) entry.disable_recursion_pending();
        features.insert(name);
        if (!entry->is_regular_file(code)) continue;
        const auto read = text::read_file(entry->path().string(), largest_leaf);
        if (!std::holds_alternative<std::string>(read)) continue;
        std::string_view rest = std::get<std::string>(read);
        for (std::string_view word = take_token(rest); !word.empty(); word = take_token(rest)) {
            if (word == "no")
                features.erase(name);
            else
                features.insert(name + "/" + std::string(word));
        }
    }
    return features;
}

}  // namespace pavise::apparmor
