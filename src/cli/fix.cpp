#include "cli/fix.hpp"

#include <algorithm>
#include <tuple>

namespace pavise::cli {

std::size_t apply_certain_fixes(const Run& run, Edits& edited) {
    std::vector<const text::Fix*> fixes;
    for (const text::Diagnostic& diagnostic : run.diagnostics.all()) {
        if (!diagnostic.fix || !diagnostic.fix->certain) continue;
        if (std::find(run.inputs.begin(), run.inputs.end(), diagnostic.fix->span.file) != run.inputs.end())
            fixes.push_back(&*diagnostic.fix);
    }
    std::sort(fixes.begin(), fixes.end(), [](const text::Fix* a, const text::Fix* b) {
        return std::tie(a->span.file, a->span.begin, a->span.end) < std::tie(b->span.file, b->span.begin, b->span.end);
    });
    std::size_t applied = 0;
    for (auto at = fixes.begin(); at != fixes.end();) {
        const text::FileId file = (*at)->span.file;
        const std::string& before = run.sources[file].text;
        std::string after;
        std::size_t copied = 0;
        const text::Fix* last = nullptr;
        for (; at != fixes.end() && (*at)->span.file == file; ++at) {
            const text::Fix& fix = **at;
            const bool overlaps = last != nullptr && (fix.span.begin < copied || fix.span == last->span);
            if (overlaps || fix.span.end > before.size()) continue;
            after.append(before, copied, fix.span.begin - copied).append(fix.replacement);
            copied = fix.span.end;
            last = &fix;
            ++applied;
        }
        after.append(before, copied);
        edited[run.sources[file].name] = std::move(after);
    }
    return applied;
}

}  // namespace pavise::cli
