// The profiles of a file that is asked of, be it a policy, AppArmor text or a compiled policy, as it is or as a revision of git has it.
//
//   const std::unique_ptr<Asked> before = read_asked(run, "git:HEAD:old.bin", settings);    // null: what is wrong was reported
//   analysis::Meaning* web = before->world->find("web");
#pragma once

#include "analysis/world.hpp"
#include "cli/pipeline.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace pavise::cli {

struct Asked {
    std::unique_ptr<policy::Policy> policy;  // of text
    analysis::Compiled compiled;             // of a compiled policy
    std::unique_ptr<analysis::World> world;
};

std::unique_ptr<Asked> read_asked(Run& run, const std::string& path, const Settings& settings);

// By its content, unless the call says what it is.
bool is_compiled(std::string_view bytes, const Settings& settings);

// A compiled policy, called `what` in the report of what is wrong with it; none if something is.
std::optional<analysis::Compiled> read_compiled(Run& run, std::string_view what, std::string_view bytes);

// Null: the bytes are no compiled policy, which was reported.
std::unique_ptr<Asked> asked_of_binary(Run& run, const std::string& path, std::string_view bytes, const Settings& settings);

}  // namespace pavise::cli
