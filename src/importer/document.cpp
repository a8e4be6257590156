#include "importer/document.hpp"

#include "importer/spell.hpp"

#include <algorithm>
#include <cctype>

namespace pavise::importer {
namespace {

constexpr std::size_t reach = 64;  // statements that a rule looks back to for one to join

// `web.pav:12,40`, `std/container.pav:31`, `…`
bool is_place(std::string_view word) {
    if (word == "…") return true;
    const std::size_t at = word.find(".pav:");
    if (at == std::string_view::npos) return false;
    const std::string_view numbers = word.substr(at + 5);
    return !numbers.empty() && numbers.find_first_not_of("0123456789,") == std::string_view::npos;
}

// What `build` puts behind a rule, and at the head of a file.
bool is_generated(std::string_view text) {
    if (text.starts_with("# Made by pavise from ")) return true;
    text.remove_prefix(1);
    bool any = false;
    while (true) {
        const std::size_t begin = text.find_first_not_of(' ');
        if (begin == std::string_view::npos) return any;
        text.remove_prefix(begin);
        const std::size_t end = std::min(text.find(' '), text.size());
        if (!is_place(text.substr(0, end))) return false;
        any = true;
        text.remove_prefix(end);
    }
}

bool is_modeline(std::string_view text) {
    return text.find("apparmor") != std::string_view::npos &&
           (text.find("vim:") != std::string_view::npos || text.find("-*-") != std::string_view::npos);
}

}  // namespace

std::string comment_text(std::string_view text) {
    if (is_modeline(text) || is_generated(text)) return "";
    while (!text.empty() && (text.back() == '\r' || text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    std::string out = as_utf8(text);
    const bool doc = out.starts_with("##") && !out.starts_with("###");
    if (doc || out.starts_with("#include")) out.insert(1, " ");
    std::replace_if(
        out.begin(), out.end(), [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; }, '?');
    return out;
}

void Document::comment(std::string_view text) {
    flush();
    out_.append(text).append("\n");
}

void Document::trailing(std::string_view text) {
    if (!pending_.empty() && pending_.back().trailing.empty()) {
        pending_.back().trailing = text;
        return;
    }
    flush();
    if (!out_.empty()) out_.pop_back();
    out_.append("  ").append(text).append("\n");
}

void Document::blank() {
    flush();
    if (!out_.empty() && !out_.ends_with("\n\n")) out_ += '\n';
}

void Document::line(std::string_view text) {
    flush();
    out_.append(text).append("\n");
}

void Document::rules(const std::vector<policy::Rule>& rules, std::vector<std::string> above) {
    for (const policy::Rule& rule : rules)
        for (const policy::Rule& one : sayable(rule)) {
            pending_.push_back({statement(one), std::move(above), ""});
            above.clear();
        }
}

std::string Document::take() {
    flush();
    return std::move(out_);
}

void Document::flush() {
    std::vector<Pending> joined;
    const auto alone = [](const Pending& one) { return !one.above.empty() || !one.trailing.empty(); };
    for (Pending& one : pending_) {
        const std::size_t first = joined.size() > reach ? joined.size() - reach : 0;
        const bool taken =
            !alone(one) && std::any_of(joined.begin() + static_cast<std::ptrdiff_t>(first), joined.end(),
                                       [&](Pending& there) { return !alone(there) && join(there.statement, one.statement); });
        if (!taken) joined.push_back(std::move(one));
    }
    pending_.clear();
    for (const Pending& one : joined) {
        for (const std::string& text : one.above) out_.append(text).append("\n");
        out_.append(write(one.statement));
        if (!one.trailing.empty()) out_.append("  ").append(one.trailing);
        out_ += '\n';
    }
}

}  // namespace pavise::importer
