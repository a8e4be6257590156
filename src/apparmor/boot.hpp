// What a boot loads: the folders whose profiles AppArmor's own service hands to the kernel, and what keeps a file of one from it.
//
//   const Boot boot = boot_of("/");
//   boot.folders == {"/etc/apparmor.d"};  boot.enabled
//
// Sources: rc.apparmor.functions and apparmor.service of Debian; `profile_dir_cb` in parser/parser_main.c, which does not go into the
// folders of a folder, and leaves out what has a link of its name in `disable/`.
#pragma once

#include <string>
#include <vector>

namespace pavise::apparmor {

struct Boot {
    bool enabled = false;              // the service starts at boot
    std::vector<std::string> folders;  // that it loads; without `root` before them
};
Boot boot_of(const std::string& root);

// Why a boot does not load this file as it is; empty: it does.
std::string not_loaded_at_boot(const std::string& root, const std::string& file);

}  // namespace pavise::apparmor
