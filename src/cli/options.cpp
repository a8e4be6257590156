#include "cli/options.hpp"

#include "apparmor/target.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace pavise::cli {
namespace {

OptionInfo color() {
    return {"color",         0,
            "WHEN",          "When to use colour: on a terminal unless NO_COLOR is set (auto), always, or never",
            Completes::word, {"auto", "always", "never"}};
}

OptionInfo format(std::string_view where) { return {"format", 0, "FORMAT", where, Completes::word, {"text", "json", "sarif"}}; }

std::vector<std::string_view> target_names() {
    std::vector<std::string_view> names;
    for (const apparmor::Target& target : apparmor::targets()) names.push_back(target.name);
    return names;
}

OptionInfo results() { return {"format", 0, "FORMAT", "How the results are written", Completes::word, {"text", "json"}}; }

// For commands that take AppArmor text too.
OptionInfo language() {
    return {"language",      0,
            "LANGUAGE",      "What each FILE is, where its content does not tell: pavise, or AppArmor text",
            Completes::word, {"pavise", "apparmor", "binary"}};
}

// What every command that compiles takes.
std::vector<OptionInfo> compiling(std::vector<OptionInfo> own) {
    std::vector<OptionInfo> all = std::move(own);
    all.push_back(
        {"target", 0, "NAME", "The AppArmor release to write for; the oldest unless said otherwise", Completes::word, target_names()});
    all.push_back({"kernel", 0, "FEATURES", "A file of kernel features: what it lacks, `feature(\"…\")` does not find", Completes::file});
    all.push_back({"define", 'D', "NAME=VALUE", "Set an `option` of the policy", Completes::nothing, {}, true});
    all.push_back({"modules", 'I', "DIR", "A further folder to look for imported modules in", Completes::folder, {}, true});
    all.push_back({"base", 0, "DIR", "The folder of AppArmor's own files, where what is included is read; /etc/apparmor.d without it",
                   Completes::folder});
    all.push_back({"warn",
                   'W',
                   "LINT=LEVEL",
                   "`error` makes every warning an error; LINT=off, =warn or =error sets one",
                   Completes::nothing,
                   {},
                   true});
    return all;
}

std::vector<CommandInfo> make_commands() {
    const OperandInfo policies{"FILE", Completes::policy, 1, true};
    std::vector<CommandInfo> all;
    all.push_back({"build", "compile policies to AppArmor profiles",
                   "Compiles each FILE (`-` is standard input) and prints the AppArmor text; AppArmor's own text is written anew. With -o "
                   "the profiles are written to DIR/apparmor.d, one "
                   "file each under AppArmor's naming (/usr/sbin/x becomes usr.sbin.x): all of them, or nothing is changed.",
                   policies,
                   compiling({{"output", 'o', "DIR", "Write to DIR/apparmor.d, and to a folder for each further layer, instead of printing",
                               Completes::folder},
                              {"emit",
                               0,
                               "LAYER,…",
                               "What to write: apparmor, docker, podman, compose, kubernetes, oci, systemd or seccomp; several ask for -o",
                               Completes::nothing,
                               {},
                               true},
                              {"accept-unenforced",
                               0,
                               "SETTING",
                               "Do without a setting where a layer has no form for it: a warning, no error",
                               Completes::nothing,
                               {},
                               true},
                              {"inline", 0, "", "Write what is included in the place of each include, and its variables at the head"},
                              {"depfile", 0, "FILE", "Write what the outputs depend on, for make and ninja; asks for -o", Completes::file},
                              {"source-map", 0, "FILE", "Write which statement each emitted line comes from, as JSON", Completes::file},
                              language(),
                              format("How diagnostics are written to standard error"),
                              color()}),
                   "$ pavise build -o out web.pav\n$ ls out/apparmor.d\nusr.sbin.nginx"});
    all.push_back(
        {"check", "report every diagnostic, write nothing",
         "Compiles each FILE (`-` is standard input) and says what is wrong with it. A FILE may be a policy, AppArmor's own text or a "
         "folder of both: its content tells what it is. The lints that are proved over all that a profile allows are left out of a "
         "policy of more than 5,000 rules, unless --lint asks for them. With --format json or sarif the report goes to "
         "standard output.",
         policies,
         compiling({{"fix", 0, "", "Apply the fixes that are certain to the files"},
                    {"lint", 0, "", "Prove the lints of a policy of more than 5,000 rules too"},
                    language(),
                    format("How diagnostics are written: as text to standard error, else to standard output"),
                    color()}),
         "$ pavise check --format sarif web.pav > web.sarif"});
    all.push_back(
        {"fmt",
         "bring policies into the one layout",
         "Rewrites each FILE in the one layout of the language, if it differs, and says nothing. A folder stands for every .pav file below "
         "it, links not followed; `-` formats standard input to standard output. A file with errors is left as it is, and reported; the "
         "others are formatted.",
         policies,
         {{"check", 0, "", "Write nothing; name the files that would change, and exit with 1 if there are any"},
          {"diff", 0, "", "Write nothing; print what would change as a unified diff"},
          format("How diagnostics are written to standard error"),
          color()},
         "$ pavise fmt --check policies\npolicies/web.pav\n$ pavise fmt policies"});
    all.push_back(
        {"import",
         "bring AppArmor profiles over to policies",
         "Writes for each PROFILE the policy that says the same, with its comments, and proves it: the policy is compiled, read "
         "again and compared with the original, rule for rule. What would not be equal is left out and reported. A folder stands "
         "for the profiles in it. Without -o the policy is printed.",
         {"PROFILE", Completes::file, 1, true},
         compiling({{"output", 'o', "DIR", "Write PROFILE.pav for each profile to DIR, and print a summary", Completes::folder},
                    {"inline", 0, "", "Make abstractions of what is included, in one module, but for what is included `if exists`"},
                    {"verify", 0, "", "Have apparmor_parser compile original and policy, and compare the binaries"},
                    language(),
                    format("How diagnostics are written to standard error"),
                    color()}),
         "$ pavise import -o policies /etc/apparmor.d/usr.sbin.dnsmasq\n/etc/apparmor.d/usr.sbin.dnsmasq  equal, 2 profiles\n1 of 1 "
         "imported and equal"});
    all.push_back(
        {"load", "put profiles into the running kernel",
         "Compiles each FILE, a policy or AppArmor's own text, and hands all profiles to the kernel in one write, which it takes whole or "
         "not at all. Before that the policy's tests are proved for what this kernel mediates, a statement that it would ignore is an "
         "error, and apparmor_parser compiles every profile. After it the kernel is asked whether it has each in its mode. What is printed "
         "is what became of each profile, and of one that was replaced what it allows more (`+`) or less (`-`) than before, each with an "
         "example. Needs root.",
         policies,
         compiling({{"dry-run", 0, "", "Do all that comes before the kernel is touched, and touch nothing"},
                    {"no-test", 0, "", "Leave the policy's tests unproved"},
                    {"complain", 0, "", "Load every profile in mode complain"},
                    {"accept-unenforced",
                     0,
                     "NAME",
                     "Load although this kernel ignores what NAME stands for: a class such as dbus, a capability, a flag",
                     Completes::nothing,
                     {},
                     true},
                    {"persist",
                     0,
                     "DIR",
                     "Keep the profiles' texts in DIR and bring the policy cache up to date, so that a boot loads them; without DIR in "
                     "/etc/apparmor.d",
                     Completes::folder,
                     {},
                     false,
                     "/etc/apparmor.d"},
                    {"wait", 0, "", "Wait for another load to end, instead of giving up"},
                    language(),
                    format("How diagnostics are written to standard error"),
                    color()}),
         "# pavise load web.pav\nreplaced   web (enforce)\n  + write /srv/x"});
    all.push_back(
        {"unload",
         "take profiles out of the running kernel",
         "Takes each NAME out of the kernel, with its children. If a process is under one of them nothing is taken out, since it would be "
         "unconfined from then on: the processes are named, and the exit status is 1. Texts that `load --persist` kept stay where they "
         "are. Needs root.",
         {"NAME", Completes::nothing, 1, true},
         {{"force", 0, "", "Unload although processes are under it; they are left unconfined"},
          {"wait", 0, "", "Wait for another load to end, instead of giving up"},
          format("How diagnostics are written to standard error"),
          color()},
         "# pavise unload web\nunloaded   web"});
    all.push_back(
        {"status",
         "say what the kernel has, and who is under it",
         "Lists the profiles in the running kernel with their modes, and below each the processes that are under it, with the container "
         "that a process is in. With FILEs, policies, AppArmor text or folders of both, each is compiled and compared with what the "
         "kernel has: `+` is what the kernel's allows beyond its source, `-` what only the source allows. The exit status is 1 if they "
         "differ, and 3 if this kernel keeps nothing to compare with. Needs root.",
         {"FILE", Completes::policy, 0, true},
         compiling({{"watch", 0, "", "Go on, and print each profile and process that comes (`+`) or goes (`-`)"},
                    {"format", 0, "FORMAT", "How it is written", Completes::word, {"text", "json"}},
                    language(),
                    color()}),
         "# pavise status\nenforce    web\n             812 nginx, docker 0123456789ab\n1 profile is loaded, 1 process is under one"});
    all.push_back(
        {"test", "prove what policies expect of their profiles",
         "Proves each `test` of each FILE over all objects there are, and prints a line for each. What does not hold comes with an object "
         "that breaks it and the statements that decide. The exit status is 3 if nothing fails but something can't be decided: what an "
         "include that was not read says, for instance.",
         policies,
         compiling({{"filter", 0, "TEXT", "Only tests whose name contains TEXT"},
                    {"as-enforced", 0, "", "Judge the rules of profiles whose mode lets everything happen"},
                    {"coverage", 0, "", "Name the statements that no expectation depends on"},
                    {"format", 0, "FORMAT", "How results are written to standard output", Completes::word, {"text", "json", "junit"}},
                    color()}),
         "$ pavise test web.pav\npass    no shell for web\n1 of 1 test holds"});
    all.push_back(
        {"explain",
         "say why a profile allows an operation or does not, or what it allows",
         "Says whether PROFILE of FILE, a policy, AppArmor text or a compiled policy, allows OPERATION, which is written as in a "
         "statement, and which statements decide it or match it "
         "without a say. Of an operation on several objects there is an example for each way in which it is decided. Without OPERATION "
         "it sums up what the profile allows, operation by operation.",
         {"FILE PROFILE [OPERATION]", Completes::policy, 2, true},
         compiling({results(), language(), color()}),
         "$ pavise explain web.pav web 'write /root/x'\n`write /root/x` is not allowed and not logged\n  by        web.pav:3: deny write "
         "/root/**\n  "
         "which is  deny /root/** w,\n  not "
         "by    web.pav:2: allow file"});
    all.push_back(
        {"diff",
         "say what one policy allows more or less than another",
         "Compares the profiles of two files, policies, AppArmor text or compiled policies, name by name, over all objects there are: `+` "
         "is what "
         "AFTER allows and "
         "BEFORE doesn't, `-` the reverse, each operation with one example, and of files with all that it speaks of where a few globs say "
         "that. `git:REVISION:PATH` is PATH as a revision of git has it, with what it includes by relative paths. The exit status is 1 if "
         "there is a difference.",
         {"BEFORE AFTER", Completes::file, 2, false},
         compiling({{"only-widening", 0, "", "Exit with 1 only if AFTER allows something more"},
                    {"about", 0, "OPERATION", "Compare only what OPERATION names, written as in a statement: each of its paths by itself"},
                    {"logging", 0, "", "Tell too what is allowed or denied as before and logged otherwise"},
                    {"format", 0, "FORMAT", "How the differences are written", Completes::word, {"text", "json"}},
                    color()}),
         "$ pavise diff old.pav new.pav\nweb\n  + write /srv/x  (new.pav:3)"});
    all.push_back(
        {"within",
         "prove that profiles allow nothing beyond a baseline",
         "Proves that each profile of each FILE allows nothing that the profile of its name in BASELINE, or the only one there, does not "
         "allow. Each operation that goes beyond it comes with an example and the statement that allows it.",
         {"BASELINE FILE", Completes::file, 2, true},
         compiling({results(), color()}),
         "$ pavise within base.pav web.pav\npass    web within base"});
    all.push_back(
        {"verify", "prove that apparmor_parser makes of policies what they mean",
         "Has apparmor_parser compile what each FILE becomes, reads its binary back and proves, over all objects there are, that each "
         "profile allows, logs and leads to what the policy says: `+` is what the compiled profile alone allows, `-` what the policy "
         "alone allows, `~` what is logged or led elsewhere, each with one example. Nothing is loaded, and no root is needed. The exit "
         "status is 1 if something differs and 3 "
         "if nothing does but something can't be decided.",
         policies,
         compiling({{"parser", 0, "PROGRAM", "The apparmor_parser to ask; the one in PATH without it", Completes::file},
                    {"binary", 0, "BINARY", "A compiled policy to compare with, in place of what apparmor_parser makes", Completes::file},
                    language(),
                    format("How diagnostics are written to standard error"),
                    color()}),
         "$ pavise verify web.pav\nequal   web\n1 of 1 profile is equal"});
    all.push_back(
        {"graph", "draw profiles and the transitions between them",
         "Writes the profiles of each FILE, their children and hats, and how a process comes from one to the other: by a program that "
         "it starts, by change_profile or by change_hat. An arrow bears an example; one that may not be there is dashed.",
         policies,
         compiling({{"format",
                     0,
                     "FORMAT",
                     "How it is written: for Graphviz (dot), drawn by it (svg), for Mermaid, or as JSON",
                     Completes::word,
                     {"dot", "svg", "mermaid", "json"}},
                    language(),
                    color()}),
         "$ pavise graph --format svg web.pav > web.svg"});
    all.push_back({"caps",
                   "say a mask of capabilities in words",
                   "Prints which capabilities each MASK holds, as /proc/PID/status shows them, or those of a process.",
                   {"MASK", Completes::nothing, 0, true},
                   {{"pid", 0, "N", "The masks of a process", Completes::nothing},
                    {"format", 0, "FORMAT", "How it is written", Completes::word, {"text", "json"}},
                    color()},
                   "$ pavise caps 0000000000002400\nnet_bind_service    bind ports below 1024\nnet_raw             use raw "
                   "and packet sockets"});
    all.push_back(
        {"doctor",
         "say what a machine can enforce, and what a policy would lose there",
         "Looks at the kernel, AppArmor and what it mediates, apparmor_parser and its known defects, what a boot loads, the container "
         "runtimes, seccomp, the limit of processes, user namespaces, SELinux, Yama, lockdown, what the kernel tells of itself, grsecurity "
         "and PaX. A line each: how it is, what that means, and what to do. With FILEs it names the statements that this kernel ignores "
         "too, and then the exit status is 1 if there is one, and 3 if nobody knows the kernel's features.",
         {"FILE", Completes::policy, 0, true},
         compiling({{"root", 0, "DIR", "Look at another machine, whose files are below DIR", Completes::folder},
                    {"format", 0, "FORMAT", "How it is written", Completes::word, {"text", "json"}},
                    language(),
                    color()}),
         "$ pavise doctor\nweak     ptrace: kernel.yama.ptrace_scope = 0; a process may trace every other of its user; to do: sysctl "
         "kernel.yama.ptrace_scope=1"});
    all.push_back({"help",
                   "explain a command or a diagnostic",
                   "Prints the long story of a diagnostic, with an example and what to write instead, or the help of a command.",
                   {"CODE|COMMAND", Completes::command_or_code, 0, false},
                   {color()},
                   "$ pavise help E0701"});
    all.push_back({"completions",
                   "print the completions for a shell",
                   "Prints a script that makes the shell complete the commands, options and files of pavise.",
                   {"SHELL", Completes::word, 1, false, {"bash", "zsh", "fish"}},
                   {},
                   "$ pavise completions bash > /etc/bash_completion.d/pavise"});
    all.push_back({"man",
                   "print a man page",
                   "Prints the man page of pavise, or of one COMMAND, in roff.",
                   {"COMMAND", Completes::command_or_code, 0, false},
                   {},
                   "$ pavise man build | man -l -"});
    all.push_back(
        {"docs",
         "make reference pages from a policy's `##` comments",
         "Writes a Markdown page for each FILE: its options, constants, abstractions with their parameters, and profiles, each with "
         "the `##` lines before it. With -o the pages and an index are written to DIR, all of them or none.",
         policies,
         {{"output", 'o', "DIR", "Write FILE.md for each FILE, and index.md, to DIR", Completes::folder},
          format("How diagnostics are written to standard error"),
          color()},
         "$ pavise docs -o reference lib/*.pav"});
    all.push_back({"words",
                   "print the compiler's tables of words",
                   "Prints the words of the language as JSON, for editors.",
                   {},
                   {{"format", 0, "FORMAT", "The form", Completes::word, {"json"}}},
                   "$ pavise words --format json",
                   true});
    all.push_back({"reference",
                   "print the compiler's tables as Markdown",
                   "Prints all tables of the language reference, or the one that is named.",
                   {"TABLE", Completes::nothing, 0, false},
                   {},
                   "$ pavise reference operations",
                   true});
    for (CommandInfo& command : all) command.options.push_back({"help", 'h', "", "Print this help"});
    return all;
}

}  // namespace

