// The job's tree of processes: finding all of it, and signalling nothing else.
#include "supervisor.h"

#include <ctype.h>
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/pidfd.h>
#include <time.h>
#include <unistd.h>

static bool append(struct tree *tree, const struct process *process) {
  if (tree->count == tree->capacity) {
    size_t capacity = tree->capacity == 0 ? 256 : tree->capacity * 2;
    struct process *grown = realloc(tree->processes, capacity * sizeof *grown);
    if (grown == NULL) return false;
    tree->processes = grown;
    tree->capacity = capacity;
  }
  tree->processes[tree->count++] = *process;
  return true;
}

static int by_pid(const void *left, const void *right) {
  pid_t a = ((const struct process *)left)->pid;
  pid_t b = ((const struct process *)right)->pid;
  return (a > b) - (a < b);
}

static struct process *find(const struct tree *tree, pid_t pid) {
  struct process key = {.pid = pid};
  return bsearch(&key, tree->processes, tree->count, sizeof key, by_pid);
}

static void read_all(struct tree *tree) {
  tree->count = 0;
  DIR *proc = opendir("/proc");
  if (proc == NULL) return;
  struct dirent *entry;
  while ((entry = readdir(proc)) != NULL) {
    if (!isdigit((unsigned char)entry->d_name[0])) continue;
    struct process process;
    if (process_read((pid_t)atoi(entry->d_name), &process) && !append(tree, &process)) break;
  }
  closedir(proc);
  qsort(tree->processes, tree->count, sizeof *tree->processes, by_pid);
}

enum { OURS = -1, FOREIGN = -2 };

// Climbs to a process whose side is known, then leaves that verdict in `parent` all the way up, so that each
// process is climbed past once.
static bool is_descendant(const struct tree *tree, struct process *process, pid_t self) {
  struct process *at = process;
  pid_t verdict = FOREIGN;
  for (size_t steps = 0; steps <= tree->count; steps++) {
    if (at->parent < 0) { verdict = at->parent; break; }
    if (at->parent == self) { verdict = OURS; break; }
    struct process *above = find(tree, at->parent);
    if (above == NULL || above == at) break;
    at = above;
  }
  at = process;
  while (at != NULL && at->parent >= 0) {
    pid_t above = at->parent;
    at->parent = verdict;
    at = above == self ? NULL : find(tree, above);
  }
  return verdict == OURS;
}

void tree_scan(struct tree *tree, const char *token) {
  pid_t self = getpid();
  char carried[160] = "";
  if (token != NULL) snprintf(carried, sizeof carried, "REFIT_TOKEN=%s", token);
  read_all(tree);
  for (size_t index = 0; index < tree->count; index++) {
    if (tree->processes[index].pid != self) is_descendant(tree, &tree->processes[index], self);
  }
  size_t kept = 0;
  for (size_t index = 0; index < tree->count; index++) {
    struct process *process = &tree->processes[index];
    if (process->pid == self) continue;
    if (process->parent == OURS ||
        (token != NULL && process_environment_holds(process->pid, carried))) {
      tree->processes[kept++] = *process;
    }
  }
  tree->count = kept;
}

void tree_signal(const struct tree *tree, int signal, pid_t spared) {
  for (size_t index = 0; index < tree->count; index++) {
    const struct process *process = &tree->processes[index];
    if (process->pid == spared) continue;
    int handle = pidfd_open(process->pid, 0);
    if (handle < 0) continue;
    // The pid may have gone to a stranger since the scan; the handle can't any more.
    struct process now;
    if (process_read(process->pid, &now) && now.start == process->start) {
      pidfd_send_signal(handle, signal, NULL, 0);
      // A stopped process acts on TERM only once it goes on.
      if (signal == SIGTERM) pidfd_send_signal(handle, SIGCONT, NULL, 0);
    }
    close(handle);
  }
}

bool tree_sweep(const char *token) {
  // A look goes through the processes by number: one that is born meanwhile with a number already passed is only
  // seen by the next.
  enum { ROUNDS = 30, EMPTY_LOOKS = 2, PAUSE_NS = 10000000 };
  struct tree tree = {0};
  int empty_looks = 0;
  for (int round = 0; round < ROUNDS; round++) {
    tree_scan(&tree, token);
    empty_looks = tree.count == 0 ? empty_looks + 1 : 0;
    if (empty_looks == EMPTY_LOOKS) break;
    tree_signal(&tree, SIGKILL, 0);
    struct timespec pause = {.tv_nsec = PAUSE_NS};
    nanosleep(&pause, NULL);
  }
  free(tree.processes);
  return empty_looks == EMPTY_LOOKS;
}
