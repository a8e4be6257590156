// Modes, flags and error names of profiles.
#include "policy/vocabulary.hpp"

namespace pavise::policy {
namespace {

// In the order of Mode.
constexpr Word mode_table[] = {
    {"enforce", "refuse what is not allowed, and log it"},
    {"complain", "log what is not allowed, and let it happen, but for what is denied"},
    {"kill", "refuse what is not allowed, and kill the process"},
    {"unconfined", "let everything happen, as if there were no profile"},
    {"prompt", "ask about what is not allowed"},
    {"default_allow", "let everything happen that is not denied"},
};

using Value = FlagInfo::Value;
constexpr FlagInfo flag_table[] = {
    {"attach_disconnected", Value::none, "paths that can't be reached from the root are taken as if below it"},
    {"attach_disconnected.path", Value::path, "paths that can't be reached from the root are taken as if below this one"},
    {"attach_disconnected.ipc", Value::optional_path, "the same for the paths of IPC objects"},
    {"no_attach_disconnected", Value::none, "paths that can't be reached from the root are refused"},
    {"mediate_deleted", Value::none, "deleted files are judged by their former path"},
    {"delegate_deleted", Value::none, "deleted files stay open to whoever has them open"},
    {"chroot_relative", Value::none, "paths are taken relative to the chroot"},
    {"namespace_relative", Value::none, "paths are taken relative to the mount namespace"},
    {"chroot_attach", Value::none, "paths outside the chroot are taken as if below its root"},
    {"chroot_no_attach", Value::none, "paths outside the chroot are refused"},
    {"audit", Value::none, "log everything that the profile's processes do"},
    {"debug", Value::none, "let the kernel print debugging messages"},
    {"interruptible", Value::none, "waiting for an answer to a prompt may be interrupted by a signal"},
    {"kill.signal", Value::signal, "the signal that mode kill sends"},
    {"error", Value::error, "the error that a refused operation gives"},
};

// Those that the parsers of 4.1 and 5.0 take, in the order of the kernel's numbers.
constexpr Word errno_table[] = {
    {"EPERM", "operation not permitted"},
    {"ENOENT", "no such file or directory"},
    {"ESRCH", "no such process"},
    {"EINTR", "interrupted system call"},
    {"EIO", "input/output error"},
    {"ENXIO", "no such device or address"},
    {"E2BIG", "argument list too long"},
    {"ENOEXEC", "exec format error"},
    {"EBADF", "bad file descriptor"},
    {"ECHILD", "no child processes"},
    {"EAGAIN", "resource temporarily unavailable"},
    {"ENOMEM", "cannot allocate memory"},
    {"EACCES", "permission denied"},
    {"EFAULT", "bad address"},
    {"ENOTBLK", "block device required"},
    {"EBUSY", "device or resource busy"},
    {"EEXIST", "file exists"},
    {"EXDEV", "invalid cross-device link"},
    {"ENODEV", "no such device"},
    {"ENOTDIR", "not a directory"},
    {"EISDIR", "is a directory"},
    {"EINVAL", "invalid argument"},
    {"ENFILE", "too many open files in system"},
    {"EMFILE", "too many open files"},
    {"ENOTTY", "inappropriate ioctl for device"},
    {"ETXTBSY", "text file busy"},
    {"EFBIG", "file too large"},
    {"ENOSPC", "no space left on device"},
    {"ESPIPE", "illegal seek"},
    {"EROFS", "read-only file system"},
    {"EMLINK", "too many links"},
    {"EPIPE", "broken pipe"},
    {"EDOM", "numerical argument out of domain"},
    {"ERANGE", "numerical result out of range"},
    {"EDEADLK", "resource deadlock avoided"},
    {"ENAMETOOLONG", "file name too long"},
    {"ENOLCK", "no locks available"},
    {"ENOSYS", "function not implemented"},
    {"ENOTEMPTY", "directory not empty"},
    {"ELOOP", "too many levels of symbolic links"},
    {"ENOMSG", "no message of desired type"},
    {"EIDRM", "identifier removed"},
    {"ECHRNG", "channel number out of range"},
    {"EL2NSYNC", "level 2 not synchronized"},
    {"EL3HLT", "level 3 halted"},
    {"EL3RST", "level 3 reset"},
    {"ELNRNG", "link number out of range"},
    {"EUNATCH", "protocol driver not attached"},
    {"ENOCSI", "no CSI structure available"},
    {"EL2HLT", "level 2 halted"},
    {"EBADE", "invalid exchange"},
    {"EBADR", "invalid request descriptor"},
    {"EXFULL", "exchange full"},
    {"ENOANO", "no anode"},
    {"EBADRQC", "invalid request code"},
    {"EBADSLT", "invalid slot"},
    {"EBFONT", "bad font file format"},
    {"ENOSTR", "device not a stream"},
    {"ENODATA", "no data available"},
    {"ETIME", "timer expired"},
    {"ENOSR", "out of streams resources"},
    {"ENONET", "machine is not on the network"},
    {"ENOPKG", "package not installed"},
    {"EREMOTE", "object is remote"},
    {"ENOLINK", "link has been severed"},
    {"EADV", "advertise error"},
    {"ESRMNT", "Srmount error"},
    {"ECOMM", "communication error on send"},
    {"EPROTO", "protocol error"},
    {"EMULTIHOP", "multihop attempted"},
    {"EDOTDOT", "RFS specific error"},
    {"EBADMSG", "bad message"},
    {"EOVERFLOW", "value too large for defined data type"},
    {"ENOTUNIQ", "name not unique on network"},
    {"EBADFD", "file descriptor in bad state"},
    {"EREMCHG", "remote address changed"},
    {"ELIBACC", "can not access a needed shared library"},
    {"ELIBBAD", "accessing a corrupted shared library"},
    {"ELIBSCN", ".lib section in a.out corrupted"},
    {"ELIBMAX", "attempting to link in too many shared libraries"},
    {"ELIBEXEC", "cannot exec a shared library directly"},
    {"EILSEQ", "invalid or incomplete multibyte or wide character"},
    {"ERESTART", "interrupted system call should be restarted"},
    {"ESTRPIPE", "streams pipe error"},
    {"EUSERS", "too many users"},
    {"ENOTSOCK", "socket operation on non-socket"},
    {"EDESTADDRREQ", "destination address required"},
    {"EMSGSIZE", "message too long"},
    {"EPROTOTYPE", "protocol wrong type for socket"},
    {"ENOPROTOOPT", "protocol not available"},
    {"EPROTONOSUPPORT", "protocol not supported"},
    {"ESOCKTNOSUPPORT", "socket type not supported"},
    {"EOPNOTSUPP", "operation not supported"},
    {"EPFNOSUPPORT", "protocol family not supported"},
    {"EAFNOSUPPORT", "address family not supported by protocol"},
    {"EADDRINUSE", "address already in use"},
    {"EADDRNOTAVAIL", "cannot assign requested address"},
    {"ENETDOWN", "network is down"},
    {"ENETUNREACH", "network is unreachable"},
    {"ENETRESET", "network dropped connection on reset"},
    {"ECONNABORTED", "software caused connection abort"},
    {"ECONNRESET", "connection reset by peer"},
    {"ENOBUFS", "no buffer space available"},
    {"EISCONN", "transport endpoint is already connected"},
    {"ENOTCONN", "transport endpoint is not connected"},
    {"ESHUTDOWN", "cannot send after transport endpoint shutdown"},
    {"ETOOMANYREFS", "too many references: cannot splice"},
    {"ETIMEDOUT", "connection timed out"},
    {"ECONNREFUSED", "connection refused"},
    {"EHOSTDOWN", "host is down"},
    {"EHOSTUNREACH", "no route to host"},
    {"EALREADY", "operation already in progress"},
    {"EINPROGRESS", "operation now in progress"},
    {"ESTALE", "stale file handle"},
    {"EUCLEAN", "structure needs cleaning"},
    {"ENOTNAM", "not a XENIX named type file"},
    {"ENAVAIL", "no XENIX semaphores available"},
    {"EISNAM", "is a named type file"},
    {"EREMOTEIO", "remote I/O error"},
    {"EDQUOT", "disk quota exceeded"},
    {"ENOMEDIUM", "no medium found"},
    {"EMEDIUMTYPE", "wrong medium type"},
    {"ECANCELED", "operation canceled"},
    {"ENOKEY", "required key not available"},
    {"EKEYEXPIRED", "key has expired"},
    {"EKEYREVOKED", "key has been revoked"},
    {"EKEYREJECTED", "key was rejected by service"},
    {"EOWNERDEAD", "owner died"},
    {"ENOTRECOVERABLE", "state not recoverable"},
    {"ERFKILL", "operation not possible due to RF-kill"},
    {"EHWPOISON", "memory page has hardware error"},
};

// errno(3)'s other names of the same numbers.
constexpr Synonym errno_synonym_table[] = {{"EWOULDBLOCK", "EAGAIN"}, {"EDEADLOCK", "EDEADLK"}, {"ENOTSUP", "EOPNOTSUPP"}};

}  // namespace

std::span<const Word> modes() { return mode_table; }
std::span<const FlagInfo> profile_flags() { return flag_table; }
std::span<const Word> errno_names() { return errno_table; }
std::span<const Synonym> errno_synonyms() { return errno_synonym_table; }

bool is_flag_value(const FlagInfo& flag, std::string_view value) {
    switch (flag.value) {
        case Value::none: return value.empty();
        case Value::optional_path: return value.empty() || value.starts_with('/') || value.starts_with("@{");
        case Value::path: return value.starts_with('/') || value.starts_with("@{");
        case Value::signal: return is_signal(value);
        case Value::error: return find_word(errno_table, value) != nullptr;
    }
    return false;
}

std::string_view flag_value_kind(const FlagInfo& flag) {
    constexpr std::string_view kinds[] = {"", "a path", "a path", "a signal", "an error's name"};
    return kinds[static_cast<std::size_t>(flag.value)];
}

std::string_view flag_value_example(const FlagInfo& flag) {
    constexpr std::string_view values[] = {"", "=/PATH", "=/PATH", "=term", "=EPERM"};
    return values[static_cast<std::size_t>(flag.value)];
}

}  // namespace pavise::policy
