// Deaths at a given place, for tests. No release build has them.
#include "supervisor.h"

#ifdef REFIT_FAIL_POINTS

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void fail_point(const char *name) {
  const char *asked = getenv("REFIT_FAIL_POINT");
  if (asked != NULL && strcmp(asked, name) == 0) kill(getpid(), SIGKILL);
}

#endif
