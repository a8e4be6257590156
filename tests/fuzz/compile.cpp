// libFuzzer over the whole way of a policy: parse, lay out, check, emit. Any bytes must end in a profile or in diagnostics.
//
// The length of the input chooses the target. With PAVISE_FUZZ_EMITTED=DIR, what was emitted is written for the real parsers to read
// (tests/fuzz/run), at most 2,000 files: DIR/closed/TARGET has those that hold all that they mean, DIR/open/TARGET those that name files or
// variables of the policy's author, of which neither Pavise nor the parser knows what they bring.
#include "language/compile.hpp"
#include "apparmor/emit.hpp"
#include "apparmor/tunables.hpp"
#include "syntax/format.hpp"
#include "text/embedded.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string_view>

namespace {

using namespace pavise;

bool includes_only_tunables(const std::vector<policy::Include>& includes) {
    return std::all_of(includes.begin(), includes.end(),
                       [](const policy::Include& include) { return include.name == "<tunables/global>"; });
}

bool includes_nothing(const policy::Profile& profile) {
    return profile.includes.empty() && std::all_of(profile.children.begin(), profile.children.end(), includes_nothing);
}

// Is each variable that the text names set in its head, by `<tunables/global>` or by the parser?
bool binds_all_variables(std::string_view text, const std::vector<policy::Variable>& variables) {
    for (std::size_t at = text.find("@{"); at != std::string_view::npos; at = text.find("@{", at + 2)) {
        const std::string_view name = text.substr(at + 2, text.substr(at + 2).find('}'));
        const bool set = std::any_of(variables.begin(), variables.end(), [&](const policy::Variable& variable) {
            return variable.name == name && variable.assignment == policy::Assignment::set;
        });
        if (!set && !apparmor::set_by_tunables(name) && name != "profile_name") return false;
    }
    return true;
}

bool is_closed(const policy::Policy& policy, const policy::Profile& profile, const apparmor::Target& target, std::string_view text) {
    const policy::Preamble& preamble = policy.preambles[profile.preamble];
    return (!preamble.abi || *preamble.abi == target.abi || *preamble.abi == "none") && includes_only_tunables(preamble.includes) &&
           includes_nothing(profile) && binds_all_variables(text, preamble.variables);
}

void write_emitted(const policy::Policy& policy, const apparmor::Target& target, const std::vector<apparmor::OutputFile>& files) {
    static const char* const directory = std::getenv("PAVISE_FUZZ_EMITTED");
    static int written = 0;
    if (directory == nullptr) return;
    for (std::size_t index = 0; index < files.size() && written < 2000; ++index) {
        const std::string& text = files[index].text;
        const bool closed = is_closed(policy, policy.profiles[index], target, text);
        const std::filesystem::path folder = std::filesystem::path(directory) / (closed ? "closed" : "open") / target.name;
        std::filesystem::create_directories(folder);
        const std::filesystem::path path = folder / fmt::format("{:016x}", std::hash<std::string>{}(text));
        if (std::filesystem::exists(path)) continue;
        std::ofstream(path, std::ios::binary) << text;
        ++written;
    }
}

// What can be parsed can be laid out, says the same afterwards, and is then left as it is.
void lay_out(const std::string& source) {
    text::Sources sources;
    text::Diagnostics diagnostics;
    const text::FileId file = sources.add("fuzz.pav", source);
    const std::optional<std::string> once = syntax::format(sources, file, diagnostics);
    if (!once) {
        if (!diagnostics.has_errors()) std::abort();
        for (const text::Diagnostic& diagnostic : diagnostics.all())
            if (diagnostic.code == text::Code::E0128) std::abort();
        return;
    }
    const std::optional<std::string> twice = syntax::format(sources, sources.add("again.pav", *once), diagnostics);
    if (twice != once) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const auto targets = apparmor::targets();
    const apparmor::Target& target = targets[size % targets.size()];
    text::Sources sources;
    text::Diagnostics diagnostics;
    const text::FileId file = sources.add("fuzz.pav", std::string(reinterpret_cast<const char*>(data), size));

    lay_out(sources[file].text);

    language::Options options;
    options.features = apparmor::features(target);
    options.target_name = target.name;
    options.read = [](const std::string&) -> std::variant<std::string, language::ReadError> { return language::ReadError{"no such file"}; };
    const language::Result result = language::compile(sources, {file}, options, diagnostics);

    const apparmor::Options to{.target = &target};
    apparmor::check(result.policy, to, diagnostics);
    if (diagnostics.has_errors()) return 0;
    const auto buildable = apparmor::make_buildable(result.policy, to, diagnostics);
    if (!buildable) return 0;
    const std::vector<apparmor::OutputFile> emitted = apparmor::emit(*buildable, sources, to, diagnostics);
    if (!diagnostics.has_errors()) write_emitted(*buildable, target, emitted);
    return 0;
}
