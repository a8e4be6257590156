// Values as the language takes them: bare where they can be, else quoted.
//
//   spell("/etc/nginx/**")      → /etc/nginx/**
//   spell("/srv/with space/")   → "/srv/with space/"
//   spell_list({"read", "map"}) → [read map]
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace pavise::importer {

// A path, label, name or word, wherever one may stand. Bytes that are no UTF-8 are written as AARE escapes.
std::string spell(std::string_view value);

// The same after `KEY=`, where only `self` means something.
std::string spell_value(std::string_view value);

// One value alone, several in brackets. The values are spelled already.
std::string spell_list(std::span<const std::string> spelled);

// Any bytes as UTF-8, for comments: what is none is taken for Latin-1.
std::string as_utf8(std::string_view bytes);

}  // namespace pavise::importer
