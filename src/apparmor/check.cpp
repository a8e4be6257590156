#include "apparmor/emit.hpp"

namespace pavise::apparmor {

void check(const policy::Policy&, const Options&, text::Diagnostics&) {}

void check_buildable(const policy::Policy&, const Options&, text::Diagnostics&) {}

}  // namespace pavise::apparmor
