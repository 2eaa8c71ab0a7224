// refit-supervisor: runs one attempt of a job, keeps its log, ends its whole tree, and leaves a record of how
// it ended.
//
//   refit-supervisor --directory DIR --token HEX --timeout-ms N --grace-ms N --log-cap-bytes N --cwd PATH
//                    [--memory-bytes N] [--wake PATH] [--secret-bytes N]
//                    [--sandbox auto|required [--tmp DIR] [VIEW]...] -- COMMAND [ARGUMENT]...
//   refit-supervisor --sweep HEX     kills what a dead supervisor left; status 0 when nothing is left, else 1
//
// Its own environment is the job's, and holds REFIT_TOKEN=HEX. In the directory it keeps `lock` locked for as
// long as it lives, makes `claim` before it starts the command, fills `log`, watches for `cancel`, and writes
// `exit.json` once nothing of the tree is left, before the lock goes. The N bytes of --secret-bytes come over
// standard input: secrets, each ended by a NUL. They never reach the log, unless they are shorter than four
// bytes, and are taken out of what the job has left.
//
// With --sandbox the job runs in namespaces of its own: its processes can't outlive it, it has a /tmp of its own (on
// the disk of --tmp, else of the attempt's directory), and each VIEW is a difference in what it sees of the files, in
// this order: --read-only PATH, --empty PATH, then in what is empty --show PATH and --write PATH, then --mask PATH,
// and --cover PATH --with FILE.
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { TRIES_TO_RECORD = 60 };

// Leaves the caller's session and closes all that was inherited; the standard descriptors are /dev/null.
static bool detach(void) {
  setsid();
  int null = open("/dev/null", O_RDWR);
  if (null < 0) return false;
  for (int descriptor = 0; descriptor < 3; descriptor++) {
    if (null != descriptor && dup2(null, descriptor) < 0) return false;
  }
  return close_range(3, ~0U, 0) == 0;
}

// The end of an attempt must be told even when the disk is full for a while.
static void write_record(const struct record *record, int directory) {
  for (int tries = 0; !record_write(record, directory) && tries < TRIES_TO_RECORD; tries++) {
    struct timespec second = {.tv_sec = 1};
    nanosleep(&second, NULL);
  }
}

static void wake(const char *path) {
  if (path == NULL) return;
  int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0600);
  if (file < 0) return;
  futimens(file, NULL);
  close(file);
}

int main(int argc, char **argv) {
  const char *swept;
  if (argc == 3 && strcmp(argv[1], "--sweep") == 0) {
    if (!token_read(argv[2], &swept)) return STATUS_USAGE;
    return tree_sweep(swept) ? STATUS_DONE : STATUS_SOMETHING_LEFT;
  }
  struct options options;
  if (!options_read(&options, argc, argv)) return STATUS_USAGE;
  if (!secrets_read(&options)) return STATUS_SYSTEM;
  if (!detach()) return STATUS_SYSTEM;
  int directory = open(options.directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return STATUS_SYSTEM;

  int lock = lock_take(directory);
  if (lock == -1) return STATUS_ANOTHER_AT_WORK;
  if (lock < 0) return STATUS_SYSTEM;
  fail_point("locked");
  if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) return STATUS_SYSTEM;
  switch (claim_make(directory, options.token)) {
  case CLAIM_MADE: break;
  case CLAIM_TAKEN: return STATUS_ALREADY_CLAIMED;
  case CLAIM_FAILED: return STATUS_SYSTEM;
  }
  fail_point("claimed");

  if (options.sandbox != SANDBOX_NONE) tmp_take(&options);
  struct record record;
  supervise(&options, directory, lock, &record);
  leaks_hide(&options, directory, &record.leaks);
  tmp_clear(&options);
  fail_point("ended");
  write_record(&record, directory);
  fail_point("recorded");
  close(lock);
  wake(options.wake);
  return STATUS_DONE;
}
