#include "policy/rule_key.hpp"

namespace pavise::policy {
namespace {

// Each piece is followed by a byte that no glob or word holds.
class Writer {
public:
    std::string text;

    void put(std::string_view piece) { (text += piece) += '\0'; }
    void put(std::uint64_t number) { put(std::string_view(std::to_string(number))); }
    void put(const std::vector<std::string>& list) {
        for (const std::string& piece : list) put(std::string_view(piece));
        put(std::string_view("\x01"));
    }
    void put(const Globs& list) {
        for (const Glob& glob : list) put(std::string_view(glob.text));
        put(std::string_view("\x01"));
    }
    void put(const std::vector<Condition>& list) {
        for (const Condition& condition : list) {
            put(static_cast<std::uint64_t>(condition.key));
            put(condition.values);
        }
        put(std::string_view("\x01"));
    }

    void operator()(const FileRule& rule) {
        put(rule.permissions);
        put(std::uint64_t{rule.whole});
        put(rule.paths);
        put(rule.except);
        if (!rule.exec) return;
        put(static_cast<std::uint64_t>(rule.exec->kind));
        put(static_cast<std::uint64_t>(rule.exec->fallback));
        put(std::uint64_t{rule.exec->unsafe});
        put(std::string_view(rule.exec->name));
    }
    void operator()(const LinkRule& rule) {
        put(std::uint64_t{rule.subset});
        put(rule.names);
        put(rule.targets);
        for (const LinkRule::Pair& pair : rule.except) put(pair.names), put(pair.targets);
    }
    void operator()(const NetworkRule& rule) {
        put(rule.access);
        put(rule.families);
        put(rule.types);
        put(rule.conditions);
        for (const NetworkRule::Tuple& tuple : rule.except) put(tuple.families), put(tuple.types);
    }
    void operator()(const CapabilityRule& rule) {
        put(rule.names);
        put(rule.except);
    }
    void operator()(const MountRule& rule) {
        put(rule.sources);
        put(rule.mountpoints);
        put(rule.fstypes);
        for (const MountRule::Options& options : rule.options) put(std::uint64_t{options.any_of}), put(options.names);
        for (const MountRule::Pair& pair : rule.except) put(pair.sources), put(pair.mountpoints);
    }
    void operator()(const PivotRootRule& rule) {
        put(rule.oldroots);
        put(rule.newroots);
        put(std::string_view(rule.target));
        put(rule.except);
    }
    void operator()(const MediationRule& rule) {
        put(rule.access);
        put(rule.conditions);
        put(rule.names);
        put(rule.except);
    }
    void operator()(const ChangeProfileRule& rule) {
        put(rule.targets);
        put(rule.except);
        put(rule.execs);
        put(std::uint64_t{rule.unsafe});
    }
    void operator()(const EverythingRule&) {}
    void operator()(const SyscallRule& rule) {
        put(rule.names);
        for (const SyscallComparison& comparison : rule.where) {
            put(comparison.argument);
            put(comparison.mask.value_or(~std::uint64_t{0}));
            put(std::string_view(comparison.op));
            put(comparison.value);
        }
    }
};

}  // namespace

std::string key(const Rule& rule) {
    Writer writer;
    writer.put(static_cast<std::uint64_t>(rule_class(rule)));
    writer.put(static_cast<std::uint64_t>(rule.effect));
    writer.put(std::uint64_t{rule.audit});
    writer.put(static_cast<std::uint64_t>(rule.half));
    writer.put(std::uint64_t{rule.priority.has_value()});
    writer.put(static_cast<std::uint64_t>(rule.priority.value_or(0) + 1000));
    std::visit(writer, rule.body);
    return std::move(writer.text);
}

}  // namespace pavise::policy
