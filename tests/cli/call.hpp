// A command line run in this process, in a folder of its own.
//
//   Folder folder;
//   folder.write("a.pav", "profile a {}\n");
//   Called called = call({"check", folder / "a.pav"});   // called.status, called.out, called.err
#pragma once

#include "cli/commands.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace pavise::cli {

struct Called {
    int status;
    std::string out;
    std::string err;
};

inline Called call(const std::vector<std::string>& words) {
    Console console;
    const int status = dispatch(words, console);
    return {status, console.out, console.err};
}

class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "pavise-test-XXXXXX").string();
        path_ = mkdtemp(name.data());
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code code;
        std::filesystem::remove_all(path_, code);
    }
    std::string operator/(const std::string& name) const { return path_ + "/" + name; }
    std::string write(const std::string& name, const std::string& text) const {
        std::filesystem::create_directories(std::filesystem::path(*this / name).parent_path());
        std::ofstream(*this / name, std::ios::binary) << text;
        return *this / name;
    }
    std::string read(const std::string& name) const {
        std::ifstream in(*this / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    bool has(const std::string& name) const { return std::filesystem::exists(*this / name); }
    std::size_t entries(const std::string& name = "") const {
        const std::filesystem::directory_iterator all(*this / name);
        return static_cast<std::size_t>(std::distance(begin(all), end(all)));
    }

private:
    std::string path_;
};

}  // namespace pavise::cli
