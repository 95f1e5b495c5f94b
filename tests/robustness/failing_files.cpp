// SPDX-License-Identifier: GPL-3.0-or-later
// A library to be preloaded (LD_PRELOAD) into a program whose disk is to fail. It counts the calls that change files
// (or, if set, read them) under one folder and makes the n-th fail:
//
//   REST_FAILING_FOLDER  the folder
//   REST_FAILING_CALL    n, from 1; 0 or absent: only count
//   REST_FAILING_ERROR   ENOSPC (as without it), EIO or EROFS
//   REST_FAILING_DELAY   seconds: the n-th call is done so much later, and none fails
//   REST_FAILING_ONCE    set: only the n-th call fails; else all after it, too
//   REST_FAILING_READS   set: calls that read are counted and fail instead of those that change
//   REST_FAILING_REPORT  a file that gets the name of the first call that failed and, at the program's end, the count
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

template <class Function>
Function* real(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

enum class Kind { change, read };

class Failures {
  public:
    Failures() {
        folder_ = text("REST_FAILING_FOLDER");
        call_ = std::atol(text("REST_FAILING_CALL").c_str());
        delay_ = static_cast<unsigned>(std::atol(text("REST_FAILING_DELAY").c_str()));
        once_ = std::getenv("REST_FAILING_ONCE") != nullptr;
        kind_ = std::getenv("REST_FAILING_READS") != nullptr ? Kind::read : Kind::change;
        const auto error = text("REST_FAILING_ERROR");
        error_ = error == "EIO" ? EIO : error == "EROFS" ? EROFS : ENOSPC;
    }
    ~Failures() { report("calls " + std::to_string(count_.load())); }

    bool counts(Kind kind) const { return kind == kind_ && !folder_.empty(); }

    /// True if this call is to fail; errno is set.
    bool hit(Kind kind, const char* call, const std::string& path) {
        if (!counts(kind) || !inside(path)) return false;
        const long number = ++count_;
        if (call_ == 0 || number < call_ || (once_ && number > call_)) return false;
        if (number == call_) report(std::string(call) + " " + path);
        if (delay_ > 0) {
            if (number == call_) ::sleep(delay_);
            return false;
        }
        errno = error_;
        return true;
    }

    static std::string path_of(int descriptor) {
        char link[64], path[PATH_MAX];
        std::snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
        const auto length = ::readlink(link, path, sizeof path);
        return length > 0 ? std::string(path, static_cast<size_t>(length)) : std::string();
    }

    /// A path relative to a folder or to the current one.
    static std::string path_at(int folder, const char* path) {
        if (path[0] == '/') return path;
        char here[PATH_MAX];
        const std::string base =
            folder == AT_FDCWD ? (::getcwd(here, sizeof here) != nullptr ? here : "") : path_of(folder);
        return base + "/" + path;
    }

  private:
    static std::string text(const char* name) {
        const char* value = std::getenv(name);
        return value != nullptr ? value : "";
    }

    bool inside(const std::string& path) const {
        return path.starts_with(folder_) && (path.size() == folder_.size() || path[folder_.size()] == '/');
    }

    /// Uses its own calls, which must neither fail nor be counted.
    void report(const std::string& line) const {
        const auto file = text("REST_FAILING_REPORT");
        if (file.empty()) return;
        const int out =
            real<int(const char*, int, ...)>("open")(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
        const auto whole = line + "\n";
        if (real<ssize_t(int, const void*, size_t)>("write")(out, whole.data(), whole.size()) < 0) return;
        ::close(out);
    }

    std::string folder_;
    long call_ = 0;
    unsigned delay_ = 0;
    bool once_ = false;
    int error_ = ENOSPC;
    Kind kind_ = Kind::change;
    std::atomic<long> count_{0};
};

Failures& failures() {
    static Failures only;
    return only;
}

bool hit(Kind kind, const char* call, int descriptor) {
    return failures().counts(kind) && failures().hit(kind, call, Failures::path_of(descriptor));
}

bool opens_for_writing(int flags) {
    return (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC)) != 0;
}

int open_with(const char* name, const char* path, int flags, mode_t mode) {
    if (opens_for_writing(flags) && failures().hit(Kind::change, name, Failures::path_at(AT_FDCWD, path))) return -1;
    return real<int(const char*, int, ...)>(name)(path, flags, mode);
}

int open_at(const char* name, int folder, const char* path, int flags, mode_t mode) {
    if (opens_for_writing(flags) && failures().hit(Kind::change, name, Failures::path_at(folder, path))) return -1;
    return real<int(int, const char*, int, ...)>(name)(folder, path, flags, mode);
}

std::FILE* open_stream(const char* name, const char* path, const char* mode) {
    const bool writes = std::strpbrk(mode, "wa+") != nullptr;
    if (writes && failures().hit(Kind::change, name, Failures::path_at(AT_FDCWD, path))) return nullptr;
    return real<std::FILE*(const char*, const char*)>(name)(path, mode);
}

mode_t mode_argument(int flags, va_list arguments) {
    return (flags & (O_CREAT | O_TMPFILE)) != 0 ? static_cast<mode_t>(va_arg(arguments, unsigned)) : 0;
}

}  // namespace

