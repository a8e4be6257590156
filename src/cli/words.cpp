// pavise words: the compiler's own tables as JSON, from which the editors' keyword lists are made. docs/json.md describes the shape.
#include "cli/commands.hpp"
#include "cli/word_tables.hpp"
#include "policy/vocabulary.hpp"
#include "syntax/keywords.hpp"

#include <nlohmann/json.hpp>

namespace pavise::cli {
namespace {

using Json = nlohmann::ordered_json;

template <class Table>
Json entries(const Table& table) {
    Json out = Json::array();
    for (const auto& entry : table) out.push_back({{"name", entry.name}, {"meaning", entry.meaning}});
    return out;
}

std::string_view word(policy::ValueKind kind) {
    switch (kind) {
        case policy::ValueKind::glob: return "glob";
        case policy::ValueKind::label: return "label";
        case policy::ValueKind::signal: return "signal";
        case policy::ValueKind::socket_type: return "socket_type";
        case policy::ValueKind::word: return "word";
        case policy::ValueKind::ip: return "ip";
        case policy::ValueKind::port: return "port";
        case policy::ValueKind::bus: return "bus";
        case policy::ValueKind::mqueue_type: return "mqueue_type";
        case policy::ValueKind::fstype: return "fstype";
        case policy::ValueKind::mount_option: return "mount_option";
        case policy::ValueKind::path: return "path";
        case policy::ValueKind::capability: return "capability";
        case policy::ValueKind::architecture: return "architecture";
        case policy::ValueKind::kernel: return "kernel";
        case policy::ValueKind::error: return "error";
    }
    return "word";
}

Json classes() {
    Json out = Json::array();
    for (const policy::ClassInfo& info : policy::classes()) {
        Json conditions = Json::array();
        for (const policy::ConditionInfo& condition : info.conditions)
            conditions.push_back({{"name", condition.spelled},
                                  {"in_peer", condition.in_peer},
                                  {"value", word(condition.value)},
                                  {"meaning", condition.meaning}});
        out.push_back({{"keyword", info.keyword},
                       {"access", entries(info.access)},
                       {"conditions", std::move(conditions)},
                       {"takes_objects", info.takes_objects},
                       {"meaning", info.meaning}});
    }
    return out;
}

Json keywords() {
    using syntax::Place;
    return {{"file", syntax::statement_words(Place::file)},
            {"body", syntax::statement_words(Place::body)},
            {"test", syntax::statement_words(Place::test)},
            {"clauses", syntax::clause_words},
            {"owners", syntax::owner_words},
            {"expectations", syntax::expect_words},
            {"conditions", syntax::condition_words},
            {"joining", syntax::joining_words}};
}

}  // namespace

int words(const Arguments&, Console& console) {
    Json out;
    out["version"] = 1;
    out["keywords"] = keywords();
    out["operations"] = entries(policy::file_operations());
    out["classes"] = classes();
    out["capabilities"] = entries(policy::capabilities());
    out["families"] = entries(policy::network_families());
    out["socket_types"] = entries(policy::socket_types());
    out["protocols"] = entries(policy::network_protocols());
    out["signals"] = entries(policy::signals());
    out["mount_options"] = entries(policy::mount_options());
    out["flags"] = entries(policy::profile_flags());
    out["modes"] = entries(policy::modes());
    out["limits"] = entries(policy::limits());
    out["settings"] = syntax::statement_words(syntax::Place::container);
    out["types"] = type_names;
    out["units"] = unit_names;
    console.out += out.dump(1) + '\n';
    return 0;
}

}  // namespace pavise::cli
