// What make and ninja want to know: which outputs depend on which inputs.
//
//   make_depfile({"out/apparmor.d/a b"}, {"a.pav"}).text == "out/apparmor.d/a\\ b: \\\n a.pav\n\na.pav:\n"
//   make_depfile({"out/a"}, {"a;b.pav"}).unnamable == "a;b.pav"
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace pavise::cli {

struct Depfile {
    std::string text;
    std::optional<std::string> unnamable;  // a file that make or ninja would take for another, or for no file; then there is no text
};

// Each input is a target without prerequisites too, so that make goes on when one is deleted.
Depfile make_depfile(const std::vector<std::string>& targets, const std::vector<std::string>& inputs);

}  // namespace pavise::cli
