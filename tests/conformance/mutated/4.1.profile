# What 4.0 and 4.1 have beyond 3.0.
include <tunables/global>
$debug = true
${trace} = false
@{DIRS} = /srv /home/*/srv
@{EMPTY} = ""
profile :ns:named /usr/bin/named xattrs=(user.tag="a*" security.x=b) flags=(kill, kill.signal=term, error=EPERM, debug) {
  /a r,
}
profile app /usr/bin/app{,2} flags=(attach_disconnected.path=/x, interruptible, mediate_deleted) {
  include if exists <local/app>
  priority=5 allow @{DIRS}/** rw,
  priority=-3 audit deny owner /srv/x w,
  priority=+1 audit prompt owner /p/* r,
  audit allow other /o mrk,
  owner file /f r,
  /b{in,}/* cix -> &inner,
  unsafe /bin/u pux,
  deny /bin/d x,
  /l/@{EMPTY}x l,
  all,
  userns create,
  mqueue (create, read) type=posix label=x /q,
  deny mqueue,
  io_uring override_creds label=x,
  io_uring sqpoll,
  unix bind addr="@x[0-9]*" type=dgram,
  dbus bind bus=session name=org.x,
  dbus (eavesdrop),
  mount options in (ro, noexec) -> /mnt/*/,
  mount options=(rw, make-private) -> /,
  remount options=(ro) /mnt/,
  change_profile safe /bin/s -> :ns:other,
  ptrace readby,
  signal set=rtmin+3 peer=@{profile_name},
  capability,
  if $debug {
    /debug r,
  } else if not defined @{NONE} {
    /none w,
  } else {
    /else k,
  }
  if not ${trace} {
    audit owner {
      /blk w,
    }
  }
  network (connect, send) inet stream,
  network inet6 udp,
  set rlimit nice <= -5,
  set rlimit data <= 3MB,
  profile inner /bin/i flags=(default_allow) {
    /i r,
  }
  hat h flags=(complain) {
    /h r,
  }
}
