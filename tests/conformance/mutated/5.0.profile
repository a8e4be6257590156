# What 5.0 has beyond 4.1.
abi <abi/5.0-interface>,
include <tunables/global>
@{DIRS} ?= /srv "/a b"
@{DIRS} ?= /none
@{LIST} = a b
@{LIST} := b
$yes = true
profile app @{DIRS}/app flags=(attach_disconnected.ipc, attach_disconnected) {
  @{exec_path} mr,
  priority=1 deny @{DIRS}/@{LIST} w,
  rl /name -> /target/*,
  /wl wl -> /other,
  network (send) inet dgram interface=eth0 port=1000-2000 label=x,
  if defined @{LIST} and $yes {
    /and r,
  }
  if not $yes or (@{LIST} == b ) {
    /or r,
  }
  dbus send bus=system peer=(label=app),
  mqueue getattr /q,
  pivot_root /new/,
}
