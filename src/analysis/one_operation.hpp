// Operations on files, told one by one: `write` and the append within it are one.
//
//   one_operation(permission::write | permission::append | permission::read) == (permission::write | permission::append)
#pragma once

#include "analysis/term.hpp"

namespace pavise::analysis {

// Of the permissions those of one operation.
inline Bits one_operation(Bits bits) {
    namespace p = policy::permission;
    for (const Bits operation : {p::write | p::append, p::exec, p::read, p::lock, p::map})
        if ((bits & operation) != 0) return bits & operation;
    return bits;
}

}  // namespace pavise::analysis
