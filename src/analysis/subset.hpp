// The kernel's test of a link under `subset`: the new name must not have a permission that the file does not have.
//
//   SubsetTest test = test_subset(files, std::string("/a\0/b", 5));
//   test.answer == Answer::no;   test.why      // "the link is tested: `write /a` is allowed, and `write /b` is not"
//
// As `aa_path_link` in security/apparmor/file.c makes it, for a process that owns both. Of programs, the new one must run under what the
// other does.
#pragma once

#include "analysis/decide.hpp"

#include <string>
#include <string_view>

namespace pavise::analysis {

struct SubsetTest {
    Answer answer = Answer::yes;
    std::string why{};  // unless it holds
};

SubsetTest test_subset(const Language& files, std::string_view pair);

}  // namespace pavise::analysis
