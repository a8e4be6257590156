// The numbers behind the words of policies, as the probe takes them.
export const families = { unix: 1, inet: 2, ax25: 3, ipx: 4, appletalk: 5, netrom: 6, bridge: 7, atmpvc: 8, x25: 9, inet6: 10, rose: 11, netbeui: 13, security: 14, key: 15,
  netlink: 16, packet: 17, ash: 18, econet: 19, atmsvc: 20, rds: 21, sna: 22, irda: 23, pppox: 24, wanpipe: 25, llc: 26, ib: 27, mpls: 28, can: 29, tipc: 30, bluetooth: 31,
  iucv: 32, rxrpc: 33, isdn: 34, phonet: 35, ieee802154: 36, caif: 37, alg: 38, nfc: 39, vsock: 40, kcm: 41, qipcrtr: 42, smc: 43, xdp: 44 };
export const types = { stream: 1, dgram: 2, raw: 3, rdm: 4, seqpacket: 5 };
export const signals = { exists: 0, hup: 1, int: 2, quit: 3, usr1: 10, segv: 11, usr2: 12, term: 15, winch: 28, "rtmin+3": 35 };
// Those that the probe has an operation for.
export const capabilities = ["chown", "dac_override", "fowner", "setgid", "setuid", "setpcap", "linux_immutable", "net_bind_service", "net_admin", "net_raw", "ipc_lock", "sys_module",
  "sys_rawio", "sys_chroot", "sys_pacct", "sys_admin", "sys_boot", "sys_nice", "sys_resource", "sys_time", "mknod", "lease"];
export const limits = { nofile: 7, core: 4, nproc: 6, stack: 3, memlock: 8, sigpending: 11, msgqueue: 12 };
