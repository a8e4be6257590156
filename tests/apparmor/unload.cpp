// `unload`, and the processes that are under profiles, against folders for securityfs and /proc.
#include "apparmor/unload.hpp"

#include "apparmor/confined.hpp"
#include "catch.hpp"
#include "cli/call.hpp"
#include "cli/unload.hpp"

#include <cerrno>

using namespace pavise;
using namespace pavise::apparmor;
using cli::Folder;

namespace {

const std::string id = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

struct Kernel {
    Folder folder;
    Machine machine;
    text::Diagnostics diagnostics;
    std::vector<std::string> removed;
    int refuses = 0;

    Kernel() {
        folder.write("fs/profiles", "web (enforce)\nweb//worker (enforce)\nredis (complain)\n:box:web (enforce)\n");
        machine.securityfs = folder / "fs";
        machine.proc = folder / "proc";
        machine.state = folder / "state";
        machine.root = true;
        machine.write = [this](const std::string& path, std::string_view bytes) {
            if (refuses != 0) return refuses;
            CHECK(path == folder / "fs/.remove");
            removed.emplace_back(bytes);
            return 0;
        };
        process(1, "unconfined\n", "init", "0::/init.scope\n");
    }
    void process(int pid, const std::string& label, const std::string& name, const std::string& cgroup) const {
        const std::string at = "proc/" + std::to_string(pid) + "/";
        folder.write(at + "attr/apparmor/current", label);
        folder.write(at + "comm", name + "\n");
        folder.write(at + "cgroup", cgroup);
    }
    std::vector<std::string> unload(const std::vector<std::string>& names, UnloadOptions options = {}) {
        return apparmor::unload(names, machine, options, diagnostics);
    }
    const text::Diagnostic& only() {
        REQUIRE(diagnostics.all().size() == 1);
        return diagnostics.all().front();
    }
};

}  // namespace

TEST_CASE("unload: a profile with its children, each parent once") {
    Kernel kernel;
    CHECK(kernel.unload({"web", "web//worker", "web"}) == std::vector<std::string>{"web", "web//worker"});
    CHECK(kernel.removed == std::vector<std::string>{"web"});
    CHECK(kernel.diagnostics.all().empty());
}

TEST_CASE("unload: of a namespace") {
    Kernel kernel;
    CHECK(kernel.unload({":box://web"}) == std::vector<std::string>{":box:web"});
    CHECK(kernel.removed == std::vector<std::string>{":box:web"});
}

TEST_CASE("unload: a name that is not loaded touches none", "[E0729]") {
    Kernel kernel;
    CHECK(kernel.unload({"redis", "wbe"}).empty());
    CHECK(kernel.only().code == text::Code::E0729);
    CHECK(kernel.only().message == "the kernel has no profile `wbe`");
    CHECK(kernel.only().helps.front() == "did you mean `web`?");
    CHECK(kernel.removed.empty());
}

TEST_CASE("unload: processes are named, and nothing is touched unless it is forced", "[E0730]") {
    Kernel kernel;
    kernel.process(812, "web//worker (enforce)\n", "nginx", "0::/system.slice/docker-" + id + ".scope\n");
    kernel.process(90, "other//&web (mixed)\n", "sh", "0::/user.slice\n");
    CHECK(kernel.unload({"web", "redis"}).empty());
    CHECK(kernel.only().code == text::Code::E0730);
    CHECK(kernel.only().message == "2 processes are under profile `web`: sh (90), nginx (812, docker 0123456789ab)");
    CHECK(kernel.only().helps.front() == "end them first, or `--force`, which leaves them unconfined");
    CHECK(kernel.removed.empty());
    UnloadOptions forced;
    forced.force = true;
    CHECK(kernel.unload({"web"}, forced).size() == 2);
    CHECK(kernel.removed.size() == 1);
}

TEST_CASE("unload: the kernel's refusal") {
    Kernel kernel;
    kernel.refuses = EACCES;
    CHECK(kernel.unload({"web"}).empty());
    CHECK(kernel.only().code == text::Code::E0721);
    CHECK(kernel.only().message == "the kernel refuses to remove `web`: Permission denied");
}

TEST_CASE("unload: not from a user") {
    Kernel kernel;
    kernel.machine.root = false;
    kernel.unload({"web"});
    CHECK(kernel.only().message == "unloading profiles needs root");
}

TEST_CASE("unload: the command") {
    Kernel kernel;
    const auto call = [&](const std::vector<std::string>& words) {
        cli::Console console;
        const auto parsed = cli::parse_arguments(*cli::find_command("unload"), words);
        const int status = cli::unload_on(kernel.machine, std::get<cli::Arguments>(parsed), console);
        return cli::Called{status, console.out, console.err};
    };
    CHECK(call({"web"}).out == "unloaded   web\nunloaded   web//worker\n");
    CHECK(call({"none"}).status == 1);
    kernel.machine.kernel = Machine::Kernel::without_apparmor;
    CHECK(call({"web"}).status == 2);
}

TEST_CASE("processes: those under a profile, by number") {
    const Kernel kernel;
    kernel.process(812, "web (enforce)\n", "nginx", "0::/\n");
    kernel.process(7, "web//&:box:redis (mixed)\n", "redis", "0::/\n");
    kernel.folder.write("proc/9/attr/current", "old (complain)\n");  // a kernel without attr/apparmor
    const std::vector<Process> all = confined_processes(kernel.machine.proc);
    REQUIRE(all.size() == 3);
    CHECK(all[0].pid == 7);
    CHECK(all[0].label == "web//&:box:redis");
    CHECK(all[1].label == "old");
    CHECK(all[1].mode == "complain");
    CHECK(all[2].program == "nginx");
    CHECK(is_under(all[0], ":box:redis"));
    CHECK(is_under(all[0], "web"));
    CHECK_FALSE(is_under(all[2], "we"));
}

TEST_CASE("processes: a label's profiles") {
    CHECK(profiles_of("web") == std::vector<std::string>{"web"});
    CHECK(profiles_of("web//worker//&:box://db") == std::vector<std::string>{"web//worker", ":box:db"});
}

TEST_CASE("processes: containers by their cgroups") {
    CHECK(container_of("0::/system.slice/docker-" + id + ".scope\n") == "docker 0123456789ab");
    CHECK(container_of("12:pids:/docker/" + id + "\n") == "docker 0123456789ab");
    CHECK(container_of("0::/machine.slice/libpod-" + id + ".scope/container\n") == "podman 0123456789ab");
    CHECK(container_of("0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-" + id + ".scope\n") == "containerd 0123456789ab");
    CHECK(container_of("0::/kubepods.slice/crio-" + id + ".scope\n") == "cri-o 0123456789ab");
    CHECK(container_of("0::/box/" + id + "\n") == "container 0123456789ab");
    CHECK(container_of("0::/user.slice/user-0.slice\n").empty());
    CHECK(container_of("").empty());
}
