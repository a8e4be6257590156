// A mount rule as the parser takes it: for each kind of mount that its options may mean it makes a rule of its own, with the options that
// kind has (`mnt_rule::gen_policy_re` in parser/mount.cc; the masks are those of parser/mount.h). 3.0.8 makes one of a new mount beside
// those of the kind that is named, where the options say anything more; from 4.0 on it doesn't (CVE-2016-1585).
#include "analysis/fields.hpp"
#include "analysis/mount_flags.hpp"

namespace pavise::analysis {
namespace {

using policy::MountRule;
using policy::RuleClass;
using Mask = std::uint32_t;

Mask mask_of(std::initializer_list<std::string_view> names) {
    Mask mask = 0;
    for (const auto& [flag, bit] : mount_flag_bits())
        for (const std::string_view name : names)
            if (flag == name) mask |= Mask{1} << bit;
    return mask;
}

struct Masks {
    Mask all = 0;
    Mask remounts = mask_of({"remount"});
    Mask binds = mask_of({"bind", "rec"});
    Mask moves = mask_of({"move"});
    Mask propagations = mask_of({"unbindable", "private", "slave", "shared"});
    Mask of_mount_points = mask_of({"nosuid", "noexec", "nodev", "noatime", "nodiratime", "relatime", "strictatime"});

    Masks() {
        for (const auto& [flag, bit] : mount_flag_bits()) all |= Mask{1} << bit;
    }
    Mask commands() const { return remounts | binds | moves | propagations; }
    Mask of_remount() const { return all & ~(moves | propagations); }
    Mask of_propagation() const { return propagations | mask_of({"rec"}) | (all & ~of_mount_points); }
    Mask of_new() const { return all & ~commands(); }
};

const Masks& masks() {
    static const Masks made;
    return made;
}

// What one set of options asks for: bits that are set, bits that may be, and bits that a word for the contrary names.
struct Asked {
    bool anything = false;
    Mask set = 0;
    Mask optional = 0;
    Mask contrary = 0;
};

void append(Patterns& to, const Patterns& more) {
    to.sure.insert(to.sure.end(), more.sure.begin(), more.sure.end());
    to.unsure.insert(to.unsure.end(), more.unsure.begin(), more.unsure.end());
}

class Mounts {
public:
    Mounts(const MountRule& rule, PatternMaker& make) : rule_(rule), make_(make) {}

    Patterns run(bool as_3_0) {
        // 3.0.8 lets a kind have any options where none are named, and leaves `nouser` standing.
        within_ = as_3_0 ? masks().all : masks().all & ~mask_of({"nouser"});
        any_beyond_ = as_3_0;
        for (const Asked& one : asked(as_3_0)) as_3_0 ? add_as_3_0(one) : add(one);
        return std::move(made_);
    }

private:
    std::vector<Asked> asked(bool as_3_0) const {
        const bool remount = rule_.operation == RuleClass::remount;
        std::vector<Asked> all;
        for (const MountRule::Options& options : rule_.options) {
            const MountFlags named = mount_flags(options.names);
            const MountFlags may = mount_flags(options.optional);
            Asked one;
            if (as_3_0) {
                one.set = named.on | may.on | may.off;
                one.contrary = remount ? 0 : named.off;
                one.optional = options.any_of && !remount ? named.on : (one.set & named.off) | may.on | may.off;
            } else if (options.any_of) {
                one.optional = named.on | named.off;
            } else {
                one.set = named.on;
                one.optional = may.on | may.off;
            }
            if (remount) one.set |= masks().remounts;
            all.push_back(one);
        }
        if (!all.empty()) return all;
        if (!remount) return {{true, 0, 0, 0}};
        return {{false, masks().remounts, as_3_0 ? 0 : masks().of_remount() & ~masks().remounts, 0}};
    }

