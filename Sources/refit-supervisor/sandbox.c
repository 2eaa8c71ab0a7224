// The job's own view of the machine: namespaces of mounts and processes, made without another program. All is
// done in the first process of the new process namespace, before the job is forked from it.
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

pid_t sandbox_fork(bool *owns_users) {
  unsigned long flags = CLONE_NEWPID | CLONE_NEWNS | SIGCHLD;
  *owns_users = geteuid() != 0;
  if (!*owns_users) {
    pid_t pid = (pid_t)syscall(SYS_clone, flags, NULL, NULL, NULL, 0UL);
    // Root in a container may not, unless it is root of a user namespace of its own.
    if (pid >= 0 || errno != EPERM) return pid;
    *owns_users = true;
  }
  return (pid_t)syscall(SYS_clone, flags | CLONE_NEWUSER, NULL, NULL, NULL, 0UL);
}

static bool write_text(const char *path, const char *text) {
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  bool whole = write(file, text, strlen(text)) == (ssize_t)strlen(text);
  int code = errno;
  close(file);
  errno = code;
  return whole;
}

// Within its own user namespace a process stays who it was.
static bool map_self(uid_t user, gid_t group) {
  char text[64];
  snprintf(text, sizeof text, "%u %u 1\n", (unsigned)user, (unsigned)user);
  if (!write_text("/proc/self/setgroups", "deny") || !write_text("/proc/self/uid_map", text)) return false;
  snprintf(text, sizeof text, "%u %u 1\n", (unsigned)group, (unsigned)group);
  return write_text("/proc/self/gid_map", text);
}

// A copy of the tree at a path, as it is now; whatever is mounted over the path later does not change it.
static int copy_of(const char *path) {
  return open_tree(AT_FDCWD, path, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);
}

static bool restrict_mount(int tree, uint64_t attributes) {
  struct mount_attr change = {.attr_set = attributes};
  return mount_setattr(tree, "", AT_EMPTY_PATH | AT_RECURSIVE, &change, sizeof change) == 0;
}

// Puts a copy over the file or directory that the path leads to, and closes it.
static bool put(int tree, const char *path) {
  int target = open(path, O_PATH | O_CLOEXEC);
  bool done = target >= 0 && move_mount(tree, "", target, "",
                                        MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH) == 0;
  int code = errno;
  if (target >= 0) close(target);
  close(tree);
  errno = code;
  return done;
}

// Makes sure that there is something to put a copy of this kind over.
static bool make_target(const char *path, bool is_directory) {
  struct stat there;
  if (stat(path, &there) == 0) return true;
  char *copy = strdup(path);
  if (copy == NULL) return false;
  bool made = true;
  for (char *slash = strchr(copy + 1, '/'); slash != NULL && made; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    made = mkdir(copy, 0755) == 0 || errno == EEXIST;
    *slash = '/';
  }
  free(copy);
  if (!made) return false;
  if (is_directory) return mkdir(path, 0755) == 0 || errno == EEXIST;
  int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (file >= 0) close(file);
  return file >= 0;
}

static bool put_copy(int tree, const char *path, uint64_t attributes) {
  struct stat source;
  if (fstat(tree, &source) != 0 || !make_target(path, S_ISDIR(source.st_mode)) ||
      (attributes != 0 && !restrict_mount(tree, attributes))) {
    int code = errno;
    close(tree);
    errno = code;
    return false;
  }
  return put(tree, path);
}

static bool put_empty(const char *path, const char *mode) {
  return mount("tmpfs", path, "tmpfs", MS_NOSUID | MS_NODEV, mode) == 0;
}

static bool close_empty(const char *path) {
  struct mount_attr change = {.attr_set = MOUNT_ATTR_RDONLY};
  return mount_setattr(AT_FDCWD, path, 0, &change, sizeof change) == 0;
}

// A device that may not be opened is "permission denied", also to root: better than a file that seems empty.
static bool mask(const char *path) {
  struct stat there;
  if (stat(path, &there) != 0) return errno == ENOENT;
  if (S_ISDIR(there.st_mode)) return put_empty(path, "size=4k,mode=0") && close_empty(path);
  int null = copy_of("/dev/null");
  return null >= 0 && put_copy(null, path, MOUNT_ATTR_NODEV);
}

static bool apply(const struct place *place, int tree) {
  switch (place->view) {
  case VIEW_READ_ONLY: case VIEW_SHOW: return put_copy(tree, place->path, MOUNT_ATTR_RDONLY);
  case VIEW_WRITE: return put_copy(tree, place->path, 0);
  case VIEW_EMPTY: return make_target(place->path, true) && put_empty(place->path, "size=1m,mode=0755");
  case VIEW_MASK: return mask(place->path);
  case VIEW_COVER: return put_copy(tree, place->path, MOUNT_ATTR_RDONLY);
  }
  return false;
}

