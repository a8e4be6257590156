#include "language/type.hpp"

#include "language/units.hpp"
#include "policy/aare.hpp"
#include "policy/vocabulary.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace pavise::language {
namespace {

using Basic = Type::Basic;

constexpr std::array<std::pair<std::string_view, Basic>, 12> basics{{{"path", Basic::path},
                                                                     {"name", Basic::name},
                                                                     {"profile", Basic::profile},
                                                                     {"string", Basic::string},
                                                                     {"number", Basic::number},
                                                                     {"size", Basic::size},
                                                                     {"duration", Basic::duration},
                                                                     {"boolean", Basic::boolean},
                                                                     {"capability", Basic::capability},
                                                                     {"family", Basic::family},
                                                                     {"signal", Basic::signal},
                                                                     {"syscall", Basic::syscall}}};

std::string_view trim(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool is_name(std::string_view text) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return !text.empty() && letter(text[0]) &&
           std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
}

std::optional<Type> read_choice(Context& context, syntax::Node node, std::string_view text, Type type) {
    type.basic = Basic::choice;
    for (std::string_view rest = text;;) {
        const std::size_t bar = rest.find('|');
        const std::string_view choice = trim(rest.substr(0, bar));
        if (!is_name(choice)) {
            report(context, text::Code::E0208, node, fmt::format("{} is no name that a choice may have", text::quoted(choice)))
                .help("write the values with `|` between them: `docker | podman`");
            return std::nullopt;
        }
        if (std::find(type.choices.begin(), type.choices.end(), choice) != type.choices.end())
            report(context, text::Code::E0208, node, fmt::format("the choice {} stands twice", text::quoted(choice))).help("leave one out");
        else
            type.choices.push_back(choice);
        if (bar == std::string_view::npos) return type;
        rest.remove_prefix(bar + 1);
    }
}

Mismatch in_table(std::string_view value, std::span<const policy::Word> table, std::string_view what) {
    std::vector<std::string_view> known;
    for (const policy::Word& word : table) known.push_back(word.name);
    const std::optional<std::string> near = text::nearest(value, known);
    return {fmt::format("is no {}", what),
            near ? fmt::format("did you mean `{}`?", *near) : fmt::format("write one as `{}`", known.empty() ? "" : known.front()), near};
}

}  // namespace

std::optional<Type> read_type(Context& context, syntax::Node node) {
    std::string_view text = trim(node.text());
    Type type;
    if (text.substr(0, 5) == "list " || text.substr(0, 5) == "list\t") {
        text = trim(text.substr(5));
        if (text.substr(0, 3) == "of ") text = trim(text.substr(3));
        type.list = true;
    }
    if (text.find('|') != std::string_view::npos) return read_choice(context, node, text, type);
    for (const auto& [name, basic] : basics)
        if (name == text) {
            type.basic = basic;
            return type;
        }
    std::vector<std::string_view> known;
    for (const auto& [name, basic] : basics) known.push_back(name);
    const std::optional<std::string> near = text::nearest(text, known);
    text::Diagnostic& made = report(context, text::Code::E0208, node, fmt::format("there is no type {}", text::quoted(text)));
    made.help(near ? fmt::format("did you mean `{}`?", *near)
                   : fmt::format("the types are {}, a choice `a | b`, and `list of` any of these", fmt::join(known, ", ")));
    const auto offset = static_cast<std::uint32_t>(text.data() - node.text().data());
    const std::uint32_t begin = node.span().begin + offset;
    if (near) made.fix_with({node.span().file, begin, begin + static_cast<std::uint32_t>(text.size())}, *near, false);
    return std::nullopt;
}

std::string to_string(const Type& type) {
    std::string text = type.list ? "list of " : "";
    if (type.basic == Basic::choice) return text + fmt::format("{}", fmt::join(type.choices, " | "));
    for (const auto& [name, basic] : basics)
        if (basic == type.basic) text += name;
    return text;
}

