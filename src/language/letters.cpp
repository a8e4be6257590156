#include "language/letters.hpp"

#include <vector>

namespace pavise::language {
namespace {

struct ExecLetters {
    std::string_view letters;
    std::string_view unsafe;
    std::string_view target;
};
// The longest first. Lower-case transitions keep the environment.
constexpr ExecLetters exec_table[] = {
    {"PUx", "", " -> profile or unconfined"},
    {"pux", " unsafe", " -> profile or unconfined"},
    {"CUx", "", " -> child or unconfined"},
    {"cux", " unsafe", " -> child or unconfined"},
    {"Pix", "", " -> profile or inherit"},
    {"pix", " unsafe", " -> profile or inherit"},
    {"Cix", "", " -> child or inherit"},
    {"cix", " unsafe", " -> child or inherit"},
    {"Px", "", " -> profile"},
    {"px", " unsafe", " -> profile"},
    {"Cx", "", " -> child"},
    {"cx", " unsafe", " -> child"},
    {"Ux", "", " -> unconfined"},
    {"ux", " unsafe", " -> unconfined"},
    {"ix", "", ""},
    {"x", "", ""},
};

std::string_view operation(char letter) {
    switch (letter) {
        case 'r': return "read";
        case 'w': return "write";
        case 'a': return "append";
        case 'l': return "link";
        case 'k': return "lock";
        case 'm': return "map";
        default: return {};
    }
}

}  // namespace

std::optional<Letters> letters(std::string_view word) {
    std::vector<std::string_view> operations;
    const ExecLetters* exec = nullptr;
    while (!word.empty()) {
        if (const std::string_view one = operation(word.front()); !one.empty()) {
            operations.push_back(one);
            word.remove_prefix(1);
            continue;
        }
        const ExecLetters* found = nullptr;
        for (const ExecLetters& candidate : exec_table) {
            if (!word.starts_with(candidate.letters)) continue;
            found = &candidate;
            break;
        }
        if (found == nullptr || exec != nullptr) return std::nullopt;
        exec = found;
        operations.emplace_back("exec");
        word.remove_prefix(found->letters.size());
    }
    if (operations.empty()) return std::nullopt;
    Letters result;
    for (const std::string_view one : operations) {
        if (!result.operations.empty()) result.operations += ' ';
        result.operations += one;
    }
    if (operations.size() > 1) result.operations = '[' + result.operations + ']';
    if (exec != nullptr) {
        result.operations += exec->unsafe;
        result.target = exec->target;
    }
    return result;
}

}  // namespace pavise::language
