#include "analysis/questions.hpp"

#include "analysis/mount_flags.hpp"
#include "apparmor/binary/unpack.hpp"
#include "policy/vocabulary.hpp"

namespace pavise::analysis {
namespace {

namespace may = apparmor::binary::may;
using policy::RuleClass;

// The numbers of include/sig_names.h: those of x86 in the order of the table, and the real-time ones from 128 on.
const Spellings& signals() {
    static const Spellings all = [] {
        constexpr int first_realtime = 128;
        constexpr int last_realtime = 32;
        constexpr char exists = 35;
        Spellings made;
        char number = 1;
        for (const policy::Word& word : policy::signals())
            made.emplace(word.name, std::string(1, word.name == "exists" ? exists : number++));
        for (int i = 0; i <= last_realtime; ++i)
            made.emplace("rtmin+" + std::to_string(i), std::string(1, static_cast<char>(first_realtime + i)));
        return made;
    }();
    return all;
}

const Spellings& mount_flags() {
    static const Spellings all = [] {
        Spellings made;
        for (const auto& [name, bit] : mount_flag_bits()) made.emplace(name, std::string(1, static_cast<char>(bit + 1)));
        return made;
    }();
    return all;
}

Field text(std::string before = {}) { return {Field::Kind::text, std::move(before)}; }
Field word(const Spellings& spelled) { return {Field::Kind::word, {}, &spelled}; }
Field skipped() { return {Field::Kind::skipped}; }
const std::string nul(1, '\0');

}  // namespace

std::vector<Question> questions(RuleClass cls, SocketClass sockets) {
    switch (cls) {
        case RuleClass::network: return network_questions(sockets);
        case RuleClass::unix_: return unix_questions(sockets);
        case RuleClass::signal: return {{"\x0a", {word(signals()), text()}, {{1, may::write}, {2, may::read}}}};
        case RuleClass::ptrace: return {{"\x09", {text()}, {{1, may::write}, {2, may::read}, {4, may::append}, {8, may::create}}}};
        case RuleClass::mount:
            return {{"\x07", {text(), text(nul), text(nul), {Field::Kind::words, nul, &mount_flags()}}, {{1, may::write}}}};
        case RuleClass::umount: return {{"\x07", {text()}, {{1, may::read}}}};
        case RuleClass::pivot_root: return {{"\x07", {text(), text(nul)}, {{1, may::exec}}}};
        case RuleClass::dbus: {
            const Field no = skipped();
            return {{"\x20", {text(), no, text(nul), text(nul), text(nul), text(nul), text(nul)}, {{1, may::write}, {2, may::read}}},
                    {"\x20", {text(), text(nul), no, no, no, no, no}, {{4, 0x40}}},
                    {"\x20", {text(), no, no, no, no, no, no}, {{8, 0x20}}}};
        }
        case RuleClass::mqueue:
            return {{"\x11",
                     {text(), skipped(), text(nul)},
                     {{1, may::create},
                      {2, may::open},
                      {4, may::remove},
                      {8, may::read},
                      {0x10, may::write},
                      {0x20, may::getattr},
                      {0x40, may::setattr}}}};
        case RuleClass::userns: return {{"\x15", {}, {{1, may::append}}}};
        case RuleClass::io_uring: return {{"\x16", {skipped()}, {{1, may::create}}}, {"\x16", {text()}, {{2, may::append}}}};
        default: return {};
    }
}

}  // namespace pavise::analysis
