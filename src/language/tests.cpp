#include "language/tests.hpp"

#include "language/expect.hpp"
#include "language/value.hpp"
#include "syntax/quote.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

#include <string>
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

void build_test(Context& context, syntax::Node node, const std::unordered_set<std::string>& names) {
    policy::Test test;
    test.origin = origin(context, node);
    if (const auto file = node.child(Kind::InFile); file && file->begin() != file->end())
        test.file = syntax::unquote((*file->begin()).text());
    bool first = true;
    for (const syntax::Node child : node) {
        if (child.kind() == Kind::Block) {
            test.expectations = expectations(context, child);
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
    context.policy.tests.push_back(std::move(test));
}

}  // namespace

void build_tests(Context& context) {
    if (context.module->tests.empty()) return;
    std::unordered_set<std::string> names;
    add_names(context.policy.profiles, "", names);
    for (const syntax::Node node : context.module->tests) build_test(context, node, names);
}

}  // namespace pavise::language
