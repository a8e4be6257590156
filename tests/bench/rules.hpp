// A profile of any number of rules of one kind, to show how the cost grows.
//
//   generated_profile(Kind::prefixes, 1000)    // "profile generated {\n  /srv/000000/data-0/*.conf rw,\n …
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pavise::bench {

enum class Kind {
    prefixes,  // `/srv/9e3779/data-1/*.conf`: they part early
    suffixes,  // `/**/9e3779.conf`: they part at their ends
    middles,   // `/srv/app7/**/dir7/*.{so,conf,log}`
};

std::optional<Kind> kind_named(std::string_view name);  // prefix, suffix, middle
std::string generated_profile(Kind kind, std::size_t rules);

}  // namespace pavise::bench
