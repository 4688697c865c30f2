/* A disk and a clock that fail on purpose: loaded before the C library, it counts the calls that change files below
 * one folder, and from the k-th on refuses them, refuses only the k-th, ends the process there, or ends it as a power cut
 * would: what was written and not flushed is gone, and so are new names in folders that were not flushed.
 *
 * cc -shared -fPIC -O1 -o failing_disk.so failing_disk.c -ldl; then LD_PRELOAD, and disk_fails() once the process is
 * to meet its fault. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { NEVER, ONCE, FROM_THEN_ON, KILL, KILL_HALF_WRITTEN, POWER_CUT };
enum { MOST = 4096 };

static char below[PATH_MAX];
static int mode = NEVER, refusal = 0;
static long fatal = 0;
static atomic_long calls = 0;
static long clock_shift = 0;

/* The k-th call below this folder fails with this error; 0 for k only counts. */
void disk_fails(const char *folder, long k, int how, int number) {
  snprintf(below, sizeof below, "%s", folder);
  calls = 0;
  fatal = k;
  refusal = number;
  mode = how;
}

/* How many calls were counted. */
long disk_calls(void) { return calls; }

/* From now on every second look at the time of day is so many seconds off. */
void clock_jumps(long seconds) { clock_shift = seconds; }

static int is_below(const char *path) {
  char whole[PATH_MAX];
  if (!below[0] || !path) return 0;
  if (path[0] != '/') {
    char here[PATH_MAX];
    if (!getcwd(here, sizeof here)) return 0;
    if ((size_t)snprintf(whole, sizeof whole, "%s/%s", here, path) >= sizeof whole) return 0;
    path = whole;
  }
  return strncmp(path, below, strlen(below)) == 0;
}

static int is_open_below(int descriptor) {
  char name[64], path[PATH_MAX];
  if (!below[0]) return 0;
  snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(name, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strncmp(path, below, strlen(below)) == 0;
}

#define REAL(result, name, ...) \
  static result (*real)(__VA_ARGS__); \
  if (!real) real = dlsym(RTLD_NEXT, name)

/* Files that hold more than the disk has confirmed, and how much of each it has. */
static struct { dev_t device; ino_t file; off_t confirmed; } unsure[MOST];
/* Names that were given in folders that were not flushed since. */
static struct { char from[PATH_MAX], to[PATH_MAX]; } renamed[MOST];
static int unsures = 0, renames = 0;
static atomic_flag busy = ATOMIC_FLAG_INIT;

static void enter(void) { while (atomic_flag_test_and_set(&busy)) usleep(10); }
static void leave(void) { atomic_flag_clear(&busy); }

static int place_of(const struct stat *file) {
  for (int i = 0; i < unsures; i++) if (unsure[i].file == file->st_ino && unsure[i].device == file->st_dev) return i;
  return -1;
}

/* Before something is written: from here on the disk may lose what follows the size it has now. */
static void is_written(int descriptor) {
  struct stat file;
  if (mode != POWER_CUT || fstat(descriptor, &file)) return;
  enter();
  if (place_of(&file) < 0 && unsures < MOST) {
    unsure[unsures].device = file.st_dev;
    unsure[unsures].file = file.st_ino;
    unsure[unsures++].confirmed = file.st_size;
  }
  leave();
}

/* A file or folder is flushed: what was written to it stays, and so do the names in it. */
static void is_flushed(int descriptor) {
  struct stat file;
  char name[64], path[PATH_MAX];
  if (mode != POWER_CUT || fstat(descriptor, &file)) return;
  snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(name, path, sizeof path - 1);
  enter();
  int at = place_of(&file);
  if (at >= 0) unsure[at] = unsure[--unsures];
  for (int i = 0; length > 0 && S_ISDIR(file.st_mode) && i < renames; i++)
    if (!strncmp(renamed[i].to, path, length) && renamed[i].to[length] == '/' && !strchr(renamed[i].to + length + 1, '/'))
      renamed[i--] = renamed[--renames];
  leave();
}

static void is_renamed(const char *from, const char *to, int was_there) {
  if (mode != POWER_CUT || was_there) return; /* where it took another's place, the disk may well have it */
  enter();
  if (renames < MOST) {
    snprintf(renamed[renames].from, PATH_MAX, "%s", from);
    snprintf(renamed[renames++].to, PATH_MAX, "%s", to);
  }
  leave();
}

static int is_lost(const char *path, const struct stat *file, int kind, struct FTW *where) {
  (void)where;
  int at = kind == FTW_F ? place_of(file) : -1;
  if (at >= 0 && truncate(path, unsure[at].confirmed)) perror(path);
  return 0;
}

/* What a disk forgets that had confirmed no more than it was asked to. */
void disk_forgets(void) {
  REAL(int, "rename", const char *, const char *);
  enter();
  nftw(below, is_lost, 16, FTW_PHYS);
  while (renames--) real(renamed[renames].to, renamed[renames].from);
  unsures = renames = 0;
  leave();
}

/* Whether this call is to fail; only a write can be cut off half-way, any other call is where the process ends. */
static int fails(int is_write) {
  long now = atomic_fetch_add(&calls, 1) + 1;
  if (mode == NEVER || now < fatal || (mode != FROM_THEN_ON && now != fatal)) return 0;
  if (mode == KILL || (mode == KILL_HALF_WRITTEN && !is_write)) raise(SIGKILL);
  if (mode == POWER_CUT) {
    disk_forgets();
    raise(SIGKILL);
  }
  errno = refusal;
  return 1;
}

static ssize_t cut_off(int descriptor, const void *data, size_t size, off_t at, int has_place) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off_t);
  static ssize_t (*plain)(int, const void *, size_t);
  if (!plain) plain = dlsym(RTLD_NEXT, "write");
  if (has_place) real(descriptor, data, size / 2, at);
  else plain(descriptor, data, size / 2);
  raise(SIGKILL);
  return -1;
}

