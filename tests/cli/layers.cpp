// pavise build --emit: what each layer's file says, and what is refused.
#include "catch.hpp"
#include "cli/call.hpp"
#include "layers/layer.hpp"

#include <yaml-cpp/yaml.h>
#include <nlohmann/json.hpp>

#include <map>

using namespace pavise;
using namespace pavise::cli;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string policy(const std::string& settings, const std::string& statements = "") {
    return "import std.seccomp\nprofile web {\n  allow file\n" + statements + "  container {\n" + settings + "  }\n}\n";
}

// What the layer alone prints or writes, joined.
Called emitted(const std::string& layer, const std::string& text, std::vector<std::string> further = {}) {
    Folder folder;
    folder.write("web.pav", text);
    std::vector<std::string> words{"build", "--emit", layer, "-o", folder / "out", folder / "web.pav"};
    words.insert(words.end(), further.begin(), further.end());
    Called called = call(words);
    for (const char* const name : {"/web.sh", "/web.yaml", "/web.json", "/web.conf"}) called.out += folder.read("out/" + layer + name);
    return called;
}

const std::string everything = policy(R"(    image "docker.io/library/nginx:1.27"
    entrypoint ["/usr/sbin/nginx" "-g" "daemon off;"]
    no-new-privileges
    read-only-root
    tmpfs /run size=16M
    pids-limit 100
    memory 512M
    cpus 1.5
    ulimit nofile 1024:2048
    user 101:102
    restart always
)",
                                      "  allow capability only [net_bind_service setuid]\n  deny network\n");

// A setting with one value each, as a line of the block.
const std::map<std::string, std::string> settings = {
    {"image", "image \"docker.io/library/nginx\""},
    {"entrypoint", "entrypoint [\"/usr/sbin/nginx\"]"},
    {"no-new-privileges", "no-new-privileges"},
    {"read-only-root", "read-only-root"},
    {"tmpfs", "tmpfs /run size=16M"},
    {"pids-limit", "pids-limit 77"},
    {"memory", "memory 77M"},
    {"cpus", "cpus 0.77"},
    {"ulimit", "ulimit nofile 77"},
    {"user", "user 77"},
    {"userns", "userns host"},
    {"device", "device /dev/fuse"},
    {"selinux-type", "selinux-type web_t"},
    {"restart", "restart always"},
    {"privileged", "privileged because \"it loads modules\""},
};

}  // namespace

TEST_CASE("layers: every setting reaches every layer, or is refused there", "[E1001]") {
    for (const layers::LayerInfo& info : layers::layers()) {
        if (info.layer == layers::Layer::seccomp) continue;
        const std::string name(info.name);
        const Called none = emitted(name, policy(""));
        REQUIRE(none.status == 0);
        for (const auto& [setting, line] : settings) {
            INFO(name << ": " << line);
            const Called called = emitted(name, policy("    " + line + "\n"));
            const layers::Knob knob = layers::knob(info.layer, setting);
            if (knob.form.empty()) {
                CHECK(called.status == 1);
                CHECK(contains(called.err, "error[E1001]: " + name + " can't hold `" + setting + "`: " + std::string(knob.why_not)));
                CHECK(contains(called.err, "--accept-unenforced '" + setting + "'"));
            } else {
                CHECK(called.status == 0);
                CHECK(called.out != none.out);
            }
        }
    }
    for (const layers::Setting& one : layers::settings())
        CHECK((settings.contains(std::string(one.word)) || one.word == "signed by" || one.word == "seccomp"));
}

TEST_CASE("layers: a setting that nothing enforces may be accepted", "[W1001]") {
    const Called called = emitted("kubernetes", policy("    pids-limit 7\n"), {"--accept-unenforced", "pids-limit"});
    CHECK(called.status == 0);
    CHECK(contains(called.err, "warning[W1001]: kubernetes can't hold `pids-limit`"));
    const Called misspelled = emitted("kubernetes", policy("    pids-limit 7\n"), {"--accept-unenforced", "pidslimit"});
    CHECK(misspelled.status == 2);
    CHECK(contains(misspelled.err, "error[E0603]: `--accept-unenforced` can't be `pidslimit`\n  = help: did you mean `pids-limit`?"));
}

