#include "bench/cost.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <ctime>

namespace pavise::bench {
namespace {

double seconds(const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; }

double now() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

}  // namespace

Cost run(const std::vector<std::string>& command, unsigned limit) {
    std::vector<char*> arguments;
    arguments.reserve(command.size() + 1);
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);

    const double began = now();
    const pid_t child = fork();
    if (child == 0) {
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(static_cast<std::size_t>(sched_getcpu()), &one);
        sched_setaffinity(0, sizeof one, &one);
        const rlimit most{limit, limit + 1};
        if (limit != 0) setrlimit(RLIMIT_CPU, &most);
        dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
        execv(arguments[0], arguments.data());
        _exit(127);
    }
    Cost cost;
    rusage usage{};
    int status = 0;
    if (wait4(child, &status, 0, &usage) != child) return cost;
    if (WIFEXITED(status)) cost.status = WEXITSTATUS(status);
    cost.seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    cost.wall = now() - began;
    cost.peak_kib = usage.ru_maxrss;
    return cost;
}

}  // namespace pavise::bench
