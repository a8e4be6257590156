#include "text/source.hpp"

#include <algorithm>
#include <cstring>

namespace pavise::text {

FileId Sources::add(std::string name, std::string text) {
    Source& source = sources_.emplace_back(Source{std::move(name), std::move(text), {0}});
    const char* const first = source.text.data();
    const char* const last = first + source.text.size();
    for (const char* at = first; at != last;) {
        const void* found = std::memchr(at, '\n', static_cast<std::size_t>(last - at));
        if (found == nullptr) break;
        at = static_cast<const char*>(found) + 1;
        source.line_starts.push_back(static_cast<std::uint32_t>(at - first));
    }
    return static_cast<FileId>(sources_.size() - 1);
}

Position Sources::position(FileId file, std::uint32_t offset) const {
    const std::vector<std::uint32_t>& starts = sources_[file].line_starts;
    const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
    const auto line = static_cast<std::uint32_t>(after - starts.begin());
    return {line, offset - starts[line - 1] + 1};
}

std::string_view Sources::slice(const Span& span) const {
    return std::string_view(sources_[span.file].text).substr(span.begin, span.end - span.begin);
}

std::string_view Sources::line(FileId file, std::uint32_t number) const {
    const Source& source = sources_[file];
    if (number == 0 || number > source.line_starts.size()) return {};
    const std::size_t begin = source.line_starts[number - 1];
    std::size_t end = number < source.line_starts.size() ? source.line_starts[number] : source.text.size();
    while (end > begin && (source.text[end - 1] == '\n' || source.text[end - 1] == '\r')) --end;
    return std::string_view(source.text).substr(begin, end - begin);
}

}  // namespace pavise::text
