// Loads that keep their texts: staged, journalled, finished after a kill, with the parser's cache and what a boot loads.
#include "apparmor/boot.hpp"
#include "apparmor/load_journal.hpp"
#include "apparmor/persist.hpp"
#include "catch.hpp"
#include "cli/call.hpp"

#include <sys/stat.h>
#include <cerrno>
#include <chrono>

using namespace pavise;
using namespace pavise::apparmor;
using cli::Folder;

namespace {

struct Disk {
    Folder folder;
    Machine machine;
    text::Diagnostics diagnostics;
    std::string written;
    int refuses = 0;

    Disk() {
        machine.securityfs = folder / "fs";
        machine.proc = folder / "proc";
        machine.state = folder / "state";
        folder.write("proc/sys/kernel/random/boot_id", "first\n");
        machine.write = [this](const std::string&, std::string_view bytes) {
            written = bytes;
            return refuses;
        };
    }
    std::vector<OutputFile> outputs() const {
        OutputFile one;
        one.profile = one.file_name = "web";
        one.text = "profile web {}\n";
        return {one};
    }
    void parser(const std::string& script) {
        machine.parser = folder.write("parser", "#!/bin/sh\n[ \"$1\" = --print-cache-dir ] && { echo '" + (folder / "cache") +
                                                    "'; exit; }\necho \"$*\" >>'" + (folder / "calls") + "'\n" + script);
        chmod(machine.parser.c_str(), 0755);
    }
};

}  // namespace

TEST_CASE("persist: texts are staged under names that the parser passes over") {
    Disk disk;
    disk.folder.write("d/other", "");
    const auto moves = stage_texts(disk.outputs(), disk.folder / "d", disk.diagnostics);
    REQUIRE(moves);
    CHECK(disk.folder.read("d/.web.pavise") == "profile web {}\n");
    CHECK_FALSE(disk.folder.has("d/web"));
    CHECK_FALSE(make_moves(*moves));
    CHECK(disk.folder.read("d/web") == "profile web {}\n");
    CHECK_FALSE(disk.folder.has("d/.web.pavise"));
    CHECK_FALSE(make_moves(*moves));  // again is as once
}

TEST_CASE("persist: a folder that is not there", "[E0705]") {
    Disk disk;
    CHECK_FALSE(stage_texts(disk.outputs(), disk.folder / "none", disk.diagnostics));
    REQUIRE(disk.diagnostics.all().size() == 1);
    CHECK(disk.diagnostics.all()[0].code == text::Code::E0705);
    CHECK(disk.diagnostics.all()[0].helps[0] == "mkdir -p " + (disk.folder / "none"));
}

TEST_CASE("journal: as it was written, and nothing of what was cut off") {
    Disk disk;
    CHECK_FALSE(unfinished(disk.machine));
    const Journal journal{"first\n", {{"/a/.x", "/a/x"}, {"/a/.y z", "/a/y z"}}, std::string("b\0c", 3)};
    CHECK_FALSE(begin(disk.machine, journal));
    const std::optional<Journal> found = unfinished(disk.machine);
    REQUIRE(found);
    CHECK(found->boot == "first\n");
    CHECK(found->moves == journal.moves);
    CHECK(found->binary == journal.binary);
    disk.folder.write("state/journal", disk.folder.read("state/journal").substr(0, 30));
    CHECK_FALSE(unfinished(disk.machine));
    end(disk.machine);
    CHECK_FALSE(disk.folder.has("state/journal"));
}

TEST_CASE("journal: a load that was killed is finished", "[W0725]") {
    Disk disk;
    const auto moves = stage_texts(disk.outputs(), disk.folder / "", disk.diagnostics);
    REQUIRE(moves);
    REQUIRE_FALSE(begin(disk.machine, {"", *moves, "binary"}));
    CHECK(finish_unfinished(disk.machine, disk.diagnostics));
    CHECK(disk.written == "binary");
    CHECK(disk.folder.read("web") == "profile web {}\n");
    CHECK_FALSE(disk.folder.has("state/journal"));
    REQUIRE(disk.diagnostics.all().size() == 1);
    CHECK(disk.diagnostics.all()[0].code == text::Code::W0725);
    CHECK(disk.diagnostics.all()[0].message.starts_with("an earlier load was interrupted, and is finished now: "));
}

