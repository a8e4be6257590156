// Sockets, as strings and as the kernel asks about them.
#include "analysis/asking.hpp"
#include "analysis/classes.hpp"
#include "analysis/decide.hpp"
#include "apparmor/build_policy.hpp"
#include "automata/build.hpp"
#include "catch.hpp"

using namespace pavise;
using namespace pavise::analysis;
using policy::ConditionKey;
using policy::RuleClass;

namespace {

constexpr Bits create = 1, bind = 2, accept = 8, connect = 0x10, send = 0x400;

std::string joined(std::initializer_list<std::string> fields) {
    std::string all;
    for (const std::string& field : fields) all += (&field == fields.begin() ? "" : std::string(1, '\0')) + field;
    return all;
}

Language language(RuleClass cls, std::vector<policy::Rule> rules) {
    policy::Policy policy;
    policy.preambles.emplace_back();
    policy.profiles.emplace_back().rules = std::move(rules);
    auto made = language_of(cls, said_of(policy, policy.profiles[0], "p"));
    REQUIRE(std::holds_alternative<Language>(made));
    return std::get<Language>(std::move(made));
}

policy::Rule unix_rule(policy::Access access, std::vector<policy::Condition> conditions) {
    policy::MediationRule rule;
    rule.cls = RuleClass::unix_;
    rule.access = access;
    rule.conditions = std::move(conditions);
    return apparmor::allow(std::move(rule));
}

bool allowed(const Language& in, const std::string& text, Bits bit) {
    return decide(in, in.hits_of(text), bit, Owner::self).answer == Answer::yes;
}

// The kernel's strings that lead to a state with the permissions, as an automaton with a label for them.
apparmor::binary::Unpacked policy_of(const std::vector<std::pair<std::string, std::uint32_t>>& strings) {
    automata::Expressions expressions;
    std::vector<automata::Expression> all;
    for (const auto& [text, bits] : strings) all.push_back(expressions.literal(text));
    const automata::Built built = std::get<automata::Built>(automata::build(expressions, all));
    apparmor::binary::Unpacked made{built.automaton, {}};
    for (const std::vector<std::uint32_t>& set : built.sets) {
        made.rights.emplace_back();
        if (!set.empty()) made.rights.back().owner.allow = strings[set.front()].second;
    }
    return made;
}

}  // namespace

TEST_CASE("sockets: a unix socket is asked about with what the operation knows") {
    const Language made = language(RuleClass::unix_, {unix_rule(0, {{ConditionKey::addr, {"@a*"}}})});
    CHECK(allowed(made, joined({"stream", "", "", "l"}), create));
    CHECK_FALSE(allowed(made, joined({"stream", "", "", "l"}), bind));
    CHECK(allowed(made, joined({"stream", "@ab", "", "l"}), bind));
    CHECK_FALSE(allowed(made, joined({"stream", "auto", "", "l"}), bind));
    CHECK(allowed(made, joined({"stream", "@ab", "@x", "l"}), send));
    CHECK_FALSE(allowed(made, joined({"stream", "@b", "@x", "l"}), send));

    const Language free = language(RuleClass::unix_, {unix_rule(0, {{ConditionKey::addr, {"auto"}}})});
    CHECK(allowed(free, joined({"dgram", "auto", "", "l"}), bind));
    CHECK_FALSE(allowed(free, joined({"dgram", "@0000f", "", "l"}), bind));
    CHECK(allowed(free, joined({"dgram", "@0000f", "", "l"}), send));

    const Language peers = language(RuleClass::unix_, {unix_rule(0, {{ConditionKey::peer_label, {"q"}}})});
    CHECK_FALSE(allowed(peers, joined({"dgram", "", "", "q"}), create));
    CHECK(allowed(peers, joined({"dgram", "auto", "", "l"}), bind));
    CHECK(allowed(peers, joined({"dgram", "none", "none", "q"}), connect));
    CHECK_FALSE(allowed(peers, joined({"dgram", "", "", "l"}), connect));
}

TEST_CASE("sockets: a deny of unix peers takes the accept that is asked about without one") {
    policy::Rule deny = unix_rule(0, {{ConditionKey::peer_label, {"q"}}});
    deny.effect = policy::Effect::deny;
    const Language made = language(RuleClass::unix_, {unix_rule(0, {}), deny});
    CHECK_FALSE(allowed(made, joined({"stream", "", "", "l"}), accept));
    CHECK(allowed(made, joined({"stream", "", "", "l"}), connect));
    CHECK_FALSE(allowed(made, joined({"stream", "", "", "q"}), connect));
}

TEST_CASE("sockets: addresses and ports are bytes") {
    policy::NetworkRule rule;
    rule.families = {"inet"};
    rule.types = {"stream"};
    rule.conditions = {{ConditionKey::ip, {"127.0.0.1"}}, {ConditionKey::port, {"80-81"}}};
    const Language made = language(RuleClass::network, {apparmor::allow(rule)});
    const auto socket = [](const std::string& port, const std::string& ip) {
        return joined({"inet", "stream", "", "", "", port, ip, "", ""});
    };
    CHECK(allowed(made, socket("0051", "47f000001"), bind));
    CHECK_FALSE(allowed(made, socket("0052", "47f000001"), bind));
    CHECK_FALSE(allowed(made, socket("0051", "47f000002"), bind));
    CHECK(allowed(made, socket("", ""), create));
    CHECK(words_of(RuleClass::network, socket("0051", "47f000001"), bind) == "network bind inet stream ip=127.0.0.1 port=81");
    const std::string pair = joined({"inet6", "dgram", "0035", "6" + std::string(31, '0') + "1", "q", "", "", "", ""});
    CHECK(words_of(RuleClass::network, pair, send) == "network send inet6 dgram peer=[ip=::1 port=53 label=q]");
    CHECK(words_of(RuleClass::network, pair, create) == "network create inet6 dgram");
}

TEST_CASE("sockets: the kernel takes what it finds, and goes on where the state says so") {
    using namespace std::string_literals;
    namespace may = apparmor::binary::may;
    const std::string type = "\x0f\0\2\0\1"s;
    const std::string bound = type + "\0\6\1\0\x50\1\x7f\0\0\1\0"s;
    const apparmor::binary::Unpacked policy = policy_of({{type, may::create | goes_on}, {bound, may::bind}});
    const auto socket = [](const std::string& port) { return joined({"inet", "stream", "", "", "", port, "47f000001", "", ""}); };
    const auto rights = [&](Bits bit, const std::string& text) {
        std::uint32_t found = 0;
        for (const Question& question : questions(RuleClass::network, SocketClass::v9))
            if (question.operations.front().own == bit) found = policy.rights[ask(policy, question)->label_of(text)].owner.allow;
        return found;
    };
    CHECK(rights(create, socket("0050")) == (may::create | goes_on));
    CHECK(rights(bind, socket("0050")) == may::bind);
    CHECK(rights(bind, socket("0051")) == 0);
    CHECK(rights(accept, socket("0050")) == 0);  // the port is not one to be bound

    // Where it does not say so, the first answer is the last.
    const apparmor::binary::Unpacked closed = policy_of({{type, may::create}, {bound, may::bind}});
    for (const Question& question : questions(RuleClass::network, SocketClass::v9))
        CHECK(closed.rights[ask(closed, question)->label_of(socket("0050"))].owner.allow == may::create);
}
