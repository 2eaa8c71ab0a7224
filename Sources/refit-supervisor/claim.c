// Who may start this attempt: the lock says that a supervisor is alive, the claim that all is decided.
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int lock_take(int directory) {
  int lock = openat(directory, "lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
  if (lock < 0) return -2;
  struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  if (fcntl(lock, F_OFD_SETLK, &whole) == 0) return lock;
  bool held = errno == EAGAIN || errno == EACCES;
  close(lock);
  return held ? -1 : -2;
}

static bool write_durably(int directory, const char *name, const char *text, size_t length) {
  int file = openat(directory, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return false;
  bool whole = write(file, text, length) == (ssize_t)length && fsync(file) == 0;
  return (close(file) == 0) && whole;
}

enum claim claim_make(int directory, const char *token) {
  char boot[64];
  ssize_t length = read_small("/proc/sys/kernel/random/boot_id", boot, sizeof boot);
  if (length <= 0) return CLAIM_FAILED;
  boot[strcspn(boot, "\n")] = '\0';
  struct process self;
  if (!process_read(getpid(), &self)) return CLAIM_FAILED;

  char text[512];
  int size = snprintf(text, sizeof text,
                      "{\"boot_id\":\"%s\",\"pid\":%d,\"start_time\":%llu,\"token\":\"%s\"}\n", boot,
                      (int)self.pid, (unsigned long long)self.start, token);
  if (size < 0 || (size_t)size >= sizeof text) return CLAIM_FAILED;

  char name[64];
  snprintf(name, sizeof name, "claim.%d", (int)self.pid);
  if (!write_durably(directory, name, text, (size_t)size)) {
    unlinkat(directory, name, 0);
    return CLAIM_FAILED;
  }
  int linked = linkat(directory, name, directory, "claim", 0);
  int why = errno;
  unlinkat(directory, name, 0);
  if (linked != 0) return why == EEXIST ? CLAIM_TAKEN : CLAIM_FAILED;
  // A claim that may not survive a crash of the host is withdrawn: nothing was started yet.
  if (fsync(directory) == 0) return CLAIM_MADE;
  unlinkat(directory, "claim", 0);
  return CLAIM_FAILED;
}
