// What is emitted against what an expert would write by hand: the real parsers make the same binary of both, for every class, condition,
// flag and form. A case is one profile; all cases of a target are compiled in one run, and one by one only to name those that differ.
#include "build_policy.hpp"
#include "parsers.hpp"

#include <functional>

using namespace pavise;
using namespace pavise::apparmor;
namespace p = pavise::policy::permission;
using policy::ConditionKey;
using policy::ExecFallback;
using policy::ExecKind;
using policy::Half;
using policy::MediationRule;
using policy::RuleClass;

namespace {

struct Case {
    const char* hand;  // the body by hand
    std::function<void(policy::Profile&)> fill;
    Version since = Version::v3_0;
    Version until = Version::v5_0;
    const char* head = "";  // attachment, xattrs, flags by hand
};

std::function<void(policy::Profile&)> rules(std::vector<policy::Rule> made) {
    return [made](policy::Profile& profile) { profile.rules = made; };
}
policy::Rule with(policy::Rule made, const std::function<void(policy::Rule&)>& change) {
    change(made);
    return made;
}
policy::Rule audited(policy::Rule made) {
    made.audit = true;
    return made;
}
policy::Rule in_half(policy::Rule made, Half half) {
    made.half = half;
    return made;
}
policy::Rule ranked(policy::Rule made, int priority) {
    made.priority = priority;
    return made;
}

policy::NetworkRule network(std::vector<std::string> families, std::vector<std::string> types = {}, policy::Access access = 0,
                            std::vector<policy::Condition> conditions = {}) {
    policy::NetworkRule body;
    body.access = access;
    body.families = std::move(families);
    body.types = std::move(types);
    body.conditions = std::move(conditions);
    return body;
}
policy::CapabilityRule capability(std::vector<std::string> names) {
    policy::CapabilityRule body;
    body.names = std::move(names);
    return body;
}
MediationRule mediation(RuleClass cls, std::initializer_list<const char*> words, std::vector<policy::Condition> conditions = {},
                        std::initializer_list<const char*> names = {}) {
    MediationRule body;
    body.cls = cls;
    body.access = access(cls, words);
    body.conditions = std::move(conditions);
    body.names = globs(names);
    return body;
}
policy::MountRule mount(RuleClass cls, std::initializer_list<const char*> sources, std::initializer_list<const char*> points,
                        std::vector<std::string> fstypes = {}, std::vector<policy::MountRule::Options> options = {}) {
    policy::MountRule body;
    body.operation = cls;
    body.sources = globs(sources);
    body.mountpoints = globs(points);
    body.fstypes = std::move(fstypes);
    body.options = std::move(options);
    return body;
}
policy::PivotRootRule pivot(std::initializer_list<const char*> oldroots, std::initializer_list<const char*> newroots,
                            std::string target = "") {
    policy::PivotRootRule body;
    body.oldroots = globs(oldroots);
    body.newroots = globs(newroots);
    body.target = std::move(target);
    return body;
}
policy::LinkRule link(std::initializer_list<const char*> names, std::initializer_list<const char*> targets, bool subset = false) {
    policy::LinkRule body;
    body.subset = subset;
    body.names = globs(names);
    body.targets = globs(targets);
    return body;
}
policy::ChangeProfileRule change(std::vector<std::string> targets, std::initializer_list<const char*> execs = {}, bool unsafe = false) {
    policy::ChangeProfileRule body;
    body.targets = std::move(targets);
    body.execs = globs(execs);
    body.unsafe = unsafe;
    return body;
}
policy::FileRule every_file() {
    policy::FileRule body;
    body.whole = true;
    body.permissions = p::all;
    return body;
}
policy::FileRule read_exec(const char* path, policy::ExecTarget target) {
    policy::FileRule body = files(p::read | p::exec, {path});
    body.exec = std::move(target);
    return body;
}
std::function<void(policy::Profile&)> limits(std::vector<policy::Limit> made) {
    return [made](policy::Profile& profile) { profile.limits = made; };
}
std::function<void(policy::Profile&)> flags(std::vector<policy::Flag> made, policy::Mode mode = policy::Mode::enforce) {
    return [made, mode](policy::Profile& profile) {
        profile.flags = made;
        profile.mode = mode;
        profile.rules = {allow(files(p::read, {"/r"}))};
    };
}

constexpr Version v4_0 = Version::v4_0, v4_1 = Version::v4_1, v5_0 = Version::v5_0;

std::vector<Case> file_cases() {
    const ExecKind profile = ExecKind::profile, child = ExecKind::child;
    const ExecFallback none = ExecFallback::none, or_inherit = ExecFallback::inherit, or_unconfined = ExecFallback::unconfined;
    return {
        {"/x rw, /y a,", rules({allow(files(p::read | p::write | p::append, {"/x"})), allow(files(p::append, {"/y"}))})},
        {"/x mrwklix,", rules({allow([] {
             auto all = files(p::all, {"/x"});
             all.exec = policy::ExecTarget{};
             return all;
         }())})},
        {"/x r, /x k,", rules({allow(files(p::read, {"/x"})), allow(files(p::lock, {"/x"}))})},
        {"/x a, /x w,", rules({allow(files(p::append, {"/x"})), allow(files(p::write | p::append, {"/x"}))})},
        {"/** rw, deny /bin/** wl, deny /bin/sh mrwklx,",
         rules({allow(files(p::read | p::write | p::append, {"/**"})), deny(files(p::write | p::append | p::link, {"/bin/**"})),
                deny(files(p::all, {"/bin/sh"}))})},
        {"audit /x w, /** rw, audit deny /y w,",
         rules({audited(allow(files(p::write | p::append, {"/x"}))), allow(files(p::read | p::write | p::append, {"/**"})),
                audited(deny(files(p::write | p::append, {"/y"})))})},
        {"/** rwm, audit deny /y w, deny /y m,",
         rules({allow(files(p::read | p::write | p::append | p::map, {"/**"})), audited(deny(files(p::write | p::append, {"/y"}))),
                deny(files(p::write | p::append | p::map, {"/y"}))})},
        {"owner /x rw, other /y r,", rules({in_half(allow(files(p::read | p::write | p::append, {"/x"})), Half::owner),
                                            in_half(allow(files(p::read, {"/y"})), Half::other)})},
        {"/a r, /b/c r,", rules({allow(files(p::read, {"{/a,/b/c}"}))})},
        {"\"/a b\" r, \"/c!\" r, \"/d,\" r, \"/e\\\"f\" r, /g#h r, /i(j) r, /k,l r, \"/m\\ n\" r, /o[^p]* r,",
         rules({allow(files(p::read, {"/a b", "/c!", "/d,", "/e\"f", "/g#h", "/i(j)", "/k,l", "/m\\ n", "/o[^p]*"}))})},
        {"file,", rules({allow(every_file())})},
        {"owner file,", rules({in_half(allow(every_file()), Half::owner)})},
        {"/q r, deny /{**,} mrwklx,", rules({allow(files(p::read, {"/q"})), deny(every_file())})},
        {"/x ix,", rules({allow(exec({"/x"}))})},
        {"/x Px,", rules({allow(exec({"/x"}, {profile, "", none, false}))})},
        {"/x px,", rules({allow(exec({"/x"}, {profile, "", none, true}))})},
        {"/x Pix,", rules({allow(exec({"/x"}, {profile, "", or_inherit, false}))})},
        {"/x pix,", rules({allow(exec({"/x"}, {profile, "", or_inherit, true}))})},
        {"/x PUx,", rules({allow(exec({"/x"}, {profile, "", or_unconfined, false}))})},
        {"/x pux,", rules({allow(exec({"/x"}, {profile, "", or_unconfined, true}))})},
        {"/x Cx,", rules({allow(exec({"/x"}, {child, "", none, false}))})},
        {"/x cix -> c,", rules({allow(exec({"/x"}, {child, "c", or_inherit, true}))})},
        {"/x Cix,", rules({allow(exec({"/x"}, {child, "", or_inherit, false}))})},
        {"/x CUx,", rules({allow(exec({"/x"}, {child, "", or_unconfined, false}))})},
        {"/x cux,", rules({allow(exec({"/x"}, {child, "", or_unconfined, true}))})},
        {"/x Ux,", rules({allow(exec({"/x"}, {ExecKind::unconfined, "", none, false}))})},
        {"/x ux,", rules({allow(exec({"/x"}, {ExecKind::unconfined, "", none, true}))})},
        {"/x rPx -> \"a b\",", rules({allow(read_exec("/x", {profile, "a b", none, false}))})},
        {"/x Px -> &:ns:a//&b,", rules({allow(exec({"/x"}, {profile, "&:ns:a//&b", none, false}))})},
        {"/x r, /x Cx -> c, /x lk,",
         rules({allow(files(p::read, {"/x"})), allow(exec({"/x"}, {child, "c", none, false})), allow(files(p::link | p::lock, {"/x"}))})},
        {"/x l,", rules({allow(files(p::link, {"/x"}))})},
        {"link /x -> /y, link \"/a b\" -> /y,", rules({allow(link({"/x", "/a b"}, {"/y"}))})},
        {"link subset /x -> /y,", rules({allow(link({"/x"}, {"/y"}, true))})},
        {"owner link /x -> /y,", rules({in_half(allow(link({"/x"}, {"/y"})), Half::owner)})},
        {"/** rwl, deny link /** -> /y,",
         rules({allow(files(p::read | p::write | p::append | p::link, {"/**"})), deny(link({"/**"}, {"/y"}))})},
        {"priority=5 /x w, deny /** w,",
         rules({ranked(allow(files(p::write | p::append, {"/x"})), 5), deny(files(p::write | p::append, {"/**"}))}), v4_1},
        {"prompt /x r, audit prompt owner /y w,",
         rules({with(allow(files(p::read, {"/x"})), [](auto& r) { r.effect = policy::Effect::prompt; }),
                with(allow(files(p::write | p::append, {"/y"})),
                     [](auto& r) {
                         r.effect = policy::Effect::prompt;
                         r.audit = true;
                         r.half = Half::owner;
                     })}),
         v4_1},
        {"all,", rules({allow(policy::EverythingRule{})}), v4_0},
        {"file, capability, network, mount, umount, pivot_root, signal, ptrace, unix, dbus,", rules({allow(policy::EverythingRule{})}),
         Version::v3_0, Version::v3_0},
        // 4.0 and 4.1 do not mediate io_uring, so there it would promise too much and is refused.
        {"/x r, deny /{**,} mrwklx, deny capability, deny network, deny mount, deny umount, deny pivot_root, deny signal, deny ptrace, "
         "deny unix, deny dbus, deny mqueue, deny userns, deny io_uring,",
         rules({allow(files(p::read, {"/x"})), deny(policy::EverythingRule{})}), Version::v5_0},
    };
}

std::vector<Case> class_cases() {
    const policy::Access send_receive = access(RuleClass::network, {"send", "receive"});
    using K = ConditionKey;
    return {
        {"capability,", rules({allow(capability({}))})},
        {"capability chown net_admin, deny capability sys_admin, audit capability kill,",
         rules({allow(capability({"chown", "net_admin"})), deny(capability({"sys_admin"})), audited(allow(capability({"kill"})))})},
        {"capability checkpoint_restore,", rules({allow(capability({"checkpoint_restore"}))}), v4_0},
        {"network,", rules({allow(network({}))})},
        {"network inet stream, network inet dgram, network inet6 stream, network inet6 dgram,",
         rules({allow(network({"inet", "inet6"}, {"stream", "dgram"}))})},
        {"network raw, network tcp, deny network packet,", rules({allow(network({}, {"raw", "tcp"})), deny(network({"packet"}))})},
        {"network packet packet, network,", rules({allow(network({"packet"}, {"packet"})), allow(network({}))})},
        {"network (send, receive) inet stream, network (create) unix,",
         rules({allow(network({"inet"}, {"stream"}, send_receive)), allow(network({"unix"}, {}, access(RuleClass::network, {"create"})))}),
         v4_0},
        {"network inet stream ip=127.0.0.1 port=80 peer=(ip=1.2.3.4 port=443), network inet6 ip=::1,",
         rules({allow(network({"inet"}, {"stream"}, 0,
                              {{K::ip, {"127.0.0.1"}}, {K::port, {"80"}}, {K::peer_ip, {"1.2.3.4"}}, {K::peer_port, {"443"}}})),
                allow(network({"inet6"}, {}, 0, {{K::ip, {"::1"}}}))}),
         v5_0},
        {"network inet port=80-90, network inet port=443,", rules({allow(network({"inet"}, {}, 0, {{K::port, {"80-90", "443"}}}))}), v5_0},
        {"network inet label=\"a b\" peer=(label=\"{c,d}\"),",
         rules({allow(network({"inet"}, {}, 0, {{K::label, {"a b"}}, {K::peer_label, {"{c,d}"}}}))}), v5_0},
        {"mount,", rules({allow(mount(RuleClass::mount, {}, {}))})},
        {"mount fstype=(ext4, xfs) options=(ro, nosuid) /dev/sda -> /mnt/,",
         rules({allow(mount(RuleClass::mount, {"/dev/sda"}, {"/mnt/"}, {"ext4", "xfs"}, {{false, {"ro", "nosuid"}}}))})},
        {"mount options in (ro, noexec) tmpfs -> \"/a b/\", mount options=bind tmpfs -> \"/a b/\",",
         rules({allow(mount(RuleClass::mount, {"tmpfs"}, {"/a b/"}, {}, {{true, {"ro", "noexec"}}, {false, {"bind"}}}))})},
        {"mount fstype={ext4,xfs} /a -> /b, mount fstype={ext4,xfs} /a -> {/c,/d},",
         rules({allow(mount(RuleClass::mount, {"/a"}, {"/b", "{/c,/d}"}, {"{ext4,xfs}"}))})},
        {"mount options=rprivate -> /b,", rules({allow(mount(RuleClass::mount, {}, {"/b"}, {}, {{false, {"rprivate"}}}))})},
        {"mount options=(nosymfollow, lazytime) -> /b,",
         rules({allow(mount(RuleClass::mount, {}, {"/b"}, {}, {{false, {"nosymfollow", "lazytime"}}}))}), v4_0},
        {"remount options=(ro, bind) /b, umount /b, umount,",
         rules({allow(mount(RuleClass::remount, {}, {"/b"}, {}, {{false, {"ro", "bind"}}})), allow(mount(RuleClass::umount, {}, {"/b"})),
                allow(mount(RuleClass::umount, {}, {}))})},
        {"remount, remount options in (ro, nosuid) /b,",
         rules({allow(mount(RuleClass::remount, {}, {})), allow(mount(RuleClass::remount, {}, {"/b"}, {}, {{true, {"ro", "nosuid"}}}))}),
         v4_0},
        {"mount, deny mount options=bind, audit deny umount /c,",
         rules({allow(mount(RuleClass::mount, {}, {})), deny(mount(RuleClass::mount, {}, {}, {}, {{false, {"bind"}}})),
                audited(deny(mount(RuleClass::umount, {}, {"/c"})))})},
        {"pivot_root,", rules({allow(pivot({}, {}))})},
        {"pivot_root oldroot=/o/ /n/, pivot_root oldroot=/o/ /m/,", rules({allow(pivot({"/o/"}, {"{/n/,/m/}"}))})},
        {"pivot_root /n/ -> \"a b\",", rules({allow(pivot({}, {"/n/"}, "a b"))}), Version::v3_0, Version::v3_0},
        {"signal, ptrace, unix, dbus,", rules({allow(mediation(RuleClass::signal, {})), allow(mediation(RuleClass::ptrace, {})),
                                               allow(mediation(RuleClass::unix_, {})), allow(mediation(RuleClass::dbus, {}))})},
        {"signal (send) set=(term, rtmin+3, exists) peer=a, signal (send) set=(term, rtmin+3, exists) peer=@{profile_name},",
         rules({allow(
             mediation(RuleClass::signal, {"send"}, {{K::set, {"term", "rtmin+3", "exists"}}, {K::peer, {"a", "@{profile_name}"}}}))})},
        {"signal peer=\"a b\", signal peer=\"(c)\", signal peer=\"d=e\", signal peer=\"f,g\", signal peer={h,i}//*, signal "
         "peer=/usr/bin/*, signal peer=[jk]l, signal peer=:ns:m//&n,",
         rules({allow(mediation(RuleClass::signal, {},
                                {{K::peer, {"a b", "(c)", "d=e", "f,g", "{h,i}//*", "/usr/bin/*", "[jk]l", ":ns:m//&n"}}}))})},
        {"ptrace (trace, read, readby, tracedby) peer=a, deny ptrace (trace) peer=unconfined,",
         rules({allow(mediation(RuleClass::ptrace, {"trace", "read", "tracedby", "readby"}, {{K::peer, {"a"}}})),
                deny(mediation(RuleClass::ptrace, {"trace"}, {{K::peer, {"unconfined"}}}))})},
        {"unix (send, receive, connect, accept) type=stream addr=@a* peer=(label=\"b c\", addr=\"@d{e,f}\"), unix (bind) type=dgram "
         "addr=none, unix (create) type=seqpacket,",
         rules({allow(mediation(RuleClass::unix_, {"send", "receive", "connect", "accept"},
                                {{K::type, {"stream"}}, {K::addr, {"@a*"}}, {K::peer_label, {"b c"}}, {K::peer_addr, {"@d{e,f}"}}})),
                allow(mediation(RuleClass::unix_, {"bind"}, {{K::type, {"dgram"}}, {K::addr, {"none"}}})),
                allow(mediation(RuleClass::unix_, {"create"}, {{K::type, {"seqpacket"}}}))})},
        {"dbus (send) bus=system path=/o/{a,b} interface=\"i j\" member={Get,Set}* peer=(name=\"{k,l}\", label=m), dbus (bind) bus=session "
         "name=n, dbus (eavesdrop) bus=session, dbus (receive) path=/p,",
         rules({allow(mediation(RuleClass::dbus, {"send"},
                                {{K::bus, {"system"}},
                                 {K::path, {"/o/{a,b}"}},
                                 {K::interface, {"i j"}},
                                 {K::member, {"{Get,Set}*"}},
                                 {K::peer_name, {"{k,l}"}},
                                 {K::peer_label, {"m"}}})),
                allow(mediation(RuleClass::dbus, {"bind"}, {{K::bus, {"session"}}, {K::name, {"n"}}})),
                allow(mediation(RuleClass::dbus, {"eavesdrop"}, {{K::bus, {"session"}}})),
                allow(mediation(RuleClass::dbus, {"receive"}, {{K::path, {"/p"}}}))})},
        {"mqueue, deny mqueue (delete) /x,",
         rules({allow(mediation(RuleClass::mqueue, {})), deny(mediation(RuleClass::mqueue, {"delete"}, {}, {"/x"}))}), v4_0},
        {"mqueue (read, create) type=posix label=\"a b\" /q, mqueue (read, create) type=posix label=\"a b\" \"/r s\",",
         rules({allow(mediation(RuleClass::mqueue, {"read", "create"}, {{K::type, {"posix"}}, {K::label, {"a b"}}}, {"/q", "/r s"}))}),
         v4_0},
        {"userns create,", rules({allow(mediation(RuleClass::userns, {"create"}))}), v4_0},
        {"audit userns,", rules({audited(allow(mediation(RuleClass::userns, {})))}), v4_0},
        {"io_uring (sqpoll), io_uring (override_creds) label=\"a b\",",
         rules({allow(mediation(RuleClass::io_uring, {"sqpoll"})),
                allow(mediation(RuleClass::io_uring, {"override_creds"}, {{K::label, {"a b"}}}))}),
         v5_0},
        {"priority=2 signal (send), deny signal,",
         rules({ranked(allow(mediation(RuleClass::signal, {"send"})), 2), deny(mediation(RuleClass::signal, {}))}), v4_1},
        {"change_profile,", rules({allow(change({}))})},
        {"change_profile -> a, change_profile -> \"b c\", change_profile -> {d,e}, change_profile -> :ns:f//&g,",
         rules({allow(change({"a", "b c", "{d,e}", ":ns:f//&g"}))})},
        {"change_profile /bin/x -> a, change_profile unsafe \"/bin/y z\" -> a, change_profile /bin/w,",
         rules({allow(change({"a"}, {"/bin/x"})), allow(change({"a"}, {"/bin/y z"}, true)), allow(change({}, {"/bin/w"}))})},
        {"set rlimit nofile <= 1024, set rlimit as <= 3M, set rlimit data <= 1025, set rlimit cpu <= 10min, set rlimit rttime <= 7ms, set "
         "rlimit nice <= -5, set rlimit core <= 0, set rlimit nproc <= infinity, set rlimit stack <= 8G,",
         limits({{"nofile", 1024, {}},
                 {"as", 3 << 20, {}},
                 {"data", 1025, {}},
                 {"cpu", 600, {}},
                 {"rttime", 7000, {}},
                 {"nice", -5, {}},
                 {"core", 0, {}},
                 {"nproc", {}, {}},
                 {"stack", std::int64_t{8} << 30, {}}})},
    };
}

std::vector<Case> head_cases() {
    const auto attached = [](const char* glob, std::vector<policy::Xattr> xattrs = {}) {
        return [=](policy::Profile& profile) {
            profile.attachment = policy::Glob{glob};
            profile.xattrs = xattrs;
        };
    };
    const Version v3_0 = Version::v3_0;
    return {
        {"/r r,", flags({{"attach_disconnected", "", {}}, {"mediate_deleted", "", {}}}), v3_0, v5_0,
         "flags=(attach_disconnected,mediate_deleted)"},
        {"/r r,",
         flags({{"no_attach_disconnected", "", {}}, {"delegate_deleted", "", {}}, {"chroot_relative", "", {}}, {"chroot_attach", "", {}}}),
         v3_0, v5_0, "flags=(no_attach_disconnected delegate_deleted chroot_relative chroot_attach)"},
        {"/r r,", flags({{"namespace_relative", "", {}}, {"chroot_no_attach", "", {}}}), v3_0, v5_0,
         "flags=(namespace_relative chroot_no_attach)"},
        {"/r r,", flags({{"audit", "", {}}}, policy::Mode::complain), v3_0, v5_0, "flags=(complain audit)"},
        {"/r r,", flags({}, policy::Mode::kill), v3_0, v5_0, "flags=(kill)"},
        {"/r r,", flags({}, policy::Mode::unconfined), v3_0, v5_0, "flags=(unconfined)"},
        {"/r r,", flags({}, policy::Mode::default_allow), v4_0, v5_0, "flags=(default_allow)"},
        {"/r r,", flags({{"interruptible", "", {}}}, policy::Mode::prompt), v4_1, v5_0, "flags=(prompt interruptible)"},
        {"/r r,", flags({{"debug", "", {}}}), v4_1, v5_0, "flags=(debug)"},
        {"/r r,", flags({{"attach_disconnected.path", "/a/b", {}}}), v4_0, v5_0, "flags=(attach_disconnected.path=/a/b)"},
        {"/r r,", flags({{"attach_disconnected.ipc", "", {}}}), v5_0, v5_0, "flags=(attach_disconnected.ipc)"},
        {"/r r,", flags({{"attach_disconnected.ipc", "/i", {}}}), v5_0, v5_0, "flags=(attach_disconnected.ipc=/i)"},
        {"/r r,", flags({{"kill.signal", "rtmin+3", {}}}, policy::Mode::kill), v4_0, v5_0, "flags=(kill kill.signal=rtmin+3)"},
        {"/r r,", flags({{"error", "ENOENT", {}}}), v4_1, v5_0, "flags=(error=ENOENT)"},
        {"", attached("/usr/bin/{a,b}*"), v3_0, v5_0, "/usr/bin/{a,b}*"},
        {"", attached("/usr/bin/a b"), v3_0, v5_0, "\"/usr/bin/a b\""},
        {"", attached("/x", {{"user.tag", "a[bc]*", {}}, {"security.y", "d (e)", {}}}), v4_0, v5_0,
         "/x xattrs=(user.tag=a[bc]* security.y=\"d (e)\")"},
        {"^h flags=(complain) { /h r, } profile c /usr/bin/c { /c r, ^inner { /i r, } } profile \"d e\" { }",
         [](policy::Profile& profile) {
             policy::Profile hat, child, inner, spaced;
             hat.kind = inner.kind = policy::ProfileKind::hat;
             child.kind = spaced.kind = policy::ProfileKind::child;
             hat.name = "h", child.name = "c", inner.name = "inner", spaced.name = "d e";
             hat.mode = policy::Mode::complain;
             hat.rules = {allow(files(p::read, {"/h"}))};
             child.attachment = policy::Glob{"/usr/bin/c"};
             child.rules = {allow(files(p::read, {"/c"}))};
             inner.rules = {allow(files(p::read, {"/i"}))};
             child.children = {inner};
             profile.children = {hat, child, spaced};
         }},
    };
}

std::vector<Case> all_cases() {
    std::vector<Case> cases = file_cases();
    for (const auto& more : {class_cases(), head_cases()}) cases.insert(cases.end(), more.begin(), more.end());
    return cases;
}

std::string by_hand(const Case& one, const std::string& name) { return "profile " + name + " " + one.head + " {\n" + one.hand + "\n}\n"; }

// The emitted profile without the head of its file.
std::string emitted(const Case& one, const std::string& name, const Target& target) {
    PolicyText made("profile p {\n}\n", name);
    made.options.target = &target;
    one.fill(made.profile());
    INFO("by hand: " << one.hand);
    const std::string text = made.emitted();
    return text.substr(text.find("\nprofile ") + 1);
}

}  // namespace

