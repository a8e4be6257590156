#include "apparmor/binary.hpp"

#include "apparmor/binary/cursor.hpp"
#include "apparmor/binary/dfa.hpp"
#include "text/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::apparmor::binary {
namespace {

constexpr std::string_view begin_of_record("\x04\x08\x00version\x00\x02", 12);
constexpr std::size_t most_profiles = 20'000;

// What 5.0.2 writes for a kernel that has `policy/compressed_load`: eight bytes, of which the second is the level, and a frame of zstd.
bool is_compressed(std::string_view bytes) {
    constexpr std::size_t head = 8;
    constexpr std::string_view zeros("\0\0\0\0\0\0", 6);
    constexpr std::string_view frame("\x28\xb5\x2f\xfd", 4);
    return bytes.starts_with('\1') && bytes.substr(std::min(bytes.size(), head - zeros.size()), zeros.size()) == zeros &&
           bytes.substr(std::min(bytes.size(), head)).starts_with(frame);
}

class Reader {
public:
    explicit Reader(std::string_view bytes) : at_(bytes) {}

    std::variant<std::vector<Profile>, Fault> run() {
        std::vector<Profile> all;
        while (!at_.at_end()) {
            if (all.size() == most_profiles) at_.fail(at_.offset(), fmt::format("it has more than {} profiles", most_profiles));
            all.push_back(record());
        }
        if (all.empty()) at_.fail(0, "it is empty");
        if (at_.fault()) return *at_.fault();
        return all;
    }

private:
    // A profile; its hats and children are records that follow it.
    Profile record() {
        record_ = at_.offset();
        Profile profile;
        profile.begin = record_;
        read_version(profile);
        if (at_.has("namespace")) profile.space = at_.string("namespace");
        at_.enter("profile");
        profile.name = at_.string();
        if (at_.has("perms") || at_.has("aadfa")) {
            profile.attachment = database(Halves::one);
            profile.attachment_length = at_.u32();
        }
        read_head(profile);
        read_capabilities(profile);
        read_lists(profile);
        if (at_.has("policydb")) {
            at_.enter("policydb");
            profile.policy = database(Halves::one);
            if (at_.has("xtable")) profile.policy->targets = strings("xtable");
            at_.leave();
        }
        if (at_.has("perms") || at_.has("aadfa")) {
            profile.file = database(Halves::both);
            if (at_.has("xtable")) profile.file->targets = strings("xtable");
        } else if (at_.has("xtable")) {
            profile.targets = strings("xtable");
        }
        if (const std::string_view unknown = at_.name(); !unknown.empty())
            at_.fail(at_.offset(), fmt::format("a profile has no {}, or not here", text::quoted(unknown)));
        at_.leave();
        profile.end = at_.offset();
        return profile;
    }

    // `ENCODE_VERSION` in parser/parser_interface.c: the policy's ABI, whether it is all complaint, the parser's and the kernel's.
    void read_version(Profile& profile) {
        constexpr std::uint32_t abi_bits = 0x3ff;
        constexpr std::uint32_t complain = 0x800;
        constexpr std::uint32_t first = 5;
        constexpr std::uint32_t last = 9;
        const std::size_t begin = at_.offset();
        const std::uint32_t version = at_.u32("version");
        profile.abi = version & abi_bits;
        profile.force_complain = (version & complain) != 0;
        if (profile.abi < first || profile.abi > last)
            at_.fail(begin, fmt::format("its ABI is {}, and those from {} to {} are known", profile.abi, first, last));
    }

    void read_head(Profile& profile) {
        if (at_.has("disconnected")) profile.disconnected = at_.string("disconnected");
        if (at_.has("disconnected_ipc")) profile.disconnected_ipc = at_.string("disconnected_ipc");
        if (at_.has("kill")) profile.kill_signal = at_.u32("kill");
        if (at_.has("error")) profile.error = at_.u32("error");
        at_.enter("flags");
        profile.flags = at_.u32();
        profile.mode = at_.u32();
        profile.audit = at_.u32();
        at_.leave();
        if (at_.has("path_flags")) profile.path_flags = at_.u32("path_flags");
    }

    void read_capabilities(Profile& profile) {
        Capabilities& all = profile.capabilities;
        for (std::uint64_t* const low : {&all.allow, &all.audit, &all.quiet}) *low = at_.u32();
        (void)at_.u32();
        if (!at_.has("caps64")) return;
        constexpr unsigned half = 32;
        at_.enter("caps64");
        for (std::uint64_t* const high : {&all.allow, &all.audit, &all.quiet}) *high |= std::uint64_t{at_.u32()} << half;
        (void)at_.u32();
        at_.leave();
    }

