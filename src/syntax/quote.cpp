#include "syntax/quote.hpp"

namespace pavise::syntax {

bool is_quoted(std::string_view word) { return word.starts_with('"'); }

std::string unquote(std::string_view word) {
    if (!is_quoted(word)) return std::string(word);
    word.remove_prefix(1);
    std::string out;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (word[i] == '"') break;
        if (word[i] == '\\' && i + 1 < word.size()) {
            if (word[i + 1] != '"') out += '\\';
            ++i;
        }
        out += word[i];
    }
    return out;
}

}  // namespace pavise::syntax
