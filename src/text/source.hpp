// Source files and places in them.
//
// Every input (a file, standard input, a standard-library module, a test's string) is registered once in `Sources` and named by a `FileId`
// afterwards; a `Span` is a half-open byte range in one file. Lines and columns are computed on demand, 1-based; columns count bytes.
//
//   text::Sources sources;
//   text::FileId id = sources.add("a.pav", "profile a {}\n");
//   text::Position p = sources.position({id, 8, 9});   // line 1, column 9
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::text {

using FileId = std::uint32_t;

struct Span {
    FileId file = 0;
    std::uint32_t begin = 0;  // byte offset
    std::uint32_t end = 0;    // byte offset, one past the last
    friend bool operator==(const Span&, const Span&) = default;
};

struct Position {
    std::uint32_t line = 1;
    std::uint32_t column = 1;  // in bytes
    friend bool operator==(const Position&, const Position&) = default;
};

struct Source {
    std::string name;  // as the user wrote it, `<stdin>`, or `std/container.pav`
    std::string text;
    std::vector<std::uint32_t> line_starts;  // offset of each line's first byte; filled by `Sources::add`
};

// Owns all sources of a run. References stay valid while it lives.
class Sources {
public:
    FileId add(std::string name, std::string text);
    const Source& operator[](FileId id) const { return sources_[id]; }
    std::size_t size() const { return sources_.size(); }

    Position position(FileId file, std::uint32_t offset) const;
    Position position(const Span& span) const { return position(span.file, span.begin); }
    std::string_view slice(const Span& span) const;
    // The text of a 1-based line without its line end (CR LF included).
    std::string_view line(FileId file, std::uint32_t number) const;

private:
    std::deque<Source> sources_;
};

}  // namespace pavise::text