static int source_of(const struct place *place) {
  switch (place->view) {
  case VIEW_READ_ONLY: case VIEW_SHOW: case VIEW_WRITE: return copy_of(place->path);
  case VIEW_COVER: return copy_of(place->with);
  case VIEW_EMPTY: case VIEW_MASK: return -1;
  }
  return -1;
}

static bool has_source(const struct place *place) {
  return place->view != VIEW_EMPTY && place->view != VIEW_MASK;
}

// A copy is a descriptor. Returns the limit as it was.
static struct rlimit allow_descriptors(void) {
  struct rlimit before = {0};
  getrlimit(RLIMIT_NOFILE, &before);
  struct rlimit most = {.rlim_cur = before.rlim_max, .rlim_max = before.rlim_max};
  setrlimit(RLIMIT_NOFILE, &most);
  return before;
}

// All copies are taken before anything is covered: what is shown may lie in what is not.
static bool arrange(const struct options *options, int *detail) {
  int *trees = calloc(options->place_count + 1, sizeof *trees);
  if (trees == NULL) return false;
  struct rlimit before = allow_descriptors();
  for (size_t index = 0; index < options->place_count; index++) {
    *detail = (int)index;
    if (!has_source(&options->places[index])) continue;
    trees[index] = source_of(&options->places[index]);
    if (trees[index] < 0) return false;
  }
  *detail = SANDBOX_TMP;
  int tmp = copy_of(options->tmp);
  if (tmp < 0 || !put(tmp, "/tmp")) return false;
  for (size_t index = 0; index < options->place_count; index++) {
    *detail = (int)index;
    if (!apply(&options->places[index], trees[index])) return false;
  }
  for (size_t index = 0; index < options->place_count; index++) {
    *detail = (int)index;
    const struct place *place = &options->places[index];
    if (place->view == VIEW_EMPTY && !close_empty(place->path)) return false;
  }
  free(trees);
  return setrlimit(RLIMIT_NOFILE, &before) == 0;
}

// What of /proc belongs to the machine: root needs no capability to write there.
static bool protect_machine(void) {
  static const char *const places[] = {"/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus"};
  for (size_t index = 0; index < sizeof places / sizeof *places; index++) {
    int tree = copy_of(places[index]);
    if (tree < 0) {
      if (errno == ENOENT) continue;
      return false;
    }
    if (!put_copy(tree, places[index], MOUNT_ATTR_RDONLY)) return false;
  }
  return true;
}

// What a job of root keeps: to handle files and processes, and nothing that leads out of its namespaces or could
// take the view apart.
static const uint64_t kept_by_root =
    1ULL << CAP_CHOWN | 1ULL << CAP_DAC_OVERRIDE | 1ULL << CAP_FOWNER | 1ULL << CAP_FSETID | 1ULL << CAP_KILL |
    1ULL << CAP_SETGID | 1ULL << CAP_SETUID | 1ULL << CAP_NET_BIND_SERVICE | 1ULL << CAP_NET_RAW |
    1ULL << CAP_IPC_LOCK | 1ULL << CAP_SYS_NICE | 1ULL << CAP_SYS_RESOURCE;

static bool drop_capabilities(uint64_t kept) {
  for (int capability = 0; capability < 64; capability++) {
    if (kept >> capability & 1) continue;
    if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0) continue;
    // Beyond the last one that the kernel knows.
    if (errno == EINVAL) break;
    return false;
  }
  prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct data[2];
  if (syscall(SYS_capget, &header, data) != 0) return false;
  for (int word = 0; word < 2; word++) {
    uint32_t mask = (uint32_t)(kept >> 32 * word);
    data[word].permitted &= mask;
    data[word].effective &= mask;
    data[word].inheritable = 0;
  }
  return syscall(SYS_capset, &header, data) == 0;
}

bool sandbox_enter(const struct options *options, bool owns_users, uid_t user, gid_t group, int *detail) {
  *detail = SANDBOX_USERS;
  if (owns_users && !map_self(user, group)) return false;
  *detail = SANDBOX_MOUNTS;
  if (mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) != 0) return false;
  if (!arrange(options, detail)) return false;
  *detail = SANDBOX_PROC;
  if (mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) != 0) return false;
  if (!owns_users && !protect_machine()) return false;
  *detail = SANDBOX_PRIVILEGES;
  if (!drop_capabilities(owns_users ? 0 : kept_by_root)) return false;
  // Nothing that the job executes gains rights, and none of its processes may look into this one.
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

const char *sandbox_failure(const struct options *options, int detail) {
  switch (detail) {
  case SANDBOX_CLONE: return "new namespaces";
  case SANDBOX_USERS: return "its user namespace";
  case SANDBOX_MOUNTS: return "its mount namespace";
  case SANDBOX_TMP: return "its own /tmp";
  case SANDBOX_PROC: return "its own /proc";
  case SANDBOX_PRIVILEGES: return "giving up privileges";
  }
  bool known = detail >= 0 && (size_t)detail < options->place_count;
  return known ? options->places[detail].path : "its view of the files";
}
