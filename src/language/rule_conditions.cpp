#include "language/rule_conditions.hpp"

#include "language/rule_words.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace pavise::language {
namespace {

using policy::Condition;
using policy::ConditionInfo;
using policy::ConditionKey;
using policy::ValueKind;
using syntax::Kind;
using syntax::Node;
using text::Code;

constexpr policy::Word mqueue_types[] = {{"posix", "named queues, `/NAME`"}, {"sysv", "System V queues, by number"}};

const WordKind& word_kind(ValueKind kind) {
    static const WordKind socket_types{"socket type", policy::socket_types(), {}, {}};
    static const WordKind mqueues{"type of message queues", mqueue_types, {}, {}};
    static const WordKind mount_options{"mount option", policy::mount_options(), policy::mount_option_synonyms(),
                                        "mount options are those of mount(8)"};
    static const WordKind capabilities{
        "capability", policy::capabilities(), {}, "capabilities are those of capabilities(7), in lower case without `CAP_`"};
    static const WordKind architectures{
        "architecture", policy::architectures(), {}, "architectures are called as in Go: `amd64`, `arm64`, `x86`, `riscv64`"};
    static const WordKind errors{"error", policy::errno_names(), {}, "errors are those of errno(3), in capitals"};
    if (kind == ValueKind::capability) return capabilities;
    if (kind == ValueKind::architecture) return architectures;
    if (kind == ValueKind::error) return errors;
    return kind == ValueKind::socket_type ? socket_types : kind == ValueKind::mqueue_type ? mqueues : mount_options;
}

// A glob after the class's own rules for it.
bool check_glob(Context& context, const ConditionInfo& info, const Element& element) {
    if (!any_glob(context, element)) return false;
    const bool address = info.key == ConditionKey::addr || info.key == ConditionKey::peer_addr;
    const std::string& text = element.text;
    if (!address || text == "none" || text == "auto" || text.starts_with('@')) return true;
    text::Diagnostic& made =
        report(context, Code::E0308, element, fmt::format("{} is no address of an abstract or anonymous socket", text::quoted(text)));
    made.label("starts with neither `@` nor is `none` or `auto`");
    if (text.starts_with('/'))
        made.help(fmt::format("a unix socket with a path is a file: write `allow [read write] {}`", text));
    else
        made.help(fmt::format("an abstract address starts with `@`: write `addr=@{}`", text));
    return false;
}

bool check_signal(Context& context, const Element& element) {
    if (policy::is_signal(element.text)) return true;
    if (element.text.starts_with("rtmin+")) {
        report(context, Code::E0306, element, fmt::format("there is no signal {}", text::quoted(element.text)))
            .label("no signal")
            .help("real-time signals are `rtmin+0` to `rtmin+32`");
        return false;
    }
    report_unknown_word(context, element, "signal", names(policy::signals()), policy::signal_synonyms(),
                        "signals are those of signal(7), in lower case without `SIG`, and `rtmin+0` to `rtmin+32`");
    return false;
}

// `4.8`
bool is_kernel(std::string_view text) {
    const std::size_t dot = text.find('.');
    const auto is_number = [](std::string_view part) {
        return !part.empty() && part.size() <= 3 && part.find_first_not_of("0123456789") == std::string_view::npos;
    };
    return dot != std::string_view::npos && is_number(text.substr(0, dot)) && is_number(text.substr(dot + 1));
}

// Checks one value; changes it where the language has a word for something (`self`).
bool check_value(Context& context, const ConditionInfo& info, Element& element) {
    switch (info.value) {
        case ValueKind::signal: return check_signal(context, element);
        case ValueKind::socket_type:
        case ValueKind::mqueue_type:
        case ValueKind::mount_option:
        case ValueKind::capability:
        case ValueKind::architecture:
        case ValueKind::error: return check_word(context, element, word_kind(info.value));
        case ValueKind::path: return path_glob(context, element).has_value();
        case ValueKind::ip:
            if (policy::is_ip(element.text)) return true;
            report(context, Code::E0308, element, fmt::format("{} is no IP address", text::quoted(element.text)))
                .label("not an address")
                .help("write one address, as in `ip=127.0.0.1` or `ip=::1`, or `ip=none`; AppArmor has no networks such as `10.0.0.0/8`");
            return false;
        case ValueKind::port:
            if (policy::is_port(element.text)) return true;
            report(context, Code::E0308, element, fmt::format("{} is no port", text::quoted(element.text)))
                .label("not a port")
                .help("write a number up to 65535, or a range: `port=8080-8090`");
            return false;
        case ValueKind::kernel:
            if (is_kernel(element.text)) return true;
            report(context, Code::E0308, element, fmt::format("{} is no version of a kernel", text::quoted(element.text)))
                .label("not a version")
                .help("write the major and the minor number: `kernel=4.8`");
            return false;
        case ValueKind::label:
            if (element.text == "self" && element.form == Element::Form::word) {
                element.text = "@{profile_name}";
                return true;
            }
            return check_glob(context, info, element);
        default: return check_glob(context, info, element);
    }
}

class Reader {
public:
    Reader(Context& context, const policy::ClassInfo& info) : context_(context), info_(info) {}

