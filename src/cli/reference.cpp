// pavise reference: the compiler's tables as Markdown, for the language reference in docs/. A table stands between two marks, so that a
// test can compare what the book shows with what this prints.
#include "cli/commands.hpp"

#include "apparmor/target.hpp"
#include "cli/word_tables.hpp"
#include "layers/layer.hpp"
#include "policy/vocabulary.hpp"
#include "syntax/keywords.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

namespace pavise::cli {
namespace {

std::string cell(std::string_view text) {
    std::string out;
    for (const char c : text) out += c == '|' ? "\\|" : std::string(1, c);
    return out;
}

std::string code(std::string_view word) { return fmt::format("`{}`", cell(word)); }

template <class Words, class Name>
std::string listed(const Words& words, Name name) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : " ") + code(name(word));
    return out;
}

template <class Words>
std::string listed(const Words& words) {
    return listed(words, [](std::string_view word) { return word; });
}

template <class Table>
std::string meanings(std::string_view head, const Table& table) {
    std::string out = fmt::format("| {} | meaning |\n|---|---|\n", head);
    for (const auto& entry : table) out += fmt::format("| {} | {} |\n", code(entry.name), cell(entry.meaning));
    return out;
}

std::string keywords() {
    using syntax::Place;
    std::string out = "| place | words |\n|---|---|\n";
    const auto row = [&out](std::string_view place, const auto& words) { out += fmt::format("| {} | {} |\n", place, listed(words)); };
    row("a statement of a file", syntax::statement_words(Place::file));
    row("a statement of a profile, child, hat or abstraction", syntax::statement_words(Place::body));
    row("a statement of a `container` block", syntax::statement_words(Place::container));
    row("a statement of a `test` block", syntax::statement_words(Place::test));
    row("after `expect`", syntax::expect_words);
    row("before the operations of a rule", syntax::owner_words);
    row("a clause of a rule", syntax::clause_words);
    row("in a condition", syntax::condition_words);
    row("in a declaration or a setting", syntax::joining_words);
    return out;
}

std::string operations() {
    std::string out = "| operation | AppArmor | meaning |\n|---|---|---|\n";
    for (const policy::FileOperation& operation : policy::file_operations())
        out += fmt::format("| {} | {} | {} |\n", code(operation.name), code(operation.letters), cell(operation.meaning));
    return out;
}

std::string classes() {
    std::string out = "| class | access | conditions | meaning |\n|---|---|---|---|\n";
    for (const policy::ClassInfo& info : policy::classes()) {
        std::string conditions;
        for (const policy::ConditionInfo& condition : info.conditions)
            conditions += (conditions.empty() ? "" : " ") +
                          code(condition.in_peer ? fmt::format("peer=[{}=]", condition.spelled) : fmt::format("{}=", condition.spelled));
        out += fmt::format("| {} | {} | {} | {} |\n", code(info.keyword),
                           listed(info.access, [](const policy::Word& word) { return word.name; }), conditions, cell(info.meaning));
    }
    return out;
}

std::string targets() {
    std::string out = "| target | `abi` | not mediated |\n|---|---|---|\n";
    for (const apparmor::Target& target : apparmor::targets())
        out += fmt::format("| {} | {} | {} |\n", code(target.name), code(target.abi),
                           listed(apparmor::unmediated(target), [](policy::RuleClass cls) { return policy::class_info(cls).keyword; }));
    return out;
}

std::string constructs() {
    std::string out = "| construct | since | up to | without it |\n|---|---|---|---|\n";
    const auto release = [](apparmor::Version version) { return code(apparmor::target_of(version).name); };
    for (const apparmor::ConstructInfo& construct : apparmor::constructs())
        out += fmt::format("| {} | {} | {} | {} |\n", cell(construct.name), release(construct.since), release(construct.until),
                           cell(construct.lost));
    return out;
}

std::string types() {
    return "| type |\n|---|\n" + fmt::format("| {} |\n", listed(type_names)) + fmt::format("| units: {} |\n", listed(unit_names));
}

