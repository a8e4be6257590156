// Mounts. The kernel asks about five kinds of mount in different ways, so not every option goes with every condition; the parsers refuse
// some of those rules and quietly change others.
#include "apparmor/check_rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace pavise::apparmor {
namespace {

using policy::MountRule;
using policy::Rule;
using policy::RuleClass;

enum class Kind { plain, bind, move, propagation, remount };

Kind kind_of(std::string_view option) {
    constexpr std::string_view propagation[] = {"unbindable", "runbindable", "private", "rprivate", "slave", "rslave", "shared", "rshared"};
    if (option == "bind" || option == "rbind") return Kind::bind;
    if (option == "move") return Kind::move;
    if (option == "remount") return Kind::remount;
    return std::find(std::begin(propagation), std::end(propagation), option) != std::end(propagation) ? Kind::propagation : Kind::plain;
}

bool are_opposite(std::string_view a, std::string_view b) {
    using Pair = std::pair<std::string_view, std::string_view>;
    constexpr Pair pairs[] = {{"ro", "rw"}, {"sync", "async"}, {"loud", "silent"}, {"loud", "verbose"}};
    const auto negates = [](std::string_view no, std::string_view word) { return no.starts_with("no") && no.substr(2) == word; };
    return negates(a, b) || negates(b, a) || std::any_of(std::begin(pairs), std::end(pairs), [&](const Pair& pair) {
               return pair == Pair{a, b} || pair == Pair{b, a};
           });
}

std::optional<Construct> construct_of_option(std::string_view option) {
    if (option == "symfollow" || option == "nosymfollow") return Construct::symfollow;
    if (option == "lazytime" || option == "nolazytime") return Construct::lazytime;
    if (option == "nostrictatime") return Construct::nostrictatime;
    if (option == "norelatime") return Construct::norelatime;
    return std::nullopt;
}

void check_words(const Checker& checker, const Rule& rule, const MountRule::Options& options) {
    for (std::size_t i = 0; i < options.names.size(); ++i) {
        if (const std::optional<Construct> construct = construct_of_option(options.names[i])) checker.require(*construct, rule.origin);
        for (std::size_t k = 0; k < i && !options.any_of; ++k)
            if (are_opposite(options.names[k], options.names[i]))
                checker.impossible(rule.origin, fmt::format("no mount has both options `{}` and `{}`", options.names[k], options.names[i]))
                    .help("`options-in=[…]` is any of these, `options=[…]` all of them together");
    }
}

void check_kinds(const Checker& checker, const Rule& rule, const MountRule& body, const MountRule::Options& options) {
    std::array<std::string_view, 5> named{};  // an option of each kind
    for (const std::string& option : options.names) named[static_cast<std::size_t>(kind_of(option))] = option;
    const auto of = [&](Kind kind) { return named[static_cast<std::size_t>(kind)]; };
    const bool remounts = body.operation == RuleClass::remount || !of(Kind::remount).empty();

    for (const Kind kind : {Kind::propagation, Kind::remount})
        if (!of(kind).empty() && !body.sources.empty())
            checker.impossible(rule.origin, fmt::format("a mount with option `{}` has no source", of(kind)))
                .help("leave out what stands before `->`");
    for (const Kind kind : {Kind::bind, Kind::move, Kind::propagation, Kind::remount})
        if (!of(kind).empty() && !body.fstypes.empty() && (body.operation != RuleClass::remount || kind != Kind::remount))
            checker.impossible(rule.origin, fmt::format("a mount with option `{}` has no file system type", of(kind)))
                .help("leave out `fstype=`");
    if (remounts)
        for (const Kind kind : {Kind::move, Kind::propagation})
            if (!of(kind).empty()) checker.impossible(rule.origin, fmt::format("a remount can't have the option `{}`", of(kind)));
    if (options.any_of || remounts) return;
    const bool bind_moves = !of(Kind::bind).empty() && !of(Kind::move).empty();
    const bool changes = !of(Kind::propagation).empty() && !(of(Kind::bind).empty() && of(Kind::move).empty());
    if (bind_moves || changes)
        checker
            .impossible(rule.origin, fmt::format("no mount has both options `{}` and `{}`", of(bind_moves ? Kind::move : Kind::propagation),
                                                 of(Kind::bind).empty() ? of(Kind::move) : of(Kind::bind)))
            .help("write a statement for each");
}

}  // namespace

void check_mount(const Checker& checker, const Rule& rule, const MountRule& body) {
    if (body.operation == RuleClass::umount && (!body.options.empty() || !body.fstypes.empty())) {
        checker.impossible(rule.origin, "AppArmor ignores the conditions of `umount`").help("leave them out");
        return;
    }
    if (body.operation == RuleClass::remount) {
        if (body.options.empty()) checker.require(Construct::remount_any, rule.origin);
        if (!body.fstypes.empty()) checker.require(Construct::remount_fstype, rule.origin);
    }
    for (const MountRule::Options& options : body.options) {
        if (body.operation == RuleClass::remount && options.any_of) checker.require(Construct::remount_options_in, rule.origin);
        check_words(checker, rule, options);
        check_kinds(checker, rule, body, options);
    }
}

}  // namespace pavise::apparmor
