// The first process of a job's own process namespace: sets up the view, starts the job, and takes up all orphans.
// When it is gone the kernel has ended every process of the namespace, which is what makes the end sure.
#include "supervisor.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

// A supervisor that was killed before this process asked to die with it reads no more.
static bool supervisor_is_gone(int status) {
  struct pollfd pipe = {.fd = status};
  return poll(&pipe, 1, 0) != 0 && (pipe.revents & POLLERR) != 0;
}

void init_run(const struct options *options, const struct init *init) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (supervisor_is_gone(init->status)) _exit(127);
  int detail;
  if (!sandbox_enter(options, init->owns_users, init->user, init->group, &detail)) {
    child_fail(init->report, STAGE_SANDBOX, errno, detail);
  }
  pid_t self = getpid();
  pid_t job = fork();
  if (job == 0) become_job(options, init->output, init->report, self);
  if (job < 0) child_fail(init->report, STAGE_PROCESS, errno, 0);
  // The ends of these pipes are the job's.
  close(init->output);
  close(init->report);
  for (;;) {
    int status;
    pid_t ended = waitpid(-1, &status, 0);
    if (ended < 0 && errno == EINTR) continue;
    if (ended < 0) _exit(0);
    if (ended != job) continue;
    struct main_end end = {.status = status};
    // Anything else that has ended is taken note of; anything that has not outlives the main process.
    pid_t more;
    while ((more = waitpid(-1, &status, WNOHANG)) > 0) {
    }
    end.has_strays = more == 0;
    ssize_t ignored = write(init->status, &end, sizeof end);
    (void)ignored;
  }
}
