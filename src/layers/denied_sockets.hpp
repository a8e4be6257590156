// `deny network` of every family, which other layers than AppArmor can enforce too.
//
//   deny network           →  {}         every type
//   deny network [raw rdm] →  {raw, rdm}
//   deny network inet raw  →  null       of one family: AppArmor's alone
#pragma once

#include "policy/rule.hpp"

#include <string>
#include <vector>

namespace pavise::layers {

inline const std::vector<std::string>* denied_socket_types(const policy::Rule& rule) {
    const auto* const body = std::get_if<policy::NetworkRule>(&rule.body);
    const bool whole = body != nullptr && rule.effect == policy::Effect::deny && body->access == 0 && body->families.empty() &&
                       body->conditions.empty() && body->except.empty();
    return whole ? &body->types : nullptr;
}

}  // namespace pavise::layers
