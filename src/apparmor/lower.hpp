// One profile's rules as lines of AppArmor text, in groups, each with the statements it came from. Layout is emit.cpp's.
//
//   std::vector<Line> lines = lower(profile, target);
//   lines[0].group == Group::capability;  lines[0].text == "capability chown,";
//
// For profiles that both checks passed: what has no form here has been refused there.
#pragma once

#include "apparmor/target.hpp"
#include "policy/profile.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pavise::apparmor {

// In the order in which they are written.
enum class Group : std::uint8_t {
    everything,
    capability,
    network,
    mount,
    signal,
    ptrace,
    unix_,
    dbus,
    mqueue,
    userns,
    io_uring,
    file,
    exec,
    link,
    change_profile,
    limit,
};

struct Line {
    Group group = Group::file;
    std::string text;
    std::vector<policy::Origin> origins;
};

// What a profile's rules stand beside.
struct Beside {
    std::function<bool(const policy::Origin&)> of_apparmor;  // is it AppArmor's own text, where a quiet deny mutes an audited one?
    std::vector<const policy::Rule*> included;               // what the profile has from the files that it includes
};

// Lines without repetition: one that is there already takes up the further origin. File rules for one path and the same qualifiers are
// joined (`/x r,` and `/x w,` are `/x rw,`).
class LineSet {
public:
    explicit LineSet(const Beside& beside) : beside_(beside) {}
    void add(Group group, std::string text, const policy::Origin& origin);
    // `before` are the qualifiers with the blank after them, `after` what follows the permissions (` -> NAME`).
    void add_file(const std::string& before, const std::string& path, policy::Permissions permissions, std::string_view exec_letters,
                  const std::string& after, const policy::Origin& origin);
    std::vector<Line> take();  // by group, in the order of the source within one

private:
    bool is_kept(std::string_view text, const policy::Origin& origin) const;
    void drop_muting();

    const Beside& beside_;
    struct FileRule {
        std::string before;
        std::string path;
        std::string exec_letters;
        std::string after;
        policy::Permissions permissions = 0;
    };
    std::vector<Line> lines_;
    std::vector<FileRule> files_;  // of the lines that are file rules, by `file_of_`
    std::vector<std::size_t> file_of_;
    std::vector<bool> kept_;                              // denies of AppArmor's own text
    std::unordered_map<std::string, std::size_t> index_;  // text or key of a file rule → line
};

std::vector<Line> lower(const policy::Profile& profile, const Target& target, const Beside& beside = {});

// The letters of an allowed exec: `Px`, `pix`, … Empty where AppArmor has none.
std::string_view exec_letters(const policy::ExecTarget& target);

// Of one statement, so that a product of lists can be refused before it is made. Saturates.
std::size_t rule_count(const policy::Rule& rule);

// `1024`, `512M`, `60s`, `infinity`: in the largest unit of bytes that the value is a multiple of.
std::string limit_value(const policy::Limit& limit);

// `priority=5 audit deny owner `
std::string qualifiers(const policy::Rule& rule);

// The parts of `lower`.
void lower_file(const policy::Rule& rule, const policy::FileRule& body, LineSet& lines);
void lower_link(const policy::Rule& rule, const policy::LinkRule& body, LineSet& lines);
void lower_network(const policy::Rule& rule, const policy::NetworkRule& body, LineSet& lines);
void lower_mount(const policy::Rule& rule, const policy::MountRule& body, LineSet& lines);
void lower_pivot_root(const policy::Rule& rule, const policy::PivotRootRule& body, LineSet& lines);
void lower_mediation(const policy::Rule& rule, const policy::MediationRule& body, LineSet& lines);
// The rule that such a profile needs for the parsers of some targets to take it, if it does.
void lower_lone_denies(const policy::Profile& profile, const Beside& beside, const Target& target, LineSet& lines);

}  // namespace pavise::apparmor
