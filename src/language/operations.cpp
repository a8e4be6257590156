#include "language/operations.hpp"

#include "language/letters.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>

namespace pavise::language {
namespace {

using syntax::Kind;
using syntax::Node;
using text::Code;

// Words that people bring along, and where they belong.
struct Meant {
    std::string_view written;
    std::string_view word;
};
constexpr Meant meant_table[] = {
    {"execute", "exec"},    {"run", "exec"},         {"x", "exec"},
    {"mmap", "map"},        {"create", "write"},     {"delete", "write"},
    {"unlink", "write"},    {"remove", "write"},     {"rename", "write"},
    {"chmod", "write"},     {"chown", "write"},      {"mkdir", "write"},
    {"list", "read"},       {"open", "read"},        {"unmount", "umount"},
    {"cap", "capability"},  {"caps", "capability"},  {"capabilities", "capability"},
    {"net", "network"},     {"socket", "network"},   {"files", "file"},
    {"any", "everything"},  {"mq", "mqueue"},        {"kill", "signal"},
    {"seccomp", "syscall"}, {"syscalls", "syscall"},
};

std::string_view statement_start(const Clauses& clauses) {
    if (clauses.expectation) return "expect …";
    return clauses.effect == policy::Effect::deny ? "deny" : clauses.effect == policy::Effect::prompt ? "prompt" : "allow";
}

// The class whose vocabulary has the word: `net_admin` is a capability's.
std::string_view class_of_word(std::string_view word) {
    if (policy::find_word(policy::capabilities(), word) != nullptr) return "capability";
    if (policy::find_word(policy::network_families(), word) != nullptr || policy::find_word(policy::socket_types(), word) != nullptr ||
        policy::find_word(policy::network_protocols(), word) != nullptr)
        return "network";
    return {};
}

void report_unknown(Context& context, const Clauses& clauses, Node node) {
    const std::string_view word = node.text();
    if (const auto meant = letters(word)) {
        const std::string objects = clauses.objects.empty() ? "PATH" : source_of(context, clauses.objects);
        report(context, Code::E0318, node, fmt::format("{} are AppArmor's letters for file permissions", text::quoted(word)))
            .label("letters")
            .help(fmt::format("write `{} {} {}{}`", statement_start(clauses), meant->operations, objects, meant->target));
        return;
    }
    constexpr std::array<std::string_view, 9> statements{"use",    "include",   "limit",   "mode", "flags",
                                                         "xattrs", "container", "profile", "hat"};
    if (!clauses.expectation && std::find(statements.begin(), statements.end(), word) != statements.end()) {
        const text::Span whole = clauses.statement.span();
        report(context, Code::E0301, node, fmt::format("{} is neither allowed nor denied: it has no effect word", text::quoted(word)))
            .help(fmt::format("leave out what stands before it: `{} …`", word))
            .fix_with({whole.file, whole.begin, node.span().begin}, "", false);
        return;
    }
    text::Diagnostic& made = report(context, Code::E0301, node, fmt::format("there is no operation or class {}", text::quoted(word)));
    made.label("unknown");
    for (const Meant& meant : meant_table) {
        if (meant.written != word) continue;
        made.help(fmt::format("write `{}`", meant.word)).fix_with(node.span(), std::string(meant.word), false);
        return;
    }
    if (const std::string_view cls = class_of_word(word); !cls.empty()) {
        made.help(fmt::format("write `{} {} {}`", statement_start(clauses), cls, word))
            .fix_with(node.span(), fmt::format("{} {}", cls, word), false);
        return;
    }
    if (word == "rlimit" || word == "set") {
        made.help("a resource limit has no effect word: write `limit nofile <= 1024`");
        return;
    }
    std::vector<std::string_view> known;
    for (const policy::FileOperation& operation : policy::file_operations()) known.push_back(operation.name);
    for (const policy::ClassInfo& info : policy::classes()) known.push_back(info.keyword);
    if (const auto near = text::nearest(word, known))
        made.help(fmt::format("did you mean `{}`?", *near)).fix_with(node.span(), *near, false);
    else
        made.help(
            "file operations are `read`, `write`, `append`, `link`, `lock`, `map`, `exec` and `all`; other classes start with their name, "
            "as in `allow network …`");
}

class Collector {
public:
    Collector(Context& context, const Clauses& clauses) : context_(context), clauses_(clauses) {}

    void add(Node node, bool in_list) {
        if (node.kind() != Kind::Word) {
            report(context_, Code::E0302, node, fmt::format("{} is no operation", text::quoted(node.text())))
                .label("not a word")
                .help("operations come first, then objects: `allow [read write] /path`");
            return fail();
        }
        if (const policy::FileOperation* const operation = policy::find_file_operation(node.text())) {
            found_.permissions |= operation->bits;
            return;
        }
        const policy::ClassInfo* const info = policy::find_class(node.text());
        if (info == nullptr) {
            report_unknown(context_, clauses_, node);
        } else if (info->cls == policy::RuleClass::file && !in_list) {
            found_ = {policy::permission::all, true};
            return;
        } else {
            report(context_, Code::E0302, node, fmt::format("{} stands in a list of file operations", text::quoted(node.text())))
                .label(info->cls == policy::RuleClass::file ? "stands alone" : "a class of its own")
                .help(info->cls == policy::RuleClass::file
                          ? "for every file operation write `all`, with paths; `allow file` takes none"
                          : fmt::format("write a statement of its own: `{} {}`", statement_start(clauses_), info->keyword));
        }
        fail();
    }

    std::optional<FileOperations> result() const { return failed_ ? std::nullopt : std::optional(found_); }

private:
    void fail() { failed_ = true; }

    Context& context_;
    const Clauses& clauses_;
    FileOperations found_;
    bool failed_ = false;
};

}  // namespace

std::optional<FileOperations> file_operations_of(Context& context, const Clauses& clauses) {
    return file_operations_of(context, clauses, *clauses.operations);
}

std::optional<FileOperations> file_operations_of(Context& context, const Clauses& clauses, Node operations) {
    Collector collector(context, clauses);
    if (operations.kind() == Kind::List) {
        bool any = false;
        for (const Node node : operations) {
            collector.add(node, true);
            any = true;
        }
        if (!any) {
            report(context, Code::E0302, operations, "an empty list of operations").label("empty").help("write `[read write]`");
            return std::nullopt;
        }
    } else {
        collector.add(operations, false);
    }
    return collector.result();
}

}  // namespace pavise::language
