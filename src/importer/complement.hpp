// Hand-made complements: globs that list negated classes to say "everything but a word".
//
//   find_complement("/proc/sys/kernel/{?,??,[^s][^h][^m]**}")
//   → text `[^s][^h][^m]**`, word `shm`, everything `/proc/sys/kernel/**`, excepted `/proc/sys/kernel/shm*`
//
// A row of negated classes matches only what differs from the word in *each* letter, so it passes over `sysrq` as well as over `shmmax`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pavise::importer {

struct Complement {
    std::string text;        // the row of classes with what follows it
    std::string word;        // empty: the classes hold more than one character
    std::string everything;  // the glob without the complement…
    std::string excepted;    // …and what was to be left out; both empty if `word` is
};
std::optional<Complement> find_complement(std::string_view glob);

// "leaves out every name with `s` first, `h` second or `m` third"
std::string what_is_left_out(const Complement& complement);

}  // namespace pavise::importer
