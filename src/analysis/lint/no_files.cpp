// A profile under which no file can be read, mapped or executed, whatever its includes and statements seem to say: nothing can start.
#include "analysis/lint/context.hpp"

#include <fmt/format.h>

namespace pavise::analysis::lints {

void no_files(Context& context) {
    namespace p = policy::permission;
    const policy::Profile& profile = context.profile();
    const bool enforced = profile.mode == policy::Mode::enforce || profile.mode == policy::Mode::kill;
    const Language* files = context.language(policy::RuleClass::file);
    if (profile.kind == policy::ProfileKind::hat || !enforced || files == nullptr || context.occurring(policy::RuleClass::file).empty())
        return;
    for (const Hits* hits : context.occurring(policy::RuleClass::file))
        for (const Bits bit : {p::read, p::map, p::exec})
            for (const Owner owner : {Owner::self, Owner::other})
                if (decide(*files, *hits, bit, owner).answer != Answer::no) return;
    if (context.is_reported(text::Code::W0404, profile.origin.span)) return;
    context
        .report(text::Code::W0404, profile.origin,
                fmt::format("a program under {} can read no file, not even a library: what is allowed is denied again",
                            text::quoted(profile.name)))
        .help("narrow the `deny`, or leave files to it alone with `allow file`");
}

}  // namespace pavise::analysis::lints