TEST_CASE("journal: what the kernel refuses is undone", "[W0725]") {
    Disk disk;
    const auto moves = stage_texts(disk.outputs(), disk.folder / "", disk.diagnostics);
    REQUIRE(moves);
    REQUIRE_FALSE(begin(disk.machine, {"", *moves, "binary"}));
    disk.refuses = EPROTO;
    CHECK(finish_unfinished(disk.machine, disk.diagnostics));
    CHECK_FALSE(disk.folder.has("web"));
    CHECK_FALSE(disk.folder.has(".web.pavise"));
    CHECK_FALSE(disk.folder.has("state/journal"));
    CHECK(disk.diagnostics.all()[0].message ==
          "an earlier load was interrupted, and is undone: the kernel refuses its profiles: Protocol error");
}

TEST_CASE("journal: after another boot the files are finished and the kernel is left alone", "[W0725]") {
    Disk disk;
    const auto moves = stage_texts(disk.outputs(), disk.folder / "", disk.diagnostics);
    REQUIRE(moves);
    REQUIRE_FALSE(begin(disk.machine, {"", *moves, "binary"}));
    disk.folder.write("proc/sys/kernel/random/boot_id", "second\n");
    CHECK(finish_unfinished(disk.machine, disk.diagnostics));
    CHECK(disk.written.empty());
    CHECK(disk.folder.has("web"));
}

TEST_CASE("cache: rewritten, stale, not to be written", "[W0727]") {
    Disk disk;
    const std::string file = disk.folder.write("d/web", "profile web {}\n");
    disk.folder.write("cache/web", "old");
    disk.parser("echo new >'" + (disk.folder / "cache/web") + "'\n");
    refresh_cache(disk.machine, {file}, disk.diagnostics);
    CHECK(disk.diagnostics.all().empty());
    CHECK(disk.folder.read("cache/web") == "new\n");
    CHECK(disk.folder.read("calls").find("--write-cache --skip-read-cache") != std::string::npos);

    disk.parser("");
    refresh_cache(disk.machine, {file}, disk.diagnostics);
    REQUIRE(disk.diagnostics.all().size() == 1);
    CHECK(disk.diagnostics.all()[0].message ==
          "the cache `" + (disk.folder / "cache/web") + "` can't be written: a boot compiles `" + file + "` anew");

    Disk stale;
    const std::string text = stale.folder.write("d/web", "profile web {}\n");
    std::filesystem::create_directories(stale.folder / "cache/web");  // a folder can't be unlinked
    std::filesystem::last_write_time(stale.folder / "cache/web", std::filesystem::file_time_type::clock::now() + std::chrono::hours(1));
    stale.parser("");
    refresh_cache(stale.machine, {text}, stale.diagnostics);
    REQUIRE(stale.diagnostics.all().size() == 1);
    CHECK(stale.diagnostics.all()[0].code == text::Code::W0727);
    CHECK(stale.diagnostics.all()[0].message.ends_with("a boot would load what it holds"));
}

TEST_CASE("boot: what it loads", "[W0726]") {
    Disk disk;
    const std::string root = disk.folder / "root";
    CHECK(not_loaded_at_boot(root, "/etc/apparmor.d/web") == "no service that loads profiles is installed");
    disk.folder.write("root/lib/apparmor/rc.apparmor.functions",
                      "if [ -d /etc/apparmor.d ] ; then\n\tPROFILE_DIRS=/etc/apparmor.d\nfi\nADDITIONAL_PROFILE_DIR=\n"
                      "\tPROFILE_DIRS=\"$PROFILE_DIRS $ADDITIONAL_PROFILE_DIR\"\n");
    CHECK(boot_of(root).folders == std::vector<std::string>{"/etc/apparmor.d"});
    CHECK(not_loaded_at_boot(root, "/etc/apparmor.d/web") == "the service `apparmor` is not enabled");
    std::filesystem::create_directories(root + "/etc/systemd/system/sysinit.target.wants");
    std::filesystem::create_symlink("/lib/systemd/system/apparmor.service",
                                    root + "/etc/systemd/system/sysinit.target.wants/apparmor.service");
    CHECK(not_loaded_at_boot(root, "/etc/apparmor.d/web").empty());
    CHECK(not_loaded_at_boot(root, "/etc/apparmor.d/containers/web") ==
          "a boot loads the files of `/etc/apparmor.d` alone, and not those in its folders");
    disk.folder.write("root/etc/apparmor.d/force-complain/web", "");
    CHECK(not_loaded_at_boot(root, "/etc/apparmor.d/web") == "`/etc/apparmor.d/force-complain/web` makes it complain only");
    disk.folder.write("root/etc/apparmor.d/disable/web", "");
    CHECK(not_loaded_at_boot(root, "/etc/apparmor.d/web") == "`/etc/apparmor.d/disable/web` switches it off");
}
