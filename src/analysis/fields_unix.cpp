// Unix sockets. An operation is asked about with a socket's type alone, with its address, or with its peer's address and label too, and the
// parser writes a rule as those questions are put (`gen_policy_re` in parser/af_unix.cc).
//
// An address is empty or `none`, `@NAME`, or of a bind `auto`.
#include "analysis/fields.hpp"

#include <algorithm>

namespace pavise::analysis {
namespace {

using policy::ConditionKey;
using policy::RuleClass;

Bits of_type() { return access_bits(RuleClass::unix_, {"create"}); }
Bits of_bind() { return access_bits(RuleClass::unix_, {"bind"}); }
Bits of_accept() { return access_bits(RuleClass::unix_, {"accept"}); }
Bits of_peers() { return access_bits(RuleClass::unix_, {"connect", "accept", "send", "receive"}); }

// `none`, or any name.
Patterns any_address(PatternMaker& make) {
    Patterns made;
    for (const std::string_view word : {"", "none"}) make.add_word(word, made);
    make.add_text("@**", made);
    return made;
}

constexpr std::string_view names_of_the_kernel = "@[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]";  // unix(7)

class Encoding {
public:
    Encoding(const std::vector<policy::Condition>& conditions, PatternMaker& make) : conditions_(conditions), make_(make) {}

    // None: nothing is said of it.
    const std::string* said(ConditionKey key) const {
        const auto found = std::find_if(conditions_.begin(), conditions_.end(), [&](const auto& one) { return one.key == key; });
        return found == conditions_.end() || found->values.empty() ? nullptr : &found->values.front();
    }

    void add(Bits bits, const Patterns& own, const Patterns& peer, const Patterns& label, std::vector<Encoded>& to) const {
        if (bits != 0) to.push_back({bits, make_.joined({types(), own, peer, label}), {}});
    }

    Patterns address(ConditionKey key) const {
        const std::string* text = said(key);
        Patterns made;
        if (text == nullptr) return any_address(make_);
        if (*text == "none") make_.add_word("", made);
        make_.add_text(*text == "auto" ? names_of_the_kernel : *text, made);
        return made;
    }
    Patterns bound() const {
        const std::string* text = said(ConditionKey::addr);
        Patterns made = text != nullptr && *text == "auto" ? Patterns{} : address(ConditionKey::addr);
        if (text == nullptr || *text == "auto") make_.add_word("auto", made);
        return made;
    }
    Patterns label() const {
        Patterns made;
        const std::string* text = said(ConditionKey::peer_label);
        if (text == nullptr) return make_.any();
        make_.add_text(*text, made);
        return made;
    }

private:
    Patterns types() const {
        Patterns made;
        for (const policy::Condition& condition : conditions_)
            if (condition.key == ConditionKey::type)
                for (const std::string& type : condition.values) make_.add_text(type, made);
        if (!made.sure.empty() || !made.unsure.empty()) return made;
        for (const policy::Word& word : policy::socket_types()) make_.add_word(word.name, made);
        return made;
    }

    const std::vector<policy::Condition>& conditions_;
    PatternMaker& make_;
};

}  // namespace

std::vector<Encoded> encode_unix(const policy::MediationRule& rule, Reading reading, bool denies, PatternMaker& make) {
    const Encoding encoding(rule.conditions, make);
    const std::string* own = encoding.said(ConditionKey::addr);
    const bool has_peer = encoding.said(ConditionKey::peer_addr) != nullptr || encoding.said(ConditionKey::peer_label) != nullptr;
    const Bits all = all_access(RuleClass::unix_);
    const Bits bits = rule.access != 0 ? rule.access : has_peer ? of_peers() : all;
    const Patterns any = make.any();
    std::vector<Encoded> made;
    encoding.add(bits & of_type(), any, any, any, made);
    encoding.add(bits & of_bind(), encoding.bound(), any, any, made);
    encoding.add(bits & ~(of_type() | of_bind() | of_peers()), encoding.address(ConditionKey::addr), any, any, made);
    encoding.add(bits & of_peers(), encoding.address(ConditionKey::addr), encoding.address(ConditionKey::peer_addr), encoding.label(),
                 made);
    if (!has_peer || reading == Reading::object) return made;
    // Without access words a rule of peers allows a bind to `auto`; and a deny of peers takes an accept that is asked about without one.
    if (rule.access == 0 && (own == nullptr || *own == "auto")) {
        Patterns free;
        make.add_word("auto", free);
        encoding.add(of_bind(), free, any, any, made);
    }
    if (denies) encoding.add(bits & of_accept(), encoding.address(ConditionKey::addr), any, any, made);
    return made;
}

std::vector<Encoded> encode_unix(const policy::NetworkRule& rule, PatternMaker& make) {
    const auto has_unix = [](const std::vector<std::string>& families) {
        return families.empty() || std::find(families.begin(), families.end(), "unix") != families.end();
    };
    const auto sockets_of = [&](policy::Access access, const std::vector<std::string>& types) {
        policy::MediationRule sockets;
        sockets.cls = RuleClass::unix_;
        sockets.access = access;
        if (!types.empty()) sockets.conditions.push_back({ConditionKey::type, types});
        return encode_unix(sockets, Reading::rule, false, make);
    };
    if (!rule.conditions.empty() || !has_unix(rule.families)) return {};
    std::vector<Encoded> made = sockets_of(rule.access, rule.types);
    for (Encoded& one : made) {
        one.logged = Encoded::Logged::inverted;
        for (const policy::NetworkRule::Tuple& tuple : rule.except) {
            if (!has_unix(tuple.families)) continue;
            for (const Encoded& without : sockets_of(one.bits, tuple.types))
                one.except.sure.insert(one.except.sure.end(), without.in.sure.begin(), without.in.sure.end());
        }
    }
    return made;
}

Patterns any_unix(PatternMaker& make) {
    const std::vector<policy::Condition> none;
    const Encoding encoding(none, make);
    Patterns own = any_address(make);
    make.add_word("auto", own);
    std::vector<Encoded> made;
    encoding.add(1, own, any_address(make), make.some(), made);
    return made.front().in;
}

// What the operations are not asked with is left out.
std::string words_of_unix(const std::vector<std::string>& fields, Bits bits) {
    std::vector<std::string> told = fields;
    if ((bits & of_peers()) == 0) told[2] = told[3] = "";
    if ((bits & ~of_type()) == 0) told[1] = "";
    return words_of_conditions(RuleClass::unix_, told, 0);
}

}  // namespace pavise::analysis
