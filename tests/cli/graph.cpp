// pavise graph: what it draws, in each format.
#include "catch.hpp"
#include "cli/call.hpp"

#include <nlohmann/json.hpp>

using namespace pavise::cli;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string policy = R"(profile web /usr/sbin/web {
  allow read /srv/**
  allow exec /usr/bin/rotate -> profile rotate
  allow exec /bin/sh -> child shell
  allow change_profile -> elsewhere
  profile shell {
    allow exec /usr/bin/x -> unconfined
  }
  hat quiet {
    allow read /srv/x
  }
}
profile rotate {
  mode complain
  allow read /var/log/**
}
)";

}  // namespace

TEST_CASE("graph: profiles, children, hats and the ways between them") {
    const Folder folder;
    const std::string file = folder.write("a.pav", policy);
    const Called called = call({"graph", file});
    CHECK(called.status == 0);
    CHECK(contains(called.out, "digraph profiles {\n"));
    CHECK(contains(called.out, "  n0 [label=\"web\\n/usr/sbin/web\", shape=box];\n"));
    CHECK(contains(called.out, "[label=\"rotate\\ncomplain\", shape=box];\n"));
    CHECK(contains(called.out, "[label=\"web//shell\", shape=box, style=rounded];\n"));
    CHECK(contains(called.out, "[label=\"web//quiet\", shape=ellipse];\n"));
    CHECK(contains(called.out, "[label=\"unconfined\", shape=doubleoctagon];\n"));
    CHECK(contains(called.out, "[label=\"elsewhere\", shape=box, style=dotted];\n"));
    CHECK(contains(called.out, "[label=\"exec /usr/bin/rotate\"];\n"));
    CHECK(contains(called.out, "[label=\"change_hat\"];\n"));
    CHECK(contains(call({"graph", "--format", "mermaid", file}).out, "flowchart LR\n  n0[\"web<br>/usr/sbin/web\"]\n"));
}

TEST_CASE("graph: the hats of an included file") {
    const Folder folder;
    folder.write("local/hats", "^quiet {\n  /h r,\n}\n");
    const std::string file = folder.write("web", "profile web /usr/sbin/web {\n  include <local/hats>\n  /a r,\n}\n");
    const std::string drawn = call({"graph", "--base", folder / ".", file}).out;
    CHECK(contains(drawn, "n0 -> n1 [label=\"change_hat\"]"));
}

TEST_CASE("graph: as JSON, with the statements") {
    const Folder folder;
    const std::string file = folder.write("a.pav", policy);
    const nlohmann::json json = nlohmann::json::parse(call({"graph", "--format", "json", file}).out);
    CHECK(json["version"] == 1);
    CHECK(json["profiles"][0]["name"] == "web");
    CHECK(json["profiles"][0]["kind"] == "profile");
    bool met = false;
    for (const nlohmann::json& one : json["transitions"])
        if (one["from"] == "web" && one["to"] == "rotate") {
            met = true;
            CHECK(one["by"][0] == "exec /usr/bin/rotate");
            CHECK(one["statement"]["line"] == 3);
            CHECK(one["unsure"].is_null());
        }
    CHECK(met);
}

TEST_CASE("graph: drawn by Graphviz, or said that it is not there", "[E0718]") {
    const Folder folder;
    const std::string file = folder.write("a.pav", policy);
    const std::string path = std::getenv("PATH") != nullptr ? std::getenv("PATH") : "";
    folder.write("bin/dot", "#!/bin/sh\nwhile [ $# -gt 1 ]; do [ \"$1\" = -o ] && out=$2; shift; done\necho \"<svg/>\" >\"$out\"\n");
    std::filesystem::permissions(folder / "bin/dot", std::filesystem::perms::owner_all);
    setenv("PATH", (folder / "bin" + ":" + path).c_str(), 1);
    const Called drawn = call({"graph", "--format", "svg", file});
    setenv("PATH", (folder / "none").c_str(), 1);
    const Called missing = call({"graph", "--format", "svg", file});
    folder.write("bin/dot", "#!/bin/sh\necho 'no fonts' >&2\nexit 1\n");
    setenv("PATH", (folder / "bin" + ":" + path).c_str(), 1);
    const Called failing = call({"graph", "--format", "svg", file});
    setenv("PATH", path.c_str(), 1);
    CHECK(drawn.status == 0);
    CHECK(drawn.out == "<svg/>\n");
    CHECK(missing.status == 2);
    CHECK(contains(missing.err, "error[E0718]: there is no `dot` in PATH to draw with"));
    CHECK(failing.status == 2);
    CHECK(contains(failing.err, "can't draw the graph: no fonts"));
}