ssize_t write(int descriptor, const void *data, size_t size) {
  REAL(ssize_t, "write", int, const void *, size_t);
  if (is_open_below(descriptor) && fails(1)) {
    if (mode == KILL_HALF_WRITTEN) return cut_off(descriptor, data, size, 0, 0);
    return -1;
  }
  if (is_open_below(descriptor)) is_written(descriptor);
  return real(descriptor, data, size);
}

ssize_t pwrite64(int descriptor, const void *data, size_t size, off_t at) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off_t);
  if (is_open_below(descriptor) && fails(1)) {
    if (mode == KILL_HALF_WRITTEN) return cut_off(descriptor, data, size, at, 1);
    return -1;
  }
  if (is_open_below(descriptor)) is_written(descriptor);
  return real(descriptor, data, size, at);
}

ssize_t pwrite(int descriptor, const void *data, size_t size, off_t at) { return pwrite64(descriptor, data, size, at); }

#define ON_DESCRIPTOR(name) \
  int name(int descriptor) { \
    REAL(int, #name, int); \
    if (is_open_below(descriptor) && fails(0)) { \
      return -1; \
    } \
    int found = real(descriptor); \
    if (!found && is_open_below(descriptor)) is_flushed(descriptor); \
    return found; \
  }

ON_DESCRIPTOR(fsync)
ON_DESCRIPTOR(fdatasync)

#define ON_PATHS(name) \
  int name(const char *from, const char *to) { \
    REAL(int, #name, const char *, const char *); \
    if (is_below(to) && fails(0)) { \
      return -1; \
    } \
    int was_there = !access(to, F_OK), found = real(from, to); \
    if (!found && is_below(to)) is_renamed(from, to, was_there); \
    return found; \
  }

ON_PATHS(rename)

int mkdir(const char *path, mode_t rights) {
  REAL(int, "mkdir", const char *, mode_t);
  if (is_below(path) && fails(0)) return -1;
  return real(path, rights);
}

int unlink(const char *path) {
  REAL(int, "unlink", const char *);
  if (is_below(path) && fails(0)) return -1;
  return real(path);
}

#define OPENS(name) \
  int name(const char *path, int how, ...) { \
    REAL(int, #name, const char *, int, ...); \
    va_list more; \
    va_start(more, how); \
    mode_t rights = va_arg(more, mode_t); \
    va_end(more); \
    if ((how & (O_CREAT | O_WRONLY | O_RDWR)) && is_below(path) && fails(0)) { \
      return -1; \
    } \
    return real(path, how, rights); \
  }

OPENS(open)
OPENS(open64)

int clock_gettime(clockid_t which, struct timespec *now) {
  REAL(int, "clock_gettime", clockid_t, struct timespec *);
  static atomic_long looks = 0;
  int found = real(which, now);
  if (which == CLOCK_REALTIME && clock_shift && atomic_fetch_add(&looks, 1) % 2) now->tv_sec += clock_shift;
  return found;
}
