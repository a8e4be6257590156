// Policies of any size that look like real ones: a service a profile, with the statements that services have, in files of their own.
//
//   std::vector<std::string> files = bench::write_policies("/tmp/x", {.profiles = 1000, .lines_per_profile = 100, .profiles_per_file =
//   10});
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace pavise::bench {

struct Shape {
    std::size_t profiles = 0;
    std::size_t lines_per_profile = 100;
    std::size_t profiles_per_file = 10;
};

std::vector<std::string> write_policies(const std::filesystem::path& directory, const Shape& shape);

}  // namespace pavise::bench
