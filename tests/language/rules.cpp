// What a statement becomes in the model.
#include "catch.hpp"
#include "check.hpp"

using namespace pavise::language;
namespace policy = pavise::policy;
namespace p = policy::permission;
using policy::ConditionKey;
using policy::Effect;
using policy::Half;
using policy::RuleClass;

namespace {

// The rules of one statement; problems other than warnings fail the test.
std::vector<policy::Rule> rules(const std::string& statement) {
    Compiled made = compiled("profile p {\n " + statement + "\n}");
    INFO(statement << "\n" << problems(made));
    REQUIRE_FALSE(made.diagnostics.has_errors());
    return made.result.policy.profiles.at(0).rules;
}

policy::Rule rule(const std::string& statement) {
    std::vector<policy::Rule> all = rules(statement);
    INFO(statement);
    REQUIRE(all.size() == 1);
    return all[0];
}

template <typename Body>
Body body(const std::string& statement) {
    const policy::Rule made = rule(statement);
    INFO(statement);
    REQUIRE(std::holds_alternative<Body>(made.body));
    return std::get<Body>(made.body);
}

policy::Globs globs(std::initializer_list<const char*> texts) {
    policy::Globs out;
    for (const char* text : texts) out.push_back({text});
    return out;
}

policy::Access access(RuleClass cls, std::initializer_list<const char*> words) {
    policy::Access bits = 0;
    for (const char* word : words) bits |= policy::find_access(policy::class_info(cls), word).value();
    return bits;
}

// `peer=self` as `KEY=VALUE VALUE`, by the name of the key's index.
std::string values(const std::vector<policy::Condition>& conditions, ConditionKey key) {
    std::string out;
    for (const policy::Condition& condition : conditions)
        if (condition.key == key)
            for (const std::string& value : condition.values) out += (out.empty() ? "" : " ") + value;
    return out;
}

using Strings = std::vector<std::string>;

}  // namespace

TEST_CASE("rules: effect, audit, half, priority", "[language]") {
    const policy::Rule plain = rule("allow read /x");
    CHECK(plain.effect == Effect::allow);
    CHECK_FALSE(plain.audit);
    CHECK(plain.half == Half::both);
    CHECK_FALSE(plain.priority);
    CHECK_FALSE(plain.only);
    CHECK_FALSE(plain.except);

    const policy::Rule full = rule("priority -7 audit deny other write /x");
    CHECK(full.effect == Effect::deny);
    CHECK(full.audit);
    CHECK(full.half == Half::other);
    CHECK(full.priority == -7);
    CHECK(rule("prompt owner read /x").effect == Effect::prompt);
    CHECK(rule("prompt owner read /x").half == Half::owner);
    CHECK(rule("audit allow network").audit);
    CHECK(rule("allow exec only /x").only);
    CHECK(rule("allow read /** except /x").except);
}

TEST_CASE("rules: file operations", "[language]") {
    const auto permissions = [](const std::string& statement) { return body<policy::FileRule>(statement).permissions; };
    CHECK(permissions("allow read /x") == p::read);
    CHECK(permissions("allow write /x") == (p::write | p::append));
    CHECK(permissions("allow append /x") == p::append);
    CHECK(permissions("allow link /x") == p::link);
    CHECK(permissions("allow lock /x") == p::lock);
    CHECK(permissions("allow map /x") == p::map);
    CHECK(permissions("allow exec /x") == p::exec);
    CHECK(permissions("deny all /x") == p::all);
    CHECK(permissions("allow [read lock map] /x") == (p::read | p::lock | p::map));

    const policy::FileRule lists = body<policy::FileRule>("allow read [/a \"/b c\" /d/{e,f}*] except [/d/e1 /d/f2]");
    CHECK(lists.paths == globs({"/a", "/b c", "/d/{e,f}*"}));
    CHECK(lists.except == globs({"/d/e1", "/d/f2"}));
    CHECK_FALSE(lists.whole);
    const policy::FileRule whole = body<policy::FileRule>("allow file");
    CHECK(whole.whole);
    CHECK(whole.paths.empty());
}

