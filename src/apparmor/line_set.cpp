#include "apparmor/lower.hpp"

#include <algorithm>
#include <iterator>

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

// Where `deny` stands among the qualifiers of a rule that is quiet.
std::size_t start_of_deny(std::string_view text) {
    const std::size_t begin = text.starts_with("priority=") ? text.find(' ') + 1 : 0;
    return text.substr(begin).starts_with("deny ") ? begin : std::string_view::npos;
}

bool is_deny(std::string_view text) {
    if (text.starts_with("priority=")) text.remove_prefix(text.find(' ') + 1);
    if (text.starts_with("audit ")) text.remove_prefix(std::string_view("audit ").size());
    return text.starts_with("deny ");
}

constexpr std::string_view kept = "\nkept";  // of a key: what is kept is not joined with the policy's own

constexpr std::size_t not_a_file = static_cast<std::size_t>(-1);

}  // namespace

bool LineSet::is_kept(std::string_view text, const policy::Origin& origin) const {
    return beside_.of_apparmor && is_deny(text) && beside_.of_apparmor(origin);
}

void LineSet::add(Group group, std::string text, const policy::Origin& origin) {
    const bool keeps = is_kept(text, origin);
    const auto [place, fresh] = index_.try_emplace(keeps ? text + std::string(kept) : text, lines_.size());
    if (fresh) {
        kept_.push_back(keeps);
        lines_.push_back({group, std::move(text), {origin}});
        file_of_.push_back(not_a_file);
    } else {
        add_origin(lines_[place->second].origins, origin);
    }
}

void LineSet::add_file(const std::string& before, const std::string& path, policy::Permissions permissions, std::string_view exec_letters,
                       const std::string& after, const policy::Origin& origin) {
    const bool keeps = is_kept(before, origin);
    std::string key = before + '\n' + path;
    if (keeps) key += kept;
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
        kept_.push_back(keeps);
        lines_.push_back({Group::file, {}, {origin}});
        file_of_.push_back(files_.size());
        files_.push_back({before, path, std::string(exec_letters), after, permissions});
        return;
    }
    files_[file_of_[place->second]].permissions |= permissions;
    add_origin(lines_[place->second].origins, origin);
}

// Of two denies for one thing, one quiet and one audited, AppArmor would be quiet; the audited one is to win. AppArmor's own text means
// what AppArmor makes of it.
void LineSet::drop_muting() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        if (kept_[i]) continue;
        FileRule* file = file_of_[i] == not_a_file ? nullptr : &files_[file_of_[i]];
        std::string& text = file == nullptr ? lines_[i].text : file->before;
        const std::size_t deny = start_of_deny(text);
        if (deny == std::string::npos) continue;
        std::string audited = text;
        audited.insert(deny, "audit ");
        if (file == nullptr) {
            if (index_.contains(audited)) text.clear();
            continue;
        }
        const auto found = index_.find(audited + '\n' + file->path);
        if (found == index_.end()) continue;
        const policy::Permissions logged = files_[file_of_[found->second]].permissions;
        file->permissions &= ~logged;
        if (logged & policy::permission::exec) file->exec_letters.clear();
    }
}

std::vector<Line> LineSet::take() {
    drop_muting();
    std::vector<Line> links;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        if (file_of_[i] == not_a_file) continue;
        FileRule& file = files_[file_of_[i]];
        Line& line = lines_[i];
        if (!file.after.empty() && (file.permissions & policy::permission::link)) {  // the arrow could be the link's
            links.push_back({Group::file, file.before + file.path + " l,", line.origins});
            file.permissions &= ~policy::permission::link;
        }
        if (file.permissions == 0) continue;
        if (!file.exec_letters.empty() && file.exec_letters != "x") line.group = Group::exec;
        line.text = file.before;
        line.text.append(file.path).append(" ").append(letters(file.permissions)).append(file.exec_letters).append(file.after).append(",");
    }
    lines_.insert(lines_.end(), std::make_move_iterator(links.begin()), std::make_move_iterator(links.end()));
    std::erase_if(lines_, [](const Line& line) { return line.text.empty(); });
    std::stable_sort(lines_.begin(), lines_.end(), [](const Line& a, const Line& b) { return a.group < b.group; });
    return std::move(lines_);
}

}  // namespace pavise::apparmor