    void read(Node keyvalue) {
        const auto [key, value] = parts(keyvalue);
        if (!key || !value) return fail();
        const bool pairs = value->kind() == Kind::List && holds_pairs(*value);
        if (key->text() == "peer" && has_peer_pairs()) {
            if (!pairs) return report_peer_form(keyvalue, *value);
            for (const Node inner : *value) read_pair(inner);
            return;
        }
        if (pairs) {
            report(context_, Code::E0307, *value, fmt::format("{} takes a value, no conditions of its own", text::quoted(key->text())))
                .label("conditions inside a condition")
                .help("only `peer=[…]` has conditions inside");
            return fail();
        }
        if (const ConditionInfo* const info = find(*key, false)) add(*info, keyvalue, *value);
    }

    bool failed() const { return failed_; }
    std::vector<Condition> take() { return std::move(found_); }

private:
    struct Parts {
        std::optional<Node> key;
        std::optional<Node> value;
    };
    static Parts parts(Node keyvalue) {
        Parts result;
        for (const Node node : keyvalue) (result.key ? result.value : result.key) = node;
        return result;
    }
    static bool holds_pairs(Node list) { return list.child(Kind::KeyValue).has_value(); }

    bool has_peer_pairs() const {
        return std::any_of(info_.conditions.begin(), info_.conditions.end(), [](const ConditionInfo& info) { return info.in_peer; });
    }

    void read_pair(Node node) {
        if (node.kind() != Kind::KeyValue) {
            report(context_, Code::E0307, node, fmt::format("{} is no condition on the peer", text::quoted(node.text())))
                .label("not `key=value`")
                .help(fmt::format("conditions on the peer are {}", listed(keys(true))));
            return fail();
        }
        const auto [key, value] = parts(node);
        if (!key || !value) return fail();
        if (const ConditionInfo* const info = find(*key, true)) add(*info, node, *value);
    }

    void report_peer_form(Node keyvalue, Node value) {
        report(context_, Code::E0307, keyvalue, fmt::format("`peer` of `{}` has conditions inside", info_.keyword))
            .label("a plain value")
            .help(fmt::format("write `peer=[label={}]`", value.text()));
        fail();
    }

    std::vector<std::string_view> keys(bool in_peer) const {
        std::vector<std::string_view> result;
        for (const ConditionInfo& info : info_.conditions)
            if (info.in_peer == in_peer) result.push_back(info.spelled);
        if (!in_peer && has_peer_pairs()) result.emplace_back("peer");
        return result;
    }

    const ConditionInfo* find(Node key, bool in_peer) {
        for (const ConditionInfo& info : info_.conditions)
            if (info.in_peer == in_peer && info.spelled == key.text()) return &info;
        fail();
        const std::vector<std::string_view> known = keys(in_peer);
        text::Diagnostic& made =
            report(context_, Code::E0307, key,
                   fmt::format("`{}` has no condition {}{}", info_.keyword, text::quoted(key.text()), in_peer ? " on its peer" : ""));
        made.label("unknown here");
        if (const auto near = text::nearest(key.text(), known))
            made.help(fmt::format("did you mean `{}`?", *near)).fix_with(key.span(), *near, false);
        else if (known.empty())
            made.help("leave it out");
        else
            made.help(fmt::format("{} {}", known.size() == 1 ? "its condition is" : "its conditions are", listed(known)));
        return nullptr;
    }

    // The values of two conditions as they are written, in one list.
    std::string joined(const text::Span& first, const text::Span& second) const {
        std::string list;
        for (const text::Span& span : {first, second}) {
            std::string_view values = context_.sources.slice(span);
            values.remove_prefix(values.find('=') + 1);
            if (values.starts_with('[') && values.ends_with(']')) values = values.substr(1, values.size() - 2);
            list += fmt::format("{}{}", list.empty() ? "" : " ", values);
        }
        return fmt::format("[{}]", list);
    }

    void add(const ConditionInfo& info, Node node, Node value) {
        if (const Condition* const before = find_condition(found_, info.key)) {
            const std::string list = joined(before->span, node.span());
            report(context_, Code::E0309, node, fmt::format("`{}` stands twice", info.spelled))
                .label("the second")
                .also(before->span, "the first is here")
                .help(info.key == ConditionKey::options
                          ? fmt::format("for all of them together write `options={}`, for any of them `options-in={}`", list, list)
                          : fmt::format("write one, with a list for any of them: `{}={}`", info.spelled, list));
            return fail();
        }
        Condition condition{info.key, {}, node.span()};
        for (Element& element : elements(context_, value)) {
            if (!check_value(context_, info, element)) {
                fail();
                continue;
            }
            if (std::find(condition.values.begin(), condition.values.end(), element.text) == condition.values.end())
                condition.values.push_back(std::move(element.text));
        }
        if (condition.values.empty() && !failed_) {
            report(context_, Code::E0308, value, fmt::format("`{}` has no value", info.spelled))
                .label("an empty list")
                .help("leave the condition out for any value");
            fail();
        }
        found_.push_back(std::move(condition));
    }

    void fail() { failed_ = true; }

    Context& context_;
    const policy::ClassInfo& info_;
    std::vector<Condition> found_;
    bool failed_ = false;
};

}  // namespace

std::optional<std::vector<Condition>> conditions_of(Context& context, const policy::ClassInfo& info, const std::vector<Node>& keyvalues) {
    if (keyvalues.empty()) return std::vector<Condition>{};
    Reader reader(context, info);
    for (const Node keyvalue : keyvalues) reader.read(keyvalue);
    if (reader.failed()) return std::nullopt;
    return reader.take();
}

const Condition* find_condition(const std::vector<Condition>& conditions, ConditionKey key) {
    const auto found = std::find_if(conditions.begin(), conditions.end(), [&](const Condition& condition) { return condition.key == key; });
    return found == conditions.end() ? nullptr : &*found;
}

}  // namespace pavise::language