TEST_CASE("rules: where an exec leads", "[language]") {
    using policy::ExecFallback;
    using policy::ExecKind;
    using policy::ExecTarget;
    const auto target = [](const std::string& statement) { return body<policy::FileRule>(statement).exec; };
    CHECK(target("allow exec /x") == ExecTarget{ExecKind::inherit, "", ExecFallback::none, false});
    CHECK(target("allow exec /x -> inherit") == target("allow exec /x"));
    CHECK(target("allow exec /x -> profile") == ExecTarget{ExecKind::profile, "", ExecFallback::none, false});
    CHECK(target("allow exec unsafe /x -> profile q") == ExecTarget{ExecKind::profile, "q", ExecFallback::none, true});
    CHECK(target("allow exec /x -> child or inherit") == ExecTarget{ExecKind::child, "", ExecFallback::inherit, false});
    CHECK(target("allow exec /x -> profile or unconfined") == ExecTarget{ExecKind::profile, "", ExecFallback::unconfined, false});
    CHECK(target("allow exec /x -> unconfined") == ExecTarget{ExecKind::unconfined, "", ExecFallback::none, false});
    CHECK(target("allow exec /x -> profile \"&:ns:a//&b\"") == ExecTarget{ExecKind::profile, "&:ns:a//&b", ExecFallback::none, false});
    CHECK(target("allow [read exec] /x -> profile").value().kind == ExecKind::profile);
    CHECK_FALSE(target("deny exec /x"));
    CHECK_FALSE(target("allow read /x"));
}

TEST_CASE("rules: links", "[language]") {
    const policy::LinkRule made = body<policy::LinkRule>("allow link subset [/a /b] -> /c except /a -> /c");
    CHECK(made.subset);
    CHECK(made.names == globs({"/a", "/b"}));
    CHECK(made.targets == globs({"/c"}));
    REQUIRE(made.except.size() == 1);
    CHECK(made.except[0].names == globs({"/a"}));
    CHECK(made.except[0].targets == globs({"/c"}));
    CHECK_FALSE(body<policy::LinkRule>("deny link /** -> /c").subset);
}

TEST_CASE("rules: network", "[language]") {
    const policy::NetworkRule all = body<policy::NetworkRule>("allow network");
    CHECK(all.access == 0);
    CHECK(all.families.empty());
    CHECK(all.types.empty());
    const policy::NetworkRule product = body<policy::NetworkRule>("allow network [inet inet6] [stream dgram]");
    CHECK(product.families == Strings{"inet", "inet6"});
    CHECK(product.types == Strings{"stream", "dgram"});
    CHECK(body<policy::NetworkRule>("deny network raw").types == Strings{"raw"});
    CHECK(body<policy::NetworkRule>("deny network packet").families == Strings{"packet"});
    CHECK(body<policy::NetworkRule>("deny network type packet").types == Strings{"packet"});
    CHECK(body<policy::NetworkRule>("allow network tcp").types == Strings{"tcp"});
    const policy::NetworkRule far = body<policy::NetworkRule>("allow network inet stream ip=10.0.0.1 port=[80 443] peer=[ip=::1 port=5]");
    CHECK(values(far.conditions, ConditionKey::ip) == "10.0.0.1");
    CHECK(values(far.conditions, ConditionKey::port) == "80 443");
    CHECK(values(far.conditions, ConditionKey::peer_ip) == "::1");
    CHECK(values(far.conditions, ConditionKey::peer_port) == "5");
    CHECK(far.conditions.size() == 4);
    const policy::NetworkRule rest = body<policy::NetworkRule>("deny network except inet stream");
    REQUIRE(rest.except.size() == 1);
    CHECK(rest.except[0].families == Strings{"inet"});
    CHECK(rest.except[0].types == Strings{"stream"});
}

TEST_CASE("rules: capabilities", "[language]") {
    CHECK(body<policy::CapabilityRule>("allow capability [chown kill]").names == Strings{"chown", "kill"});
    CHECK(body<policy::CapabilityRule>("allow capability").names.empty());
    CHECK(body<policy::CapabilityRule>("deny capability except chown").except == Strings{"chown"});
}

TEST_CASE("rules: mounts", "[language]") {
    const policy::MountRule made = body<policy::MountRule>("allow mount tmpfs -> [/run/ /tmp/] fstype=[tmpfs ramfs] options=[ro nosuid]");
    CHECK(made.operation == RuleClass::mount);
    CHECK(made.sources == globs({"tmpfs"}));
    CHECK(made.mountpoints == globs({"/run/", "/tmp/"}));
    CHECK(made.fstypes == Strings{"tmpfs", "ramfs"});
    REQUIRE(made.options.size() == 1);
    CHECK_FALSE(made.options[0].any_of);
    CHECK(made.options[0].names == Strings{"ro", "nosuid"});
    CHECK(body<policy::MountRule>("allow mount options-in=[ro noexec]").options.at(0).any_of);
    CHECK(body<policy::MountRule>("allow remount /x options=ro").operation == RuleClass::remount);
    CHECK(body<policy::MountRule>("allow umount /x").operation == RuleClass::umount);
    CHECK(body<policy::MountRule>("allow umount /x").mountpoints == globs({"/x"}));
    CHECK(body<policy::MountRule>("allow mount").mountpoints.empty());
    const policy::PivotRootRule pivot = body<policy::PivotRootRule>("allow pivot_root /new/ -> q oldroot=/old/");
    CHECK(pivot.newroots == globs({"/new/"}));
    CHECK(pivot.oldroots == globs({"/old/"}));
    CHECK(pivot.target == "q");
}

