#include "cli/revision.hpp"

#include "apparmor/load_process.hpp"
#include "text/diagnostic.hpp"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>

namespace pavise::cli {
namespace {

namespace fs = std::filesystem;
using apparmor::ProcessResult;
using text::FileError;

constexpr std::string_view scheme = "git:";
constexpr std::size_t most_said = 65536;

// Without a shell, each word as it is.
ProcessResult git(const fs::path& folder, const std::vector<std::string>& words, std::size_t most_output = most_said) {
    constexpr int patience_seconds = 60;
    const std::string program = apparmor::find_program("git");
    if (program.empty()) return {ProcessResult::End::not_started, 0, "there is no `git` in PATH"};
    std::vector<std::string> all{program};
    if (!folder.empty()) all.insert(all.end(), {"-C", folder.string()});
    all.insert(all.end(), words.begin(), words.end());
    return apparmor::run_process(all, patience_seconds, most_output);
}

bool is_well(const ProcessResult& result) { return result.end == ProcessResult::End::exited && result.status == 0; }

std::string reason(const ProcessResult& result) {
    if (result.end == ProcessResult::End::timed_out) return "git does not come to an end";
    std::string line = result.output.substr(0, result.output.find('\n'));
    if (line.starts_with("fatal: ")) line.erase(0, std::string_view("fatal: ").size());
    return line.empty() ? "git failed" : line;
}

// Where git is asked, and what names the file there.
struct Asked {
    fs::path folder;
    std::string object;
};
Asked asked(const Revision& revision, std::string path) {
    if (path.starts_with(revision.prefix)) path.erase(0, revision.prefix.size());
    const fs::path named = fs::path(path).lexically_normal();
    if (!named.is_absolute()) return {{}, revision.name + ":./" + named.generic_string()};
    return {named.parent_path(), revision.name + ":./" + named.filename().generic_string()};
}

FileError refused(const Revision& revision, const Asked& at, const std::string& path, const ProcessResult& result) {
    const bool is_known = is_well(git(at.folder, {"rev-parse", "--verify", "--quiet", revision.name + "^{tree}"}));
    if (!is_known) return {FileError::Kind::other, path, reason(result)};
    return {FileError::Kind::missing, path, fmt::format("revision {} has no such file", revision.name)};
}

}  // namespace

bool names_revision(std::string_view operand) { return operand.starts_with(scheme); }

std::variant<AtRevision, std::string> at_revision(std::string_view operand) {
    const std::string_view rest = operand.substr(std::min(scheme.size(), operand.size()));
    const std::size_t colon = rest.find(':');
    const std::string name(rest.substr(0, colon));
    if (colon == std::string_view::npos || colon + 1 == rest.size()) return "it names no path: git:REVISION:PATH";
    if (name.empty()) return "it names no revision: git:REVISION:PATH";
    if (name.starts_with('-')) return "a revision does not begin with `-`";
    if (operand.find('\0') != std::string_view::npos) return "it holds a NUL byte";
    AtRevision named{{name, ""}, std::string(rest.substr(colon + 1))};
    // A name with a slash would be taken for folders of the path.
    if (name.find('/') != std::string::npos) {
        const fs::path path = named.path;
        const fs::path folder = path.is_absolute() ? path.parent_path() : fs::path();
        const ProcessResult result = git(folder, {"rev-parse", "--verify", "--quiet", "--short", name + "^{commit}"});
        if (!is_well(result)) return fmt::format("git knows no revision {} here", text::quoted(name));
        named.revision.name = result.output.substr(0, result.output.find('\n'));
    }
    named.revision.prefix = fmt::format("{}{}:", scheme, named.revision.name);
    return named;
}

std::variant<std::string, FileError> read_file(const Revision& revision, const std::string& path, std::size_t limit) {
    const Asked at = asked(revision, path);
    const ProcessResult size = git(at.folder, {"cat-file", "-s", at.object});
    if (!is_well(size)) return refused(revision, at, path, size);
    std::size_t bytes = 0;
    std::from_chars(size.output.data(), size.output.data() + size.output.size(), bytes);
    if (bytes > limit) return FileError{FileError::Kind::too_large, path, fmt::format("it is larger than {} bytes", limit)};
    ProcessResult result = git(at.folder, {"cat-file", "blob", at.object}, bytes + most_said);
    if (!is_well(result)) return FileError{FileError::Kind::other, path, reason(result)};
    // Else git said something beside it, which can't be told from it.
    if (result.output.size() != bytes) return FileError{FileError::Kind::other, path, "git gives another size than it has"};
    return std::move(result.output);
}

std::optional<std::vector<std::string>> list_folder(const Revision& revision, const std::string& path) {
    constexpr std::size_t most_names = std::size_t{16} * 1024 * 1024;
    const Asked at = asked(revision, path + "/.");
    const ProcessResult result = git(at.folder, {"ls-tree", "-z", "--name-only", at.object}, most_names);
    if (!is_well(result) || result.output.size() == most_names) return std::nullopt;
    std::vector<std::string> names;
    for (std::size_t begin = 0; begin < result.output.size();) {
        const std::size_t end = std::min(result.output.find('\0', begin), result.output.size());
        names.push_back(result.output.substr(begin, end - begin));
        begin = end + 1;
    }
    return names;
}

}  // namespace pavise::cli
