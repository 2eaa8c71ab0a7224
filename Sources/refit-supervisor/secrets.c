// The secrets of the job, which must stand neither on a command line nor in a file.
#include "supervisor.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

bool secrets_read(struct options *options) {
  size_t size = (size_t)options->secret_bytes;
  if (size == 0) return true;
  char *secrets = malloc(size);
  if (secrets == NULL) return false;
  size_t filled = 0;
  while (filled < size) {
    ssize_t count = read(STDIN_FILENO, secrets + filled, size - filled);
    if (count < 0 && errno == EINTR) continue;
    // A job whose secrets are not all known would print the rest: better that it does not start.
    if (count <= 0) return false;
    filled += (size_t)count;
  }
  options->secrets = secrets;
  return secrets[size - 1] == '\0';
}
