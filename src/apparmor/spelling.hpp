// Names, paths and values as AppArmor's lexer takes them: quoted where it would stop or see something else.
//
//   spell_path("/srv/a b/**")  → "/srv/a b/**" in quotation marks
//   spell_value("org.{a,b}", Place::list) → quoted, since a comma ends an element of a list
#pragma once

#include "policy/profile.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pavise::apparmor {

// Where a file rule, link or attachment names a path.
std::string spell_path(std::string_view glob);

enum class Place { free, list };  // after `key=`, or inside its `( )`
std::string spell_value(std::string_view value, Place place);

// Of a profile, child, hat or transition target.
std::string spell_name(std::string_view name);

// `=`, `+=`, `:=` or `?=`
std::string_view spell_sign(policy::Assignment assignment);

// `/x r,` has to begin with `/` or `@{`: an alternation at the start becomes a path for each of its alternatives.
//   rooted("{/usr,}/bin/x") == {"/usr/bin/x", "/bin/x"}
// At most `limit` paths are made (and then one more, to tell).
std::vector<std::string> rooted(std::string_view glob, std::size_t limit = 256);
bool is_rooted(std::string_view glob);

}  // namespace pavise::apparmor
