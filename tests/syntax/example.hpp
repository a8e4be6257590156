// Policies that the syntax tests share.
#pragma once

#include <string>

namespace pavise::syntax {

// A whole policy, as the language's page shows it.
inline const std::string whole_example = R"pav(# docker-nginx.pav: nginx behind a load balancer.
import std.container

let static  = [/usr/share/nginx/html/** /etc/nginx/**]
let scratch = [/var/cache/nginx/** /run/nginx.pid]

## nginx, serving static files; no shell, no raw sockets, no write outside its scratch.
profile docker-nginx {
  use container.default                      # what docker-default allows and denies, and the two container flags

  deny  network raw
  deny  network packet
  allow network only [inet inet6] [stream dgram]

  deny  [write link] [/bin/** /boot/** /etc/** /lib/** /lib64/** /root/** /sbin/** /usr/**]
  deny  write /proc/sys/** except /proc/sys/kernel/shm*
  deny  all   [/bin/sh /bin/dash /usr/bin/top]
  deny  link  /** -> /usr/sbin/nginx         # no parser tests subset for files of others
  allow exec  only /usr/sbin/nginx
  allow write only [@{scratch} /var/log/** /dev/** /proc/@{pid}/**]
  audit allow write /var/log/nginx/**

  allow capability only [chown dac_override setuid setgid net_bind_service]

  container {                                # the other layers that a container runtime enforces
    image "docker.io/library/nginx" signed by "keys/nginx.pub"
    entrypoint ["/usr/sbin/nginx" "-g" "daemon off;"]
    no-new-privileges
    read-only-root
    pids-limit 100
    ulimit nofile 1024:2048
    user 101:101
  }
}

test "nobody gets a shell, a raw socket or a way into /proc/sys" for docker-nginx {
  expect deny  exec [/bin/sh /bin/dash]
  expect deny  network inet raw
  expect deny  write /proc/sys/kernel/core_pattern
  expect allow read @{static}
  expect only  exec /usr/sbin/nginx
  expect disjoint write exec
  expect never reach unconfined
}
)pav";

// Most forms of the language, and a comment wherever one may stand.
inline const std::string form_example = R"pav(import std.container
import "lib/web.pav" as web  # a trailing comment
include <tunables/global>
include if exists "local/x"
abi <abi/3.0>
abi none
let static = [
  /usr/share/** # in a list
  # alone in a list
  "/with space/**"
]
variable HOME = [/home /root]
variable HOME += /srv
alias /a -> "/b c"
option runtime: docker | podman = docker
option paths: list of path
option debug: boolean = false

## Docs of web,
## two lines.
abstraction web(port: number = 80, root, names: list of path = [/a /b]) {
  use other
}
abstraction empty {}

profile web /usr/bin/{web,web2} {
  flags [attach_disconnected kill.signal=term]
  mode complain
  xattrs [user.tag=GLOB security.x="a b"]
  use web(80, root = /srv, names = [/a /b])
  use container.default()
  limit nofile <= 1024
  priority -5 audit deny owner [read write] /x except [/x/y /z] "/q"
  prompt other exec unsafe /bin/* -> profile foo or inherit
  allow exec only /bin/x ->
    child bar or
    unconfined
  allow link subset /a -> /b except
    /c -> /d
  allow dbus send bus=system  # a comment before a condition
    path=/org/x

    # another
    peer=[label=x name=[y z]]
  allow mount tmpfs -> /mnt fstype=[a b] options-in=[ro rw]
  allow signal send set=rtmin+3 peer=*[ab]{c,d}
  allow unix stream addr=@foo
  allow syscall [read write] where arg0 == 8 and arg1 & 0xff != 1 or not (arg2 >= 4 or
    arg3 < 2)
  allow everything
  if runtime == podman and feature("network_v8/af_unix") {
    allow file
  } else if not runtime in [docker "cri-o"] {
    deny network
  } else {
    include <abstractions/base>
  }
  hat "a b" { allow read /x }
  profile child { } # done
  profile /usr/bin/c @{bin}/c {}
  container {
    seccomp from "file.json"
    image "x" signed by "k"
    tmpfs /tmp size=64M
    privileged because "no other way"
  }
}
test "a" for web /usr/bin/x "b c" in "other.pav" {
  expect allow owner read /x except /y
  expect within web in "base.apparmor"
  expect exec [/a /b] -> inherit
  expect deny ptrace trace peer=unconfined
}
test "b" for * {
}
if debug {
  profile debug {}
}
)pav";

// AppArmor's syntax and other mistakes.
inline const std::string habit_example = R"pav(import
let = 5
lett x = 5
let x 5
profile a flags=(attach_disconnected,mediate_deleted) {
  /etc/** rw,
  deny /x w,
  owner @{HOME}/** rwk,
  rw /x,
  audit deny owner /foo mrwklx,
  /bin/sh ix,
  /bin/sh rPx -> foo,
  /bin/sh mrcx -> foo,
  /bin/sh pux,
  /bin/sh Ux,
  /a l -> /b,
  capability net_admin,
  capability a b,
  network inet stream,
  deny network raw,
  signal (send) set=(term) peer=x,
  signal (send, receive) set=("term", kill) peer=x,
  allow signal (send) peer=(label=x, name=y)
  allow signal send set=(term)
  mount options=(ro, bind) /a -> /b,
  dbus send
       bus=system
       path=/x
       peer=(name=x label=y),
  file,
  all,
  userns create,
  change_profile /x -> y,
  set rlimit nofile <= 1024,
  #include <abstractions/base>
  include <abstractions/foo>,
  allow read /x,
  allow read /x, /y
  allow read [/x, /y]
  allow dbus send member=[GS]et*
  allow read [/x /y]/z
  allow read "a"b
  allow read /a{b
  allow read /a]
  allow dbus send peer = x
  deny audit /x r,
  alow read /x
  import foo
  allow read [/a /b
  allow read /c
  allow read "foo
  ^hat {
    allow read /x }
  hat foo{
    allow read /x}
  profile b
  {
  }
  if a = b {
  }
  else {
  }
  expect allow read /x
  tmpfs /x
}
/usr/bin/x {
}
test "foo" for a {
  allow read /x
}
profile q { } profile r { }
}
@{X}=/a /b
allow read /x
)pav";

}  // namespace pavise::syntax
