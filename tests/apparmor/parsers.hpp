// The real parsers, through scripts/parsers.
//
//   Compiled made = compile("4.1", text);      // made.binary, or made.error
//   if (made.missing) SKIP_TEST(made.error);
#pragma once

#include "catch.hpp"

#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace pavise::apparmor {

struct Compiled {
    std::string binary;
    std::string error;
    bool missing = false;  // there is no such parser here
    std::string said{};    // all that it printed
};

inline std::string slurp(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

inline Compiled compile(const std::string& version, const std::string& text, const std::string& options = "") {
    namespace fs = std::filesystem;
    const char* root = std::getenv("PAVISE_SOURCE_DIR");
    const fs::path script = fs::path(root != nullptr ? root : ".") / "scripts" / "parsers";
    std::string room_name = (fs::temp_directory_path() / "pavise-parser-XXXXXX").string();
    if (mkdtemp(room_name.data()) == nullptr) return {"", "no temporary directory", true};
    const fs::path room = room_name;
    std::ofstream(room / "in", std::ios::binary) << text;
    const std::string command = "'" + script.string() + "' run " + version + " " + options + " -o '" + (room / "out").string() + "' '" +
                                (room / "in").string() + "' >'" + (room / "said").string() + "' 2>&1";
    const int status = std::system(command.c_str());
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
    Compiled made{slurp(room / "out"), slurp(room / "said"), code == 77 || code == 127};
    made.said = made.error;
    if (code == 0) made.error.clear();
    if (code != 0) made.binary.clear();
    fs::remove_all(room);
    return made;
}

// The targets and the parsers that stand for them; 4.0 is judged by 4.1's, which knows more.
inline constexpr std::array<std::pair<const char*, const char*>, 4> parsers = {
    {{"apparmor-3.0", "3.0"}, {"apparmor-4.0", "4.1"}, {"apparmor-4.1", "4.1"}, {"apparmor-5.0", "5.0"}}};

}  // namespace pavise::apparmor