std::string lints() {
    std::string out = "| name | code | level | about |\n|---|---|---|---|\n";
    for (const text::CodeInfo& entry : text::codes())
        if (!entry.lint.empty())
            out += fmt::format("| {} | [{}](diagnostics/{}.md) | {} | {} |\n", code(entry.lint), entry.name, entry.name,
                               text::name(entry.severity), cell(entry.title));
    return out;
}

std::string diagnostics() {
    std::string out = "| code | about |\n|---|---|\n";
    for (const text::CodeInfo& entry : text::codes())
        out += fmt::format("| [{}](diagnostics/{}.md) | {} |\n", entry.name, entry.name, cell(entry.title));
    return out;
}

std::string options() {
    std::string out;
    for (const CommandInfo& command : commands()) {
        if (command.hidden) continue;
        out += fmt::format("{}### `pavise {}`: {}\n\n    {}\n\n{}\n\n| option | meaning |\n|---|---|\n", out.empty() ? "" : "\n",
                           command.name, command.summary, usage(command), command.description);
        for (const OptionInfo& option : command.options) {
            const std::string words = option.words.empty() ? "" : fmt::format(": {}", listed(option.words));
            const std::string letter = option.letter == 0 ? "" : fmt::format("`-{}` ", option.letter);
            out += fmt::format("| {}`--{}{}` | {}{} |\n", letter, option.name, spelled_value(option), cell(option.meaning), words);
        }
    }
    return out;
}

// A runtime's word for each setting of a `container` block.
std::string layer_knobs() {
    std::string out = "| setting | docker, podman | compose | kubernetes | oci | systemd |\n|---|---|---|---|---|---|\n";
    const auto form = [](const layers::Knob& knob) { return knob.form.empty() ? std::string("no") : code(knob.form); };
    for (const layers::Setting& one : layers::settings())
        out += fmt::format("| {} | {} | {} | {} | {} | {} |\n", code(one.word), form(one.docker), form(one.compose), form(one.kubernetes),
                           form(one.oci), form(one.systemd));
    return out;
}

struct Table {
    std::string_view name;
    std::string (*make)();
};

constexpr Table all[] = {
    {"keywords", keywords},
    {"operations", operations},
    {"classes", classes},
    {"capabilities", [] { return meanings("capability", policy::capabilities()); }},
    {"families", [] { return meanings("family", policy::network_families()); }},
    {"socket-types", [] { return meanings("type", policy::socket_types()); }},
    {"signals", [] { return meanings("signal", policy::signals()); }},
    {"mount-options", [] { return meanings("option", policy::mount_options()); }},
    {"flags", [] { return meanings("flag", policy::profile_flags()); }},
    {"modes", [] { return meanings("mode", policy::modes()); }},
    {"limits", [] { return meanings("limit", policy::limits()); }},
    {"types", types},
    {"targets", targets},
    {"constructs", constructs},
    {"warnings", lints},
    {"diagnostics", diagnostics},
    {"options", options},
    {"layers", layer_knobs},
};

}  // namespace

int reference(const Arguments& arguments, Console& console) {
    if (arguments.operands.empty()) {
        for (const Table& table : all) console.out += fmt::format("<!-- begin {0} -->\n{1}<!-- end {0} -->\n", table.name, table.make());
        return 0;
    }
    std::vector<std::string_view> known;
    for (const Table& table : all) {
        if (table.name == arguments.operands.front()) {
            console.out += table.make();
            return 0;
        }
        known.push_back(table.name);
    }
    text::Diagnostics report_of;
    report_of.add(text::Code::E0605, std::nullopt, fmt::format("there is no table {}", text::quoted(arguments.operands.front())))
        .help(fmt::format("write one of `{}`", fmt::join(known, "`, `")));
    report(report_of, {}, arguments, console, false);
    return 2;
}

}  // namespace pavise::cli
