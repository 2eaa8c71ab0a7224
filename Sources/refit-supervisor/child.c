// The job's main process, from fork to exec.
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { BUSY_TRIES = 50, BUSY_PAUSE_NS = 5000000, LAST_SIGNAL = 64 };

void child_fail(int report, enum stage stage, int code, int detail) {
  struct start_failure failure = {.stage = stage, .code = code, .detail = detail};
  ssize_t ignored = write(report, &failure, sizeof failure);
  (void)ignored;
  _exit(127);
}

static void fail(int report, enum stage stage, int code) { child_fail(report, stage, code, 0); }

// Executes this one file; comes back, with errno, only when the next place may be looked at.
static void try_file(int report, const char *path, char **argv) {
  execve(path, argv, environ);
  // Another process that was just forked may for a moment still hold the file open for writing.
  for (int tries = 0; errno == ETXTBSY && tries < BUSY_TRIES; tries++) {
    struct timespec pause = {.tv_nsec = BUSY_PAUSE_NS};
    nanosleep(&pause, NULL);
    execve(path, argv, environ);
  }
  int code = errno;
  struct stat file;
  bool exists = stat(path, &file) == 0;
  if (exists && S_ISDIR(file.st_mode)) code = EISDIR;
  if (exists && code == ENOENT) fail(report, STAGE_INTERPRETER, code);
  bool elsewhere =
      code == ENOENT || code == ENOTDIR || code == EACCES || code == EISDIR || code == ENAMETOOLONG;
  if (!elsewhere) fail(report, STAGE_EXECUTE, code);
  errno = code;
}

// As execvp searches, but never hands a file without an interpreter to a shell: argv is taken as written.
static void execute(int report, char **argv) {
  if (strchr(argv[0], '/') != NULL) {
    try_file(report, argv[0], argv);
    fail(report, STAGE_EXECUTE, errno);
  }
  const char *place = NULL;
  for (char **entry = environ; *entry != NULL && place == NULL; entry++) {
    if (strncmp(*entry, "PATH=", 5) == 0) place = *entry + 5;
  }
  if (place == NULL) place = "/usr/local/bin:/usr/bin:/bin";
  int code = ENOENT;
  while (*argv[0] != '\0') {
    size_t length = strcspn(place, ":");
    char path[PATH_MAX];
    // An empty entry of PATH is the working directory.
    int size = length == 0 ? snprintf(path, sizeof path, "./%s", argv[0])
                           : snprintf(path, sizeof path, "%.*s/%s", (int)length, place, argv[0]);
    if (size > 0 && (size_t)size < sizeof path) {
      try_file(report, path, argv);
      if (errno == EACCES || errno == EISDIR) code = errno;
    }
    if (place[length] == '\0') break;
    place += length + 1;
  }
  fail(report, STAGE_EXECUTE, code);
}

// Core files of a training job fill disks, and a program that closes every descriptor there could be takes minutes
// where their number has no bound.
static void limit_resources(void) {
  enum { MOST_FILES = 65536 };
  struct rlimit limit = {0};
  setrlimit(RLIMIT_CORE, &limit);
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur <= MOST_FILES) return;
  limit.rlim_cur = MOST_FILES;
  setrlimit(RLIMIT_NOFILE, &limit);
}