    void read_lists(Profile& profile) {
        if (at_.has("identity")) profile.identities = names("identity");
        if (at_.has("xattrs")) profile.xattrs = strings("xattrs");
        if (at_.has("rlimits")) read_limits(profile.limits.emplace());
        if (at_.has("net_allowed_af")) {
            const std::size_t count = at_.array("net_allowed_af");
            for (std::size_t i = 0; i < count && !at_.fault(); ++i) {
                Family& family = profile.families.emplace_back();
                for (std::uint16_t* const types : {&family.allow, &family.audit, &family.quiet}) *types = at_.u16();
            }
            at_.end_array();
        }
        if (at_.has("secmark")) read_secmarks(profile.secmarks);
    }

    void read_limits(Limits& limits) {
        at_.enter("rlimits");
        limits.set = at_.u32();
        const std::size_t begin = at_.offset();
        if (at_.array() != limits.values.size()) at_.fail(begin, fmt::format("there are {} limits", limits.values.size()));
        for (std::uint64_t& value : limits.values) value = at_.u64();
        at_.end_array();
        at_.leave();
    }

    void read_secmarks(std::vector<Secmark>& all) {
        at_.enter("secmark");
        const std::size_t count = at_.array();
        for (std::size_t i = 0; i < count && !at_.fault(); ++i) {
            const bool audit = at_.u8() != 0;
            const bool deny = at_.u8() != 0;
            all.push_back({audit, deny, at_.string()});
        }
        at_.end_array();
        at_.leave();
    }

    std::vector<std::string> names(std::string_view name) {
        std::vector<std::string> all;
        const std::size_t count = at_.array(name);
        for (std::size_t i = 0; i < count && !at_.fault(); ++i) all.push_back(at_.string());
        at_.end_array();
        return all;
    }
    std::vector<std::string> strings(std::string_view name) {
        at_.enter(name);
        std::vector<std::string> all = names("");
        at_.leave();
        return all;
    }

    // Do the owner of an object and others have permissions of their own?
    enum class Halves : std::uint8_t { one, both };

    Database database(Halves halves) {
        Database made;
        if (at_.has("perms")) read_permissions(made.permissions);
        if (at_.has("permsv")) read_permissions_version();
        const std::string_view block = at_.blob("aadfa");
        if (at_.fault()) return made;
        // Within its block it begins at a multiple of eight bytes from where the record begins.
        constexpr std::size_t alignment = 8;
        const std::size_t begin = at_.offset() - block.size();
        const std::size_t padding = (alignment - (begin - record_) % alignment) % alignment;
        if (padding > block.size()) {
            at_.fail(begin, "a block ends before its automaton");
            return made;
        }
        auto read = read_dfa(block.substr(padding));
        if (const auto* fault = std::get_if<Fault>(&read))
            at_.fail(begin + padding + fault->offset, fault->message);
        else
            made.dfa = std::get<Dfa>(std::move(read));
        if (!at_.fault()) check_indexes(made, halves, begin + padding);
        return made;
    }

    void read_permissions_version() {
        constexpr std::uint32_t last = 3;
        const std::size_t begin = at_.offset();
        if (const std::uint32_t version = at_.u32("permsv"); version > last)
            at_.fail(begin, fmt::format("permissions of version {} are not known", version));
    }

    void read_permissions(std::vector<Permissions>& table) {
        at_.enter("perms");
        const std::size_t begin = at_.offset();
        if (const std::uint32_t version = at_.u32("version"); version != 1)
            at_.fail(begin, fmt::format("a table of permissions of version {} is not known", version));
        const std::size_t count = at_.array();
        for (std::size_t i = 0; i < count && !at_.fault(); ++i) {
            Permissions& row = table.emplace_back();
            (void)at_.u32();
            for (std::uint32_t* const part : {&row.allow, &row.deny, &row.subtree, &row.cond, &row.kill, &row.complain, &row.prompt,
                                              &row.audit, &row.quiet, &row.hide, &row.xindex, &row.tag, &row.label})
                *part = at_.u32();
        }
        at_.end_array();
        at_.leave();
        if (table.empty()) at_.fail(begin, "a table of permissions is empty");
    }

    void check_indexes(const Database& made, Halves halves, std::size_t begin) {
        if (made.permissions.empty()) return;
        const std::size_t rows = made.permissions.size() - (halves == Halves::both ? 1 : 0);
        for (const std::uint32_t index : made.dfa.accept)
            if (index >= rows) return at_.fail(begin, fmt::format("a state has the permissions {}, and there are {}", index, rows));
    }

    Cursor at_;
    std::size_t record_ = 0;
};

}  // namespace

bool is_binary(std::string_view bytes) { return bytes.starts_with(begin_of_record) || is_compressed(bytes); }

std::variant<std::vector<Profile>, Fault> read(std::string_view bytes) {
    if (is_compressed(bytes))
        return Fault{0,
                     "it is compressed: `tail -c +9 FILE | zstd -d` makes a plain one, and so does `--zstd-compress-level=0` of "
                     "apparmor_parser"};
    return Reader(bytes).run();
}

}  // namespace pavise::apparmor::binary
