// A library that tests preload into `refit`: the n-th call of a kind, on files of one directory, fails.
//
//   REFIT_FAULT=write:ENOSPC:3     the third write fails so; `write:ENOSPC:3+` that one and all after it
//   REFIT_FAULT=write:short:3      the third write writes half
//   REFIT_FAULT_UNDER=/project     only files below this directory count
//   REFIT_FAULT_NAMED=refit.db     only files whose path has this in it count
//   REFIT_FAULT_TALLY=/file        how many calls of each kind there were, and how many writes
//                                after the first that failed: written when the program exits
#define _GNU_SOURCE
#include "faults.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { OPEN, READ, WRITE, SYNC, TRUNCATE, RENAME, LINK, SYMLINK, MKDIR, UNLINK, CHMOD, LOCK, KINDS };

static const char *const kind_names[KINDS] = {"open",   "read", "write",   "sync",  "truncate", "rename",
                                              "link", "symlink", "mkdir", "unlink", "chmod",  "lock"};

static const struct {
  const char *name;
  int code;
} errors[] = {{"ENOSPC", ENOSPC}, {"EIO", EIO},     {"EROFS", EROFS},   {"EDQUOT", EDQUOT},
              {"EINTR", EINTR},   {"EMFILE", EMFILE}, {"EACCES", EACCES}, {"EFBIG", EFBIG}};

static struct {
  int kind;
  int code;
  int is_short;
  long first;
  int is_lasting;
  const char *under;
  const char *named;
} fault = {.kind = -1};

static int is_wanted;
static atomic_long calls[KINDS];
// Writes after the first call that was made to fail.
static atomic_long writes_after;
static atomic_bool has_struck;

static void reject(const char *text) {
  fprintf(stderr, "faults: '%s' is no fault\n", text);
  abort();
}

static void parse(const char *text) {
  char kind[16], action[16], rest[4] = "";
  if (sscanf(text, "%15[a-z]:%15[A-Za-z]:%ld%3s", kind, action, &fault.first, rest) < 3) reject(text);
  for (int i = 0; i < KINDS; i++) {
    if (strcmp(kind, kind_names[i]) == 0) fault.kind = i;
  }
  fault.is_short = strcmp(action, "short") == 0;
  for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
    if (strcmp(action, errors[i].name) == 0) fault.code = errors[i].code;
  }
  fault.is_lasting = strcmp(rest, "+") == 0;
  if (fault.kind < 0 || (fault.code == 0 && !fault.is_short)) reject(text);
}

__attribute__((constructor)) static void begin(void) {
  const char *under = getenv("REFIT_FAULT_UNDER");
  // Programs that refit starts inherit the library, and are left alone.
  if (under == NULL || strcmp(program_invocation_short_name, "refit") != 0) return;
  fault.under = under;
  fault.named = getenv("REFIT_FAULT_NAMED");
  const char *text = getenv("REFIT_FAULT");
  if (text != NULL) parse(text);
  is_wanted = 1;
}

__attribute__((destructor)) static void tell(void) {
  const char *path = getenv("REFIT_FAULT_TALLY");
  if (!is_wanted || path == NULL) return;
  is_wanted = 0;
  FILE *file = fopen(path, "we");
  if (file == NULL) return;
  for (int i = 0; i < KINDS; i++) fprintf(file, "%s %ld\n", kind_names[i], atomic_load(&calls[i]));
  fprintf(file, "writes-after %ld\n", atomic_load(&writes_after));
  fclose(file);
}

static int is_meant(const char *path) {
  size_t length = strlen(fault.under);
  return strncmp(path, fault.under, length) == 0 && (path[length] == '/' || path[length] == 0) &&
         (fault.named == NULL || strstr(path + length, fault.named) != NULL);
}

// 0: go on; else the error that the call shall fail with. -1: half of it shall be done.
static int strike(enum kind kind) {
  long number = atomic_fetch_add(&calls[kind], 1) + 1;
  if (kind == WRITE && atomic_load(&has_struck)) atomic_fetch_add(&writes_after, 1);
  if ((int)kind != fault.kind) return 0;
  if (number != fault.first && !(fault.is_lasting && number > fault.first)) return 0;
  atomic_store(&has_struck, 1);
  return fault.is_short ? -1 : fault.code;
}

static int at_path(enum kind kind, const char *path) {
  return is_wanted && path != NULL && is_meant(path) ? strike(kind) : 0;
}

