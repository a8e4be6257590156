#include "scene.hpp"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cstdlib>
#include <filesystem>

namespace pavise::vm {

namespace {

namespace fs = std::filesystem;

bool own(const std::string& path, const std::string& owner, mode_t mode) {
    const auto user = static_cast<uid_t>(std::atoi(owner.c_str()));
    return ::chown(path.c_str(), user, user) == 0 && ::chmod(path.c_str(), mode) == 0;
}

bool make_file(const Arguments& a, mode_t mode) {
    const int file = ::open(a[0].c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (file < 0) return false;
    const bool sized = ::ftruncate(file, 4096) == 0;
    ::close(file);
    return sized && own(a[0], a[1], mode);
}

// One copy for each owner, linked to each place, since a copy takes time.
bool make_program(const Arguments& a) {
    const std::string kept = fs::path(a[0]).parent_path().string() + "/.program-" + a[1];
    std::error_code failed;
    if (!fs::exists(kept, failed) && (!fs::copy_file("/proc/self/exe", kept, failed) || !own(kept, a[1], 0755))) return false;
    fs::create_hard_link(kept, a[0], failed);
    return !failed;
}

}  // namespace

bool set_scene(std::string_view word, const Arguments& a) {
    if (a.empty()) return false;
    std::error_code failed;
    if (word == "mounted") {
        while (::umount2(a[0].c_str(), MNT_DETACH) == 0) {
        }
        fs::create_directories(a[0], failed);
        return ::mount("tmpfs", a[0].c_str(), "tmpfs", 0, nullptr) == 0;
    }
    fs::remove_all(a[0], failed);
    fs::create_directories(fs::path(a[0]).parent_path(), failed);
    if (word == "absent") return !failed;
    if (a.size() < 2) return false;
    if (word == "file") return make_file(a, 0666);
    if (word == "secret") return make_file(a, 0600);
    if (word == "program") return make_program(a);
    if (word == "folder") return fs::create_directory(a[0], failed) && own(a[0], a[1], 0777);
    return false;
}

}  // namespace pavise::vm
