#include "language/body.hpp"

#include "language/condition.hpp"
#include "language/container.hpp"
#include "language/header.hpp"
#include "language/limit.hpp"
#include "language/profile.hpp"
#include "language/program.hpp"
#include "language/statement_rule.hpp"
#include "language/use.hpp"

#include <utility>

namespace pavise::language {
namespace {

using syntax::Kind;

void statement_include(Context& context, syntax::Node node, policy::Profile& into) {
    const auto name = node.child(Kind::IncludeName);
    if (!name) return;
    into.includes.push_back({std::string(name->text()), node.child(Kind::IfExists).has_value(), origin(context, node)});
}

void statement_container(Context& context, syntax::Node node, policy::Profile& into) {
    if (into.kind != policy::ProfileKind::profile) {
        report(context, text::Code::E0226, container_word(node), "a container is started under a profile, not under a child or a hat")
            .help("put the `container` block into the outer profile");
        return;
    }
    container_block(context, node, into);
}

// A misspelt name is an error on every target, so the branches that are not taken are looked through for names.
void statement_if(Context& context, syntax::Node node, policy::Profile& into) {
    const Branches found = branches(context, node);
    if (found.taken) body(context, *found.taken, into);
    const bool names_only = std::exchange(context.program.names_only, true);
    for (const syntax::Node other : found.others) {
        policy::Profile scratch;
        scratch.kind = into.kind;
        body(context, other, scratch);
    }
    context.program.names_only = names_only;
}

void statement(Context& context, syntax::Node node, policy::Profile& into) {
    if (context.via != 0 && !within_budget(context, node)) return;
    switch (node.kind()) {
        case Kind::Rule: return statement_rule(context, node, into);
        case Kind::Use: return statement_use(context, node, into);
        case Kind::Include: return statement_include(context, node, into);
        case Kind::Limit: return statement_limit(context, node, into);
        case Kind::Flags: return statement_flags(context, node, into);
        case Kind::Mode: return statement_mode(context, node, into);
        case Kind::Xattrs: return statement_xattrs(context, node, into);
        case Kind::Container: return statement_container(context, node, into);
        case Kind::Profile:
        case Kind::Hat: into.children.push_back(inner_profile(context, node)); return;
        case Kind::If: return statement_if(context, node, into);
        default: return;
    }
}

}  // namespace

void body(Context& context, syntax::Node block, policy::Profile& into) {
    for (const syntax::Node node : block) statement(context, node, into);
}

}  // namespace pavise::language
