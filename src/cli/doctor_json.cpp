// The shape is described in docs/json.md.
#include "cli/doctor.hpp"

#include <nlohmann/json.hpp>

namespace pavise::cli {

std::string render_json(const machine::Findings& findings) {
    using nlohmann::ordered_json;
    ordered_json all = ordered_json::array();
    for (const machine::Finding& one : findings) {
        ordered_json made{{"level", word(one.level)}, {"topic", one.topic}, {"state", one.state}};
        if (!one.meaning.empty()) made["meaning"] = one.meaning;
        if (!one.advice.empty()) made["advice"] = one.advice;
        all.push_back(std::move(made));
    }
    constexpr int indent = 2;
    return ordered_json{{"version", 1}, {"findings", std::move(all)}}.dump(indent, ' ', false, ordered_json::error_handler_t::replace) +
           '\n';
}

}  // namespace pavise::cli
