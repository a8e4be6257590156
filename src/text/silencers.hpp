// Comments that silence a warning where it is given: `# pavise: allow(LINT) reason`.
//
//   deny append /var/log/**   # pavise: allow(deny-append) the journal renames, it never truncates
//
//   text::Silencers silencers;
//   silencers.apply(sources, diagnostics);       // takes out what is silenced
//   silencers.report_unused(diagnostics);        // W0920: those that had nothing to silence
//
// One behind a statement speaks of what begins on its line; one on a line of its own, of what begins on the next line that holds more than
// a comment. Several lints are separated by white space or commas, and the reason is asked for: W0921 without.
#pragma once

#include "text/diagnostic.hpp"
#include "text/source.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::text {

class Silencers {
public:
    // May be called again, as files and diagnostics come in.
    void apply(const Sources& sources, Diagnostics& diagnostics);
    // `files`: those whose warnings were all looked for, but for `other_lints`.
    void report_unused(const std::vector<FileId>& files, std::span<const std::string_view> other_lints, Diagnostics& diagnostics) const;

private:
    struct Silencer {
        Span span;  // of the lint's name
        std::string lint;
        std::uint32_t line;  // that it speaks of
        bool used = false;
    };
    void read(const Sources& sources, FileId file, Diagnostics& diagnostics);
    void read_comment(const Span& comment, std::string_view text, std::uint32_t line, Diagnostics& diagnostics);

    std::vector<Silencer> all_;
    FileId next_ = 0;  // the first file that was not looked through
};

}  // namespace pavise::text
