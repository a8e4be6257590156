// The commands that need no policy, and what is wrong with a call.
#include "catch.hpp"
#include "cli/call.hpp"
#include "cli/word_tables.hpp"
#include "policy/vocabulary.hpp"
#include "text/embedded.hpp"

#include <nlohmann/json.hpp>

using namespace pavise::cli;
namespace text = pavise::text;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("commands: an unknown one", "[E0601]") {
    const Called called = call({"biuld", "a.pav"});
    CHECK(called.status == 2);
    CHECK(called.err == "error[E0601]: there is no command `biuld`\n  = help: did you mean `build`?\n\n1 error\n");
    CHECK(contains(call({"a.pav"}).err, "= help: write `pavise check a.pav`"));
    CHECK(contains(call({"audit"}).err, "`pavise --help` lists the commands"));
    CHECK(contains(call({"--fix"}).err, "error[E0602]"));
}

TEST_CASE("commands: none at all shows the help, and fails") {
    CHECK(call({}).status == 2);
    CHECK(contains(call({}).err, "Usage: pavise COMMAND"));
    CHECK(call({"--help"}).status == 0);
    CHECK(call({"--version"}).out.starts_with("pavise "));
}

TEST_CASE("commands: settings that can't be taken") {
    const Folder folder;
    const std::string file = folder.write("a.pav", "profile a {}\n");
    const Called called = call({"check", "-D", "x", "-W", "nonsense", "-W", "no-such-lint=off", file});
    CHECK(called.status == 2);
    CHECK(contains(called.err, "error[E0603]: `--define` can't be `x`\n  = help: write `-D NAME=VALUE`"));
    CHECK(contains(called.err, "error[E0603]: `--warn` can't be `nonsense`"));
    CHECK(contains(called.err, "error[E0603]: there is no warning `no-such-lint`"));
}

TEST_CASE("commands: a layer that is not there", "[E0606]") {
    const Folder folder;
    const std::string file = folder.write("a.pav", "profile a {\n  allow read /x\n}\n");
    const Called called = call({"build", "--emit", "apparmor,falco", "-o", folder / "out", file});
    CHECK(called.status == 2);
    CHECK(called.out.empty());
    CHECK(contains(called.err,
                   "error[E0606]: there is no layer `falco`\n  = help: the layers are apparmor, docker, podman, compose, kubernetes, oci, "
                   "systemd, seccomp"));
    CHECK(call({"build", "--emit", "apparmor", file}).status == 0);
    CHECK(contains(call({"build", "--depfile", "d", file}).err,
                   "error[E0604]: `--depfile` needs to know the outputs\n  = help: write `-o DIR` as well"));
}

TEST_CASE("help: commands, codes, lint names, and what is none of them", "[E0605]") {
    CHECK(contains(call({"help", "build"}).out, "Usage: pavise build [OPTION]… FILE…"));
    CHECK(call({"help", "build"}).out == call({"build", "--help"}).out);
    CHECK(contains(call({"help", "e0701"}).out, "E0701: a file can't be read\n==="));
    const Called called = call({"help", "biuld"});
    CHECK(called.status == 2);
    CHECK(contains(called.err, "error[E0605]: there is no command and no diagnostic `biuld`\n  = help: did you mean `build`?"));
    for (const text::CodeInfo& code : text::codes()) CHECK(call({"help", std::string(code.name)}).status == 0);
}

TEST_CASE("help: every code of files, calls and machines has its page, with its title") {
    for (const text::CodeInfo& code : text::codes()) {
        if (!code.name.starts_with("E06") && !code.name.starts_with("E07")) continue;
        const auto pages = text::embedded_diagnostics();
        const auto page = std::find_if(pages.begin(), pages.end(),
                                       [&](const text::EmbeddedFile& file) { return file.path == std::string(code.name) + ".md"; });
        INFO(code.name);
        REQUIRE(page != pages.end());
        CHECK(page->text.starts_with("# " + std::string(code.name) + ": " + std::string(code.title) + "\n"));
    }
}

TEST_CASE("completions: of every shell, with every command and option, and accepted by it") {
    for (const std::string shell : {"bash", "zsh", "fish"}) {
        const std::string script = call({"completions", shell}).out;
        for (const CommandInfo& command : commands()) {
            if (!command.hidden) CHECK(contains(script, std::string(command.name)));
            for (const OptionInfo& option : command.options)
                if (!command.hidden) CHECK(contains(script, std::string(option.name)));
        }
        if (std::system((shell + " -c true >/dev/null 2>&1").c_str()) != 0) continue;
        const Folder folder;
        CHECK(std::system((shell + " -n '" + folder.write("script", script) + "'").c_str()) == 0);
    }
}

