#include "language/rule_words.hpp"

#include "text/nearest.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace pavise::language {
namespace {

using text::Code;

std::string lower(std::string_view word) {
    std::string result(word);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

bool contains(const std::vector<std::string_view>& known, std::string_view word) {
    return std::find(known.begin(), known.end(), word) != known.end();
}

// `CAP_NET_ADMIN`, `SIGTERM`, `AF_INET`, `SOCK_STREAM` in the form that the tables have.
std::string_view without_prefix(std::string_view word) {
    for (const std::string_view prefix : {"cap_", "sig", "af_", "pf_", "sock_", "ms_"})
        if (word.starts_with(prefix)) return word.substr(prefix.size());
    return {};
}

std::string meant(std::string_view written, const std::vector<std::string_view>& known, std::span<const policy::Synonym> synonyms) {
    const std::string_view synonym = policy::find_synonym(synonyms, written);
    if (!synonym.empty()) return std::string(synonym);
    const std::string small = lower(written);
    if (contains(known, small)) return small;
    const std::string_view bare = without_prefix(small);
    if (contains(known, bare)) return std::string(bare);
    const std::string_view bare_synonym = policy::find_synonym(synonyms, bare);
    if (!bare_synonym.empty()) return std::string(bare_synonym);
    std::string dashed = small;
    std::replace(dashed.begin(), dashed.end(), '-', '_');
    if (contains(known, dashed)) return dashed;
    return text::nearest(written, known).value_or(std::string{});
}

}  // namespace

std::vector<std::string_view> names(std::span<const policy::Word> table) {
    std::vector<std::string_view> result;
    append_names(result, table);
    return result;
}

void append_names(std::vector<std::string_view>& to, std::span<const policy::Word> table) {
    for (const policy::Word& word : table) to.push_back(word.name);
}

std::string listed(const std::vector<std::string_view>& words) {
    std::string result;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) result += i + 1 == words.size() ? " and " : ", ";
        result += fmt::format("`{}`", words[i]);
    }
    return result;
}

void report_unknown_word(Context& context, const Element& element, std::string_view what, const std::vector<std::string_view>& known,
                         std::span<const policy::Synonym> synonyms, std::string_view hint) {
    std::string word = meant(element.text, known, synonyms);
    if (word.find(' ') != std::string::npos) word = fmt::format("[{}]", word);
    text::Diagnostic& made = report(context, Code::E0306, element, fmt::format("there is no {} {}", what, text::quoted(element.text)));
    made.label(fmt::format("no {}", what));
    if (!word.empty()) {
        made.help(fmt::format("did you mean `{}`?", word));
        if (!element.from_constant) made.fix_with(element.span, word, false);
    } else if (known.size() <= 12) {
        made.help(fmt::format("write {}{}", known.size() > 1 ? "one of " : "", listed(known)));
    } else if (!hint.empty()) {
        made.help(std::string(hint));
    }
}

bool check_word(Context& context, const Element& element, const WordKind& kind) {
    if (policy::find_word(kind.table, element.text) != nullptr) return true;
    report_unknown_word(context, element, kind.name, names(kind.table), kind.synonyms, kind.hint);
    return false;
}

policy::Access access_of(Context& context, const policy::ClassInfo& info, const std::vector<Element>& elements) {
    policy::Access access = 0;
    for (const Element& element : elements) {
        if (const auto bit = policy::find_access(info, element.text))
            access |= *bit;
        else
            report_unknown_word(context, element, fmt::format("{} access", info.keyword), names(info.access),
                                policy::access_synonyms(info.cls));
    }
    return access;
}

bool is_access_list(const policy::ClassInfo& info, const std::vector<Element>& elements) {
    return std::any_of(elements.begin(), elements.end(), [&](const Element& element) {
        return policy::find_access(info, element.text) || !policy::find_synonym(policy::access_synonyms(info.cls), element.text).empty();
    });
}

}  // namespace pavise::language
