#include "apparmor/binary.hpp"

#include "apparmor/binary_bytes.hpp"
#include "catch.hpp"

#include <random>

using namespace pavise::apparmor::binary;

namespace {

std::string fault(const std::string& bytes) {
    const auto made = read(bytes);
    const auto* found = std::get_if<Fault>(&made);
    return found == nullptr ? "" : found->message;
}

}  // namespace

TEST_CASE("a compiled profile is read, and its automaton steps", "[binary]") {
    const auto made = read(record(Tables().bytes()) + record(Tables().bytes(), 0x5, "web//kid"));
    const auto* all = std::get_if<std::vector<Profile>>(&made);
    REQUIRE(all != nullptr);
    REQUIRE(all->size() == 2);
    CHECK(all->front().name == "web");
    CHECK(all->front().abi == 7);
    CHECK(all->back().name == "web//kid");
    CHECK(all->back().abi == 5);
    const Dfa& dfa = all->front().file->dfa;
    CHECK(dfa.step(1, '/') == 2);
    CHECK(dfa.step(1, 'a') == 0);
    CHECK(dfa.step(2, '/') == 0);
    CHECK(dfa.accept[2] == 4);
    CHECK(is_binary(record(Tables().bytes())));
    CHECK_FALSE(is_binary("profile web {}"));
}

TEST_CASE("what a state does not differ in is looked up in its default", "[binary]") {
    Tables tables;
    tables.flags = 1;
    tables.base = {0, 1, 0x80000000};
    tables.otherwise = {0, 0, 1};
    const auto made = read(record(tables.bytes()));
    REQUIRE(std::holds_alternative<std::vector<Profile>>(made));
    CHECK(std::get<0>(made).front().file->dfa.step(2, '/') == 2);
    CHECK(std::get<0>(made).front().file->dfa.step(2, 'a') == 0);
}

TEST_CASE("an automaton that leads out of its tables or goes on for ever is refused", "[binary]") {
    Tables tables;
    SECTION("base") {
        tables.base[1] = 2;
        CHECK(fault(record(tables.bytes())) == "state 1 has its transitions outside of the table");
    }
    SECTION("next") {
        tables.next['/' + 1] = 3;
        CHECK(fault(record(tables.bytes())) == "transition 48 leads to a state that is not there");
    }
    SECTION("default") {
        tables.otherwise[2] = 9;
        CHECK(fault(record(tables.bytes())) == "state 2 leads to one that is not there");
    }
    SECTION("a chain that comes back") {
        tables.flags = 1;
        tables.base = {0, 0x80000001, 0x80000000};
        tables.otherwise = {0, 2, 1};
        CHECK(fault(record(tables.bytes())) == "state 1 hangs on itself for what it does not differ in");
    }
    SECTION("the trap") {
        tables.next['a'] = 1;
        CHECK(fault(record(tables.bytes())) == "the state that traps leads on");
    }
    SECTION("lengths") {
        tables.accept2.push_back(0);
        CHECK(fault(record(tables.bytes())) == "a table has not one number for each state");
    }
}

TEST_CASE("a fault is told with its place", "[binary]") {
    const std::string whole = record(Tables().bytes());
    const auto place = [](const std::string& bytes) { return std::get<Fault>(read(bytes)).offset; };
    CHECK(place("") == 0);
    CHECK(place(record(Tables().bytes(), 4)) == 0);
    CHECK(fault(record(Tables().bytes(), 4)) == "its ABI is 4, and those from 5 to 9 are known");
    CHECK(place(whole.substr(0, whole.size() - 1)) == whole.size() - 1);
    CHECK(place(whole + "x") == whole.size());
    CHECK(fault(whole + "x") == "here belongs a number of 32 bits named `version`");
}

TEST_CASE("a compressed policy is told from others", "[binary]") {
    const std::string head("\1\3\0\0\0\0\0\0\x28\xb5\x2f\xfd", 12);
    CHECK(is_binary(head + "x"));
    CHECK(fault(head + "x").starts_with("it is compressed: "));
    for (std::size_t length = 0; length < head.size(); ++length) CHECK_FALSE(is_binary(head.substr(0, length)));
}

TEST_CASE("no bytes crash the reader of compiled policies", "[binary]") {
    const std::string whole = record(Tables().bytes());
    for (std::size_t length = 0; length < whole.size(); ++length) CHECK(fault(whole.substr(0, length)) != "");
    std::mt19937 random(7);
    std::size_t taken = 0;
    for (int round = 0; round < 3000; ++round) {
        std::string changed = whole;
        for (int i = 0; i < 1 + round % 4; ++i) changed[random() % changed.size()] ^= static_cast<char>(1U << random() % 8);
        const auto made = read(changed);
        const auto* all = std::get_if<std::vector<Profile>>(&made);
        if (all == nullptr) continue;
        ++taken;
        for (std::uint32_t state = 0; state < all->front().file->dfa.size(); ++state)
            for (unsigned byte = 0; byte < 256; ++byte)
                REQUIRE(all->front().file->dfa.step(state, static_cast<std::uint8_t>(byte)) < all->front().file->dfa.size());
    }
    CHECK(taken > 0);
}
