#include "analysis/report.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace pavise::analysis {
namespace {

using text::Code;

std::string_view role(const policy::Rule& rule) {
    switch (rule.effect) {
        case policy::Effect::allow: return "this allows it";
        case policy::Effect::deny: return "this denies it";
        case policy::Effect::prompt: break;
    }
    return "this asks about it";
}

std::string title(const TestResult& result) {
    const bool every = result.test->profiles.size() == 1 && result.test->profiles.front() == "*";
    const std::string where = result.test->file.empty() ? "" : fmt::format(" in {}", text::quoted(result.test->file));
    return fmt::format("{} for {}{}", result.test->name,
                       every ? "every profile" : fmt::format("{}", fmt::join(result.test->profiles, ", ")), where);
}

std::string_view word(Verdict verdict) {
    switch (verdict) {
        case Verdict::holds: return "pass";
        case Verdict::fails: return "FAIL";
        case Verdict::unknown: break;
    }
    return "unknown";
}

std::string colored(Verdict verdict, const text::Style& style) {
    const std::string padded = fmt::format("{:<7}", word(verdict));
    if (!style.colour) return padded;
    return fmt::format("\x1b[{}m{}\x1b[0m", verdict == Verdict::holds ? "32" : verdict == Verdict::fails ? "31" : "33", padded);
}

// For XML: what it can't hold at all becomes a mark.
std::string xml(std::string_view in) {
    std::string out;
    for (const char c : in) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\n': out += "&#10;"; break;
            default: out += static_cast<unsigned char>(c) < 0x20 ? '?' : c;
        }
    }
    return out;
}

}  // namespace

text::Diagnostic diagnostic_of(const TestResult& result, const FailedExpectation& broken, const policy::Expansions& expansions) {
    text::Diagnostics made;
    const Finding& finding = broken.finding;
    const Code code = finding.verdict == Verdict::fails ? Code::E0901 : Code::E0902;
    const policy::Origin& origin = broken.expectation != nullptr ? broken.expectation->origin : result.test->origin;
    std::string message = finding.message;
    if (result.profiles.size() > 1 && !broken.profile.empty()) message = fmt::format("in {}: {}", text::quoted(broken.profile), message);
    text::Diagnostic& it = policy::add(made, expansions, code, origin, std::move(message));
    for (const policy::Rule* rule : finding.because) it.also(rule->origin.span, std::string(role(*rule)));
    for (const std::string& step : finding.chain) it.help(step);
    if (!finding.reason.empty()) it.help(finding.reason);
    return it;
}

std::string render_text(std::span<const TestResult> results, const text::Sources& sources, const policy::Expansions& expansions,
                        const text::Style& style) {
    std::string out;
    std::size_t held = 0;
    for (const TestResult& result : results) {
        out += fmt::format("{} {}\n", colored(result.verdict, style), title(result));
        held += result.verdict == Verdict::holds ? 1 : 0;
        for (const FailedExpectation& broken : result.broken)
            out += render_text(diagnostic_of(result, broken, expansions), sources, style) + "\n";
    }
    return out +
           fmt::format("{} of {} {} {}\n", held, results.size(), results.size() == 1 ? "test" : "tests", held == 1 ? "holds" : "hold");
}

std::string render_junit(std::span<const TestResult> results, const text::Sources& sources, const policy::Expansions& expansions) {
    const auto count = [&](Verdict verdict) {
        return std::count_if(results.begin(), results.end(), [&](const TestResult& one) { return one.verdict == verdict; });
    };
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    out += fmt::format("<testsuite name=\"pavise\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n", results.size(), count(Verdict::fails),
                       count(Verdict::unknown));
    for (const TestResult& result : results) {
        const std::string& file = sources[result.test->origin.span.file].name;
        out += fmt::format("  <testcase classname=\"{}\" name=\"{}\"", xml(file), xml(title(result)));
        if (result.broken.empty()) {
            out += "/>\n";
            continue;
        }
        out += ">\n";
        for (const FailedExpectation& broken : result.broken) {
            const std::string_view tag = broken.finding.verdict == Verdict::fails ? "failure" : "error";
            out += fmt::format("    <{} message=\"{}\">{}</{}>\n", tag, xml(broken.finding.message),
                               xml(render_text(diagnostic_of(result, broken, expansions), sources, {})), tag);
        }
        out += "  </testcase>\n";
    }
    return out + "</testsuite>\n";
}

}  // namespace pavise::analysis
