// The label of a process, and the change to another by a profile's name.
//
//   change_profile("web");      // 0, or the errno
//   label_of(::getpid());       // web
#pragma once

#include <sys/types.h>
#include <string>

namespace pavise::vm {

int change_profile(const std::string& label);
// The next program runs under it.
int change_profile_on_exec(const std::string& label);
// Without its mode; empty: it can't be read.
std::string label_of(pid_t process);

}  // namespace pavise::vm
