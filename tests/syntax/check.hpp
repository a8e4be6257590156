// Parsing in tests.
//
//   CHECK(tree_of("let a = /x") == "File\n  Let\n    Word `a`\n    Path `/x`\n");
//   CHECK(problems("import\n") == "1:7 E0102 a module is missing | write …\n");
#pragma once

#include "syntax/dump.hpp"
#include "syntax/parse.hpp"

#include <fmt/format.h>
#include <string>

namespace pavise::syntax {

struct Parsed {
    explicit Parsed(std::string text) : file(sources.add("test.pav", std::move(text))), tree(parse(sources, file, diagnostics)) {}

    text::Sources sources;
    text::FileId file;
    text::Diagnostics diagnostics;
    Tree tree;
};

// One line for each diagnostic: place, code, the exact text underlined, the message, the helps.
inline std::string problems(const Parsed& parsed) {
    std::string out;
    for (const text::Diagnostic& diagnostic : parsed.diagnostics.all()) {
        const text::Position place = parsed.sources.position(*diagnostic.span);
        out += fmt::format("{}:{} {} <{}> {}", place.line, place.column, text::info(diagnostic.code).name,
                           parsed.sources.slice(*diagnostic.span), diagnostic.message);
        for (const std::string& help : diagnostic.helps) out += " | " + help;
        out += '\n';
    }
    return out;
}
inline std::string problems(std::string text) { return problems(Parsed(std::move(text))); }

// The tree of a text that must have no diagnostics.
inline std::string tree_of(std::string text) {
    const Parsed parsed(std::move(text));
    return problems(parsed) + dump(parsed.tree);
}

// The text after the fix of the first diagnostic that has a certain one.
inline std::string fixed(std::string text) {
    const Parsed parsed(text);
    for (const text::Diagnostic& diagnostic : parsed.diagnostics.all()) {
        if (!diagnostic.fix || !diagnostic.fix->certain) continue;
        const text::Span place = diagnostic.fix->span;
        return text.replace(place.begin, place.end - place.begin, diagnostic.fix->replacement);
    }
    return text;
}

}  // namespace pavise::syntax
