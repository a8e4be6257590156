#include "syntax/format.hpp"

#include "syntax/parse.hpp"
#include "syntax/same_tree.hpp"

namespace pavise::syntax {

bool says_the_same(const Tree& tree, const std::string& printed, text::Diagnostics& diagnostics) {
    text::Sources sources;
    text::Diagnostics unread;
    const text::FileId file = sources.add("", printed);
    const Tree again = parse(sources, file, unread);
    const std::optional<text::Span> place = difference(tree, again);
    if (!place && !unread.has_errors()) return true;
    diagnostics
        .add(text::Code::E0128, place ? *place : tree.root().span(), "the layout would change what is said here; the file is left as it is")
        .help("this is a mistake of Pavise: report it with this statement");
    return false;
}

std::optional<std::string> format(const text::Sources& sources, text::FileId file, text::Diagnostics& diagnostics) {
    text::Diagnostics of_file;
    const Tree tree = parse(sources, file, of_file);
    const bool is_broken = of_file.has_errors();
    diagnostics.append(std::move(of_file));
    if (is_broken) return std::nullopt;
    std::string printed = print(tree);
    if (!says_the_same(tree, printed, diagnostics)) return std::nullopt;
    return printed;
}

}  // namespace pavise::syntax
