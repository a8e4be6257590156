// Whether this machine lets a command do what it is for, or why not, in words that say what to do.
//
//   if (!kernel_ready(machine, Doing::unload, diagnostics)) return 2;   // E0713 to E0715
#pragma once

#include "apparmor/machine.hpp"
#include "text/diagnostic.hpp"

#include <cstdint>
#include <string>

namespace pavise::apparmor {

enum class Doing : std::uint8_t { load, unload, look };

bool kernel_ready(const Machine& machine, Doing doing, text::Diagnostics& diagnostics);

// E0721: what the kernel answered to a write.
void report_refused(const std::string& what, int error, text::Diagnostics& diagnostics);

// Held while this process changes what the kernel has: a lock on the kernel's own folder, so that every copy of Pavise minds it.
class LoadLock {
public:
    LoadLock() = default;
    LoadLock(const LoadLock&) = delete;
    LoadLock& operator=(const LoadLock&) = delete;
    ~LoadLock();
    // E0722 if another process holds it and this one does not wait.
    bool take(const Machine& machine, bool waits, text::Diagnostics& diagnostics);

private:
    int descriptor_ = -1;
};

}  // namespace pavise::apparmor