TEST_CASE("the parsers make the same binary of what is emitted and of what an expert writes") {
    for (const auto& [target_name, parser] : parsers) {
        const Target& target = *find_target(target_name);
        const std::string head = "abi " + std::string(target.abi) + ",\n";
        std::string ours = head, theirs = head;
        std::vector<Case> fitting;
        for (const Case& one : all_cases()) {
            if (target.version < one.since || target.version > one.until) continue;
            const std::string name = "case" + std::to_string(fitting.size());
            fitting.push_back(one);
            ours += emitted(one, name, target);
            theirs += by_hand(one, name);
        }
        const Compiled made = compile(parser, ours);
        if (made.missing) SKIP_TEST(made.error);
        const Compiled hand = compile(parser, theirs);
        INFO(target_name << " " << made.error << hand.error);
        if (!made.binary.empty() && made.binary == hand.binary) continue;
        for (const Case& one : fitting) {
            const std::string text = emitted(one, "case", target);
            const Compiled ours_alone = compile(parser, head + text);
            const Compiled hand_alone = compile(parser, head + by_hand(one, "case"));
            INFO(text << ours_alone.error << "\nby hand: " << one.head << " " << one.hand << "\n" << hand_alone.error);
            CHECK(!ours_alone.binary.empty());
            CHECK((ours_alone.binary == hand_alone.binary));
        }
    }
}

