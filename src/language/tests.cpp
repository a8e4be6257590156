#include "language/tests.hpp"

#include "language/expect.hpp"
#include "language/value.hpp"
#include "syntax/quote.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

#include <string>
#include <unordered_map>
#include <unordered_set>

namespace pavise::language {
namespace {

using syntax::Kind;

void add_names(const std::vector<policy::Profile>& profiles, const std::string& prefix, std::unordered_set<std::string>& names) {
    for (const policy::Profile& profile : profiles) {
        names.insert(prefix + profile.name);
        add_names(profile.children, prefix + profile.name + "//", names);
    }
}

void unknown_profile(Context& context, const Element& name, const std::unordered_set<std::string>& names) {
    const std::vector<std::string_view> known(names.begin(), names.end());
    const auto near = text::nearest(name.text, known);
    text::Diagnostic& made =
        report(context, text::Code::E0219, name, fmt::format("there is no profile {} in this build", text::quoted(name.text)));
    if (near)
        made.help(fmt::format("did you mean `{}`?", *near)).fix_with(name.place, *near, false);
    else
        made.help("name a profile of the files given, or say where it is: `in \"FILE\"`");
}

// A result names its test, so no two of a file have one name.
void check_test(Context& context, const policy::Test& test, std::unordered_map<std::string, text::Span>& seen) {
    const auto [before, fresh] = seen.emplace(test.name, test.origin.span);
    if (!fresh)
        report(context, text::Code::E0202, test.origin.span, fmt::format("there are two tests {}", text::quoted(test.name)))
            .also(before->second, "the other is here")
            .help("give one of them another name");
}

void build_test(Context& context, syntax::Node node, const std::unordered_set<std::string>& names,
                std::unordered_map<std::string, text::Span>& seen) {
    policy::Test test;
    test.origin = origin(context, node);
    if (const auto file = node.child(Kind::InFile); file && file->begin() != file->end())
        test.file = syntax::unquote((*file->begin()).text());
    bool first = true;
    for (const syntax::Node child : node) {
        if (child.kind() == Kind::Block) {
            test.expectations = expectations(context, child);
            if (child.begin() == child.end())
                report(context, text::Code::W0207, test.origin.span, fmt::format("the test {} expects nothing", text::quoted(test.name)))
                    .help("write what must hold: `expect deny exec /bin/sh`");
        } else if (child.kind() == Kind::InFile) {
            continue;
        } else if (first) {
            test.name = syntax::unquote(child.text());
            test.origin = origin(context, child);
        } else {
            for (Element& element : elements(context, child)) {
                if (test.file.empty() && element.text != "*" && !names.contains(element.text)) unknown_profile(context, element, names);
                test.profiles.push_back(std::move(element.text));
            }
        }
        first = false;
    }
    check_test(context, test, seen);
    context.policy.tests.push_back(std::move(test));
}

}  // namespace

void build_tests(Context& context) {
    if (context.module->tests.empty()) return;
    std::unordered_set<std::string> names;
    add_names(context.policy.profiles, "", names);
    std::unordered_map<std::string, text::Span> seen;
    for (const syntax::Node node : context.module->tests) build_test(context, node, names, seen);
}

}  // namespace pavise::language
