/* Makes one system call fail that would change a folder: the one with a given number.

   Loaded before the C library, by LD_PRELOAD. FAULTS names the folder; `arm` begins to count its
   calls. With the error 0 the process ends at that call, as if it was killed.

   NO_SHARING makes a folder where programs can share no memory, NO_LOCKS one where no file can be
   locked, as network drives may be. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static int armed, number, wanted, failing, lasting;

void arm(int n, int error, int on) { number = 0; wanted = n; failing = error; lasting = on; armed = 1; }
int disarm(void) { armed = 0; return number; }

static int inside(const char *path) {
    const char *folder = getenv("FAULTS");
    return folder && path && !strncmp(path, folder, strlen(folder));
}

static int inside_fd(int fd) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return inside(path);
}

/* Whether this call is to fail; then errno is set. */
static int fails(int counts) {
    if (!armed || !counts) return 0;
    number++;
    if (number != wanted && !(lasting && number > wanted)) return 0;
    if (!failing) _exit(77);
    errno = failing;
    return 1;
}

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define BY_PATH(result, name, path, given, passed) \
    result name given { REAL(name); return fails(inside(path)) ? -1 : real passed; }
#define BY_FD(result, name, given, passed) \
    result name given { REAL(name); return fails(inside_fd(fd)) ? -1 : real passed; }

BY_PATH(int, rename, a, (const char *a, const char *b), (a, b))
BY_PATH(int, renameat, a, (int x, const char *a, int y, const char *b), (x, a, y, b))
BY_PATH(int, link, a, (const char *a, const char *b), (a, b))
BY_PATH(int, linkat, a, (int x, const char *a, int y, const char *b, int f), (x, a, y, b, f))
BY_PATH(int, unlink, a, (const char *a), (a))
BY_PATH(int, unlinkat, a, (int x, const char *a, int f), (x, a, f))
BY_PATH(int, mkdir, a, (const char *a, mode_t m), (a, m))
BY_PATH(int, mkdirat, a, (int x, const char *a, mode_t m), (x, a, m))
BY_FD(int, fsync, (int fd), (fd))
BY_FD(int, fdatasync, (int fd), (fd))
BY_FD(int, ftruncate, (int fd, off_t n), (fd, n))
BY_FD(int, ftruncate64, (int fd, off64_t n), (fd, n))
BY_FD(ssize_t, write, (int fd, const void *p, size_t n), (fd, p, n))
BY_FD(ssize_t, pwrite, (int fd, const void *p, size_t n, off_t o), (fd, p, n, o))
BY_FD(ssize_t, pwrite64, (int fd, const void *p, size_t n, off64_t o), (fd, p, n, o))

/* SQLite tries again what failed, for up to ten seconds. */
int usleep(useconds_t n) { REAL(usleep); return armed ? 0 : real(n); }
int nanosleep(const struct timespec *a, struct timespec *b) {
    REAL(nanosleep);
    return armed ? 0 : real(a, b); }

#define CHANGES(flags) ((flags) & (O_WRONLY | O_RDWR | O_CREAT))
#define OPENING(name) \
    int name(const char *path, int flags, ...) { \
        va_list more; va_start(more, flags); mode_t mode = va_arg(more, int); va_end(more); \
        int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, #name); \
        return fails(CHANGES(flags) && inside(path)) ? -1 : real(path, flags, mode); }
OPENING(open)
OPENING(open64)

static int is_called(int fd, const char *ending) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return strlen(path) > strlen(ending) && !strcmp(path + length - strlen(ending), ending);
}

#define MAPPING(name, offset) \
    void *name(void *at, size_t n, int p, int flags, int fd, offset o) { \
        REAL(name); \
        if (getenv("NO_SHARING") && fd >= 0 && (flags & MAP_SHARED) && is_called(fd, "-shm")) { \
            errno = ENODEV; \
            return MAP_FAILED; } \
        return real(at, n, p, flags, fd, o); }
MAPPING(mmap, off_t)
MAPPING(mmap64, off64_t)

#define LOCKING(name) \
    int name(int fd, int command, ...) { \
        va_list more; va_start(more, command); void *given = va_arg(more, void *); va_end(more); \
        int (*real)(int, int, ...) = dlsym(RTLD_NEXT, #name); \
        if (getenv("NO_LOCKS") && (command == F_SETLK || command == F_SETLKW)) { \
            errno = ENOLCK; \
            return -1; } \
        return real(fd, command, given); }
LOCKING(fcntl)
LOCKING(fcntl64)
