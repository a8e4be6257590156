// libFuzzer over compiled policies: any bytes must end in profiles or in a fault with its place, and what is read must be walked and meant
// within a budget.
//
// A profile that is read means the same to itself: no class of it goes beyond itself.
#include "apparmor/binary.hpp"
#include "analysis/within.hpp"
#include "analysis/world.hpp"
#include "apparmor/binary/unpack.hpp"
#include "apparmor/target.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <set>
#include <string_view>

namespace {

using namespace pavise;
using apparmor::binary::Holds;
using apparmor::binary::Profile;

// Says what is wrong, and stops where the fuzzer takes notice.
[[noreturn]] void fail(std::string_view what) {
    fmt::print(stderr, "{}\n", what);
    std::abort();
}

void check_labels(const apparmor::binary::Database& database, Holds holds) {
    const auto made = apparmor::binary::unpack(database, holds);
    const auto* unpacked = std::get_if<apparmor::binary::Unpacked>(&made);
    if (unpacked == nullptr) return;
    for (const automata::Label label : unpacked->automaton.labels)
        if (label >= unpacked->rights.size()) fail("a state has a label without rights");
    for (const automata::State next : unpacked->automaton.next)
        if (next >= unpacked->automaton.size()) fail("a transition leads out of the automaton");
}

void check_meaning(const std::vector<Profile>& profiles) {
    std::set<std::string> names;
    for (const Profile& profile : profiles)
        if (!names.insert(profile.space + ":" + profile.name).second) return;  // which of them is meant, the kernel would say
    const analysis::Compiled compiled = analysis::compiled_policy(profiles);
    analysis::World world(compiled, {&apparmor::targets().back(), true});
    for (const std::string& name : world.names()) {
        analysis::Meaning& meaning = *world.find(name);
        for (const policy::RuleClass cls : analysis::meant_classes())
            for (const analysis::Finding& found : analysis::excesses(meaning, meaning, cls))
                if (found.verdict == analysis::Verdict::fails) fail(fmt::format("it goes beyond itself: {}", found.message));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto made = apparmor::binary::read(bytes);
    if (const auto* fault = std::get_if<apparmor::binary::Fault>(&made)) {
        if (fault->message.empty() || fault->offset > size) fail("a fault without a place or a reason");
        return 0;
    }
    const auto& profiles = std::get<std::vector<Profile>>(made);
    for (const Profile& profile : profiles) {
        if (profile.attachment) check_labels(*profile.attachment, Holds::classes);
        if (profile.policy) check_labels(*profile.policy, Holds::classes);
        if (profile.file) check_labels(*profile.file, Holds::files);
    }
    check_meaning(profiles);
    return 0;
}