void become_job(const struct options *options, int output, int report, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(127);
  setsid();
  // What the caller ignored stays ignored through exec, unless it is put back. The C library refuses to touch
  // two signals that it keeps for itself and that posix_spawn leaves ignored, so the kernel is asked; zeros
  // are SIG_DFL.
  static const uint64_t standard[8];
  for (int signal = 1; signal <= LAST_SIGNAL; signal++) {
    syscall(SYS_rt_sigaction, signal, standard, NULL, sizeof(uint64_t));
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  limit_resources();
  // Standard input is the supervisor's own /dev/null; all else closes on exec.
  if (dup2(output, 1) < 0 || dup2(output, 2) < 0) fail(report, STAGE_DESCRIPTORS, errno);
  if (chdir(options->cwd) != 0) fail(report, STAGE_DIRECTORY, errno);
  execute(report, options->argv);
}

static void close_both(const int ends[2]) {
  int code = errno;
  if (ends[0] >= 0) close(ends[0]);
  if (ends[1] >= 0) close(ends[1]);
  errno = code;
}

// A pipe whose reading end never waits.
static bool open_pipe(int ends[2]) {
  if (pipe2(ends, O_CLOEXEC) != 0) return false;
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return true;
}

// In the child the lock goes first of all: a job that outlives its supervisor must not make it look alive.
static pid_t start_plain(const struct options *options, int lock, int output, int report) {
  pid_t self = getpid();
  pid_t pid = fork();
  if (pid == 0) {
    close(lock);
    become_job(options, output, report, self);
  }
  return pid;
}

static pid_t start_sandboxed(const struct options *options, int lock, int output, int report, const int status[2]) {
  struct init init = {
      .output = output, .report = report, .status = status[1], .user = geteuid(), .group = getegid()};
  pid_t pid = sandbox_fork(&init.owns_users);
  if (pid == 0) {
    close(lock);
    close(status[0]);
    init_run(options, &init);
  }
  return pid;
}

bool child_start(struct child *child, const struct options *options, int lock, bool sandboxed) {
  int output[2] = {-1, -1};
  int report[2] = {-1, -1};
  int status[2] = {-1, -1};
  bool piped = open_pipe(output) && open_pipe(report) && (!sandboxed || open_pipe(status));
  pid_t pid = -1;
  if (piped && sandboxed) pid = start_sandboxed(options, lock, output[1], report[1], status);
  if (piped && !sandboxed) pid = start_plain(options, lock, output[1], report[1]);
  if (pid < 0) {
    close_both(output);
    close_both(report);
    close_both(status);
    *child = (struct child){.pid = -1, .output = -1, .report = -1, .status = -1};
    if (piped && sandboxed) {
      child->failure = (struct start_failure){.stage = STAGE_SANDBOX, .code = errno, .detail = SANDBOX_CLONE};
    }
    return false;
  }
  close(output[1]);
  close(report[1]);
  if (sandboxed) close(status[1]);
  *child = (struct child){.pid = pid, .output = output[0], .report = report[0], .status = status[0]};
  return true;
}

enum stage child_read_failure(struct child *child) {
  struct start_failure failure;
  if (child->report >= 0 && read(child->report, &failure, sizeof failure) == (ssize_t)sizeof failure) {
    child->failure = failure;
  }
  return child->failure.stage;
}

void child_close(struct child *child) {
  if (child->report >= 0) close(child->report);
  if (child->status >= 0) close(child->status);
  child->report = -1;
  child->status = -1;
}

static const char *explain_execution(int code) {
  switch (code) {
  case ENOENT: case ENOTDIR: return "there is no such executable";
  case EISDIR: return "it is a directory";
  case EACCES: case EPERM: return "it is not executable";
  case ENOEXEC: return "it is neither a program nor a script whose first line names an interpreter";
  case E2BIG: return "its arguments and environment are too long";
  default: return "it can't be executed";
  }
}

// Where the kernel's own words would mislead: a limit of namespaces that is reached is "no space left on device".
static const char *explain_sandbox(const struct start_failure *failure) {
  if (failure->detail != SANDBOX_CLONE) return NULL;
  switch (failure->code) {
  case EPERM: case EACCES: return "this machine gives this user no namespaces";
  case ENOSPC: case EUSERS:
    return "the limit of namespaces is reached, or 0 (sysctl user.max_user_namespaces, user.max_mnt_namespaces)";
  case ENOSYS: case EINVAL: return "this kernel has not the namespaces that it needs";
  default: return NULL;
  }
}

const char *child_failure(const struct child *child, const struct options *options) {
  static char sentence[4096 + 256];
  const char *cause = strerror(child->failure.code);
  switch (child->failure.stage) {
  case STAGE_NONE: return NULL;
  case STAGE_DESCRIPTORS:
    snprintf(sentence, sizeof sentence, "its standard output can't be set up (%s)", cause);
    break;
  case STAGE_DIRECTORY:
    snprintf(sentence, sizeof sentence, "its working directory %.4000s can't be entered (%s)", options->cwd,
             cause);
    break;
  case STAGE_INTERPRETER:
    snprintf(sentence, sizeof sentence, "the interpreter that its first line names does not exist");
    break;
  case STAGE_PROCESS:
    snprintf(sentence, sizeof sentence, "no process can be created (%s)", cause);
    break;
  case STAGE_SANDBOX:
    if (explain_sandbox(&child->failure) != NULL) {
      snprintf(sentence, sizeof sentence, "its sandbox can't be set up: %s",
               explain_sandbox(&child->failure));
      break;
    }
    snprintf(sentence, sizeof sentence, "its sandbox can't be set up: %.4000s (%s)",
             sandbox_failure(options, child->failure.detail), cause);
    break;
  case STAGE_EXECUTE:
    snprintf(sentence, sizeof sentence, "%s (%s)", explain_execution(child->failure.code), cause);
    break;
  }
  return sentence;
}
