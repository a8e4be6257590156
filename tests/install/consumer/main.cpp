// Compiles a policy through the installed library and prints its profile.
#include <apparmor/emit.hpp>
#include <language/compile.hpp>

#include <iostream>

int main() {
    using namespace pavise;
    text::Sources sources;
    text::Diagnostics diagnostics;
    const text::FileId file = sources.add("greeter.pav", "profile greeter /usr/bin/greeter {\n  allow read /etc/greeting\n}\n");
    const apparmor::Target* target = apparmor::find_target("apparmor-3.0");
    language::Options options;
    options.features = apparmor::features(*target);
    const language::Result result = language::compile(sources, {file}, options, diagnostics);
    for (const text::Diagnostic& diagnostic : diagnostics.all()) std::cerr << diagnostic.message << '\n';
    if (diagnostics.has_errors()) return 1;
    for (const apparmor::OutputFile& output : apparmor::emit(result.policy, sources, {.target = target}, diagnostics))
        std::cout << output.text;
    return 0;
}
