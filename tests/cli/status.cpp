// `pavise status` against folders for securityfs and /proc.
#include "cli/status.hpp"

#include "apparmor/binary_bytes.hpp"
#include "catch.hpp"
#include "cli/call.hpp"

#include <sys/stat.h>

using namespace pavise;
using cli::Called;
using cli::Folder;

namespace {

struct Kernel {
    Folder folder;
    apparmor::Machine machine;

    Kernel() {
        machine.kernel = apparmor::Machine::Kernel::ready;
        machine.securityfs = folder / "fs";
        machine.proc = folder / "proc";
        machine.root = true;
        folder.write("fs/profiles", "web (enforce)\nredis (complain)\n");
        folder.write("proc/812/attr/current", "web (enforce)\n");
        folder.write("proc/812/comm", "nginx\n");
        folder.write("proc/812/cgroup", "0::/docker/" + std::string(64, 'a') + "\n");
        folder.write("proc/9/attr/current", "redis//&web (mixed)\n");
        folder.write("proc/9/comm", "both\n");
    }
    Called status(const std::vector<std::string>& words, int rounds = 0) const {
        cli::Console console;
        const auto parsed = cli::parse_arguments(*cli::find_command("status"), words);
        const int status = cli::status_on(machine, std::get<cli::Arguments>(parsed), console, rounds);
        return {status, console.out, console.err};
    }
    // A parser that makes this of everything.
    void compiles_to(const std::string& bytes) {
        folder.write("compiled", bytes);
        machine.parser = folder.write(
            "parser", "#!/bin/sh\nwhile [ $# -gt 1 ]; do [ \"$1\" = --ofile ] && cp '" + (folder / "compiled") + "' \"$2\"; shift; done\n");
        chmod(machine.parser.c_str(), 0755);
    }
    void has(const std::string& name, const std::string& bytes) const {
        folder.write("fs/policy/profiles/" + name + ".1/name", name + "\n");
        folder.write("fs/policy/profiles/" + name + ".1/raw_data", bytes);
    }
};

const std::string table =
    "complain   redis\n               9 both, under redis//&web\nenforce    web\n               9 both, under redis//&web\n"
    "             812 nginx, docker aaaaaaaaaaaa\n2 profiles are loaded, 2 processes are under one\n";

std::string reading() { return apparmor::binary::record(apparmor::binary::Tables().bytes()); }

std::string writing() {
    apparmor::binary::Tables tables;
    tables.accept[2] = 2;
    return apparmor::binary::record(tables.bytes());
}

}  // namespace

TEST_CASE("status: profiles, processes and containers") {
    const Called called = Kernel().status({});
    CHECK(called.status == 0);
    CHECK(called.out == table);
}

TEST_CASE("status: as JSON") {
    const Called called = Kernel().status({"--format", "json"});
    CHECK(called.status == 0);
    CHECK(called.out.find("\"version\": 1") != std::string::npos);
    CHECK(called.out.find("\"container\": \"docker aaaaaaaaaaaa\"") != std::string::npos);
    CHECK(called.out.find("\"drift\"") == std::string::npos);
}

TEST_CASE("status: against a source that the kernel has") {
    Kernel kernel;
    kernel.compiles_to(reading());
    kernel.has("web", reading());
    const Called called = kernel.status({kernel.folder.write("web.pav", "profile web {}\n")});
    INFO(called.err);
    CHECK(called.status == 1);  // redis is in no source
    CHECK(called.out == table + "web: as its source\nredis: in none of the sources\n");
}

TEST_CASE("status: against a source that differs, is not loaded, or can't be compared") {
    Kernel kernel;
    kernel.folder.write("fs/profiles", "web (enforce)\n");
    kernel.compiles_to(writing() + apparmor::binary::record(apparmor::binary::Tables().bytes(), 0x202007, "new"));
    kernel.has("web", reading());
    const std::string source = kernel.folder.write("web.pav", "profile web {}\n");
    const Called called = kernel.status({source, "--format", "json"});
    CHECK(called.status == 1);
    CHECK(called.out.find("\"state\": \"differs\"") != std::string::npos);
    CHECK(called.out.find("\"state\": \"not-loaded\"") != std::string::npos);
    CHECK(called.out.find("\"read /\"") != std::string::npos);
    kernel.compiles_to(writing());
    std::filesystem::remove_all(kernel.folder / "fs/policy");
    CHECK(kernel.status({source}).status == 3);
}

TEST_CASE("status: what comes and goes") {
    const Kernel kernel;
    CHECK(kernel.status({"--watch"}, 1).out == table);
}

TEST_CASE("status: no kernel, no root, no parser, a source with a mistake") {
    Kernel kernel;
    const std::string source = kernel.folder.write("web.pav", "profile web {}\n");
    CHECK(kernel.status({source}).err.find("error[E0711]") != std::string::npos);
    CHECK(kernel.status({kernel.folder.write("bad.pav", "profile {")}).status == 1);
    kernel.machine.root = false;
    CHECK(kernel.status({}).err.find("the kernel's list of profiles is for root alone") != std::string::npos);
    kernel.machine.kernel = apparmor::Machine::Kernel::disabled;
    CHECK(kernel.status({}).status == 2);
}
