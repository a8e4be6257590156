// pavise verify: what apparmor_parser makes of policies, read back and proved equal to what they mean.
#include "analysis/verify.hpp"

#include "analysis/world.hpp"
#include "apparmor/compile.hpp"
#include "cli/asked.hpp"
#include "cli/commands.hpp"
#include "text/file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace pavise::cli {
namespace {

using analysis::Finding;
using analysis::Verified;
using text::Code;

struct Totals {
    std::size_t equal = 0;
    std::size_t all = 0;
    bool differs = false;
    std::vector<std::string> left_out;
};

std::string place(const Finding& finding, const text::Sources& sources) {
    if (finding.because.empty()) return "";
    const text::Span& span = finding.because.front()->origin.span;
    return fmt::format("  ({}:{})", sources[span.file].name, sources.position(span).line);
}

std::string render(const Verified& one, const text::Sources& sources) {
    const bool differs = !one.more.empty() || !one.less.empty() || !one.otherwise.empty();
    std::string out = fmt::format("{:<7} {}\n", one.equal() ? "equal" : differs ? "DIFFERS" : "unknown", one.name);
    for (const Finding& more : one.more) out += fmt::format("  + {}\n", more.object);
    for (const Finding& less : one.less) out += fmt::format("  - {}{}\n", less.object, place(less, sources));
    for (const Finding& other : one.otherwise) out += fmt::format("  ~ {}{}\n", other.message, place(other, sources));
    for (const Finding& unknown : one.unknown) out += fmt::format("  ? {}\n", unknown.message);
    return out;
}

void add(const Verified& one, Totals& totals) {
    ++totals.all;
    totals.equal += one.equal() ? 1 : 0;
    totals.differs = totals.differs || !one.more.empty() || !one.less.empty() || !one.otherwise.empty();
    for (const std::string& cls : one.left_out)
        if (std::find(totals.left_out.begin(), totals.left_out.end(), cls) == totals.left_out.end()) totals.left_out.push_back(cls);
}

// AppArmor text need not say for which abi it is.
std::optional<std::string> abi_of(const policy::Policy& policy, const std::string& profile) {
    for (const policy::Profile& one : policy.profiles)
        if (one.name == profile) return policy.preambles[one.preamble].abi;
    return std::nullopt;
}

// What the parser makes of one output, which may hold several profiles.
std::optional<analysis::Compiled> compile_output(Run& run, const apparmor::OutputFile& output, apparmor::Compiling how) {
    const std::optional<std::string> abi = abi_of(run.policy, output.profile);
    how.pins_abi = run.inputs.empty() && !abi;
    // What the text relies on is taken to be there; but for a kernel that takes compressed policies the parser compresses them.
    const apparmor::Abi* known = abi ? apparmor::find_abi(*abi) : nullptr;
    if (how.features.empty() && known != nullptr && !apparmor::features(*known).contains("policy/compressed_load"))
        how.features = how.base + '/' + abi->substr(1, abi->size() - 2);
    auto made = apparmor::compile_text(output.text, how);
    if (const auto* refused = std::get_if<apparmor::NotCompiled>(&made)) {
        run.diagnostics.add(Code::E0712, std::nullopt, fmt::format("apparmor_parser refuses {}", text::quoted(output.file_name)))
            .help(refused->reason);
        return std::nullopt;
    }
    return read_compiled(run, fmt::format("what apparmor_parser made of {}", text::quoted(output.file_name)), std::get<std::string>(made));
}

// The rules of a profile are compared, but where its mode leaves nothing to them.
struct Worlds {
    analysis::World enforced;
    analysis::World as_is;

    static bool is_open(const policy::Profile& profile) {
        return profile.mode == policy::Mode::unconfined || profile.mode == policy::Mode::default_allow;
    }
};

void verify_output(const analysis::Compiled& compiled, Worlds& worlds, const Run& run, std::vector<std::string>& seen, Console& console,
                   Totals& totals) {
    Worlds binary{{compiled, worlds.enforced.judging()}, {compiled, worlds.as_is.judging()}};
    for (const std::string& name : binary.enforced.names()) {
        seen.push_back(name);
        analysis::Meaning* source = worlds.enforced.find(name);
        const bool open = source != nullptr && Worlds::is_open(*source->said().profile);
        if (open) source = worlds.as_is.find(name);
        Verified one{name};
        if (source == nullptr)
            one.unknown.push_back({analysis::Verdict::unknown,
                                   "the source has no such profile: it stands in a file that is included before the profiles, or the "
                                   "parser names a profile otherwise"});
        else
            one = analysis::verify(*source, *(open ? binary.as_is : binary.enforced).find(name));
        console.out += render(one, run.sources);
        add(one, totals);
    }
}

}  // namespace

int verify(const Arguments& arguments, Console& console) {
    const std::optional<Settings> accepted = accepted_settings(arguments, console);
    if (!accepted) return 2;
    const Settings& settings = *accepted;
    Run run = read_inputs(arguments.operands, settings, {}, Reads::apparmor_too);
    const std::optional<std::string> binary = arguments.value("binary");
    apparmor::Machine machine = apparmor::this_machine();
    if (const std::optional<std::string> parser = arguments.value("parser")) machine.parser = *parser;
    if (machine.parser.empty() && !binary)
        run.diagnostics.add(Code::E0711, std::nullopt, "there is no apparmor_parser in PATH or /usr/sbin")
            .help("install the package `apparmor`, or name the program: `--parser PROGRAM`");
    const apparmor::Compiling how{machine, read_options(settings).folders.front(), *settings.target, settings.features_file.value_or("")};
    if (!run.diagnostics.has_errors()) compile(run, settings);
    if (!run.diagnostics.has_errors() && !binary) emit(run, settings);
    Totals totals;
    if (!run.diagnostics.has_errors()) {
        Worlds worlds{{run.policy, {settings.target, true}, {}}, {run.policy, {settings.target, false}, {}}};
        std::vector<std::string> seen;
        if (binary) {
            auto bytes = text::read_file(*binary, apparmor::binary::max_size);
            if (const auto* error = std::get_if<text::FileError>(&bytes))
                run.diagnostics.add(Code::E0701, std::nullopt, fmt::format("can't read {}: {}", text::quoted(*binary), error->reason));
            else if (const auto compiled = read_compiled(run, text::quoted(*binary), std::get<std::string>(bytes)))
                verify_output(*compiled, worlds, run, seen, console, totals);
        }
        for (const apparmor::OutputFile& output : run.outputs)
            if (const auto compiled = compile_output(run, output, how)) verify_output(*compiled, worlds, run, seen, console, totals);
        for (const std::string& name : worlds.enforced.names()) {
            if (run.diagnostics.has_errors() || std::find(seen.begin(), seen.end(), name) != seen.end()) continue;
            Verified one{name};
            one.otherwise.push_back({analysis::Verdict::fails, "the compiled policy does not have this profile"});
            console.out += render(one, run.sources);
            add(one, totals);
        }
        if (!totals.left_out.empty()) console.out += fmt::format("not compared: {}\n", fmt::join(totals.left_out, ", "));
        console.out += fmt::format("{} of {} {} equal\n", totals.equal, totals.all, totals.all == 1 ? "profile is" : "profiles are");
    }
    report(run.diagnostics, run.sources, arguments, console, false);
    if (run.diagnostics.has_errors()) return status_of(run.diagnostics);
    return totals.differs ? 1 : totals.equal < totals.all ? 3 : 0;
}

}  // namespace pavise::cli
