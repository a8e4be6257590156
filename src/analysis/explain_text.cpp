#include "analysis/explain_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace pavise::analysis {
namespace {

// What is denied is logged, and what is allowed is not, unless the profile says otherwise.
std::string_view logging(Answer answer, const std::optional<bool>& is_logged) {
    if (answer == Answer::yes && is_logged.value_or(false)) return " and logged";
    if (answer == Answer::no && !is_logged.value_or(true)) return " and not logged";
    return "";
}

std::string_view word(Answer answer) {
    switch (answer) {
        case Answer::no: return "is not allowed";
        case Answer::yes: return "is allowed";
        case Answer::asked: return "is asked about";
        case Answer::unknown: break;
    }
    return "is allowed or not: it is not known";
}

// `web.pav:3: deny write /root/**`, of a statement of several lines the first.
std::string line(const policy::Rule& rule, const text::Sources& sources) {
    const std::string_view text = sources.slice(rule.origin.span);
    const std::string_view first = text.substr(0, std::min(text.find('\n'), text.size()));
    return fmt::format("{}:{}: {}", sources[rule.origin.span.file].name, sources.position(rule.origin.span).line, first);
}

}  // namespace

std::string render_text(std::span<const Explanation> all, const text::Sources& sources, const Written& written) {
    std::string out;
    for (const Explanation& one : all) {
        const std::string shown = text::quoted(one.object);
        const std::string self = fmt::format("{}{}", word(one.self), logging(one.self, one.self_logged));
        const std::string other = fmt::format("{}{}", word(one.other), logging(one.other, one.other_logged));
        if (self == other)
            out += fmt::format("{} {}", shown, self);
        else
            out += fmt::format("{} {} on files of its own, and {} on those of others", shown, self, other);
        if (!one.targets.empty()) out += fmt::format(", {}", fmt::join(one.targets, " or "));
        out += '\n';
        for (const policy::Rule* rule : one.deciding) {
            out += "  by        " + line(*rule, sources) + "\n";
            for (const std::string& text : written(*rule)) out += "  which is  " + text + "\n";
        }
        for (const policy::Rule* rule : one.overruled) out += "  not by    " + line(*rule, sources) + "\n";
        if (!one.reason.empty()) out += "  since     " + one.reason + "\n";
        for (const std::string& layer : one.other_layers) out += "  but       " + layer + "\n";
    }
    return out;
}

}  // namespace pavise::analysis