TEST_CASE("layers: docker and podman") {
    const std::string options = R"( \
  --security-opt apparmor=web \
  --security-opt no-new-privileges \
  --cap-drop ALL \
  --cap-add SETUID \
  --cap-add NET_BIND_SERVICE \
  --read-only \
  --tmpfs /run:size=16777216 \
  --pids-limit 100 \
  --memory 536870912b \
  --cpus 1.5 \
  --ulimit nofile=1024:2048 \
  --user 101:102 \
  --network none \
  --restart always \
  --entrypoint /usr/sbin/nginx \
  docker.io/library/nginx:1.27 -g 'daemon off;' \
  "$@"
)";
    CHECK(emitted("docker", everything).out == "#!/bin/sh\nexec docker run" + options);
    CHECK(emitted("podman", everything).out == "#!/bin/sh\nexec podman run" + options);
}

TEST_CASE("layers: arguments one a line, and a mapping by name") {
    Folder folder;
    folder.write("web.pav", policy("    userns keep-id\n"));
    CHECK(call({"build", "--emit", "podman", "-o", folder / "out", folder / "web.pav"}).status == 0);
    CHECK(folder.read("out/podman/web.args") == "run\n--security-opt\napparmor=web\n--userns\nkeep-id\n");
    CHECK(contains(emitted("docker", policy("    userns keep-id\n")).err, "error[E1001]: docker can't hold `userns`"));
    CHECK(contains(emitted("podman", policy("    userns pool\n")).out, "--subuidname pool \\\n  --subgidname pool"));
}

TEST_CASE("layers: compose") {
    const YAML::Node service = YAML::Load(emitted("compose", everything).out)["services"]["web"];
    CHECK(service["image"].as<std::string>() == "docker.io/library/nginx:1.27");
    CHECK(service["entrypoint"].as<std::vector<std::string>>() == std::vector<std::string>{"/usr/sbin/nginx", "-g", "daemon off;"});
    CHECK(service["security_opt"].as<std::vector<std::string>>() == std::vector<std::string>{"apparmor=web", "no-new-privileges:true"});
    CHECK(service["cap_add"].as<std::vector<std::string>>() == std::vector<std::string>{"SETUID", "NET_BIND_SERVICE"});
    CHECK(service["ulimits"]["nofile"]["hard"].as<int>() == 2048);
    CHECK(service["network_mode"].as<std::string>() == "none");
}

TEST_CASE("layers: kubernetes") {
    const Called called =
        emitted("kubernetes", everything,
                {"--accept-unenforced", "pids-limit", "--accept-unenforced", "ulimit", "--accept-unenforced", "deny network"});
    REQUIRE(called.status == 0);
    const YAML::Node spec = YAML::Load(called.out)["spec"];
    const YAML::Node container = spec["containers"][0];
    CHECK(container["command"][2].as<std::string>() == "daemon off;");
    CHECK(container["resources"]["limits"]["cpu"].as<std::string>() == "1500m");
    CHECK(spec["volumes"][0]["emptyDir"]["sizeLimit"].as<std::string>() == "16777216");
    CHECK(container["volumeMounts"][0]["mountPath"].as<std::string>() == "/run");
    const YAML::Node context = container["securityContext"];
    CHECK(context["appArmorProfile"]["localhostProfile"].as<std::string>() == "web");
    CHECK(context["runAsUser"].as<int>() == 101);
    CHECK_FALSE(context["allowPrivilegeEscalation"].as<bool>());
    CHECK(context["capabilities"]["drop"][0].as<std::string>() == "ALL");
    CHECK(contains(emitted("kubernetes", policy("    user www-data\n")).err, "kubernetes can't hold `user`: `runAsUser` is a number"));
}

