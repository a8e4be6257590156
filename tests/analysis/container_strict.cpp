// What docker-default leaves open and strict does not, against the automata that the real parsers print.
#include "apparmor/parsers.hpp"
#include "automata/dump.hpp"
#include "catch.hpp"
#include "cli/call.hpp"

using namespace pavise;

namespace {

constexpr std::uint32_t written = 0x8002;  // `w` of both halves

const std::vector<std::string> gaps = {"/proc/sys/kernel/sysrq",
                                       "/proc/sys/kernel/sem",
                                       "/proc/sys/kernel/sched_rt_runtime_us",
                                       "/proc/sys/kernel/soft_watchdog",
                                       "/proc/sys/kernel/softlockup_panic",
                                       "/proc/sys/kernel/numa_balancing",
                                       "/proc/sys/kernel/domainname",
                                       "/proc/sys/kernel/threads-max",
                                       "/proc/sys/kernel/timer_migration",
                                       "/proc/bus/pci/00/1f.0"};
const std::vector<std::string> open = {"/proc/sys/kernel/shmmax", "/proc/1/oom_score_adj", "/proc/4194304/attr/current", "/sys/fs/cgroup/x",
                                       "/srv/x"};
const std::vector<std::string> closed = {"/proc/sys/kernel/core_pattern",
                                         "/proc/sys/kernel/modprobe",
                                         "/proc/sys/vm/overcommit_memory",
                                         "/proc/irq/1/smp_affinity",
                                         "/proc/fs/jbd2/x",
                                         "/proc/uptime",
                                         "/sys/kernel/x",
                                         "/sys/fs/bpf/x"};

// Whether a path is written under a profile that uses the abstraction, as the parser says.
class Compiled {
public:
    Compiled(const std::string& abstraction, const std::string& target, const std::string& version) {
        const cli::Folder folder;
        const std::string base = std::string(std::getenv("PAVISE_SOURCE_DIR")) + "/tests/fixtures/apparmor.d";
        const std::string file = folder.write("a.pav", "import std.container\nprofile web {\n  use container." + abstraction + "\n}\n");
        const cli::Called built = cli::call({"build", "--inline", "--target", target, "--base", base, file});
        REQUIRE(built.status == 0);
        made_ = apparmor::compile(version, built.out, "--base '" + base + "' -D dfa-states");
        if (made_.missing) return;
        INFO(made_.error.substr(0, 500));
        REQUIRE(made_.error.empty());
        const std::vector<automata::Automaton> all = dumps_.files(made_.said, {0xfffffff, 0xfffffff, 0, 0});
        REQUIRE(all.size() == 1);
        files_ = all.front();
    }
    const apparmor::Compiled& made() const { return made_; }
    bool writes(const std::string& path) const {
        const automata::Words& words = dumps_.words[files_.label_of(path)];
        const std::uint32_t left = words.allow & ~words.deny & written;
        REQUIRE((left == written || left == 0));
        return left == written;
    }

private:
    apparmor::Compiled made_;
    automata::Dumps dumps_;
    automata::Automaton files_;
};

void judge(const std::string& target, const std::string& version) {
    const Compiled shipped("default", target, version);
    if (shipped.made().missing) SKIP_TEST(shipped.made().error);
    const Compiled strict("strict", target, version);
    for (const std::string& path : gaps) {
        INFO(path << " " << version);
        CHECK(shipped.writes(path));
        CHECK_FALSE(strict.writes(path));
    }
    for (const std::string& path : open) {
        INFO(path << " " << version);
        CHECK(shipped.writes(path));
        CHECK(strict.writes(path));
    }
    for (const std::string& path : closed) {
        INFO(path << " " << version);
        CHECK_FALSE(shipped.writes(path));
        CHECK_FALSE(strict.writes(path));
    }
}

}  // namespace

TEST_CASE("container: what docker-default leaves open, as the parser of 3.0 compiles it") { judge("apparmor-3.0", "3.0"); }
TEST_CASE("container: what docker-default leaves open, as the parser of 4.1 compiles it") { judge("apparmor-4.1", "4.1"); }
TEST_CASE("container: what docker-default leaves open, as the parser of 5.0 compiles it") { judge("apparmor-5.0", "5.0"); }