TEST_CASE("what is allowed beside `deny everything` leaves no trace in the binary") {
    const char* const parser = "5.0";
    const auto binary = [&](std::vector<policy::Rule> made) {
        PolicyText text;
        text.target("apparmor-5.0");
        text.profile().rules = std::move(made);
        text.profile().rules.push_back(deny(policy::EverythingRule{}));
        return compile(parser, text.emitted());
    };
    const Compiled nothing = binary({});
    if (nothing.missing) SKIP_TEST(nothing.error);
    REQUIRE_FALSE(nothing.binary.empty());
    using R = RuleClass;
    std::vector<policy::Rule> allowed = {
        allow(files(p::read | p::write | p::append | p::lock | p::map, {"/x"})),
        in_half(allow(files(p::read, {"/x"})), Half::other),
        allow(capability({})),
        allow(network({})),
        allow(mount(R::mount, {}, {})),
        allow(mount(R::umount, {}, {})),
        allow(pivot({}, {})),
    };
    for (const R cls : {R::signal, R::ptrace, R::unix_, R::dbus, R::mqueue, R::userns, R::io_uring})
        allowed.push_back(allow(mediation(cls, {})));
    for (const policy::Rule& one : allowed) {
        const Compiled made = binary({one});
        INFO(one.body.index() << " " << made.error);
        CHECK((made.binary == nothing.binary));
    }
}

