#include "cli/console.hpp"

#include "cli/version.hpp"
#include "text/render.hpp"

#include <algorithm>

namespace pavise::cli {

bool colored(const Console& console, const Arguments& arguments, bool is_terminal) {
    const std::string when = arguments.value("color").value_or("auto");
    return when == "always" || (when == "auto" && is_terminal && !console.no_color);
}

Format format_of(const Arguments& arguments) {
    const std::string name = arguments.value("format").value_or("text");
    return name == "json" ? Format::json : name == "sarif" ? Format::sarif : Format::text;
}

void report(text::Diagnostics& diagnostics, const text::Sources& sources, const Arguments& arguments, Console& console,
            bool machine_readable_to_out) {
    std::string& machine_readable = machine_readable_to_out ? console.out : console.err;
    diagnostics.sort_by_place();
    switch (format_of(arguments)) {
        case Format::text:
            console.err += render_text(diagnostics, sources, {colored(console, arguments, console.err_is_terminal), console.width});
            break;
        case Format::json: machine_readable += render_json(diagnostics, sources); break;
        case Format::sarif: machine_readable += render_sarif(diagnostics, sources, version()); break;
    }
}

int status_of(const text::Diagnostics& diagnostics) {
    if (!diagnostics.has_errors()) return 0;
    const bool outside = std::any_of(diagnostics.all().begin(), diagnostics.all().end(), [](const text::Diagnostic& diagnostic) {
        const std::string_view name = text::info(diagnostic.code).name;
        return diagnostic.severity == text::Severity::error && (name.starts_with("E06") || name.starts_with("E07"));
    });
    return outside ? 2 : 1;
}

}  // namespace pavise::cli
