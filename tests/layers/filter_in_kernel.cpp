// `std.seccomp.default` and `deny network raw` given to this kernel by libseccomp, as runtimes do it.
#include "catch.hpp"
#include "language/compile.hpp"
#include "layers/filter_rules.hpp"
#include "text/source.hpp"

#include <seccomp.h>
#include <sys/personality.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

using namespace pavise;
using namespace pavise::layers;

namespace {

Filter filter_of_policy(std::string_view statements) {
    text::Sources sources;
    text::Diagnostics diagnostics;
    const text::FileId file =
        sources.add("a.pav", "import std.seccomp\nprofile a {\n  use seccomp.default\n" + std::string(statements) + "\n}\n");
    const policy::Policy policy = language::compile(sources, {file}, {}, diagnostics).policy;
    for (const text::Diagnostic& one : diagnostics.all()) UNSCOPED_INFO(one.message);
    REQUIRE_FALSE(diagnostics.has_errors());
    const std::variant<Filter, FilterError> made = filter_of(pavise::test::pointers(policy.profiles.front().rules));
    REQUIRE(std::holds_alternative<Filter>(made));
    return std::get<Filter>(made);
}

scmp_compare compare(Compare how) {
    switch (how) {
        case Compare::equal: return SCMP_CMP_EQ;
        case Compare::not_equal: return SCMP_CMP_NE;
        case Compare::less: return SCMP_CMP_LT;
        case Compare::less_or_equal: return SCMP_CMP_LE;
        case Compare::greater: return SCMP_CMP_GT;
        case Compare::greater_or_equal: return SCMP_CMP_GE;
        case Compare::masked_equal: return SCMP_CMP_MASKED_EQ;
    }
    return SCMP_CMP_EQ;
}

// As runc and crun add the rules of `linux.seccomp`. False: the library does not take one.
bool load(const Filter& filter) {
    scmp_filter_ctx context = seccomp_init(SCMP_ACT_ERRNO(filter.default_error));
    if (context == nullptr) return false;
    bool taken = true;
    for (const FilterRule& rule : rules_on(filter, {.held = docker_capabilities})) {
        std::vector<scmp_arg_cmp> tests;
        for (const ArgumentTest& test : rule.arguments) {
            const bool masked = test.compare == Compare::masked_equal;
            tests.push_back({test.index, compare(test.compare), masked ? test.mask : test.value, masked ? test.value : 0});
        }
        for (const std::string& name : rule.names) {
            const int number = seccomp_syscall_resolve_name(name.c_str());
            if (number == __NR_SCMP_ERROR) continue;
            const std::uint32_t action = rule.error ? SCMP_ACT_ERRNO(*rule.error) : SCMP_ACT_ALLOW;
            taken = taken && seccomp_rule_add_array(context, action, number, static_cast<unsigned>(tests.size()), tests.data()) == 0;
        }
    }
    taken = taken && seccomp_load(context) == 0;
    seccomp_release(context);
    return taken;
}

constexpr int not_loaded = 200;

// What a call is answered with under the filter: 0, or an errno.
template <typename Call>
int under(const Filter& filter, Call call) {
    const pid_t child = fork();
    if (child == 0) {
        if (!load(filter)) _exit(not_loaded);
        errno = 0;
        _exit(call() < 0 ? errno : 0);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    return WEXITSTATUS(status);
}

}  // namespace

TEST_CASE("filter in this kernel: Docker's default set") {
    const Filter filter = filter_of_policy("");
    CHECK(under(filter, [] { return socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); }) == 0);
    CHECK(under(filter, [] { return socket(AF_VSOCK, SOCK_STREAM, 0); }) == EPERM);
    CHECK(under(filter, [] { return static_cast<int>(syscall(SYS_personality, PER_LINUX32)); }) == 0);
    CHECK(under(filter, [] { return static_cast<int>(syscall(SYS_personality, PER_BSD)); }) == EPERM);
    CHECK(under(filter, [] { return static_cast<int>(syscall(SYS_unshare, 0)); }) == EPERM);
    CHECK(under(filter, [] { return static_cast<int>(syscall(SYS_clone3, nullptr, 0)); }) == ENOSYS);
    CHECK(under(filter, [] { return static_cast<int>(syscall(SYS_getpid)); }) == 0);
}

TEST_CASE("filter in this kernel: `deny network raw`, and a call that is taken away") {
    const Filter filter = filter_of_policy("  deny network raw\n  deny syscall getppid");
    CHECK(under(filter, [] { return socket(AF_INET, SOCK_RAW, 1); }) == EPERM);
    CHECK(under(filter, [] { return socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, 1); }) == EPERM);
    CHECK(under(filter, [] { return socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0); }) == 0);
    CHECK(under(filter, [] { return static_cast<int>(syscall(SYS_getppid)); }) == EPERM);
}

TEST_CASE("filter in this kernel: an answer of its own for some arguments, beside calls that are allowed") {
    const Filter filter = filter_of_policy("  deny syscall personality where arg0 == 8 error=ENOSYS");
    CHECK(under(filter, [] { return static_cast<int>(syscall(SYS_personality, PER_LINUX32)); }) == ENOSYS);
    CHECK(under(filter, [] { return static_cast<int>(syscall(SYS_personality, 0)); }) == 0);
    CHECK(under(filter, [] { return static_cast<int>(syscall(SYS_personality, PER_BSD)); }) == EPERM);
}

// github.com/moby/profiles, seccomp/default.json (commit cd3bed8): 370 names are allowed on amd64 with Docker's capabilities.
TEST_CASE("filter: Docker's default set allows as many names as Docker's own") {
    std::set<std::string> names;
    for (const FilterRule& rule : rules_on(filter_of_policy(""), {.held = docker_capabilities}))
        if (!rule.error) names.insert(rule.names.begin(), rule.names.end());
    CHECK(names.size() == 370);
}
