#include "cli/arguments.hpp"

#include "catch.hpp"

#include <set>

using namespace pavise::cli;
using pavise::text::Code;

namespace {

Arguments parsed(const std::string& command, const std::vector<std::string>& words) {
    auto result = parse_arguments(*find_command(command), words);
    if (const auto* error = std::get_if<CallError>(&result)) FAIL(error->message);
    return std::get<Arguments>(result);
}

CallError refused(const std::string& command, const std::vector<std::string>& words) {
    auto result = parse_arguments(*find_command(command), words);
    if (std::holds_alternative<Arguments>(result)) FAIL("was taken");
    return std::get<CallError>(result);
}

}  // namespace

TEST_CASE("arguments: options in both spellings, anywhere, repeated where they may be") {
    const Arguments a = parsed("build", {"a.pav", "-W", "error", "-Wx=off", "-", "--output=out", "-D", "a=b", "--define", "c=d", "b.pav"});
    CHECK(a.operands == std::vector<std::string>{"a.pav", "-", "b.pav"});
    CHECK(a.values("warn") == std::vector<std::string>{"error", "x=off"});
    CHECK(a.values("define") == std::vector<std::string>{"a=b", "c=d"});
    CHECK(a.value("output") == "out");
    CHECK_FALSE(a.has("depfile"));
    CHECK(parsed("check", {"--fix", "--", "-odd.pav"}).operands == std::vector<std::string>{"-odd.pav"});
    CHECK(parsed("check", {""}).operands == std::vector<std::string>{""});
}

TEST_CASE("arguments: an unknown option", "[E0602]") {
    const CallError error = refused("build", {"--ouput", "x", "a.pav"});
    CHECK(error.code == Code::E0602);
    CHECK(error.message == "`pavise build` has no option `--ouput`");
    CHECK(error.help == "did you mean `--output`?");
    CHECK(refused("build", {"-Q", "a.pav"}).help == "`pavise build --help` lists the options");
}

TEST_CASE("arguments: a value that can't be taken", "[E0603]") {
    CHECK(refused("build", {"a.pav", "-o"}).message == "`--output` asks for a value");
    CHECK(refused("build", {"a.pav", "-o"}).help == "write `--output DIR`");
    CHECK(refused("check", {"--fix=yes", "a.pav"}).message == "`--fix` takes no value");
    const CallError error = refused("build", {"--target", "apparmor-3.1", "a.pav"});
    CHECK(error.code == Code::E0603);
    CHECK(error.message == "`--target` can't be `apparmor-3.1`");
    CHECK(error.help == "did you mean `apparmor-3.0`?");
    CHECK(refused("completions", {"fsh"}).message == "SHELL can't be `fsh`");
}

TEST_CASE("arguments: too few and too many", "[E0604]") {
    const CallError error = refused("build", {});
    CHECK(error.code == Code::E0604);
    CHECK(error.message == "`pavise build` asks for a FILE");
    CHECK(error.help == "write pavise build [OPTION]… FILE…");
    CHECK(refused("man", {"build", "check"}).message == "`check` is one argument too many");
    CHECK(refused("build", {"-o", "a", "-o", "b", "x.pav"}).message == "`--output` is given twice");
    CHECK(parsed("build", {"--help"}).has("help"));
}

TEST_CASE("options: the table is sound") {
    for (const CommandInfo& command : commands()) {
        std::set<std::string_view> names;
        std::set<char> letters;
        CAPTURE(command.name);
        CHECK_FALSE(command.example.empty());
        for (const OptionInfo& option : command.options) {
            CHECK(names.insert(option.name).second);
            if (option.letter != 0) CHECK(letters.insert(option.letter).second);
            CHECK_FALSE(option.meaning.empty());
            CHECK_FALSE(option.meaning.ends_with("."));
        }
    }
}
