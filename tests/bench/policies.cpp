#include "bench/policies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>

namespace pavise::bench {
namespace {

// The statements of a service: `{0}` is its name, `{1}` a running number, so that no two are the same.
constexpr std::array statements = {
    "  allow read /etc/{0}/conf.d/{1}.conf",
    "  allow [read write] /var/lib/{0}/data-{1}/**",
    "  allow read [/usr/share/{0}/{1}/** /usr/lib/{0}/{1}/*.so*]",
    "  allow [read map] /usr/lib/x86_64-linux-gnu/lib{0}-{1}.so*  # a plug-in",
    "  audit allow write /var/log/{0}/{1}.log",
    "  deny [write link] /srv/{0}/{1}/**",
    "  allow owner [read write lock] /run/{0}/{1}.pid",
    "  allow exec /usr/libexec/{0}/helper-{1} -> inherit",
    "  deny all /usr/libexec/{0}/{1}-debug",
    "  allow read /proc/sys/net/{0}/{1}",
    "  allow [read write] @{{state}}/{1}/*.{{db,wal,lock}}",
    "  allow read \"/srv/{0} data/{1}/[a-z]*.txt\"",
    "  allow signal send set=[term hup] peer={0}-{1}",
    "  allow unix [send receive] type=stream peer=[label={0}-{1}]",
};

std::string profile(std::size_t number, std::size_t lines) {
    const std::string name = fmt::format("service{}", number);
    std::string text = fmt::format("## Service {0}, as its package installs it.\nprofile {1} /usr/sbin/{1} {{\n", number, name);
    text += "  include <abstractions/base>\n  use common(\"" + name + "\")\n\n";
    text += "  allow capability [chown setuid setgid]\n  allow network [inet inet6] stream\n  allow exec /usr/sbin/" + name + "\n";
    constexpr std::size_t fixed = 10;  // lines before, and the two that close it
    for (std::size_t i = 0; i + fixed < lines; ++i)
        text += fmt::format(fmt::runtime(statements[(i + number) % statements.size()]), name, i) + "\n";
    return text + "}\n\n";
}

constexpr std::string_view head =
    "let state = [/var/lib/state/** /srv/state/**]\n\n"
    "abstraction common(name: string) {\n"
    "  allow read [/etc/ssl/certs/** /etc/hosts /etc/resolv.conf]\n"
    "  allow [read write] /var/tmp/@{name}/**\n"
    "}\n\n";

}  // namespace

std::vector<std::string> write_policies(const std::filesystem::path& directory, const Shape& shape) {
    std::filesystem::create_directories(directory);
    std::vector<std::string> files;
    for (std::size_t first = 0; first < shape.profiles; first += shape.profiles_per_file) {
        const std::filesystem::path path = directory / fmt::format("services{}.pav", files.size());
        std::ofstream stream(path, std::ios::binary);
        stream << head;
        for (std::size_t i = first; i < std::min(first + shape.profiles_per_file, shape.profiles); ++i)
            stream << profile(i, shape.lines_per_profile);
        files.push_back(path.string());
    }
    return files;
}

}  // namespace pavise::bench
