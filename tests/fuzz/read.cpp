// libFuzzer over AppArmor's own text: read, write, read again, import. Any bytes must end in a model or in diagnostics.
//
// What is read without an error and can be built is written, and what was written says the same when it is read. What `import` makes of it
// has the one layout and passes `check`. The length of the input chooses the target. Included files are the few below, so that a text means
// the same on every machine.
#include "apparmor/read.hpp"
#include "apparmor/emit.hpp"
#include "importer/compare.hpp"
#include "importer/import.hpp"
#include "language/compile.hpp"
#include "syntax/format.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

namespace {

using namespace pavise;

const std::map<std::string, std::string, std::less<>> files = {
    {"/base/abi/3.0", ""},
    {"/base/abi/4.0", ""},
    {"/base/abi/5.0", ""},
    {"/base/tunables/global", "@{PROC}=/proc/\n@{HOMEDIRS}=/home/\n@{HOME}=@{HOMEDIRS}/*/ /root/\n"},
    {"/base/abstractions/base", "  abi <abi/3.0>,\n  include <abstractions/inner>\n  /etc/ld.so.cache r,\n  deny /etc/shadow rwklx,\n"},
    {"/base/abstractions/inner", "  @{PROC}/sys/kernel/ngroups_max r,\n  capability setuid,\n  signal (receive) peer=unconfined,\n"},
    {"/base/local/x", "  /srv/** rix,\n  ptrace (read),\n"},
    {"/base/local/itself", "  include <local/itself>\n  /a r,\n"},
    {"/base/local/broken", "  /a r\n  }\n"},
};

// Says what is wrong, and stops where the fuzzer takes notice.
[[noreturn]] void fail(std::string_view what, std::string_view text, const text::Diagnostics& diagnostics) {
    fmt::print(stderr, "{}\n--- text\n{}\n", what, text);
    for (const text::Diagnostic& one : diagnostics.all()) fmt::print(stderr, "--- {} {}\n", text::info(one.code).name, one.message);
    std::abort();
}

apparmor::ReadOptions read_options(const apparmor::Target& target) {
    apparmor::ReadOptions options;
    options.version = target.version;
    options.folders = {"/base"};
    options.read = [](const std::string& path) -> std::variant<std::string, apparmor::UnreadFile> {
        const auto found = files.find(path);
        if (found == files.end()) return apparmor::UnreadFile{"no such file", true};
        return found->second;
    };
    options.list = [](const std::string& path) -> std::optional<std::vector<std::string>> {
        std::vector<std::string> names;
        for (const auto& [name, content] : files)
            if (name.starts_with(path + "/")) names.push_back(name.substr(path.size() + 1));
        return names.empty() ? std::nullopt : std::optional(names);
    };
    return options;
}

// What is written of a policy says the same as the policy.
void write_and_read(const std::string& text, const apparmor::Target& target) {
    text::Sources sources;
    text::Diagnostics diagnostics;
    const apparmor::ReadOptions reading = read_options(target);
    const policy::Policy policy = apparmor::read_profiles(sources, {sources.add("fuzz", text)}, reading, diagnostics).policy;
    const apparmor::Options to{.target = &target};
    if (!diagnostics.has_errors()) apparmor::check(policy, to, diagnostics);
    if (diagnostics.has_errors()) return;
    const auto buildable = apparmor::make_buildable(policy, to, diagnostics);
    if (!buildable) return;
    const std::vector<apparmor::OutputFile> written = apparmor::emit(*buildable, sources, to, diagnostics);
    if (diagnostics.has_errors() || written.empty()) return;

    policy::Policy again;
    for (const apparmor::OutputFile& file : written) {
        policy::Policy one = apparmor::read_profiles(sources, {sources.add(file.file_name, file.text)}, reading, diagnostics).policy;
        if (diagnostics.has_errors()) fail("what was written can't be read", file.text, diagnostics);
        for (policy::Profile& profile : one.profiles) again.profiles.push_back(std::move(profile));
        for (policy::Preamble& preamble : one.preambles) again.preambles.push_back(std::move(preamble));
    }
    const std::set<std::string> constants;
    const importer::Normalising how{&target, constants};
    const std::vector<std::string> lines = importer::differences(importer::normal(policy, how), importer::normal(again, how));
    if (!lines.empty()) fail("what was written says another thing: " + lines.front(), written.front().text, diagnostics);
}

// A policy that `import` made has the one layout and no errors.
void import(const std::string& text, const apparmor::Target& target) {
    text::Sources sources;
    text::Diagnostics diagnostics;
    const importer::Options options{.target = &target, .read = read_options(target)};
    const importer::Imported made = importer::import_profile(sources, sources.add("fuzz", text), options, diagnostics);
    if (made.text.empty()) {
        if (!diagnostics.has_errors()) fail("neither a policy nor a reason why not", text, diagnostics);
        return;
    }
    text::Diagnostics found;
    const text::FileId policy = sources.add(made.name, made.text);
    if (syntax::format(sources, policy, found) != made.text) fail("the policy is not laid out", made.text, found);

    language::Options how;
    how.features = apparmor::features(target);
    how.target_name = target.name;
    how.read = [](const std::string&) -> std::variant<std::string, language::ReadError> { return language::ReadError{"no such file"}; };
    const language::Result result = language::compile(sources, {policy}, how, found);
    apparmor::check(result.policy, {.target = &target}, found);
    if (found.has_errors()) fail("the policy has errors", made.text, found);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const auto targets = apparmor::targets();
    const apparmor::Target& target = targets[size % targets.size()];
    const std::string text(reinterpret_cast<const char*>(data), size);
    write_and_read(text, target);
    import(text, target);
    return 0;
}