TEST_CASE("layers: oci") {
    const Called called = emitted("oci", everything, {"--accept-unenforced", "image", "--accept-unenforced", "restart"});
    REQUIRE(called.status == 0);
    const nlohmann::json config = nlohmann::json::parse(called.out);
    CHECK(config["process"]["apparmorProfile"] == "web");
    CHECK(config["process"]["capabilities"]["bounding"] == nlohmann::json{"CAP_SETUID", "CAP_NET_BIND_SERVICE"});
    CHECK(config["process"]["rlimits"][0] == nlohmann::json{{"type", "RLIMIT_NOFILE"}, {"hard", 2048}, {"soft", 1024}});
    CHECK(config["process"]["user"] == nlohmann::json{{"uid", 101}, {"gid", 102}});
    CHECK(config["linux"]["resources"]["pids"]["limit"] == 100);
    CHECK(config["linux"]["resources"]["cpu"]["quota"] == 150000);
    CHECK(config["root"]["readonly"] == true);
}

TEST_CASE("layers: systemd") {
    const Called called = emitted("systemd", everything, {"--accept-unenforced", "image"});
    REQUIRE(called.status == 0);
    CHECK(called.out == R"([Service]
AppArmorProfile=web
NoNewPrivileges=yes
CapabilityBoundingSet=CAP_SETUID CAP_NET_BIND_SERVICE
User=101
Group=102
ReadOnlyPaths=/
TemporaryFileSystem=/run:size=16777216
TasksMax=100
MemoryMax=536870912
CPUQuota=150%
LimitNOFILE=1024:2048
PrivateNetwork=yes
RestrictAddressFamilies=none
Restart=always
ExecStart=
ExecStart=/usr/sbin/nginx "-g" "daemon off;"
)");
}

TEST_CASE("layers: a filter comes with what names it") {
    Folder folder;
    folder.write("web.pav", policy("    no-new-privileges\n", "  use seccomp.default\n  deny syscall reboot\n"));
    CHECK(call({"build", "--emit", "docker", "-o", folder / "out", folder / "web.pav"}).status == 0);
    CHECK(contains(folder.read("out/docker/web.sh"), "--security-opt seccomp=" + (folder / "out/seccomp/web.json")));
    const nlohmann::json filter = nlohmann::json::parse(folder.read("out/seccomp/web.json"));
    CHECK(filter["defaultAction"] == "SCMP_ACT_ERRNO");
    const nlohmann::json resolved = nlohmann::json::parse(folder.read("out/seccomp/web.oci.json"));
    CHECK(resolved["architectures"] == nlohmann::json{"SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"});
    for (const nlohmann::json& rule : resolved["syscalls"]) CHECK_FALSE((rule.contains("includes") || rule.contains("excludes")));
    CHECK(contains(call({"build", "--emit", "docker", folder / "web.pav"}).err,
                   "error[E0604]: the filter of system calls is a file of its own"));
}

TEST_CASE("layers: filters that can't be", "[E1002]") {
    const auto error = [](const std::string& settings_of, const std::string& statements) {
        return emitted("seccomp", policy(settings_of, statements)).err;
    };
    CHECK(contains(error("", "  deny syscall reboot\n"), "error[E1002]: no system call is allowed, so nothing could start"));
    CHECK(contains(error("    seccomp default\n", "  deny syscall reboot\n"),
                   "error[E1002]: a statement can't change a filter that is the runtime's or a file"));
    CHECK(contains(error("    seccomp strict\n", ""), "error[E1002]: no system call is allowed"));
    CHECK(contains(error("", "  allow syscall read\n  audit deny syscall reboot\n"), "error[E1002]: a filter can't have one call logged"));
    CHECK(contains(error("", "  allow syscall ioctl where arg1 > 3 and arg1 < 9\n"),
                   "error[E1002]: the rule for `ioctl` would compare `arg1` twice"));
}

TEST_CASE("layers: a system call that is misspelled", "[W1002]") {
    const Called called = emitted("seccomp", policy("", "  use seccomp.default\n  deny syscall ptrce\n"));
    CHECK(called.status == 0);
    CHECK(contains(called.err, "warning[W1002]: libseccomp knows no system call `ptrce`"));
    CHECK(contains(called.err, "did you mean `ptrace`?"));
}