TEST_CASE("completions: bash completes commands, options, their values and policies") {
    const Folder folder;
    folder.write("script", call({"completions", "bash"}).out);
    folder.write("one.pav", "");
    folder.write("two.txt", "");
    const auto complete = [&](const std::string& words) {
        const std::string script = "cd '" + (folder / "") + "'; . ./script; COMP_WORDS=(pavise " + words +
                                   "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _pavise; echo ${COMPREPLY[*]} >out";
        CHECK(std::system(("bash -c '" + folder.write("run", script) + "' 2>/dev/null; bash '" + (folder / "run") + "'").c_str()) == 0);
        return folder.read("out");
    };
    CHECK(complete("bu") == "build\n");
    for (const CommandInfo& command : commands())
        CHECK(complete(std::string(command.name)) == (command.hidden ? "" : std::string(command.name)) + "\n");
    CHECK(complete("build --dep") == "--depfile\n");
    CHECK(complete("build --target apparmor-4.1") == "apparmor-4.1\n");
    CHECK(complete("check o") == "one.pav\n");
}

TEST_CASE("man: pages that groff reads without a word") {
    CHECK(contains(call({"man"}).out, ".TH PAVISE 1"));
    CHECK(contains(call({"man", "build"}).out, ".TH PAVISE-BUILD 1"));
    CHECK(call({"man", "nothing"}).status == 2);
    if (std::system("groff --version >/dev/null 2>&1") != 0) SKIP_TEST("there is no groff here");
    const Folder folder;
    for (const CommandInfo& command : commands()) {
        folder.write("page", call({"man", std::string(command.name)}).out);
        CHECK(std::system(("groff -K utf8 -man -Tutf8 -ww '" + (folder / "page") + "' >/dev/null 2>'" + (folder / "err") + "'").c_str()) ==
              0);
        CHECK(folder.read("err").empty());
    }
}

TEST_CASE("words: every table, as the model has it") {
    const auto words = nlohmann::json::parse(call({"words", "--format", "json"}).out);
    CHECK(words["capabilities"].size() == pavise::policy::capabilities().size());
    CHECK(words["classes"].size() == pavise::policy::classes().size());
    CHECK(words["operations"][0]["name"] == "read");
    for (const char* table : {"keywords", "families", "socket_types", "protocols", "signals", "mount_options", "flags", "modes", "limits",
                              "settings", "types", "units"})
        CHECK_FALSE(words[table].empty());
}

TEST_CASE("words: types and units are the language's own") {
    const Folder folder;
    for (const std::string_view type : type_names) {
        const Called called = call({"check", folder.write("a.pav", "option x: " + std::string(type) + "\n")});
        INFO(called.err);
        CHECK_FALSE(contains(called.err, "no type"));
    }
}

TEST_CASE("reference: all tables, or one") {
    const std::string all = call({"reference"}).out;
    CHECK(contains(all, "<!-- begin operations -->\n" + call({"reference", "operations"}).out + "<!-- end operations -->"));
    CHECK(call({"reference", "nothing"}).status == 2);
}

TEST_CASE("docs: pages from comments, with an index") {
    const Folder folder;
    const std::string file =
        folder.write("web.pav",
                     "## Web things.\n\n## A server.\nabstraction server(root: path, port: number = 80) {\n  allow read @{root}/**\n}\n\n"
                     "## The proxy.\nprofile proxy /usr/bin/proxy {\n  ## Its hat.\n  hat h { }\n}\n");
    const Called called = call({"docs", file});
    CHECK(called.status == 0);
    CHECK(called.out ==
          "# web\n\nWeb things.\n\n## Profiles\n\n### `proxy`\n\nAttaches to `/usr/bin/proxy`.\n\nThe proxy.\n\n### `proxy//h`\n\nIts "
          "hat.\n\n"
          "## Abstractions\n\n### `server(root: path, port: number = 80)`\n\nA server.\n\n| parameter | type | default |\n|---|---|---|\n"
          "| `root` | `path` |  |\n| `port` | `number` | `80` |\n");
    CHECK(call({"docs", "-o", folder / "out", file}).status == 0);
    CHECK(folder.read("out/web.md") == called.out);
    CHECK(contains(folder.read("out/index.md"), "| [web](web.md) | Web things. |"));
}
