#include "apparmor/load_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>

namespace pavise::apparmor {
namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void become(std::vector<char*>& words, int output) {
    setpgid(0, 0);
    std::signal(SIGPIPE, SIG_DFL);
    const int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    dup2(null, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    execv(words.front(), words.data());
    _exit(127);
}

// Reads until the other end is closed; false if the time is over before.
bool drain(int descriptor, Clock::time_point deadline, std::size_t most_output, std::string& output) {
    std::array<char, 4096> buffer{};
    while (true) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0) return false;
        pollfd waiting{descriptor, POLLIN, 0};
        const int ready = poll(&waiting, 1, static_cast<int>(std::min<long long>(left, 1000)));
        if (ready <= 0) continue;
        const ssize_t got = read(descriptor, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return true;
        output.append(buffer.data(), std::min(static_cast<std::size_t>(got), most_output - output.size()));
    }
}

}  // namespace

std::string find_program(std::string_view name, std::string_view further) {
    const char* const path = std::getenv("PATH");
    const std::string folders = (path == nullptr ? "" : std::string(path)) + ":" + std::string(further);
    for (std::size_t at = 0; at <= folders.size();) {
        const std::size_t end = std::min(folders.find(':', at), folders.size());
        std::string program = folders.substr(at, end - at).append("/").append(name);
        if (end > at && program.starts_with("/") && access(program.c_str(), X_OK) == 0) return program;
        at = end + 1;
    }
    return {};
}

ProcessResult run_process(const std::vector<std::string>& words, int patience_seconds, std::size_t most_output) {
    std::vector<std::string> copies = words;
    std::vector<char*> pointers;
    for (std::string& word : copies) pointers.push_back(word.data());
    pointers.push_back(nullptr);

    ProcessResult result;
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
        result.status = errno;
        return result;
    }
    const pid_t child = fork();
    if (child < 0) {
        result.status = errno;
        close(ends[0]);
        close(ends[1]);
        return result;
    }
    if (child == 0) become(pointers, ends[1]);
    setpgid(child, child);
    close(ends[1]);
    const bool in_time = drain(ends[0], Clock::now() + std::chrono::seconds(patience_seconds), most_output, result.output);
    close(ends[0]);
    if (!in_time) kill(-child, SIGKILL);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!in_time) {
        result.end = ProcessResult::End::timed_out;
    } else if (WIFEXITED(status)) {
        result.end = ProcessResult::End::exited;
        result.status = WEXITSTATUS(status);
    } else {
        result.end = ProcessResult::End::killed_by_signal;
        result.status = WTERMSIG(status);
    }
    return result;
}

}  // namespace pavise::apparmor