TEST_CASE("layers: a misspelled system call in an abstraction of one's own is told too", "[W1002]") {
    const Called called = emitted(
        "seccomp", "abstraction more() {\n  allow syscall [raed futex_wait]\n}\n" + policy("", "  use more()\n  allow syscall read\n"));
    CHECK(contains(called.err, "libseccomp knows no system call `raed`"));
    CHECK_FALSE(contains(called.err, "futex_wait`"));
}

TEST_CASE("layers: a unit filters by name, and what it is accepted to do without is allowed", "[W1001]") {
    const std::string text =
        policy("", "  allow syscall [read ioctl]\n  deny syscall ioctl where arg1 == 7\n  deny syscall clone3 error=ENOSYS\n");
    CHECK(contains(emitted("systemd", text).err,
                   "error[E1001]: systemd can't hold `syscall where`: it filters by name alone, and some calls of `ioctl` are allowed"));
    const Called called = emitted("systemd", text, {"--accept-unenforced", "syscall where", "--accept-unenforced", "syscall error"});
    CHECK(called.status == 0);
    CHECK(contains(called.out, "SystemCallFilter=ioctl read\n"));
    CHECK(contains(called.err, "warning[W1001]: systemd can't hold `syscall error`"));
}

TEST_CASE("layers: what is printed is one layer's one file", "[E0604]") {
    Folder folder;
    folder.write("web.pav", policy("    pids-limit 7\n"));
    const Called printed = call({"build", "--emit", "docker", folder / "web.pav"});
    CHECK(printed.out == "#!/bin/sh\nexec docker run \\\n  --security-opt apparmor=web \\\n  --pids-limit 7 \\\n  \"$@\"\n");
    CHECK(contains(call({"build", "--emit", "docker,apparmor", folder / "web.pav"}).err, "error[E0604]: several layers are several files"));
    CHECK(contains(call({"build", "--emit", "dokcer", folder / "web.pav"}).err,
                   "error[E0606]: there is no layer `dokcer`\n  = help: did you mean `docker`?"));
}

TEST_CASE("layers: explain tells what another layer stops") {
    Folder folder;
    const std::string file = folder.write("web.pav", policy("    read-only-root\n    tmpfs /run\n",
                                                            "  allow mount\n  allow network inet raw\n  allow capability only [chown]\n"));
    const auto said = [&](const std::string& operation) { return call({"explain", file, "web", operation}).out; };
    CHECK(contains(said("mount /x -> /y"), "  but       the container does not hold the capability `sys_admin`\n"));
    CHECK(contains(said("network inet raw"), "  but       the container does not hold the capability `net_raw`\n"));
    CHECK_FALSE(contains(said("capability chown"), "  but "));
    CHECK(
        contains(said("write /srv/x"), "  but       the container's root is read-only: this is written only where a volume is mounted\n"));
    CHECK_FALSE(contains(said("write /run/x"), "  but "));
    CHECK_FALSE(contains(said("read /srv/x"), "  but "));
}

TEST_CASE("caps: masks in words") {
    CHECK(call({"caps", "0000000000002400"}).out ==
          "net_bind_service    bind ports below 1024\nnet_raw             use raw and packet sockets\n");
    CHECK(call({"caps", "0"}).out == "none\n");
    CHECK(contains(call({"caps", "8000000000000000"}).out, "63                  newer than this version of Pavise"));
    CHECK(contains(call({"caps", "chown"}).err, "error[E0603]: `chown` is no mask"));
    CHECK(call({"caps"}).status == 2);
    CHECK(contains(call({"caps", "--pid", "self"}).out, "effective "));
    CHECK(contains(call({"caps", "--pid", "4194305"}).err, "error[E0701]: there is no process 4194305"));
    const nlohmann::json json = nlohmann::json::parse(call({"caps", "--format", "json", "a80425fb"}).out);
    CHECK(json["masks"][0]["names"].size() == 14);
}