    void add_as_3_0(const Asked& one) {
        const Masks& m = masks();
        const bool any_type = rule_.fstypes.empty();
        const bool any_source = rule_.sources.empty();
        const auto asks = [&](Mask kind) { return one.anything || (one.set & kind) != 0; };
        if (asks(m.remounts) && any_source && any_type) add_kind(one, m.of_remount(), make_.any(), make_.any());
        if (asks(mask_of({"bind"})) && any_type) add_kind(one, m.binds, sources(), make_.any());
        if (asks(m.propagations) && any_source && any_type) add_kind(one, m.of_propagation(), make_.any(), make_.any());
        if (asks(m.moves) && any_type) add_kind(one, m.moves, sources(), make_.any());
        if (asks(m.of_new()) || (one.contrary & m.of_new()) != 0) add_kind(one, m.of_new(), sources(), types());
    }

    void add(const Asked& one) {
        const Masks& m = masks();
        const bool any_type = rule_.fstypes.empty();
        const bool any_source = rule_.sources.empty();
        const bool one_place = any_source || rule_.mountpoints.empty();
        if (one.anything || one.set == 0) {
            if (any_source && any_type) add_kind(one, m.of_remount(), make_.any(), make_.any());
            if (any_type) add_kind(one, m.binds, sources(), make_.any());
            if (one_place && any_type) add_propagation(one);
            if (any_type) add_kind(one, m.moves, sources(), make_.any());
            add_kind(one, m.of_new(), sources(), types());
        } else if ((one.set & m.remounts) != 0 && any_source && any_type) {
            add_kind(one, m.of_remount(), make_.any(), make_.any());
        } else if ((one.set & mask_of({"bind"})) != 0 && any_type) {
            add_kind(one, m.binds, sources(), make_.any());
        } else if ((one.set & m.propagations) != 0 && one_place && any_type) {
            add_propagation(one);
        } else if ((one.set & m.moves) != 0 && any_type) {
            add_kind(one, m.moves, sources(), make_.any());
        } else if (((one.set | one.optional) & m.of_new()) != 0) {
            add_kind(one, m.of_new(), sources(), types());
        }
    }

    // A source without a mount point is the mount point.
    void add_propagation(const Asked& one) {
        const policy::Globs& places = rule_.mountpoints.empty() ? rule_.sources : rule_.mountpoints;
        add_at(one, masks().of_propagation(), globs(places), make_.any(), make_.any());
    }
    void add_kind(const Asked& one, Mask kind, const Patterns& source, const Patterns& type) {
        add_at(one, kind, globs(rule_.mountpoints), source, type);
    }
    void add_at(const Asked& one, Mask kind, const Patterns& place, const Patterns& source, const Patterns& type) {
        std::vector<std::pair<std::string, bool>> parts;
        for (const auto& [flag, bit] : mount_flag_bits()) {
            const Mask mask = Mask{1} << bit;
            const Mask of_kind = kind & within_ & mask;
            const bool may = one.anything ? any_beyond_ || of_kind != 0 : (one.optional & of_kind) != 0;
            if (may || (one.set & of_kind) != 0) parts.emplace_back(std::string(flag) + ',', may);
        }
        append(made_, make_.joined({place, source, type, make_.options(parts)}));
    }

    Patterns globs(const policy::Globs& all) {
        Patterns made;
        for (const policy::Glob& glob : all) make_.add_text(glob.text, made);
        return all.empty() ? make_.any() : made;
    }
    Patterns sources() { return globs(rule_.sources); }
    Patterns types() {
        Patterns made;
        for (const std::string& type : rule_.fstypes) make_.add_text(type, made);
        return rule_.fstypes.empty() ? make_.any() : made;
    }

    const MountRule& rule_;
    PatternMaker& make_;
    Mask within_ = 0;
    bool any_beyond_ = false;
    Patterns made_;
};

}  // namespace

std::vector<Encoded> encode_mount_rule(const MountRule& rule, Reading reading, PatternMaker& make) {
    Encoded one{1, Mounts(rule, make).run(reading == Reading::rule_of_3_0), {}};
    const auto globs = [&](const policy::Globs& all) {
        Patterns made;
        for (const policy::Glob& glob : all) make.add_text(glob.text, made);
        return all.empty() ? make.any() : made;
    };
    for (const MountRule::Pair& pair : rule.except)
        append(one.except, make.joined({globs(pair.mountpoints), globs(pair.sources), make.any(), make.any()}));
    return {one};
}

}  // namespace pavise::analysis