TEST_CASE("rules: signals, ptrace, sockets, buses, queues", "[language]") {
    const auto made = [](const std::string& statement) { return body<policy::MediationRule>(statement); };
    const policy::MediationRule signal = made("allow signal [send receive] set=[term rtmin+3] peer=self");
    CHECK(signal.cls == RuleClass::signal);
    CHECK(signal.access == access(RuleClass::signal, {"send", "receive"}));
    CHECK(values(signal.conditions, ConditionKey::set) == "term rtmin+3");
    CHECK(values(signal.conditions, ConditionKey::peer) == "@{profile_name}");
    CHECK(made("allow signal").access == 0);
    CHECK(made("allow ptrace [read tracedby] peer=a").access == access(RuleClass::ptrace, {"read", "tracedby"}));
    const policy::MediationRule dbus = made("allow dbus send bus=system path=/o member=Get peer=[name=n label=l]");
    CHECK(dbus.cls == RuleClass::dbus);
    CHECK(values(dbus.conditions, ConditionKey::bus) == "system");
    CHECK(values(dbus.conditions, ConditionKey::path) == "/o");
    CHECK(values(dbus.conditions, ConditionKey::member) == "Get");
    CHECK(values(dbus.conditions, ConditionKey::peer_name) == "n");
    CHECK(values(dbus.conditions, ConditionKey::peer_label) == "l");
    const policy::MediationRule unix_socket = made("allow unix connect type=stream addr=@a peer=[addr=@b]");
    CHECK(unix_socket.cls == RuleClass::unix_);
    CHECK(values(unix_socket.conditions, ConditionKey::addr) == "@a");
    CHECK(values(unix_socket.conditions, ConditionKey::peer_addr) == "@b");
    const policy::MediationRule queue = made("allow mqueue [open read] /q type=posix");
    CHECK(queue.names == globs({"/q"}));
    CHECK(queue.access == access(RuleClass::mqueue, {"open", "read"}));
    CHECK(made("allow userns").cls == RuleClass::userns);
    CHECK(made("allow io_uring sqpoll").access == access(RuleClass::io_uring, {"sqpoll"}));
}

TEST_CASE("rules: changes of profile, everything, system calls", "[language]") {
    const policy::ChangeProfileRule change = body<policy::ChangeProfileRule>("allow change_profile unsafe -> [a b] exec=/x");
    CHECK(change.targets == Strings{"a", "b"});
    CHECK(change.execs == globs({"/x"}));
    CHECK(change.unsafe);
    CHECK(std::holds_alternative<policy::EverythingRule>(rule("allow everything").body));
    const policy::SyscallRule call = body<policy::SyscallRule>("allow syscall [clone clone3] where arg0 & 0xff != 1 and arg2 == 8");
    CHECK(call.names == Strings{"clone", "clone3"});
    REQUIRE(call.where.size() == 2);
    CHECK(call.where[0].argument == 0);
    CHECK(call.where[0].mask == 0xffU);
    CHECK(call.where[0].op == "!=");
    CHECK(call.where[0].value == 1);
    CHECK(call.where[1].argument == 2);
    CHECK_FALSE(call.where[1].mask);
    CHECK(call.where[1].op == "==");
    CHECK(call.where[1].value == 8);
}

TEST_CASE("limits: values in the unit of the limit", "[language]") {
    const auto value = [](const std::string& statement) {
        Compiled made = compiled("profile p {\n allow file\n limit " + statement + "\n}");
        INFO(statement << "\n" << problems(made));
        REQUIRE(made.result.policy.profiles.at(0).limits.size() == 1);
        return made.result.policy.profiles[0].limits[0].value;
    };
    CHECK(value("nofile <= 1024") == 1024);
    CHECK(value("memlock <= 5M") == 5 * 1024 * 1024);
    CHECK(value("as <= 2G") == std::int64_t{2} << 30);
    CHECK(value("data <= 7") == 7);
    CHECK(value("cpu <= 60") == 60);
    CHECK(value("cpu <= 10min") == 600);
    CHECK(value("rttime <= 7ms") == 7000);
    CHECK(value("rttime <= 1s") == 1'000'000);
    CHECK(value("nice <= -5") == -5);
    CHECK(value("core <= infinity") == std::nullopt);
}
