#include "apparmor/lower.hpp"

#include <algorithm>

namespace pavise::apparmor {
namespace {

void add_origin(std::vector<policy::Origin>& origins, const policy::Origin& origin) {
    const auto same = [&](const policy::Origin& other) { return other.span == origin.span && other.via == origin.via; };
    if (origins.size() < 64 && std::none_of(origins.begin(), origins.end(), same)) origins.push_back(origin);
}

// In the order that hand-written profiles have them: `mrwkl` and then the exec.
std::string letters(policy::Permissions permissions) {
    namespace p = policy::permission;
    std::string out;
    if (permissions & p::map) out += 'm';
    if (permissions & p::read) out += 'r';
    if (permissions & p::write)
        out += 'w';  // includes `a`, and a rule with both is an error
    else if (permissions & p::append)
        out += 'a';
    if (permissions & p::lock) out += 'k';
    if (permissions & p::link) out += 'l';
    return out;
}

constexpr std::size_t not_a_file = static_cast<std::size_t>(-1);

}  // namespace

void LineSet::add(Group group, std::string text, const policy::Origin& origin) {
    const auto [place, fresh] = index_.try_emplace(text, lines_.size());
    if (fresh) {
        lines_.push_back({group, std::move(text), {origin}});
        file_of_.push_back(not_a_file);
    } else {
        add_origin(lines_[place->second].origins, origin);
    }
}

void LineSet::add_file(const std::string& before, const std::string& path, policy::Permissions permissions, std::string_view exec_letters,
                       const std::string& after, const policy::Origin& origin) {
    std::string key = before + '\n' + path;
    auto [place, fresh] = index_.try_emplace(key, lines_.size());
    if (!fresh && !exec_letters.empty()) {
        FileRule& there = files_[file_of_[place->second]];
        if (there.exec_letters.empty()) {
            there.exec_letters = exec_letters;
            there.after = after;
        } else if (there.exec_letters != exec_letters || there.after != after) {
            key.append("\n").append(exec_letters).append(after);
            std::tie(place, fresh) = index_.try_emplace(std::move(key), lines_.size());
        }
    }
    if (fresh) {
        lines_.push_back({Group::file, {}, {origin}});
        file_of_.push_back(files_.size());
        files_.push_back({before, path, std::string(exec_letters), after, permissions});
        return;
    }
    files_[file_of_[place->second]].permissions |= permissions;
    add_origin(lines_[place->second].origins, origin);
}

std::vector<Line> LineSet::take() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        if (file_of_[i] == not_a_file) continue;
        const FileRule& file = files_[file_of_[i]];
        Line& line = lines_[i];
        if (!file.exec_letters.empty() && file.exec_letters != "x") line.group = Group::exec;
        line.text = file.before;
        line.text.append(file.path).append(" ").append(letters(file.permissions)).append(file.exec_letters).append(file.after).append(",");
    }
    std::stable_sort(lines_.begin(), lines_.end(), [](const Line& a, const Line& b) { return a.group < b.group; });
    return std::move(lines_);
}

}  // namespace pavise::apparmor
