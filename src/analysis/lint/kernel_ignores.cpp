// Statements of a class that the kernel of `--kernel` does not mediate: the parser leaves them out for it, and all in the class is allowed.
#include "analysis/lint/context.hpp"

#include "apparmor/abi.hpp"

#include <fmt/format.h>

#include <map>

namespace pavise::analysis::lints {

void kernel_ignores(Context& context) {
    if (context.options.kernel == nullptr) return;
    std::map<policy::RuleClass, std::pair<const policy::Rule*, std::size_t>> ignored;
    for (const policy::Rule& rule : context.profile().rules) {
        const policy::RuleClass cls = policy::rule_class(rule);
        if (cls == policy::RuleClass::everything || cls == policy::RuleClass::syscall || !context.meaning.mediates(cls)) continue;
        if (apparmor::mediates(*context.options.kernel, cls)) continue;
        const auto [known, fresh] = ignored.try_emplace(cls, &rule, 0);
        if (!fresh) ++known->second.second;
    }
    for (const auto& [cls, found] : ignored) {
        const auto& [rule, more] = found;
        context
            .report(
                text::Code::W0916, rule->origin,
                fmt::format("the kernel of `--kernel` does not mediate `{}`: this statement{} no effect there, and all of it is allowed",
                            policy::class_info(cls).keyword, more == 0 ? " has" : fmt::format(" and {} more have", more)))
            .help(fmt::format("write it within `if feature(\"{}\") {{ … }}` if the policy is to do without it", apparmor::feature_of(cls)));
    }
}

}  // namespace pavise::analysis::lints
