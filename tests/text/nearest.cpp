#include "text/nearest.hpp"

#include "catch.hpp"

#include <array>
#include <string>

namespace pavise::text {

TEST_CASE("the nearest candidate is one of few changes") {
    using namespace std::string_view_literals;
    constexpr std::array candidates = {"allow"sv, "deny"sv, "audit"sv, "include"sv, "no-new-privileges"sv, "if"sv};
    CHECK(nearest("alow", candidates) == "allow");
    CHECK(nearest("allwo", candidates) == "allow");
    CHECK(nearest("DENY", candidates) == "deny");
    CHECK(nearest("incldue", candidates) == "include");
    CHECK(nearest("no_new_privileges", candidates) == "no-new-privileges");
    CHECK_FALSE(nearest("permit", candidates));
    CHECK_FALSE(nearest("xy", candidates));
    CHECK_FALSE(nearest("a", candidates));
    CHECK_FALSE(nearest("", candidates));
    CHECK_FALSE(nearest(std::string(100'000, 'a'), candidates));
}

}  // namespace pavise::text
