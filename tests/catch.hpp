// Catch2, whichever of 2.13 and 3 is there.
#pragma once

#ifdef PAVISE_CATCH2_V3
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
