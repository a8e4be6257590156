// Puts the rules of a filter together, statement by statement: first all that allow, then all that deny.
//
//   FilterMaker maker;
//   maker.allow({"socket"}, {}, {});
//   maker.deny("socket", {{1, Compare::masked_equal, SOCK_RAW, 0xf}}, {}, std::nullopt);
//   Filter filter = maker.take();   // four rules, one for each bit in which a type may differ from SOCK_RAW
#pragma once

#include "layers/filter.hpp"

namespace pavise::layers {

// Where `index & mask` differs from the value: in one of its bits.
std::vector<ArgumentTest> differs(unsigned index, std::uint64_t value, std::uint64_t mask);

class FilterMaker {
public:
    // All tests of `where` hold, and `when` does.
    std::optional<FilterError> allow(const std::vector<std::string>& names, const std::vector<ArgumentTest>& where, const When& when);
    // With an `error` the call is answered so; else as what nothing is said of.
    std::optional<FilterError> deny(const std::string& name, const std::vector<ArgumentTest>& where, const When& when,
                                    std::optional<unsigned> error);
    Filter take();

private:
    bool is_allowed_whole(const std::string& name) const;
    void add(FilterRule made);

    Filter filter_;
};

}  // namespace pavise::layers
