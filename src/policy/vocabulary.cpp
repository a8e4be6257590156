#include "policy/vocabulary.hpp"

#include <algorithm>

namespace pavise::policy {
namespace {

// The tables hold some dozens of short words each; a scan that compares lengths first is as fast as anything here.
template <class Entry>
const Entry* find(std::span<const Entry> table, std::string_view name, std::string_view Entry::*key) {
    const auto found = std::find_if(table.begin(), table.end(), [&](const Entry& entry) { return entry.*key == name; });
    return found == table.end() ? nullptr : &*found;
}

}  // namespace

const Word* find_word(std::span<const Word> table, std::string_view name) { return find(table, name, &Word::name); }

const FileOperation* find_file_operation(std::string_view name) { return find(file_operations(), name, &FileOperation::name); }

const ClassInfo& class_info(RuleClass cls) { return classes()[static_cast<std::size_t>(cls)]; }

const ClassInfo* find_class(std::string_view keyword) { return find(classes(), keyword, &ClassInfo::keyword); }

const FlagInfo* find_flag(std::string_view name) { return find(profile_flags(), name, &FlagInfo::name); }

const LimitInfo* find_limit(std::string_view name) { return find(limits(), name, &LimitInfo::name); }

std::optional<Access> find_access(const ClassInfo& info, std::string_view word) {
    for (std::size_t i = 0; i < info.access.size(); ++i)
        if (info.access[i].name == word) return Access{1} << i;
    return std::nullopt;
}

bool is_signal(std::string_view word) {
    constexpr std::string_view realtime = "rtmin+";
    if (!word.starts_with(realtime)) return find_word(signals(), word) != nullptr;
    const std::string_view number = word.substr(realtime.size());
    if (number.empty() || number.size() > 2 || !std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return false;
    if (number.size() == 1) return true;
    return number[0] != '0' && (number[0] - '0') * 10 + (number[1] - '0') <= 32;
}

std::string_view find_synonym(std::span<const Synonym> table, std::string_view written) {
    const Synonym* const found = find(table, written, &Synonym::written);
    return found == nullptr ? std::string_view{} : found->word;
}

}  // namespace pavise::policy
