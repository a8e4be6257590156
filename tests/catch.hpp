// Catch2, whichever of 2.13 and 3 is there, and a way to skip:
//
//   if (!has_parser()) SKIP_TEST("there is no apparmor_parser here");
#pragma once

#ifdef PAVISE_CATCH2_V3
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include <iostream>

namespace pavise::test {

inline unsigned skipped = 0;  // test cases that said that they can't run here

}  // namespace pavise::test

// Ends a test case that can't run on this machine. It is counted and shown.
#define SKIP_TEST(why)                                                                                       \
    do {                                                                                                     \
        ++pavise::test::skipped;                                                                             \
        std::cerr << "skipped: " << Catch::getResultCapture().getCurrentTestName() << ": " << (why) << '\n'; \
        SUCCEED(why);                                                                                        \
        return;                                                                                              \
    } while (false)
