#include "apparmor/load_journal.hpp"

#include "apparmor/binary.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string_view>

namespace pavise::apparmor {
namespace {

namespace fs = std::filesystem;
using text::Code;

constexpr std::string_view first_field = "pavise load 1";

std::string path_of(const Machine& machine) { return machine.state + "/journal"; }

// Fields end with NUL, which no path has; the binary is the rest.
std::optional<std::string> take(std::string_view& rest) {
    const std::size_t end = rest.find('\0');
    if (end == std::string_view::npos) return std::nullopt;
    std::string field(rest.substr(0, end));
    rest.remove_prefix(end + 1);
    return field;
}

std::string list(const std::vector<Move>& moves) {
    std::string out;
    for (const Move& move : moves) out += (out.empty() ? "" : ", ") + text::quoted(move.to);
    return out;
}

}  // namespace

std::string boot_id(const Machine& machine) {
    constexpr std::size_t most = 64;
    const auto read = text::read_file(machine.proc + "/sys/kernel/random/boot_id", most);
    return std::holds_alternative<std::string>(read) ? std::get<std::string>(read) : "";
}

std::optional<text::FileError> begin(const Machine& machine, const Journal& journal) {
    std::string out(first_field);
    out += '\0' + boot_id(machine) + '\0' + std::to_string(journal.moves.size()) + '\0';
    for (const Move& move : journal.moves) out += move.from + '\0' + move.to + '\0';
    out += journal.binary;
    std::error_code code;
    fs::create_directories(machine.state, code);
    fs::permissions(machine.state, fs::perms::owner_all, code);
    return text::write_files({{path_of(machine), out}});
}

std::optional<Journal> unfinished(const Machine& machine) {
    const auto read = text::read_file(path_of(machine), binary::max_size);
    if (!std::holds_alternative<std::string>(read)) return std::nullopt;
    std::string_view rest = std::get<std::string>(read);
    if (take(rest) != first_field) return std::nullopt;
    Journal journal;
    const std::optional<std::string> boot = take(rest);
    const std::optional<std::string> count = take(rest);
    std::size_t moves = 0;
    if (!boot || !count || std::from_chars(count->data(), count->data() + count->size(), moves).ec != std::errc()) return std::nullopt;
    journal.boot = *boot;
    for (std::size_t i = 0; i < moves; ++i) {
        const std::optional<std::string> from = take(rest);
        const std::optional<std::string> to = take(rest);
        if (!from || !to) return std::nullopt;
        journal.moves.push_back({*from, *to});
    }
    journal.binary = rest;
    return journal;
}

void end(const Machine& machine) { unlink(path_of(machine).c_str()); }

std::optional<text::FileError> make_moves(const std::vector<Move>& moves) {
    for (const Move& move : moves)
        if (access(move.from.c_str(), F_OK) == 0 && std::rename(move.from.c_str(), move.to.c_str()) != 0)
            return text::FileError{text::FileError::Kind::other, move.to, std::strerror(errno)};
    return std::nullopt;
}

bool finish_unfinished(const Machine& machine, text::Diagnostics& diagnostics) {
    const std::optional<Journal> journal = unfinished(machine);
    if (!journal) {
        end(machine);
        return true;
    }
    const bool same_boot = journal->boot == boot_id(machine);
    const int refused = same_boot ? machine.write(machine.securityfs + "/.replace", journal->binary) : 0;
    if (refused != 0) {
        for (const Move& move : journal->moves) unlink(move.from.c_str());
        end(machine);
        diagnostics.add(
            Code::W0725, std::nullopt,
            fmt::format("an earlier load was interrupted, and is undone: the kernel refuses its profiles: {}", std::strerror(refused)));
        return true;
    }
    if (const std::optional<text::FileError> error = make_moves(journal->moves)) {
        diagnostics.add(
            Code::E0704, std::nullopt,
            fmt::format("an earlier load was interrupted, and {} can't be written: {}", text::quoted(error->path), error->reason));
        return false;
    }
    end(machine);
    diagnostics.add(Code::W0725, std::nullopt,
                    fmt::format("an earlier load was interrupted, and is finished now: {}{}", list(journal->moves),
                                same_boot ? "" : ", whose profiles that boot's kernel had; load them again if this one does not"));
    return true;
}

}  // namespace pavise::apparmor
