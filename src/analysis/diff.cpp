#include "analysis/diff.hpp"

#include "analysis/logging.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <iterator>

namespace pavise::analysis {
namespace {

using policy::RuleClass;

void add_excesses(Meaning& of, Meaning& over, const std::span<const policy::Rule>* about, std::vector<Group>& to,
                  std::vector<Group>& unknown) {
    const auto add = [&](Group found) { (found.verdict == Verdict::fails ? to : unknown).push_back(std::move(found)); };
    for (const RuleClass cls : meant_classes()) {
        if (about == nullptr) {
            for (Group& found : groups(of, over, cls)) add(std::move(found));
            continue;
        }
        for (const policy::Rule& rule : *about) {
            if (!speaks_of(cls, rule)) continue;
            for (Finding& found : excesses(of, over, cls, rule)) add({std::move(found)});
        }
    }
}

void add_limits(const Said& first, const Said& second, ProfileDifference& to) {
    const auto beyond = [](const Said& of, const Said& over, std::vector<Group>& found) {
        for (const policy::Limit* limit : over.limits) {
            const policy::Limit* own = nullptr;
            for (const policy::Limit* one : of.limits)
                if (one->name == limit->name) own = one;
            const bool higher = own == nullptr ? limit->value.has_value() : limit->value && (!own->value || *own->value > *limit->value);
            if (higher)
                found.push_back(
                    {{Verdict::fails, "a limit is higher", fmt::format("limit {} above {}", limit->name, *limit->value), {}, {}, {}}});
        }
    };
    beyond(second, first, to.more);
    beyond(first, second, to.less);
}

// The globs of a group say no more than its example where that is all there is.
std::string group(const Group& finding) {
    if (finding.globs.empty() || (finding.globs.size() == 1 && finding.object.ends_with(" " + finding.globs.front()))) return "";
    return fmt::format("      {}\n", fmt::join(finding.globs, " "));
}

std::string place(const Finding& finding, const text::Sources& sources) {
    if (finding.because.empty()) return finding.reason.empty() ? "" : "  (" + finding.reason + ")";
    const text::Span& span = finding.because.front()->origin.span;
    return fmt::format("  ({}:{})", sources[span.file].name, sources.position(span).line);
}

std::vector<ProfileDifference> compare(World& first, World& second, const std::span<const policy::Rule>* about, bool with_logging) {
    std::vector<ProfileDifference> all;
    for (const std::string& name : first.names()) {
        ProfileDifference one{name};
        Meaning* const other = second.find(name);
        if (other == nullptr) {
            one.in = ProfileDifference::In::first;
            all.push_back(std::move(one));
            continue;
        }
        Meaning& own = *first.find(name);
        add_excesses(*other, own, about, one.more, one.unknown);
        add_excesses(own, *other, about, one.less, one.unknown);
        if (about == nullptr) add_limits(own.said(), other->said(), one);
        for (const RuleClass cls : meant_classes()) {
            if (!with_logging) break;
            for (Finding& found : logging_changes(own, *other, cls))
                (found.verdict == Verdict::fails ? one.logged : one.unknown).push_back({std::move(found)});
        }
        if (!one.more.empty() || !one.less.empty() || !one.logged.empty() || !one.unknown.empty()) all.push_back(std::move(one));
    }
    for (const std::string& name : second.names())
        if (first.find(name) == nullptr) all.push_back({name, ProfileDifference::In::second});
    return all;
}

}  // namespace

std::vector<ProfileDifference> differences(World& first, World& second, bool with_logging) {
    return compare(first, second, nullptr, with_logging);
}

std::vector<ProfileDifference> differences(World& first, World& second, std::span<const policy::Rule> about) {
    return compare(first, second, &about, false);
}

std::string render_text(std::span<const ProfileDifference> all, const text::Sources& sources) {
    std::string out;
    for (const ProfileDifference& one : all) {
        out += one.name;
        if (one.in == ProfileDifference::In::first) out += ": only in the first";
        if (one.in == ProfileDifference::In::second) out += ": only in the second";
        out += '\n';
        for (const Group& more : one.more) out += fmt::format("  + {}{}\n{}", more.object, place(more, sources), group(more));
        for (const Group& less : one.less) out += fmt::format("  - {}{}\n{}", less.object, place(less, sources), group(less));
        for (const Finding& other : one.logged) out += fmt::format("  ~ {}{}\n", other.message, place(other, sources));
        for (const Finding& unknown : one.unknown) out += fmt::format("  ? {}\n", unknown.message);
    }
    return out;
}

}  // namespace pavise::analysis
