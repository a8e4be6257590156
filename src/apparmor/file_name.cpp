#include "apparmor/file_name.hpp"

#include <algorithm>
#include <string_view>

namespace pavise::apparmor {
namespace {

bool is_kept(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80 ||
           std::string_view("._-+@:=%").find(c) != std::string_view::npos;
}

// What apparmor_parser takes for a leftover of a package manager or an editor.
bool is_passed_over(std::string_view name) {
    constexpr std::string_view endings[] = {".dpkg-new", ".dpkg-old", ".dpkg-dist", ".dpkg-bak", ".dpkg-remove", ".pacsave",
                                            ".pacnew",   ".rpmnew",   ".rpmsave",   ".orig",     ".rej",         "~"};
    return name == "README" ||
           std::any_of(std::begin(endings), std::end(endings), [&](std::string_view end) { return name.ends_with(end); });
}

}  // namespace

std::string file_name(std::string_view profile) {
    if (profile.starts_with('/')) profile.remove_prefix(1);
    std::string name;
    for (const char c : profile) name += c == '/' ? '.' : is_kept(c) ? c : '_';
    if (name.empty() || name.front() == '.') name.insert(0, "_");
    if (is_passed_over(name)) name += '_';
    return name;
}

}  // namespace pavise::apparmor
