// pavise import: AppArmor profiles to policies that say the same.
#include "importer/import.hpp"
#include "apparmor/compare_compiled.hpp"
#include "cli/commands.hpp"
#include "cli/pipeline.hpp"
#include "text/file.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <algorithm>

namespace pavise::cli {
namespace {

using text::Code;

constexpr std::string_view module_name = "abstractions.pav";

struct Row {
    std::string file;
    std::size_t profiles = 0;
    std::string outcome;     // empty: imported and equal
    std::string verified{};  // what apparmor_parser says, if it was asked
};

// On a terminal: which file is being read, on one line.
class Progress {
public:
    Progress(const Console& console, std::size_t count) : shown_(console.err_is_terminal && count > 1), count_(count) {}
    void begin(std::string_view name) {
        if (shown_) write(fmt::format("\r\x1b[K[{}/{}] {}", ++at_, count_, name));
    }
    void end() {
        if (shown_) write("\r\x1b[K");
    }

private:
    static void write(std::string_view text) { (void)text::write_all(STDERR_FILENO, text, "standard error"); }

    bool shown_;
    std::size_t count_;
    std::size_t at_ = 0;
};

std::string table(const std::vector<Row>& rows) {
    std::size_t width = 0;
    for (const Row& row : rows) width = std::max(width, row.file.size());
    std::string out;
    std::size_t imported = 0;
    for (const Row& row : rows) {
        const std::string outcome =
            !row.outcome.empty() ? "left out: " + row.outcome
            : row.profiles == 0  ? "equal, an abstraction"
                                 : fmt::format("equal{}, {} {}", row.verified, row.profiles, row.profiles == 1 ? "profile" : "profiles");
        out += fmt::format("{:<{}}  {}\n", row.file, width, outcome);
        imported += row.outcome.empty() ? 1 : 0;
    }
    return out + fmt::format("{} of {} imported and equal\n", imported, rows.size());
}

// Has apparmor_parser compile the original and what the policy becomes. What it says of them; nothing if they differ, which is reported.
std::optional<std::string> verify(const text::Source& original, const importer::Imported& made, const apparmor::Compiling& how,
                                  text::Diagnostics& diagnostics) {
    using Outcome = apparmor::Compared::Outcome;
    const apparmor::Compared compared = apparmor::compare_compiled(original.text, made.emitted, how);
    switch (compared.outcome) {
        case Outcome::equal: return " to the byte when compiled";
        case Outcome::renumbered: return " but for numbers when compiled";
        case Outcome::different:
            diagnostics.add(Code::E0813, std::nullopt,
                            fmt::format("apparmor_parser makes another binary of the policy for {}, so it is not written",
                                        text::quoted(original.name)));
            return std::nullopt;
        case Outcome::not_compiled: break;
    }
    diagnostics.add(Code::E0813, std::nullopt, fmt::format("apparmor_parser can't compare {}", text::quoted(original.name)))
        .help(compared.reason);
    return std::nullopt;
}

std::optional<std::string> refuse_to_compile(const text::Source& original, text::Diagnostics& diagnostics) {
    diagnostics
        .add(Code::E0813, std::nullopt,
             fmt::format("apparmor_parser compiles profiles, and {} is a part of some", text::quoted(original.name)))
        .help("import it without `--verify`, or the profiles that include it with `--inline --verify`");
    return std::nullopt;
}

// The first error that is there since `before`, as the reason.
std::string reason(const text::Diagnostics& diagnostics, std::size_t before) {
    for (std::size_t i = before; i < diagnostics.all().size(); ++i)
        if (diagnostics.all()[i].severity == text::Severity::error) return diagnostics.all()[i].message;
    return "too many errors before it";
}

void check_call(const Arguments& arguments, text::Diagnostics& call) {
    if (arguments.value("output") == "") call.add(Code::E0603, std::nullopt, "`--output` can't be empty").help("write `-o .`");
}

}  // namespace

int import_profiles(const Arguments& arguments, Console& console) {
    text::Diagnostics call;
    const Settings settings = read_settings(arguments, call);
    check_call(arguments, call);
    if (call.has_errors()) {
        report(call, {}, arguments, console, false);
        return 2;
    }
    const std::optional<std::string> folder = arguments.value("output");
    Run run = read_inputs(arguments.operands, settings, {}, Reads::apparmor_too);
    for (const text::FileId file : run.inputs)
        if (std::find(arguments.operands.begin(), arguments.operands.end(), run.sources[file].name) != arguments.operands.end())
            run.diagnostics.add(Code::E0703, std::nullopt, fmt::format("{} is a policy already", text::quoted(run.sources[file].name)))
                .help("`import` takes AppArmor profiles; `fmt` lays out policies");
    if (!folder && run.profile_texts.size() > 1)
        run.diagnostics.add(Code::E0604, std::nullopt, "several policies don't go to standard output").help("write `-o DIR`");

    importer::Shared shared{folder ? "abstractions." : "", {}, {}};
    importer::Options options{settings.target, read_options(settings), arguments.has("inline") ? &shared : nullptr};
    const bool verifies = arguments.has("verify");
    const apparmor::Machine machine = verifies ? apparmor::this_machine() : apparmor::Machine{};
    const apparmor::Compiling compiling{machine, options.read.folders.front(), *settings.target};
    if (verifies && machine.parser.empty())
        run.diagnostics.add(Code::E0711, std::nullopt, "there is no apparmor_parser in PATH or /usr/sbin")
            .help("install the package `apparmor`, or leave out `--verify`");
    std::vector<text::OutputText> files;
    std::vector<Row> rows;
    if (!run.diagnostics.has_errors()) {
        Progress progress(console, run.profile_texts.size());
        for (const text::FileId file : run.profile_texts) {
            progress.begin(run.sources[file].name);
            const std::size_t before = run.diagnostics.all().size();
            importer::Imported made = importer::import_profile(run.sources, file, options, run.diagnostics);
            std::optional<std::string> verified = "";
            if (verifies && !made.text.empty())
                verified = made.profiles == 0 ? refuse_to_compile(run.sources[file], run.diagnostics)
                                              : verify(run.sources[file], made, compiling, run.diagnostics);
            if (!verified) made.text.clear();
            rows.push_back(
                {run.sources[file].name, made.profiles, made.text.empty() ? reason(run.diagnostics, before) : "", verified.value_or("")});
            if (made.text.empty()) continue;
            if (folder)
                files.push_back({fmt::format("{}/{}", *folder, made.name), std::move(made.text)});
            else
                console.out += made.text;
        }
        progress.end();
    }
    if (folder && !shared.texts.empty()) files.push_back({fmt::format("{}/{}", *folder, module_name), importer::shared_module(shared)});
    if (const std::optional<text::FileError> error = text::write_files(files))
        run.diagnostics.add(Code::E0704, std::nullopt, fmt::format("can't write {}: {}", text::quoted(error->path), error->reason));
    else if (folder)
        console.out += table(rows);
    report(run.diagnostics, run.sources, arguments, console, false);
    return status_of(run.diagnostics);
}

}  // namespace pavise::cli