#define REST_OPEN(name)                                      \
    int name(const char* path, int flags, ...) {             \
        va_list arguments;                                   \
        va_start(arguments, flags);                          \
        const mode_t mode = mode_argument(flags, arguments); \
        va_end(arguments);                                   \
        return open_with(#name, path, flags, mode);          \
    }
#define REST_OPENAT(name)                                    \
    int name(int folder, const char* path, int flags, ...) { \
        va_list arguments;                                   \
        va_start(arguments, flags);                          \
        const mode_t mode = mode_argument(flags, arguments); \
        va_end(arguments);                                   \
        return open_at(#name, folder, path, flags, mode);    \
    }
// A failing write leaves half of its bytes, as on a real disk.
#define REST_WRITE_AT(name, Offset)                                                       \
    ssize_t name(int fd, const void* bytes, size_t size, Offset at) {                     \
        static const auto write = real<ssize_t(int, const void*, size_t, Offset)>(#name); \
        if (!hit(Kind::change, #name, fd)) return write(fd, bytes, size, at);             \
        const int error = errno;                                                          \
        (void)write(fd, bytes, size / 2, at);                                             \
        errno = error;                                                                    \
        return -1;                                                                        \
    }
#define REST_READ_AT(name, Offset)                                                 \
    ssize_t name(int fd, void* bytes, size_t size, Offset at) {                    \
        if (hit(Kind::read, #name, fd)) return -1;                                 \
        static const auto read = real<ssize_t(int, void*, size_t, Offset)>(#name); \
        return read(fd, bytes, size, at);                                          \
    }
#define REST_VECTOR(name, kind)                                                \
    ssize_t name(int fd, const iovec* parts, int count) {                      \
        if (hit(kind, #name, fd)) return -1;                                   \
        static const auto move = real<ssize_t(int, const iovec*, int)>(#name); \
        return move(fd, parts, count);                                         \
    }
#define REST_TRUNCATE(name, Offset)                     \
    int name(int fd, Offset size) noexcept {            \
        if (hit(Kind::change, #name, fd)) return -1;    \
        return real<int(int, Offset)>(#name)(fd, size); \
    }
#define REST_SYNC(name)                              \
    int name(int fd) {                               \
        if (hit(Kind::change, #name, fd)) return -1; \
        return real<int(int)>(#name)(fd);            \
    }
#define REST_FOPEN(name)                                  \
    std::FILE* name(const char* path, const char* mode) { \
        return open_stream(#name, path, mode);            \
    }

extern "C" {

REST_OPEN(open)
REST_OPEN(open64)
REST_OPENAT(openat)
REST_OPENAT(openat64)
REST_FOPEN(fopen)
REST_FOPEN(fopen64)
REST_WRITE_AT(pwrite, off_t)
REST_WRITE_AT(pwrite64, off64_t)
REST_READ_AT(pread, off_t)
REST_READ_AT(pread64, off64_t)
REST_VECTOR(writev, Kind::change)
REST_VECTOR(readv, Kind::read)
REST_TRUNCATE(ftruncate, off_t)
REST_TRUNCATE(ftruncate64, off64_t)
REST_SYNC(fsync)
REST_SYNC(fdatasync)

ssize_t write(int fd, const void* bytes, size_t size) {
    static const auto write = real<ssize_t(int, const void*, size_t)>("write");
    if (!hit(Kind::change, "write", fd)) return write(fd, bytes, size);
    const int error = errno;
    (void)write(fd, bytes, size / 2);
    errno = error;
    return -1;
}

ssize_t read(int fd, void* bytes, size_t size) {
    if (hit(Kind::read, "read", fd)) return -1;
    static const auto read = real<ssize_t(int, void*, size_t)>("read");
    return read(fd, bytes, size);
}

int rename(const char* from, const char* to) noexcept {
    if (failures().hit(Kind::change, "rename", Failures::path_at(AT_FDCWD, to))) return -1;
    return real<int(const char*, const char*)>("rename")(from, to);
}

int renameat(int from_folder, const char* from, int to_folder, const char* to) noexcept {
    if (failures().hit(Kind::change, "renameat", Failures::path_at(to_folder, to))) return -1;
    return real<int(int, const char*, int, const char*)>("renameat")(from_folder, from, to_folder, to);
}

int mkdir(const char* path, mode_t mode) noexcept {
    if (failures().hit(Kind::change, "mkdir", Failures::path_at(AT_FDCWD, path))) return -1;
    return real<int(const char*, mode_t)>("mkdir")(path, mode);
}

int mkdirat(int folder, const char* path, mode_t mode) noexcept {
    if (failures().hit(Kind::change, "mkdirat", Failures::path_at(folder, path))) return -1;
    return real<int(int, const char*, mode_t)>("mkdirat")(folder, path, mode);
}

}  // extern "C"
