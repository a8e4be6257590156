abi <abi/3.0>,
include <tunables/global>
@{LOGS} = /var/log/web /srv/log
@{LOGS} += "/a b"
$debug = true
profile web /usr/bin/web flags=(complain, attach_disconnected) {
  include <abstractions/base>
  capability chown setuid,
  network inet stream,
  network unix,
  deny network raw,
  audit deny owner /etc/{passwd,shadow} wl,
  /opt/[a-z]* rmPx -> other,
  rk @{LOGS}/*.log,
  owner @{HOME}/.x/** rwk,
  link subset /a -> /b,
  signal (send, receive) set=(term, kill) peer=unconfined,
  ptrace (read, trace) peer=web,
  dbus send bus=system path=/org/x interface=org.x member={A,B} peer=(name=org.x, label=unconfined),
  unix (connect, send) type=stream peer=(addr=@x),
  mount fstype=(ext4, xfs) options=(ro, noexec) /dev/* -> /mnt/**,
  umount /mnt/,
  pivot_root oldroot=/old/ /new/,
  change_profile /bin/x -> other,
  set rlimit nofile <= 1024,
  set rlimit cpu <= 2 minutes,
  audit {
    /blk r,
  }
  ^hat {
    /h r,
  }
  profile kid /bin/kid {
    file,
  }
}
