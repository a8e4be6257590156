// The pages of the codes E01xx: the example gives the code and the correction gives none.
#include "catch.hpp"
#include "syntax/check.hpp"
#include "text/embedded.hpp"

#include <algorithm>
#include <vector>

namespace pavise::syntax {
namespace {

std::vector<std::string> policies_of(std::string_view page) {
    std::vector<std::string> policies;
    constexpr std::string_view fence = "```pavise\n";
    for (std::size_t at = page.find(fence); at != std::string_view::npos; at = page.find(fence, at)) {
        at += fence.size();
        policies.emplace_back(page.substr(at, page.find("```", at) - at));
    }
    return policies;
}

}  // namespace

TEST_CASE("the pages of the syntax errors show what they say") {
    for (const text::CodeInfo& info : text::codes()) {
        if (!info.name.starts_with("E01")) continue;
        INFO(info.name);
        const auto pages = text::embedded_diagnostics();
        const auto page = std::find_if(pages.begin(), pages.end(),
                                       [&](const text::EmbeddedFile& file) { return file.path == fmt::format("{}.md", info.name); });
        REQUIRE(page != pages.end());
        CHECK(page->text.starts_with(fmt::format("# {}: {}\n", info.name, info.title)));
        const std::vector<std::string> policies = policies_of(page->text);
        REQUIRE(!policies.empty());
        CHECK(problems(policies.back()).empty());
        if (policies.size() == 1) continue;
        const Parsed parsed(policies.front());
        REQUIRE(!parsed.diagnostics.all().empty());
        for (const text::Diagnostic& diagnostic : parsed.diagnostics.all()) CHECK(text::info(diagnostic.code).name == info.name);
    }
}

}  // namespace pavise::syntax
