// The grammar as such: no rule can loop without consuming, and the keyword tables are what it takes.
#include "grammar/pavise.hpp"

#include "catch.hpp"
#include "syntax/check.hpp"
#include "syntax/keywords.hpp"

#include <tao/pegtl/contrib/analyze.hpp>

namespace pavise::syntax {

TEST_CASE("no rule of the grammar loops") { CHECK(tao::pegtl::analyze<grammar::language::file>() == 0); }

TEST_CASE("the grammar knows the statement words of each place, and no others") {
    const auto is_known = [](Place place, std::string_view word) {
        std::string text(word);
        if (place == Place::body) text = fmt::format("profile a {{\n{}\n}}\n", word);
        if (place == Place::container) text = fmt::format("profile a {{\ncontainer {{\n{}\n}}\n}}\n", word);
        if (place == Place::test) text = fmt::format("test \"a\" for a {{\n{}\n}}\n", word);
        const Parsed parsed(text);
        return std::none_of(parsed.diagnostics.all().begin(), parsed.diagnostics.all().end(), [](const text::Diagnostic& diagnostic) {
            return diagnostic.code == text::Code::E0101 || diagnostic.code == text::Code::E0104 || diagnostic.code == text::Code::E0120;
        });
    };
    const Place places[] = {Place::file, Place::body, Place::container, Place::test};
    for (const Place place : places) {
        for (const Place from : places) {
            for (const std::string_view word : statement_words(from)) {
                INFO(static_cast<int>(place) << ' ' << word);
                const auto words = statement_words(place);
                CHECK(is_known(place, word) == (std::find(words.begin(), words.end(), word) != words.end()));
            }
        }
    }
}

TEST_CASE("the words of clauses are no objects") {
    for (const std::string_view word : clause_words) {
        INFO(word);
        const std::string tree = dump(Parsed(fmt::format("profile a {{\nallow read /x {} y == z\n}}\n", word)).tree);
        CHECK(tree.find(fmt::format("Word `{}`", word)) == std::string::npos);
    }
    for (const std::string_view word : owner_words)
        CHECK(tree_of(fmt::format("profile a {{\nallow {} read /x\n}}\n", word)).find(fmt::format("Owner `{}`", word)) !=
              std::string::npos);
}

}  // namespace pavise::syntax
