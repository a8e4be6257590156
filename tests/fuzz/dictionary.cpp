// Prints the words that both languages have as a libFuzzer dictionary, made from the tables that Pavise itself uses. What only one has is
// in pavise.dict and apparmor.dict.
#include "policy/vocabulary.hpp"

#include <fmt/format.h>

#include <set>
#include <string>

using namespace pavise::policy;

namespace {

void add(std::set<std::string>& words, std::span<const Word> table) {
    for (const Word& word : table) words.emplace(word.name);
}

}  // namespace

int main() {
    std::set<std::string> words;
    for (const FileOperation& operation : file_operations()) words.emplace(operation.name);
    for (const ClassInfo& info : classes()) {
        words.emplace(info.keyword);
        add(words, info.access);
        for (const ConditionInfo& condition : info.conditions) words.insert(fmt::format("{}=", condition.spelled));
    }
    for (const auto table :
         {capabilities(), network_families(), socket_types(), network_protocols(), signals(), mount_options(), errno_names(), modes()})
        add(words, table);
    for (const FlagInfo& flag : profile_flags()) words.emplace(flag.name);
    for (const LimitInfo& limit : limits()) words.emplace(limit.name);

    for (const std::string& word : words) {
        std::string quoted;
        for (const char c : word)
            quoted += c == '"' || c == '\\' ? fmt::format("\\{}", c) : c < ' ' ? fmt::format("\\x{:02x}", c) : std::string(1, c);
        fmt::print("\"{}\"\n", quoted);
    }
}
