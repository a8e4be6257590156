#include "analysis/diff.hpp"

#include "analysis/finding_json.hpp"

namespace pavise::analysis {
namespace {

Json groups(std::span<const Group> all, const text::Sources& sources) {
    Json out = Json::array();
    for (const Group& group : all) {
        out.push_back(json_of(group, sources));
        out.back()["globs"] = group.globs.empty() ? Json(nullptr) : Json(group.globs);
    }
    return out;
}

std::string_view word(ProfileDifference::In in) {
    switch (in) {
        case ProfileDifference::In::both: return "both";
        case ProfileDifference::In::first: return "first";
        case ProfileDifference::In::second: break;
    }
    return "second";
}

}  // namespace

std::string render_json(std::span<const ProfileDifference> all, const text::Sources& sources) {
    Json out;
    out["version"] = 1;
    out["profiles"] = Json::array();
    for (const ProfileDifference& one : all)
        out["profiles"].push_back({{"name", one.name},
                                   {"in", word(one.in)},
                                   {"more", groups(one.more, sources)},
                                   {"less", groups(one.less, sources)},
                                   {"logged", groups(one.logged, sources)},
                                   {"unknown", groups(one.unknown, sources)}});
    return written(out);
}

}  // namespace pavise::analysis
