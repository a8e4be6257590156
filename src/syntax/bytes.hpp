// What is wrong with a file as a sequence of bytes: its size, NUL and control bytes, invalid UTF-8, a byte order mark.
#pragma once

#include "text/diagnostic.hpp"

namespace pavise::syntax {

// Reports the first of each. False: the file is no text, or too large to be read.
bool check_bytes(std::string_view source, text::FileId file, text::Diagnostics& diagnostics);

}  // namespace pavise::syntax
