#include "golden/layout.hpp"

#include "syntax/format.hpp"

#include <fmt/format.h>

namespace pavise::golden {
namespace {

std::optional<std::string> formatted(const std::string& name, const std::string& text) {
    text::Sources sources;
    text::Diagnostics diagnostics;
    return syntax::format(sources, sources.add(name, text), diagnostics);
}

// The emitted texts without the places at the ends of their lines.
std::string without_places(const Outcome& outcome) {
    std::string out;
    for (const apparmor::OutputFile& file : outcome.emitted) {
        out += file.file_name + '\n';
        for (std::size_t at = 0; at < file.text.size();) {
            const std::size_t end = std::min(file.text.find('\n', at), file.text.size());
            std::string line = file.text.substr(at, end - at);
            if (const std::size_t place = line.find(",  "); place != std::string::npos && line.find('#', place) != std::string::npos)
                line.resize(place + 1);
            out += line + '\n';
            at = end + 1;
        }
    }
    return out;
}

}  // namespace

std::vector<std::string> layout_mistakes(const Case& it, const Outcome& outcome) {
    std::vector<std::string> found;
    Case laid_out = it;
    for (auto& [name, text] : laid_out.files) {
        if (!name.ends_with(".pav")) continue;
        const std::optional<std::string> once = formatted(name, text);
        if (!once) {
            found.push_back(fmt::format("{} can't be formatted", name));
            continue;
        }
        const std::optional<std::string> twice = formatted(name, *once);
        if (twice != once)
            found.push_back(fmt::format("{} changes again when it is formatted twice:\n{}\n{}", name, *once, twice.value_or("")));
        text = *once;
    }
    if (found.empty() && without_places(run(laid_out)) != without_places(outcome))
        found.emplace_back("builds to another profile once it is formatted");
    return found;
}

}  // namespace pavise::golden