static int at_file(enum kind kind, int file) {
  if (!is_wanted) return 0;
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_meant(path) ? strike(kind) : 0;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define FAIL_AT(kind, where, place)                                                                          \
  do {                                                                                                       \
    int code = at_##where(kind, place);                                                                      \
    if (code > 0) {                                                                                          \
      errno = code;                                                                                          \
      return -1;                                                                                             \
    }                                                                                                        \
  } while (0)

#define MOVE(kind)                                                                           \
  do {                                                                                                       \
    int code = at_file(kind, file);                                                                          \
    if (code > 0) {                                                                                          \
      errno = code;                                                                                          \
      return -1;                                                                                             \
    }                                                                                                        \
    if (code < 0 && count > 1) count /= 2;                                                                   \
  } while (0)

ssize_t write(int file, const void *bytes, size_t count) {
  MOVE(WRITE);
  return NEXT(write)(file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
  MOVE(WRITE);
  return NEXT(pwrite)(file, bytes, count, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
  MOVE(WRITE);
  return NEXT(pwrite64)(file, bytes, count, offset);
}

ssize_t read(int file, void *bytes, size_t count) {
  MOVE(READ);
  return NEXT(read)(file, bytes, count);
}

ssize_t pread(int file, void *bytes, size_t count, off_t offset) {
  MOVE(READ);
  return NEXT(pread)(file, bytes, count, offset);
}

ssize_t pread64(int file, void *bytes, size_t count, off64_t offset) {
  MOVE(READ);
  return NEXT(pread64)(file, bytes, count, offset);
}

int fsync(int file) {
  FAIL_AT(SYNC, file, file);
  return NEXT(fsync)(file);
}

int fdatasync(int file) {
  FAIL_AT(SYNC, file, file);
  return NEXT(fdatasync)(file);
}

int ftruncate(int file, off_t length) {
  FAIL_AT(TRUNCATE, file, file);
  return NEXT(ftruncate)(file, length);
}

int ftruncate64(int file, off64_t length) {
  FAIL_AT(TRUNCATE, file, file);
  return NEXT(ftruncate64)(file, length);
}

int fchmod(int file, mode_t mode) {
  FAIL_AT(CHMOD, file, file);
  return NEXT(fchmod)(file, mode);
}

int chmod(const char *path, mode_t mode) {
  FAIL_AT(CHMOD, path, path);
  return NEXT(chmod)(path, mode);
}

int rename(const char *from, const char *to) {
  FAIL_AT(RENAME, path, to);
  return NEXT(rename)(from, to);
}

int link(const char *from, const char *to) {
  FAIL_AT(LINK, path, to);
  return NEXT(link)(from, to);
}

int symlink(const char *from, const char *to) {
  FAIL_AT(SYMLINK, path, to);
  return NEXT(symlink)(from, to);
}

int mkdir(const char *path, mode_t mode) {
  FAIL_AT(MKDIR, path, path);
  return NEXT(mkdir)(path, mode);
}

char *mkdtemp(char *template) {
  int code = at_path(MKDIR, template);
  if (code > 0) {
    errno = code;
    return NULL;
  }
  return NEXT(mkdtemp)(template);
}

int unlink(const char *path) {
  FAIL_AT(UNLINK, path, path);
  return NEXT(unlink)(path);
}

int rmdir(const char *path) {
  FAIL_AT(UNLINK, path, path);
  return NEXT(rmdir)(path);
}

static mode_t mode_of(int flags, va_list arguments) {
  return flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
}

// Each under its two names: with a suffix it takes large files, which all are here.
#define DEFINE_OPEN(name)                                                                                    \
  int name(const char *path, int flags, ...) {                                                               \
    va_list arguments;                                                                                       \
    va_start(arguments, flags);                                                                              \
    mode_t mode = mode_of(flags, arguments);                                                                 \
    va_end(arguments);                                                                                       \
    FAIL_AT(OPEN, path, path);                                                                               \
    return NEXT(name)(path, flags, mode);                                                                    \
  }

DEFINE_OPEN(open)
DEFINE_OPEN(open64)

// Locks alone.
static int is_lock(int command) {
  return command == F_SETLK || command == F_SETLKW || command == F_OFD_SETLK || command == F_OFD_SETLKW;
}

#define DEFINE_FCNTL(name)                                                                                   \
  int name(int file, int command, ...) {                                                                     \
    va_list arguments;                                                                                       \
    va_start(arguments, command);                                                                            \
    void *argument = va_arg(arguments, void *);                                                              \
    va_end(arguments);                                                                                       \
    if (is_lock(command)) FAIL_AT(LOCK, file, file);                                                         \
    return NEXT(name)(file, command, argument);                                                              \
  }

DEFINE_FCNTL(fcntl)
DEFINE_FCNTL(fcntl64)
