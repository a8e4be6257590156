#include "policy/rule.hpp"

namespace pavise::policy {
namespace {

struct ClassOf {
    RuleClass operator()(const FileRule&) const { return RuleClass::file; }
    RuleClass operator()(const LinkRule&) const { return RuleClass::link; }
    RuleClass operator()(const NetworkRule&) const { return RuleClass::network; }
    RuleClass operator()(const CapabilityRule&) const { return RuleClass::capability; }
    RuleClass operator()(const MountRule& rule) const { return rule.operation; }
    RuleClass operator()(const PivotRootRule&) const { return RuleClass::pivot_root; }
    RuleClass operator()(const MediationRule& rule) const { return rule.cls; }
    RuleClass operator()(const ChangeProfileRule&) const { return RuleClass::change_profile; }
    RuleClass operator()(const EverythingRule&) const { return RuleClass::everything; }
    RuleClass operator()(const SyscallRule&) const { return RuleClass::syscall; }
};

}  // namespace

RuleClass rule_class(const Rule& rule) { return std::visit(ClassOf{}, rule.body); }

}  // namespace pavise::policy
