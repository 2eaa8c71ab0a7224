// What the job finds as /tmp: a directory of its own on a disk, for what a training spills may not fit in memory.
// As many as there are attempts at once serve all attempts in turn: to make one for each would cost more than the
// rest of the sandbox.
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_SLOTS = 4096 };

// Opens and locks one; -1 when another has it, -2 when it can't be had. The first process of the namespace keeps it
// locked, too.
static int take(int parent, const char *name) {
  if (mkdirat(parent, name, 0700) != 0 && errno != EEXIST) return -2;
  int slot = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (slot < 0) return -2;
  if (flock(slot, LOCK_EX | LOCK_NB) == 0) return slot;
  bool taken = errno == EWOULDBLOCK;
  close(slot);
  return taken ? -1 : -2;
}

void tmp_take(struct options *options) {
  static char path[PATH_MAX];
  const char *where = options->tmp_parent != NULL ? options->tmp_parent : options->directory;
  // Without it the sandbox can't be set up, which is told as such.
  options->tmp = "";
  options->tmp_slot = -1;
  if (mkdir(where, 0700) != 0 && errno != EEXIST) return;
  int parent = open(where, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (parent < 0) return;
  int slot = -1;
  for (int number = 0; slot == -1 && number < MOST_SLOTS; number++) {
    char name[32];
    snprintf(name, sizeof name, "tmp.%d", number);
    slot = take(parent, name);
    int length = snprintf(path, sizeof path, "%s/%s", where, name);
    if (length < 0 || (size_t)length >= sizeof path) slot = -2;
  }
  close(parent);
  if (slot < 0) return;
  options->tmp = path;
  options->tmp_slot = slot;
  // A supervisor that was killed has left what was in it.
  tmp_clear(options);
  fchmod(slot, 01777);
}

void tmp_clear(const struct options *options) {
  if (options->tmp != NULL && options->tmp[0] != '\0') remove_contents(AT_FDCWD, options->tmp);
}
