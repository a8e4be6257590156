// The file that AppArmor's tools would keep a profile in, below /etc/apparmor.d.
//
//   file_name("/usr/sbin/nginx") == "usr.sbin.nginx";   file_name("docker-nginx") == "docker-nginx"
//
// Never a path, never hidden, never one that apparmor_parser passes over when it reads the directory.
#pragma once

#include <string>
#include <string_view>

namespace pavise::apparmor {

std::string file_name(std::string_view profile);

}  // namespace pavise::apparmor
