#include "operations.hpp"

#include "label.hpp"

#include <linux/io_uring.h>
#include <sched.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdint>

namespace pavise::vm {

namespace {

template <class Number>
Number number(const std::string& text) {
    Number value{};
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// The program is this one; started by this name it says that it runs.
int execute(const std::string& path) {
    char name[] = "held";
    char* arguments[] = {name, nullptr};
    char* environment[] = {nullptr};
    return failure_of(::execve(path.c_str(), arguments, environment));
}

int execute_as(const Arguments& a) {
    const int failure = change_profile_on_exec(a[0]);
    return failure != 0 ? failure : execute(a[1]);
}

// A limit that is higher than what the profile sets is refused; one that is not takes no capability.
int lower_limit(const Arguments& a) {
    const auto value = number<rlim_t>(a[1]);
    const rlimit limit{0, value};
    return failure_of(::setrlimit(number<__rlimit_resource_t>(a[0]), &limit));
}

int set_up_ring(const Arguments&) {
    io_uring_params parameters{};
    parameters.flags = IORING_SETUP_SQPOLL;
    return failure_of(::syscall(SYS_io_uring_setup, 4U, &parameters));
}

int inspect(const Arguments& a) {
    void* list = nullptr;
    std::size_t size = 0;
    return failure_of(::syscall(SYS_get_robust_list, number<pid_t>(a[0]), &list, &size));
}

}  // namespace

// Where there is a peer, its process is the last argument.
const std::vector<Operation> process_operations = {
    {"exec", 1, [](const Arguments& a) { return execute(a[0]); }},
    {"exec-as", 2, execute_as},  // LABEL PATH
    {"change-profile", 1, [](const Arguments& a) { return change_profile(a[0]); }},
    {"signal", 2, [](const Arguments& a) { return failure_of(::kill(number<pid_t>(a[1]), number<int>(a[0]))); }},
    {"trace", 1, [](const Arguments& a) { return failure_of(::ptrace(PTRACE_SEIZE, number<pid_t>(a[0]), nullptr, nullptr)); }},
    {"inspect", 1, inspect},
    {"user-namespace", 0, [](const Arguments&) { return failure_of(::unshare(CLONE_NEWUSER)); }},
    {"ring-with-thread", 0, set_up_ring},
    {"limit", 2, lower_limit},  // the resource's number and the hard limit
};

}  // namespace pavise::vm