const std::vector<CommandInfo>& commands() {
    static const std::vector<CommandInfo> all = make_commands();
    return all;
}

const CommandInfo* find_command(std::string_view name) {
    const auto found =
        std::find_if(commands().begin(), commands().end(), [name](const CommandInfo& command) { return command.name == name; });
    return found == commands().end() ? nullptr : &*found;
}

std::string usage(const CommandInfo& command) {
    std::string out = "pavise " + std::string(command.name) + " [OPTION]…";
    if (command.operand.name.empty()) return out;
    const std::string operand = std::string(command.operand.name) + (command.operand.many ? "…" : "");
    return out + ' ' + (command.operand.least == 0 ? '[' + operand + ']' : operand);
}

std::string spelled(const OptionInfo& option) {
    const std::string out = option.letter == 0 ? "    " : std::string("-") + option.letter + ", ";
    return out + "--" + std::string(option.name) + spelled_value(option);
}

std::string spelled_value(const OptionInfo& option, std::string_view before, std::string_view after) {
    if (option.value.empty()) return "";
    const std::string value = std::string(before) + std::string(option.value) + std::string(after);
    return option.otherwise.empty() ? ' ' + value : "[=" + value + ']';
}

std::span<const StatusInfo> statuses() {
    static constexpr std::array<StatusInfo, 4> all{{{0, "all is well; warnings alone do not change that"},
                                                    {1, "the input has errors, or what was asked does not hold"},
                                                    {2, "the call, a file or the machine is wrong"},
                                                    {3, "nothing fails, but something can't be decided"}}};
    return all;
}

}  // namespace pavise::cli
