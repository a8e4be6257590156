#include "machine/grsecurity.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cctype>
#include <cstdint>
#include <optional>

namespace pavise::machine {
namespace {

// Little-endian, as the machines are that PaX is for here; none: the file ends before.
std::optional<std::uint64_t> number(std::string_view bytes, std::size_t at, std::size_t width) {
    if (at > bytes.size() || bytes.size() - at < width) return std::nullopt;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < width; ++i) value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    return value;
}

struct Flag {
    char letter;
    std::string_view meaning;
};
constexpr Flag flags[] = {{'P', "PAGEEXEC"}, {'E', "EMUTRAMP"}, {'M', "MPROTECT"}, {'R', "RANDMMAP"}, {'S', "SEGMEXEC"}};

std::string spelled(std::string_view letters) {
    std::vector<std::string> all;
    for (const char letter : letters)
        for (const Flag& flag : flags)
            if (std::toupper(static_cast<unsigned char>(letter)) == flag.letter)
                all.push_back(fmt::format("{} {}", flag.meaning, letter == flag.letter ? "on" : "off"));
    return fmt::format("{}", fmt::join(all, ", "));
}

// MPROTECT off means that memory may become executable after it was written.
Level level_of(std::string_view letters) { return letters.find('m') == std::string_view::npos ? Level::good : Level::weak; }

void add_switches(const Files& files, Findings& all) {
    const std::string folder = "/proc/sys/kernel/grsecurity";
    if (!files.exists(folder)) return;
    std::vector<std::string> on;
    std::vector<std::string> off;
    for (const std::string& name : files.names(folder)) {
        const auto value = files.number(folder + '/' + name);
        if (value && name != "grsec_lock") (*value != 0 ? on : off).push_back(name);
    }
    all.push_back({Level::good, "grsecurity", fmt::format("on: {}", fmt::join(on, " "))});
    if (!off.empty())
        all.push_back({Level::note, "grsecurity", fmt::format("off: {}", fmt::join(off, " ")), "", "sysctl kernel.grsecurity.NAME=1"});
    if (const auto locked = files.number(folder + "/grsec_lock"); locked && *locked == 0)
        all.push_back({Level::weak, "grsecurity", "not locked", "root may switch it off", "sysctl kernel.grsecurity.grsec_lock=1"});
}

}  // namespace

std::string pax_marks(std::string_view elf) {
    constexpr std::uint64_t pax_header = 0x65041580;
    if (!elf.starts_with("\x7f"
                         "ELF") ||
        elf.size() < 6 || elf[5] != 1)
        return "";
    const bool wide = elf[4] == 2;
    const auto table = number(elf, wide ? 32 : 28, wide ? 8 : 4);
    const auto size = number(elf, wide ? 54 : 42, 2);
    const auto count = number(elf, wide ? 56 : 44, 2);
    if (!table || !size || !count || *table > elf.size()) return "";
    for (std::uint64_t i = 0; i < *count; ++i) {
        const std::size_t header = *table + i * *size;
        const auto type = number(elf, header, 4);
        const auto bits = number(elf, header + (wide ? 4 : 24), 4);
        if (!type || !bits) return "";
        if (*type != pax_header) continue;
        // Two bits each, on and off, from bit 4: PAGEEXEC, SEGMEXEC, MPROTECT, RANDEXEC, EMUTRAMP, RANDMMAP.
        std::string marks;
        constexpr std::string_view order = "PSMXER";
        for (std::size_t flag = 0; flag < order.size(); ++flag) {
            const std::uint64_t two = *bits >> (4 + 2 * flag);
            if ((two & 1) != 0) marks += order[flag];
            if ((two & 2) != 0) marks += static_cast<char>(std::tolower(static_cast<unsigned char>(order[flag])));
        }
        return marks;
    }
    return "";
}

Findings grsecurity_findings(const Files& files, const std::vector<std::string>& programs) {
    Findings all;
    add_switches(files, all);
    const std::optional<std::string> status = files.read("/proc/self/status");
    const std::optional<std::string> pax = status ? field(*status, "PaX") : std::nullopt;
    if (pax) all.push_back({level_of(*pax), "PaX", *pax, spelled(*pax) + " for this process"});
    for (const std::string& program : programs) {
        const std::optional<std::string> elf = files.read(program);
        const std::string marks = elf ? pax_marks(*elf) : "";
        if (marks.empty()) continue;
        all.push_back({level_of(marks), "PaX marks", program + ' ' + marks, spelled(marks),
                       level_of(marks) == Level::weak ? fmt::format("paxctl -M {}, if the program can do without", program) : ""});
    }
    return all;
}

}  // namespace pavise::machine
