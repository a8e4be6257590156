// What Pavise has to say about an input: a code, one sentence, a place, and the text to write instead.
//
//   diagnostics.add(Code::E0301, span, fmt::format("there is no operation `{}`", word))
//       .label("not an operation")
//       .help("write `read`");
//
// Messages are lower case without a final period, with user input in backticks (through `quoted`, which makes it printable and bounded).
#pragma once

#include "text/code.hpp"
#include "text/source.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pavise::text {

struct Label {
    Span span;
    std::string text;
};

// A change of the source that mends the matter. `certain` ones keep the meaning the author evidently had and are applied by `check --fix`.
struct Fix {
    Span span;
    std::string replacement;
    bool certain = false;
};

struct Diagnostic {
    Code code;
    Severity severity = Severity::error;  // the code's own, unless `-W` says otherwise
    std::optional<Span> span;             // none for what has no place in a file (a missing program, a bad option)
    std::string message;
    std::string label_text;     // under the primary span; may be empty
    std::vector<Label> labels;  // further places: "the other target is here"
    std::vector<Label> trail;   // the chain that led here, innermost first: "in this `use` of `web`"
    std::vector<std::string> helps;
    std::optional<Fix> fix;

    Diagnostic& label(std::string text) { return label_text = std::move(text), *this; }
    Diagnostic& also(Span place, std::string text) { return labels.push_back({place, std::move(text)}), *this; }
    Diagnostic& through(Span place, std::string text) { return trail.push_back({place, std::move(text)}), *this; }
    Diagnostic& help(std::string text) { return helps.push_back(std::move(text)), *this; }
    Diagnostic& fix_with(Span place, std::string replacement, bool certain) {
        return fix = Fix{place, std::move(replacement), certain}, *this;
    }
};

// What `-W` says of the codes that have a lint name; of two words on one lint the later counts.
struct Levels {
    struct Setting {
        std::string lint;
        std::optional<Severity> severity;  // none: off
    };
    bool warnings_are_errors = false;
    std::vector<Setting> settings;

    std::optional<Severity> of(Code code) const;  // none: not to be reported
};

// The diagnostics of a run, in the order found until they are put in order. At most `limit` are kept (so that a hostile input can't fill
// memory); `dropped` counts the rest.
class Diagnostics {
public:
    static constexpr std::size_t limit = 1000;

    Diagnostics() = default;
    explicit Diagnostics(Levels levels) : levels_(std::move(levels)) {}

    // The reference is valid until the next `add`.
    Diagnostic& add(Code code, std::optional<Span> span, std::string message);

    const std::vector<Diagnostic>& all() const { return all_; }
    std::vector<Diagnostic>& all() { return all_; }
    std::size_t dropped() const { return dropped_; }
    bool has_errors() const { return errors_ > 0; }
    void append(Diagnostics&& other);
    void erase_if(const std::function<bool(const Diagnostic&)>& is_unwanted);
    // As a reader goes through the files: what has no place first, then by file and by where its span begins. What begins at one place
    // keeps its order.
    void sort_by_place();

private:
    std::vector<Diagnostic> all_;
    Diagnostic spare_{};  // takes what is over the limit or off
    Levels levels_;
    std::size_t dropped_ = 0;
    std::size_t errors_ = 0;
};

// User input for a message: in backticks, control and invalid UTF-8 bytes as `\xHH`, shortened past 80 bytes.
std::string quoted(std::string_view input);

}  // namespace pavise::text
