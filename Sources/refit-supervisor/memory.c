// How much memory the tree holds, cheaply enough for ten times a second.
#include "supervisor.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct pids {
  pid_t *list;
  size_t count;
  size_t capacity;
};

static void add(struct pids *pids, pid_t pid) {
  if (pids->count == pids->capacity) {
    size_t capacity = pids->capacity == 0 ? 64 : pids->capacity * 2;
    pid_t *grown = realloc(pids->list, capacity * sizeof *grown);
    if (grown == NULL) return;
    pids->list = grown;
    pids->capacity = capacity;
  }
  pids->list[pids->count++] = pid;
}

// Adds the children of one thread; false where the kernel does not list them.
static bool add_children(struct pids *pids, pid_t pid, const char *thread) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/task/%.16s/children", (int)pid, thread);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return errno != ENOENT || pid != getpid();
  char text[4096];
  ssize_t count;
  pid_t child = 0;
  while ((count = read(file, text, sizeof text)) > 0) {
    for (ssize_t index = 0; index < count; index++) {
      if (isdigit((unsigned char)text[index])) {
        child = child * 10 + (text[index] - '0');
      } else if (child != 0) {
        add(pids, child);
        child = 0;
      }
    }
  }
  close(file);
  return true;
}

static bool add_children_of_all_threads(struct pids *pids, pid_t pid) {
  char path[32];
  snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
  DIR *threads = opendir(path);
  if (threads == NULL) return true;
  bool listed = true;
  struct dirent *thread;
  while (listed && (thread = readdir(threads)) != NULL) {
    if (isdigit((unsigned char)thread->d_name[0])) listed = add_children(pids, pid, thread->d_name);
  }
  closedir(threads);
  return listed;
}

static int by_number(const void *left, const void *right) {
  pid_t a = *(const pid_t *)left;
  pid_t b = *(const pid_t *)right;
  return (a > b) - (a < b);
}

// Every descendant once. Asks the kernel for children where it lists them, which costs what the tree is large
// and not what the machine is.
static void find_descendants(struct pids *pids, struct tree *tree) {
  pids->count = 0;
  if (!add_children_of_all_threads(pids, getpid())) {
    tree_scan(tree, NULL);
    for (size_t index = 0; index < tree->count; index++) add(pids, tree->processes[index].pid);
    return;
  }
  enum { MORE_THAN_ANY_MACHINE_HAS = 1 << 22 };
  for (size_t index = 0; index < pids->count && pids->count < MORE_THAN_ANY_MACHINE_HAS; index++) {
    add_children_of_all_threads(pids, pids->list[index]);
  }
  if (pids->count == 0) return;
  // A process that moves to another parent during the walk is met twice.
  qsort(pids->list, pids->count, sizeof *pids->list, by_number);
  size_t kept = 1;
  for (size_t index = 1; index < pids->count; index++) {
    if (pids->list[index] != pids->list[kept - 1]) pids->list[kept++] = pids->list[index];
  }
  pids->count = kept;
}

static uint64_t resident_bytes(pid_t pid) {
  char path[32];
  char text[128];
  unsigned long long pages = 0;
  snprintf(path, sizeof path, "/proc/%d/statm", (int)pid);
  if (read_small(path, text, sizeof text) <= 0 || sscanf(text, "%*s %llu", &pages) != 1) return 0;
  return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

// Resident memory with each shared page divided among those who share it: forked workers don't count the data
// that they share again and again.
static uint64_t proportional_bytes(pid_t pid) {
  char path[40];
  char text[2048];
  unsigned long long kibibytes = 0;
  snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)pid);
  if (read_small(path, text, sizeof text) <= 0) return resident_bytes(pid);
  const char *line = strstr(text, "\nPss:");
  if (line == NULL || sscanf(line, "\nPss: %llu", &kibibytes) != 1) return resident_bytes(pid);
  return kibibytes * 1024;
}

bool memory_is_over(struct memory *memory, int64_t now_ms) {
  static struct pids pids;
  find_descendants(&pids, &memory->tree);
  uint64_t sum = 0;
  for (size_t index = 0; index < pids.count; index++) sum += resident_bytes(pids.list[index]);
  if (sum <= memory->limit_bytes) {
    if (sum > memory->peak_bytes) memory->peak_bytes = sum;
    return false;
  }
  // The exact figure walks page tables: spend a tenth of the time on it at most.
  if (now_ms < memory->exact_not_before_ms) return false;
  uint64_t exact = 0;
  for (size_t index = 0; index < pids.count; index++) exact += proportional_bytes(pids.list[index]);
  int64_t after = monotonic_ms();
  memory->exact_not_before_ms = after + 10 * (after - now_ms);
  if (exact > memory->peak_bytes) memory->peak_bytes = exact;
  return exact > memory->limit_bytes;
}
