// Inputs that are evidently something else than Pavise: AppArmor text, a compiled AppArmor policy.
//
//   if (is_foreign(sources, file, diagnostics)) …   // E0703: "`usr.sbin.x` is AppArmor text, not Pavise"
#pragma once

#include "text/diagnostic.hpp"
#include "text/source.hpp"

namespace pavise::cli {

// A file named `.pav` is taken as Pavise whatever AppArmor it holds; the parser says what to write instead.
bool is_foreign(const text::Sources& sources, text::FileId file, text::Diagnostics& diagnostics);

}  // namespace pavise::cli
