// What a program costs, as the kernel counts it for the process.
//
//   Cost cost = run({"build/release/pavise", "check", "a.pav"});
//   cost.status, cost.seconds, cost.peak_kib
#pragma once

#include <string>
#include <vector>

namespace pavise::bench {

struct Cost {
    int status = -1;     // of its exit; -1: it did not end so
    double seconds = 0;  // user and system: of a run of few milliseconds the kernel only guesses which was which
    double wall = 0;
    long peak_kib = 0;
};

// On one core, its standard output thrown away. Ended after `limit` seconds of CPU time; 0: never.
Cost run(const std::vector<std::string>& command, unsigned limit = 0);

}  // namespace pavise::bench
