// What make and ninja want to know: which outputs depend on which inputs.
//
//   make_depfile({"out/apparmor.d/a b"}, {"a.pav"}) == "out/apparmor.d/a\\ b: \\\n a.pav\n\na.pav:\n"
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace pavise::cli {

// Each input is a target without prerequisites too, so that make goes on when one is deleted. Nothing, if a name can't be written.
std::optional<std::string> make_depfile(const std::vector<std::string>& targets, const std::vector<std::string>& inputs);

}  // namespace pavise::cli
