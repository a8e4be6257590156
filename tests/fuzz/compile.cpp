// libFuzzer over the whole way of a policy: parse, lay out, check, emit. Any bytes must end in a profile or in diagnostics.
//
// The length of the input chooses the target. With PAVISE_FUZZ_EMITTED=DIR, what was emitted is written to DIR/TARGET, at most 2,000 files,
// for the real parsers to read (tests/fuzz/run).
#include "language/compile.hpp"
#include "apparmor/emit.hpp"
#include "syntax/format.hpp"
#include "text/embedded.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>

namespace {

using namespace pavise;

void write_emitted(const apparmor::Target& target, const std::vector<apparmor::OutputFile>& files) {
    static const char* const directory = std::getenv("PAVISE_FUZZ_EMITTED");
    static int written = 0;
    if (directory == nullptr || written >= 2000) return;
    const std::filesystem::path folder = std::filesystem::path(directory) / target.name;
    std::filesystem::create_directories(folder);
    for (const apparmor::OutputFile& file : files) {
        const std::filesystem::path path = folder / fmt::format("{:016x}", std::hash<std::string>{}(file.text));
        if (std::filesystem::exists(path)) continue;
        std::ofstream(path, std::ios::binary) << file.text;
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
    if (!diagnostics.has_errors()) apparmor::check_buildable(result.policy, to, diagnostics);
    if (diagnostics.has_errors()) return 0;
    const std::vector<apparmor::OutputFile> emitted = apparmor::emit(result.policy, sources, to, diagnostics);
    if (!diagnostics.has_errors()) write_emitted(target, emitted);
    return 0;
}
