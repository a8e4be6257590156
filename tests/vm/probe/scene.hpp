// What an operation finds: files of the wanted owners, made anew before it.
//
//   set_scene("file", {"/t/a/f", "1000"});   // a file of user 1000, readable and writable for all
//
// `file`, `folder` and `program` (this very program) have a PATH and an owner; `secret` is a file for its owner alone, `absent` and
// `mounted` have a PATH.
#pragma once

#include "operations.hpp"

#include <string_view>

namespace pavise::vm {

// False: there is no such word, or it could not be done.
bool set_scene(std::string_view word, const Arguments& arguments);

}  // namespace pavise::vm