TEST_CASE("every parser takes file rules that come to nothing") {
    const auto audited_deny = [](policy::RuleBody body) { return audited(deny(std::move(body))); };
    const policy::Permissions write = p::write | p::append;
    const std::vector<std::vector<policy::Rule>> profiles = {
        {audited_deny(files(write, {"/x"}))},
        {in_half(audited_deny(files(p::read, {"/x"})), Half::owner)},
        {audited_deny(every_file())},
        {audited_deny(files(p::link, {"/x"}))},
        {audited_deny(link({"/x"}, {"/y"}))},
        {audited_deny(exec({"/x"}))},
        {allow(files(p::read, {"/x"})), audited_deny(files(p::read, {"/**"}))},
        {allow(files(p::read, {"/x"})), audited_deny(files(p::read, {"/x"}))},
        {allow(files(write, {"/x"})), audited_deny(files(write | p::link, {"/[xy]"}))},
        {allow(exec({"/x"}, {ExecKind::profile, "", ExecFallback::none, false})), audited_deny(exec({"/x"}))},
        {in_half(allow(files(p::read, {"/x"})), Half::owner), audited_deny(files(p::read, {"/x"}))},
        {audited_deny(files(p::read, {"/x"})), audited_deny(capability({"kill"}))},
    };
    for (const auto& [target, parser] : parsers) {
        for (const std::vector<policy::Rule>& one : profiles) {
            PolicyText made;
            made.target(target);
            made.profile().rules = one;
            const std::string text = made.emitted();
            const Compiled compiled = compile(parser, text);
            if (compiled.missing) SKIP_TEST(compiled.error);
            INFO(target << "\n" << text << compiled.error);
            CHECK_FALSE(compiled.binary.empty());
        }
    }
    PolicyText made;
    made.target("apparmor-4.1");
    made.profile().rules = {ranked(audited_deny(files(p::read, {"/**"})), 7), deny(files(p::read, {"/x"}))};
    CHECK_FALSE(compile("4.1", emit(made.policy, made.sources, made.options, made.diagnostics).at(0).text).binary.empty());
}

