// What a `container` block becomes in the model.
#include "catch.hpp"
#include "check.hpp"

using namespace pavise::language;
namespace policy = pavise::policy;

namespace {

policy::Container container(const std::string& settings) {
    Compiled made = compiled("profile p {\n allow file\n container {\n " + settings + "\n }\n}");
    INFO(settings << "\n" << problems(made));
    REQUIRE_FALSE(made.diagnostics.has_errors());
    REQUIRE(made.result.policy.profiles.at(0).container);
    return *made.result.policy.profiles[0].container;
}

using Strings = std::vector<std::string>;

}  // namespace

TEST_CASE("container: nothing is set that is not said", "[language]") {
    const policy::Container made = container("pids-limit 100");
    CHECK(made.pids_limit == 100U);
    CHECK_FALSE(made.image);
    CHECK(made.entrypoint.empty());
    CHECK_FALSE(made.no_new_privileges);
    CHECK_FALSE(made.read_only_root);
    CHECK_FALSE(made.memory);
    CHECK_FALSE(made.cpus_milli);
    CHECK_FALSE(made.user);
    CHECK_FALSE(made.seccomp);
    CHECK(made.userns.empty());
    CHECK(made.restart.empty());
    CHECK(made.privileged_because.empty());
    CHECK_FALSE(compiled("profile p { allow file }").result.policy.profiles.at(0).container);
}

TEST_CASE("container: words and flags", "[language]") {
    const policy::Container made = container(
        "image \"r.example/app:1\" signed by \"keys/app.pub\"\n entrypoint [\"/app\" \"--listen\" \":80\"]\n no-new-privileges\n "
        "read-only-root\n userns keep-id\n selinux-type container_t\n restart on-failure:3");
    CHECK(made.image.value().name == "r.example/app:1");
    CHECK(made.image.value().signed_by == "keys/app.pub");
    CHECK(made.entrypoint == Strings{"/app", "--listen", ":80"});
    CHECK(made.no_new_privileges);
    CHECK(made.read_only_root);
    CHECK(made.userns == "keep-id");
    CHECK(made.selinux_type == "container_t");
    CHECK(made.restart == "on-failure:3");
    CHECK(container("image \"a\"").image.value().signed_by.empty());
    CHECK(container("privileged because \"it formats disks\"").privileged_because == "it formats disks");
}

TEST_CASE("container: amounts", "[language]") {
    CHECK(container("memory 512M").memory == 512U << 20);
    CHECK(container("memory 1000").memory == 1000U);
    CHECK(container("cpus 1.5").cpus_milli == 1500U);
    CHECK(container("cpus 2").cpus_milli == 2000U);
    CHECK(container("cpus 0.125").cpus_milli == 125U);

    const policy::Container made =
        container("ulimit nofile 1024:2048\n ulimit core 0\n ulimit nproc infinity\n tmpfs /tmp size=64M\n tmpfs /run");
    REQUIRE(made.ulimits.size() == 3);
    CHECK(made.ulimits[0].name == "nofile");
    CHECK(made.ulimits[0].soft == 1024);
    CHECK(made.ulimits[0].hard == 2048);
    CHECK(made.ulimits[1].soft == 0);
    CHECK(made.ulimits[1].hard == 0);
    CHECK_FALSE(made.ulimits[2].soft);
    CHECK_FALSE(made.ulimits[2].hard);
    REQUIRE(made.tmpfs.size() == 2);
    CHECK(made.tmpfs[0].path == "/tmp");
    CHECK(made.tmpfs[0].size == 64U << 20);
    CHECK_FALSE(made.tmpfs[1].size);
}

TEST_CASE("container: user, devices, seccomp", "[language]") {
    const policy::Container made = container("user 101:102\n device /dev/fuse\n seccomp from \"s.json\"");
    CHECK(made.user.value().user == "101");
    CHECK(made.user.value().group == "102");
    CHECK(container("user nobody").user.value().group.empty());
    REQUIRE(made.devices.size() == 1);
    CHECK(made.devices[0].host == "/dev/fuse");
    CHECK(made.devices[0].inside == "/dev/fuse");
    CHECK(made.devices[0].access == "rwm");
    CHECK(made.seccomp.value().base == policy::SeccompBase::file);
    CHECK(made.seccomp.value().file == "s.json");
    CHECK(container("seccomp strict").seccomp.value().base == policy::SeccompBase::strict);
    CHECK(container("seccomp default").seccomp.value().base == policy::SeccompBase::default_);
}
