// A folder for the files that apparmor_parser reads and writes, gone at the end.
//
//   const TemporaryFolder folder;
//   folder.path() + "/profile"     // an empty path: there is no room for one
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace pavise::apparmor {

class TemporaryFolder {
public:
    TemporaryFolder() {
        std::error_code code;
        std::string name = (std::filesystem::temp_directory_path(code) / "pavise-XXXXXX").string();
        if (mkdtemp(name.data()) != nullptr) path_ = name;
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() {
        std::error_code code;
        if (!path_.empty()) std::filesystem::remove_all(path_, code);
    }
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

}  // namespace pavise::apparmor
