// The vocabulary and the table of targets against the real parsers: each word is taken and reaches the binary as something of its own;
// what a target is said to lack is refused by its parser, or leaves the binary as it would be without.
//
// All texts of a target are profiles of one file, compiled in one run. The binary is a record a profile.
#include "parsers.hpp"

#include "apparmor/target.hpp"
#include "policy/vocabulary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

using namespace pavise;
using namespace pavise::apparmor;

namespace {

// A profile by what stands after its name and by its body.
struct Body {
    std::string rules;
    std::string head = "";
};

struct Records {
    std::string error;  // not empty: the parser refused the file, or there is none
    bool missing = false;
    std::vector<std::string> of;  // by the order of the bodies, without the name
};

Records records(const std::string& parser, std::string_view abi, const std::vector<Body>& bodies) {
    std::string text = fmt::format("abi {},\n", abi);
    for (std::size_t i = 0; i < bodies.size(); ++i)
        text += fmt::format("profile case{:04} {} {{ {} }}\n", i, bodies[i].head, bodies[i].rules);
    const Compiled made = compile(parser, text);
    Records out{made.error, made.missing, {}};
    if (made.binary.empty()) {
        if (out.error.empty()) out.error = "no binary";
        return out;
    }
    // A head of some bytes, the same for all, and then the profile.
    const std::string start("\4\x8\0profile\0", 11);
    const std::size_t head = made.binary.find(start);
    out.of.resize(bodies.size());
    for (std::size_t at = head; at != std::string::npos;) {
        const std::size_t next = made.binary.find(start, at + 1);
        std::string record = made.binary.substr(at, next == std::string::npos ? next : next - head - at);
        const std::size_t name = record.find("case");
        REQUIRE(name != std::string::npos);
        const std::size_t number = std::stoul(record.substr(name + 4, 4));
        out.of.at(number) = record.replace(name, 8, "");
        at = next;
    }
    return out;
}

// What becomes of a word: it has a meaning of its own, `refused`, or it means the same as another word or as nothing at all.
constexpr const char* own = "";
constexpr const char* refused = "refused";
constexpr const char* nothing = "nothing";

struct Table {
    std::string name;
    std::vector<std::string> words;
    std::function<Body(const std::string&)> body;
    std::function<std::string(const std::string&, const Target&)> fate = [](const std::string&, const Target&) { return own; };
};

template <typename Words>
std::vector<std::string> names(const Words& table) {
    std::vector<std::string> out;
    for (const auto& word : table) out.emplace_back(word.name);
    return out;
}

bool is_one_of(const std::string& word, std::initializer_list<const char*> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::function<Body(const std::string&)> rule_of(std::string before, std::string after = ",") {
    return [before, after](const std::string& word) { return Body{before + word + after}; };
}
Body with_flag(const std::string& flag) { return {"", "flags=(" + flag + ")"}; }

// By what the table of targets says of a construct.
std::string fate_of(Construct construct, const Target& target) {
    // The parser of 4.1 stands for 4.0 too, and knows more.
    const bool stands_in = target.version == Version::v4_0 && info(construct).since == Version::v4_1;
    if (!has_syntax(target, construct) && !stands_in) return refused;
    return has_effect(target, find_abi(target.abi), construct) ? own : nothing;
}

std::string fate_of_mount_option(const std::string& word, const Target& target) {
    if (is_one_of(word, {"symfollow", "nosymfollow"}) && !has_syntax(target, Construct::symfollow)) return refused;
    if (is_one_of(word, {"lazytime", "nolazytime"}) && !has_syntax(target, Construct::lazytime)) return refused;
    if (word == "nostrictatime" && !has_syntax(target, Construct::nostrictatime)) return refused;
    if (word == "norelatime" && !has_syntax(target, Construct::norelatime)) return own;  // any options
    if (word == "nouser" && target.version == Version::v3_0) return own;
    if (word == "silent") return "verbose";
    // These say that a bit of the kernel's is not set, and `rw` is the first of them.
    return is_one_of(word, {"suid", "dev", "exec", "async", "nomand", "symfollow", "atime", "diratime", "loud", "noacl", "norelatime",
                            "noiversion", "nostrictatime", "nolazytime", "user", "nouser"})
               ? "rw"
               : own;
}

Body body_of_flag(const std::string& word) {
    const policy::FlagInfo* flag = policy::find_flag(word);
    if (flag == nullptr) return with_flag(word);
    switch (flag->value) {
        case policy::FlagInfo::Value::none: return with_flag(word);
        case policy::FlagInfo::Value::path:
        case policy::FlagInfo::Value::optional_path: return with_flag(word + "=/x");
        case policy::FlagInfo::Value::signal: return with_flag(word + "=term");
        case policy::FlagInfo::Value::error: return with_flag(word + "=EPERM");
    }
    return {};
}

std::string fate_of_flag(const std::string& word, const Target& target) {
    const std::map<std::string, Construct> constructs = {
        {"debug", Construct::flag_debug},
        {"interruptible", Construct::flag_interruptible},
        {"kill.signal", Construct::flag_kill_signal},
        {"error", Construct::flag_error},
        {"attach_disconnected.path", Construct::flag_disconnected_path},
        {"attach_disconnected.ipc", Construct::flag_disconnected_ipc},
    };
    if (const auto found = constructs.find(word); found != constructs.end()) return fate_of(found->second, target);
    // They say that a bit is not set.
    return is_one_of(word, {"delegate_deleted", "namespace_relative", "chroot_no_attach"}) ? "no_attach_disconnected" : own;
}

std::string fate_of_mode(const std::string& word, const Target& target) {
    if (word == "enforce") return nothing;
    if (word == "prompt") return fate_of(Construct::mode_prompt, target);
    if (word == "default_allow") return has_syntax(target, Construct::mode_default_allow) ? "unconfined" : refused;
    return own;
}

std::vector<Table> tables() {
    std::vector<Table> all = {
        {"capabilities", names(policy::capabilities()), rule_of("capability "),
         [](const std::string& word, const Target& target) {
             const bool known = features(target).contains("caps/mask/" + word);
             return known || word != "checkpoint_restore" ? own : "sys_admin";
         }},
        {"network families", names(policy::network_families()), rule_of("network ")},
        {"socket types", names(policy::socket_types()), rule_of("network inet ")},
        {"network protocols", names(policy::network_protocols()), rule_of("network ")},
        {"signals", names(policy::signals()), rule_of("signal set=(", "),")},
        {"mount options", names(policy::mount_options()), rule_of("mount options=(", ") -> /x,"), fate_of_mount_option},
        {"limits", names(policy::limits()), rule_of("set rlimit ", " <= 7,")},
        {"flags", names(policy::profile_flags()), body_of_flag, fate_of_flag},
        {"modes", names(policy::modes()), with_flag, fate_of_mode},
        {"errors", names(policy::errno_names()), [](const std::string& word) { return with_flag("error=" + word); },
         [](const std::string&, const Target& target) { return fate_of(Construct::flag_error, target); }},
    };
    for (const policy::ClassInfo& cls : policy::classes()) {
        if (cls.access.empty()) continue;
        const std::string keyword(cls.keyword);
        const std::optional<Construct> construct =
            cls.cls == policy::RuleClass::network ? Construct::network_access : construct_of(cls.cls);
        const bool bare = cls.cls == policy::RuleClass::userns;  // takes no parentheses
        all.push_back({"access of " + keyword, names(cls.access), rule_of(keyword + (bare ? " " : " ("), bare ? "," : "),"),
                       [construct](const std::string&, const Target& target) { return construct ? fate_of(*construct, target) : own; }});
    }
    return all;
}

bool is_refused(const std::string& parser, const Target& target, const Body& body) {
    return !records(parser, target.abi, {body}).error.empty();
}

}  // namespace

TEST_CASE("every word is to the parsers what the tables say") {
    for (const auto& [target_name, parser] : parsers) {
        const Target& target = *find_target(target_name);
        const std::vector<Table> all = tables();
        std::vector<Body> bodies{{""}};
        for (const Table& table : all)
            for (const std::string& word : table.words)
                if (table.fate(word, target) != refused) bodies.push_back(table.body(word));
        const Records made = records(parser, target.abi, bodies);
        if (made.missing) SKIP_TEST(made.error);
        INFO(target_name << " " << made.error);
        REQUIRE(made.of.size() == bodies.size());

        std::size_t next = 1;
        for (const Table& table : all) {
            std::map<std::string, std::string> meanings{{made.of[0], nothing}};
            std::size_t refusals = 0;
            for (const std::string& word : table.words) {
                const std::string fate = table.fate(word, target);
                INFO(table.name << ": " << word);
                if (fate == refused) {
                    // Of many that share the reason, the first will do.
                    if (refusals++ < 12) CHECK(is_refused(parser, target, table.body(word)));
                    continue;
                }
                const std::string& meaning = meanings.emplace(made.of[next++], word).first->second;
                CHECK(meaning == (fate == own ? word : fate));
            }
            if (table.name == "access of io_uring") continue;  // the parsers take any word there
            INFO(table.name << ": a word that nobody knows");
            CHECK(is_refused(parser, target, table.body("nosuchword")));
        }
        CHECK(next == made.of.size());
    }
}

TEST_CASE("the parsers have and lack what the table of targets says") {
    // What is said with the construct, and what it may shrink to where a parser reads it and leaves the construct out.
    struct Example {
        Construct construct;
        Body with;
        std::vector<Body> without = {{""}};
    };
    using C = Construct;
    const std::vector<Example> examples = {
        {C::priority, {"priority=1 /x r, deny /x r,"}, {{"/x r, deny /x r,"}}},
        {C::prompt, {"prompt /x r,"}, {{""}, {"/x r,"}}},
        {C::everything, {"all,"}},
        {C::userns, {"userns,"}},
        {C::mqueue, {"mqueue,"}},
        {C::io_uring, {"io_uring,"}},
        {C::network_access, {"network (send) inet,"}, {{"network inet,"}}},
        {C::network_address, {"network inet port=80,"}, {{"network inet,"}}},
        {C::network_interface, {"network inet interface=eth0,"}, {{"network inet,"}}},
        {C::network_label, {"network inet label=a,"}, {{"network inet,"}}},
        {C::xattrs, {"", "/x xattrs=(user.a=b)"}, {{"", "/x"}}},
        {C::mode_prompt, with_flag("prompt")},
        {C::mode_default_allow, with_flag("default_allow")},
        {C::flag_debug, with_flag("debug")},
        {C::flag_interruptible, with_flag("interruptible")},
        {C::flag_kill_signal, with_flag("kill.signal=term")},
        {C::flag_error, with_flag("error=EPERM")},
        {C::flag_disconnected_path, with_flag("attach_disconnected.path=/x"), {{""}, with_flag("attach_disconnected")}},
        {C::flag_disconnected_ipc, with_flag("attach_disconnected.ipc=/x"), {{""}, with_flag("attach_disconnected")}},
        {C::remount_options_in, {"remount options in (ro, nosuid) /b,"}, {{"remount options=(ro, nosuid) /b,"}}},
        {C::remount_fstype, {"remount fstype=ext4 /b,"}, {{"remount /b,"}}},
        {C::remount_any, {"remount /b,"}, {{"remount options=(rw) /b,"}}},
        {C::pivot_root_target, {"pivot_root /n/ -> a,"}, {{"pivot_root /n/,"}}},
        {C::symfollow, {"mount options=(nosymfollow) -> /b,"}, {{"mount -> /b,"}}},
        {C::lazytime, {"mount options=(lazytime) -> /b,"}, {{"mount -> /b,"}}},
        {C::nostrictatime, {"mount options=(nostrictatime) -> /b,"}, {{"mount -> /b,"}}},
        {C::norelatime, {"mount options=(norelatime) -> /b,"}, {{"mount -> /b,"}}},
    };
    REQUIRE(examples.size() == constructs().size());
    for (const auto& [target_name, parser] : parsers) {
        const Target& target = *find_target(target_name);
        for (const Example& example : examples) {
            if (target.version == Version::v4_0 && info(example.construct).since == Version::v4_1) continue;
            // 4.1.0 names the profile in its table, and no state leads there: the records differ, and what they mean does not.
            if (target.version != Version::v5_0 && !has_syntax(target, C::pivot_root_target) && example.construct == C::pivot_root_target)
                continue;
            std::vector<Body> bodies{example.with};
            bodies.insert(bodies.end(), example.without.begin(), example.without.end());
            const Records made = records(parser, target.abi, bodies);
            if (made.missing) SKIP_TEST(made.error);
            INFO(target_name << ": " << info(example.construct).name << " " << made.error);
            const bool taken = made.error.empty();
            const bool dropped = taken && std::find(made.of.begin() + 1, made.of.end(), made.of[0]) != made.of.end();
            if (!has_syntax(target, example.construct))
                CHECK((!taken || dropped));
            else
                CHECK((taken && dropped != has_effect(target, find_abi(target.abi), example.construct)));
        }
    }
}
