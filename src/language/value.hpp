// Words, paths and lists of a statement, with the language's names resolved.
//
//   let static = [/usr/share/** /etc/nginx/*]
//   allow read [@{static} /x/@{static} /y]     →  /usr/share/**  /etc/nginx/*  /x/usr/share/**  /x/etc/nginx/*  /y
//
// `@{NAME}` (`@{module.NAME}`) is a constant, an option or a parameter of the abstraction; as a whole element a list stands for each of its
// elements, inside a path for the product. What no name of the language binds is AppArmor's variable and stays as it is.
#pragma once

#include "language/context.hpp"
#include "policy/rule.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pavise::language {

struct Element {
    enum class Form : std::uint8_t { word, path, quoted };
    std::string text;  // quotes taken off
    text::Span span;   // where it was written: for an element of a constant, the constant's element
    text::Span place;  // where it stands in the statement; equals `span` unless it came from a constant
    Form form = Form::word;
    bool from_constant = false;  // some of its text came from a constant, an option or a parameter
};

inline constexpr std::size_t max_elements = 10'000;  // that one value may come to

// Of a Word, Path, Quoted or List node; nested lists are flattened. A KeyValue inside a list is an error here.
std::vector<Element> elements(Context& context, syntax::Node node);

// The one element of a value; a list of another size is an error (and gives none). `what` is for the message: "a profile's name".
std::optional<Element> single(Context& context, syntax::Node node, std::string_view what);

// A report at an element: where it was written, and where it is used if that is another place.
text::Diagnostic& report(Context& context, text::Code code, const Element& element, std::string message);

// A path glob: starts with `/` or a variable, and is a valid AARE. Reports what is wrong and gives none.
std::optional<policy::Glob> path_glob(Context& context, const Element& element);
policy::Globs path_globs(Context& context, syntax::Node node);

// Any other AARE (a label, a member, an address): valid and not empty.
std::optional<policy::Glob> any_glob(Context& context, const Element& element);

}  // namespace pavise::language
