// What stands at a compiled profile's head: mode, flags, what it attaches to, limits.
#include "analysis/patterns.hpp"
#include "analysis/verify.hpp"
#include "apparmor/binary/unpack.hpp"
#include "automata/domain.hpp"
#include "automata/product.hpp"
#include "policy/aare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace pavise::analysis {
namespace {

using apparmor::binary::Unpacked;

// `enum` of path flags in include/policy.h of the kernel, written by `sd_serialize_profile` in parser/parser_interface.c.
constexpr std::pair<std::string_view, std::uint32_t> path_flags[] = {{"attach_disconnected", 0x4},
                                                                     {"chroot_relative", 0x8},
                                                                     {"chroot_attach", 0x10},
                                                                     {"attach_disconnected.ipc", 0x20},
                                                                     {"mediate_deleted", 0x10000}};

void differs(Verified& to, std::string message) { to.otherwise.push_back({Verdict::fails, std::move(message)}); }

const policy::Flag* find(const policy::Profile& profile, std::string_view name) {
    const auto found =
        std::find_if(profile.flags.begin(), profile.flags.end(), [&](const policy::Flag& flag) { return flag.name == name; });
    return found == profile.flags.end() ? nullptr : &*found;
}

std::string signal_name(std::uint32_t number) {
    return number == 0 ? "" : number <= policy::signals().size() ? std::string(policy::signals()[number - 1].name) : std::to_string(number);
}
std::string error_name(std::uint32_t number) {
    const char* name = number == 0 ? nullptr : strerrorname_np(static_cast<int>(number));
    return name != nullptr ? name : number == 0 ? "" : std::to_string(number);
}

void verify_value(const policy::Flag* flag, const std::string& compiled, std::string_view what, Verified& to) {
    const std::string own = flag != nullptr ? flag->value : "";
    const auto shown = [](const std::string& value) { return value.empty() ? "none" : text::quoted(value); };
    if (own != compiled) differs(to, fmt::format("{} {}, and by the source {}", what, shown(compiled), shown(own)));
}

void verify_flags(const policy::Profile& source, const apparmor::binary::Profile& compiled, Verified& to) {
    const auto word = [](bool is) { return is ? "has" : "lacks"; };
    const bool path_of_disconnected = find(source, "attach_disconnected.path") != nullptr;
    for (const auto& [name, bit] : path_flags) {
        const bool in_source = find(source, name) != nullptr || (name == "attach_disconnected" && path_of_disconnected);
        const bool in_compiled = (compiled.path_flags & bit) != 0;
        if (in_source != in_compiled) differs(to, fmt::format("the compiled profile {} the flag `{}`", word(in_compiled), name));
    }
    const bool audits = find(source, "audit") != nullptr;
    if (audits != (compiled.audit != 0)) differs(to, fmt::format("the compiled profile {} the flag `audit`", word(!audits)));
    const bool is_hat = source.kind == policy::ProfileKind::hat;
    constexpr std::uint32_t hat = 1;
    if (is_hat != ((compiled.flags & hat) != 0)) differs(to, is_hat ? "the compiled profile is no hat" : "the compiled profile is a hat");
    constexpr std::uint32_t debug = 2;
    const bool debugs = find(source, "debug") != nullptr;
    if (debugs != ((compiled.flags & debug) != 0)) differs(to, fmt::format("the compiled profile {} the flag `debug`", word(!debugs)));
    // What no parser was seen to write (`interruptible`) can only be missing.
    if (find(source, "interruptible") != nullptr) differs(to, "the compiled profile lacks the flag `interruptible`");
    verify_value(find(source, "attach_disconnected.path"), compiled.disconnected, "disconnected paths are below", to);
    verify_value(find(source, "attach_disconnected.ipc"), compiled.disconnected_ipc, "disconnected names of IPC are below", to);
    verify_value(find(source, "kill.signal"), signal_name(compiled.kill_signal), "the mode `kill` sends", to);
    verify_value(find(source, "error"), error_name(compiled.error), "a refusal gives", to);
}

void verify_limits(const Said& source, const Said& compiled, Verified& to) {
    const auto value = [](const Said& said, std::string_view name) -> std::optional<std::string> {
        std::optional<std::string> found;
        for (const policy::Limit* limit : said.limits)
            if (limit->name == name) found = limit->value ? std::to_string(*limit->value) : "infinity";
        return found;
    };
    for (const policy::LimitInfo& info : policy::limits()) {
        const auto own = value(source, info.name);
        const auto made = value(compiled, info.name);
        if (own != made)
            differs(to, fmt::format("the limit `{}` is {}, and by the source {}", info.name, made.value_or("not set"),
                                    own.value_or("not set")));
    }
}

// The paths of programs that the profile attaches to. None: it has no attachment.
std::optional<Language> attachment(const Said& said) {
    const policy::Profile& profile = *said.profile;
    if (profile.kind == policy::ProfileKind::hat) return std::nullopt;
    const std::string text = profile.attachment ? profile.attachment->text : profile.name;
    const bool is_path = text.starts_with('/') || text.starts_with("@{") || text.starts_with('{');
    if (!is_path) return std::nullopt;
    LanguageMaker maker;
    PatternMaker make(maker.expressions, said.variables);
    Patterns paths;
    make.add_path(text, paths);
    Term term;
    term.bits = policy::permission::exec;
    if (!make.unknown().empty()) term.unsure = text::quoted(make.unknown()) + " has no known value";
    maker.add(std::move(term), paths, {});
    auto made = maker.make();
    return std::get<Language>(std::move(made));
}

void verify_attachment(const Said& source, const apparmor::binary::Profile& compiled, Verified& to) {
    if (!source.profile->xattrs.empty() || !compiled.xattrs.empty()) {
        to.left_out.emplace_back("attachment by extended attributes");
        return;
    }
    const std::optional<Language> own = attachment(source);
    if (!compiled.attachment) {
        // The kernel compares the name as it stands.
        std::string name = compiled.name;
        for (std::size_t at = name.find("//"); at != std::string::npos; at = name.find("//")) name.erase(0, at + 2);
        const std::string by_name = name.starts_with('/') ? name : "";
        if (!own && by_name.empty()) return;
        if (!own) return differs(to, fmt::format("the compiled profile attaches to {}, and the source to nothing", text::quoted(by_name)));
        const auto other = automata::witness(own->automaton, [](automata::Label label) { return label != 0; });
        if (by_name.empty() || own->automaton.label_of(by_name) == 0)
            differs(to, fmt::format("the source attaches to {}, and the compiled profile does not", text::quoted(other.value_or(""))));
        return;
    }
    const auto made = apparmor::binary::unpack(*compiled.attachment, apparmor::binary::Holds::classes);
    const auto* unpacked = std::get_if<Unpacked>(&made);
    if (unpacked == nullptr) {
        to.unknown.push_back(not_known("the attachment: " + std::get<std::string>(made)));
        return;
    }
    static const Language nothing;
    const Language& mine = own ? *own : nothing;
    const automata::Automaton paths = automata::within(unpacked->automaton, automata::Domain::names);
    const automata::Automaton own_paths = automata::within(mine.automaton, automata::Domain::names);
    const automata::Search found = automata::witness(own_paths, paths, [&](automata::Label in_source, automata::Label in_compiled) {
        const bool attaches = (unpacked->rights[in_compiled].owner.allow & apparmor::binary::may::exec) != 0;
        return static_cast<automata::Label>((in_source != 0) != attaches);
    });
    if (found.over_budget) to.unknown.push_back(not_known("the attachment: the proof is too big"));
    if (!found.found) return;
    const bool in_source = mine.automaton.label_of(*found.found) != 0;
    differs(to, fmt::format("{} attaches to {} alone", in_source ? "the source" : "the compiled profile", text::quoted(*found.found)));
}

}  // namespace

void verify_head(Meaning& source, Meaning& compiled, Verified& to) {
    const policy::Profile& own = *source.said().profile;
    const policy::Profile& made = *compiled.said().profile;
    const auto mode = [](policy::Mode one) { return policy::modes()[static_cast<std::size_t>(one)].name; };
    // The parser writes `default_allow` as unconfined, with a rule that allows everything.
    const policy::Mode meant = own.mode == policy::Mode::default_allow ? policy::Mode::unconfined : own.mode;
    if (meant != made.mode) differs(to, fmt::format("the mode is `{}`, and by the source `{}`", mode(made.mode), mode(meant)));
    verify_flags(own, *compiled.compiled(), to);
    verify_limits(source.said(), compiled.said(), to);
    verify_attachment(source.said(), *compiled.compiled(), to);
}

}  // namespace pavise::analysis