TEST_CASE("docker-nginx as it is published") {
    PolicyText made("profile docker-nginx {\n}\n", "docker-nginx");
    made.policy.preambles[0].includes.push_back({"<tunables/global>", false, {}});
    policy::Profile& profile = made.profile();
    profile.flags = {{"attach_disconnected", "", {}}, {"mediate_deleted", "", {}}};
    profile.includes.push_back({"<abstractions/base>", false, {}});
    profile.rules = {deny(network({}, {"raw"})), deny(files(p::write | p::append | p::link, {"/bin/**", "/root/**"})),
                     deny(files(p::all, {"/bin/sh", "/bin/dash", "/usr/bin/top"}))};
    const std::string hand = R"(#include <tunables/global>

profile docker-nginx flags=(attach_disconnected,mediate_deleted) {
  #include <abstractions/base>

  deny network raw,

  deny /bin/** wl,
  deny /root/** wl,

  deny /bin/sh mrwklx,
  deny /bin/dash mrwklx,
  deny /usr/bin/top mrwklx,
}
)";
    for (const auto& [target, parser] : parsers) {
        made.target(target);
        const Compiled ours = compile(parser, made.emitted());
        if (ours.missing) SKIP_TEST(ours.error);
        const Compiled theirs = compile(parser, "abi " + std::string(made.options.target->abi) + ",\n" + hand);
        INFO(target << " " << ours.error << theirs.error);
        CHECK(!ours.binary.empty());
        CHECK((ours.binary == theirs.binary));
    }
}
