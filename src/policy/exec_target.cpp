#include "policy/exec_target.hpp"

namespace pavise::policy {

std::string describe(const ExecTarget& target) {
    std::string words = target.unsafe ? "unsafe " : "";
    switch (target.kind) {
        case ExecKind::inherit: words += "inherit"; break;
        case ExecKind::profile: words += "profile"; break;
        case ExecKind::child: words += "child"; break;
        case ExecKind::unconfined: words += "unconfined"; break;
    }
    if (!target.name.empty()) words += " " + target.name;
    if (target.fallback == ExecFallback::inherit) words += " or inherit";
    if (target.fallback == ExecFallback::unconfined) words += " or unconfined";
    return words;
}

bool inherits(const ExecTarget& target) { return target.kind == ExecKind::inherit || target.fallback == ExecFallback::inherit; }

}  // namespace pavise::policy
