#include "label.hpp"

#include "operations.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>

namespace pavise::vm {

namespace {

int write_to(const char* path, const std::string& words) {
    const int file = ::open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return errno;
    const int failure = failure_of(::write(file, words.data(), words.size()));
    ::close(file);
    return failure;
}

}  // namespace

int change_profile(const std::string& label) { return write_to("/proc/self/attr/current", "changeprofile " + label); }

int change_profile_on_exec(const std::string& label) { return write_to("/proc/self/attr/exec", "exec " + label); }

std::string label_of(pid_t process) {
    const int file = ::open(("/proc/" + std::to_string(process) + "/attr/current").c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return {};
    char found[4096];
    const ssize_t size = ::read(file, found, sizeof found);
    ::close(file);
    std::string label(found, size > 0 ? static_cast<std::size_t>(size) : 0);
    for (const std::string_view mark : {" (", "\n"}) {
        if (const auto end = label.rfind(mark); end != std::string::npos) label.resize(end);
    }
    return label;
}

}  // namespace pavise::vm