std::optional<Mismatch> mismatch(const Type& type, std::string_view value) {
    switch (type.basic) {
        case Basic::path:
            if (value.empty() || (value[0] != '/' && value.substr(0, 2) != "@{")) return Mismatch{"is no path", "a path starts with `/`"};
            if (auto error = policy::find_aare_error(value)) return Mismatch{"is no path: " + error->message, error->help};
            return std::nullopt;
        case Basic::name:
            if (!is_name(value)) return Mismatch{"is no name", "a name is of letters, digits, `_` and `-`, and starts with a letter"};
            return std::nullopt;
        case Basic::profile:
            if (value.empty()) return Mismatch{"is no profile's name", "a name is not empty"};
            return std::nullopt;
        case Basic::string: return std::nullopt;
        case Basic::number:
            if (value != "infinity" && !parse_number(value)) return Mismatch{"is no number", "write digits, as `1024`, or `infinity`"};
            return std::nullopt;
        case Basic::size:
            if (value != "infinity" && !parse_size(value)) return Mismatch{"is no size", "write bytes or a unit of `K` `M` `G`, as `64M`"};
            return std::nullopt;
        case Basic::duration:
            if (value != "infinity" && !parse_duration(value))
                return Mismatch{"is no duration", "write seconds or a unit of `us` `ms` `s` `min` `h` `day` `week`, as `10min`"};
            return std::nullopt;
        case Basic::boolean:
            if (value != "true" && value != "false") return Mismatch{"is no boolean", "write `true` or `false`"};
            return std::nullopt;
        case Basic::capability:
            if (!policy::find_word(policy::capabilities(), value)) return in_table(value, policy::capabilities(), "capability");
            return std::nullopt;
        case Basic::family:
            if (!policy::find_word(policy::network_families(), value)) return in_table(value, policy::network_families(), "network family");
            return std::nullopt;
        case Basic::signal:
            if (!policy::is_signal(value)) return in_table(value, policy::signals(), "signal");
            return std::nullopt;
        case Basic::syscall:
            if (value.empty() || value.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != std::string_view::npos)
                return Mismatch{"is no system call", "write its name, as `openat`"};
            return std::nullopt;
        case Basic::choice: {
            if (std::find(type.choices.begin(), type.choices.end(), value) != type.choices.end()) return std::nullopt;
            const std::optional<std::string> near = text::nearest(value, type.choices);
            return Mismatch{fmt::format("is none of {}", fmt::join(type.choices, ", ")),
                            near ? fmt::format("did you mean `{}`?", *near) : fmt::format("write `{}`", fmt::join(type.choices, "` or `")),
                            near};
        }
    }
    return std::nullopt;
}

bool check_type(Context& context, const Type& type, const std::vector<Element>& value, syntax::Node node, const std::string& what) {
    if (!type.list && value.size() != 1) {
        report(context, text::Code::E0209, node, fmt::format("{} is one {}, and here are {}", what, to_string(type), value.size()))
            .help(value.empty() ? "write the value" : fmt::format("write one value, or make the type `list of {}`", to_string(type)));
        return false;
    }
    bool good = true;
    for (const Element& element : value)
        if (auto wrong = mismatch(type, element.text)) {
            text::Diagnostic& made =
                report(context, text::Code::E0209, element, fmt::format("{} {}", text::quoted(element.text), wrong->message));
            made.label(fmt::format("{} is declared as {}", what, to_string(type))).help(wrong->help);
            if (wrong->near && !element.from_constant) made.fix_with(element.span, *wrong->near, false);
            good = false;
        }
    return good;
}

bool equal_values(const Type& type, std::string_view a, std::string_view b) {
    switch (type.basic) {
        case Basic::number: return parse_number(a) == parse_number(b) && (a == "infinity") == (b == "infinity");
        case Basic::size: return parse_size(a) == parse_size(b) && (a == "infinity") == (b == "infinity");
        case Basic::duration: return parse_duration(a) == parse_duration(b) && (a == "infinity") == (b == "infinity");
        default: return a == b;
    }
}

std::string example_of(const Type& type) {
    switch (type.basic) {
        case Basic::path: return "/**";
        case Basic::name:
        case Basic::profile:
        case Basic::string: return "name";
        case Basic::number:
        case Basic::size:
        case Basic::duration: return "1";
        case Basic::boolean: return "true";
        case Basic::capability: return "chown";
        case Basic::family: return "inet";
        case Basic::signal: return "term";
        case Basic::syscall: return "read";
        case Basic::choice: return std::string(type.choices.front());
    }
    return {};
}

}  // namespace pavise::language
