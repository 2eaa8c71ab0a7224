// What /proc says about one process.
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

ssize_t read_small(const char *path, char *buffer, size_t size) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  size_t filled = 0;
  while (filled + 1 < size) {
    ssize_t count = read(file, buffer + filled, size - 1 - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      close(file);
      return -1;
    }
    if (count == 0) break;
    filled += (size_t)count;
  }
  close(file);
  buffer[filled] = '\0';
  return (ssize_t)filled;
}

bool process_read(pid_t pid, struct process *process) {
  char path[32];
  char text[1024];
  snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
  if (read_small(path, text, sizeof text) <= 0) return false;
  // The name stands in parentheses and may hold anything; what follows the last one is numbers.
  char *field = strrchr(text, ')');
  if (field == NULL) return false;
  int parent = 0;
  unsigned long long start = 0;
  long resident_pages = 0;
  int matched = sscanf(field + 1,
                       " %*c %d %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s"
                       " %llu %*s %ld",
                       &parent, &start, &resident_pages);
  if (matched != 3) return false;
  *process = (struct process){
      .pid = pid,
      .parent = parent,
      .start = start,
      .resident_bytes = resident_pages > 0 ? (uint64_t)resident_pages * (uint64_t)sysconf(_SC_PAGESIZE) : 0,
  };
  return true;
}

// Looks for the text; false when the environment can't be read.
static bool search_environment(pid_t pid, const char *text, bool *found, uint64_t *total) {
  char path[32];
  snprintf(path, sizeof path, "/proc/%d/environ", (int)pid);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  size_t length = strlen(text);
  static char buffer[65536];
  size_t filled = 0;
  *found = false;
  *total = 0;
  while (!*found) {
    ssize_t count = read(file, buffer + filled, sizeof buffer - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    *total += (uint64_t)count;
    filled += (size_t)count;
    *found = memmem(buffer, filled, text, length) != NULL;
    size_t kept = filled < length ? filled : length - 1;
    memmove(buffer, buffer + filled - kept, kept);
    filled = kept;
  }
  close(file);
  return true;
}

// Whether so many bytes are all of its environment. While a process executes another program there is a moment
// in which it seems to have none: the kernel sets both ends of the environment to its start, goes through it,
// moves the end, and tells where the code starts only then.
static bool is_whole(pid_t pid, uint64_t total) {
  enum { MEMORY = 23, CODE_START = 26, ENVIRONMENT_START = 50, ENVIRONMENT_END = 51 };
  char path[32];
  char text[2048];
  snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
  if (read_small(path, text, sizeof text) <= 0) return true;
  char *at = strrchr(text, ')');
  uint64_t memory = 0;
  uint64_t code = 0;
  uint64_t start = 0;
  uint64_t end = 0;
  for (int field = 3; at != NULL && field <= ENVIRONMENT_END; field++) {
    at = strchr(at + 1, ' ');
    if (at == NULL) break;
    if (field == MEMORY) memory = strtoull(at, NULL, 10);
    if (field == CODE_START) code = strtoull(at, NULL, 10);
    if (field == ENVIRONMENT_START) start = strtoull(at, NULL, 10);
    if (field == ENVIRONMENT_END) end = strtoull(at, NULL, 10);
  }
  // What has ended, and what belongs to the kernel, has no memory.
  return memory == 0 || (code != 0 && start != 0 && total >= end - start);
}

bool process_environment_holds(pid_t pid, const char *text) {
  // On a busy machine it may lose the processor in that moment, and get it back only after a while.
  enum { TRIES = 2000, PAUSE_NS = 500000 };
  for (int tries = 0; tries < TRIES; tries++) {
    bool found;
    uint64_t total;
    if (!search_environment(pid, text, &found, &total)) return false;
    if (found || is_whole(pid, total)) return found;
    struct timespec pause = {.tv_nsec = PAUSE_NS};
    nanosleep(&pause, NULL);
  }
  return false;
}
