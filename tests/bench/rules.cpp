#include "bench/rules.hpp"

#include <fmt/format.h>

namespace pavise::bench {

std::optional<Kind> kind_named(std::string_view name) {
    if (name == "prefix") return Kind::prefixes;
    if (name == "suffix") return Kind::suffixes;
    if (name == "middle") return Kind::middles;
    return std::nullopt;
}

std::string generated_profile(Kind kind, std::size_t rules) {
    std::string text = "profile generated {\n";
    for (std::size_t i = 0; i < rules; ++i) {
        // Names as they come: of numbers in a row an automaton shares nearly all.
        const std::string name = fmt::format("{:06x}", (i * 2654435761U >> 8U) & 0xffffffU);
        switch (kind) {
            case Kind::prefixes: text += fmt::format("  /srv/{}/data-{}/*.conf rw,\n", name, i % 7); break;
            case Kind::suffixes: text += fmt::format("  /**/{}.conf rw,\n", name); break;
            case Kind::middles: text += fmt::format("  /srv/app{0}/**/dir{0}/*.{{so,conf,log}} rw,\n", i); break;
        }
    }
    return text + "}\n";
}

}  // namespace pavise::bench
