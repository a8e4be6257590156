#include "machine/files.hpp"

#include "text/file.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>

namespace pavise::machine {

namespace fs = std::filesystem;

std::optional<std::string> Files::read(std::string_view path) const {
    constexpr std::size_t largest = std::size_t{16} * 1024 * 1024;
    auto bytes = text::read_file(root + std::string(path), largest);
    if (!std::holds_alternative<std::string>(bytes)) return std::nullopt;
    std::string text = std::get<std::string>(std::move(bytes));
    while (text.ends_with('\n')) text.pop_back();
    return text;
}

bool Files::exists(std::string_view path) const {
    std::error_code code;
    return fs::exists(root + std::string(path), code);
}

std::vector<std::string> Files::names(std::string_view folder) const {
    std::vector<std::string> all;
    std::error_code code;
    for (fs::directory_iterator entry(root + std::string(folder), code); !code && entry != fs::directory_iterator(); entry.increment(code))
        all.push_back(entry->path().filename().string());
    std::sort(all.begin(), all.end());
    return all;
}

std::optional<long long> Files::number(std::string_view path) const {
    const std::optional<std::string> text = read(path);
    if (!text) return std::nullopt;
    long long value = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    return error == std::errc() && end == text->data() + text->size() ? std::optional(value) : std::nullopt;
}

std::string Files::program(std::string_view name) const {
    for (const char* const folder :
         {"/usr/bin/", "/usr/sbin/", "/usr/local/bin/", "/usr/local/sbin/", "/bin/", "/sbin/", "/usr/libexec/"}) {
        std::string path = folder + std::string(name);
        if (exists(path)) return path;
    }
    return "";
}

std::vector<std::string> words(std::string_view text) {
    constexpr std::string_view space = " \t\r\n";
    std::vector<std::string> all;
    while (true) {
        text.remove_prefix(std::min(text.find_first_not_of(space), text.size()));
        if (text.empty()) return all;
        const std::size_t length = std::min(text.find_first_of(space), text.size());
        all.emplace_back(text.substr(0, length));
        text.remove_prefix(length);
    }
}

std::optional<std::string> field(std::string_view text, std::string_view key) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!line.starts_with(key) || line.substr(key.size(), 1) != ":") continue;
        line.remove_prefix(key.size() + 1);
        line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
        return std::string(line);
    }
    return std::nullopt;
}

}  // namespace pavise::machine
