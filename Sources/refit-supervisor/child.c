// The job's main process, from fork to exec.
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { BUSY_TRIES = 50, BUSY_PAUSE_NS = 5000000, LAST_SIGNAL = 64 };

enum stage { STAGE_DESCRIPTORS, STAGE_DIRECTORY, STAGE_EXECUTE, STAGE_INTERPRETER };

static void fail(int report, enum stage stage, int code) {
  struct start_failure failure = {.stage = (int)stage, .code = code};
  ssize_t ignored = write(report, &failure, sizeof failure);
  (void)ignored;
  _exit(127);
}

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

static void become_job(const struct options *options, int output, int report, pid_t supervisor) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != supervisor) _exit(127);
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
  // Standard input is the supervisor's own /dev/null; all else closes on exec.
  if (dup2(output, 1) < 0 || dup2(output, 2) < 0) fail(report, STAGE_DESCRIPTORS, errno);
  if (chdir(options->cwd) != 0) fail(report, STAGE_DIRECTORY, errno);
  execute(report, options->argv);
}

bool child_start(struct child *child, const struct options *options, int lock) {
  int output[2];
  int failure[2];
  if (pipe2(output, O_CLOEXEC) != 0) return false;
  if (pipe2(failure, O_CLOEXEC) != 0) {
    int code = errno;
    close(output[0]);
    close(output[1]);
    errno = code;
    return false;
  }
  fcntl(output[0], F_SETFL, O_NONBLOCK);
  fcntl(failure[0], F_SETFL, O_NONBLOCK);
  pid_t self = getpid();
  pid_t pid = fork();
  if (pid == 0) {
    close(lock);
    become_job(options, output[1], failure[1], self);
  }
  int code = errno;
  close(output[1]);
  close(failure[1]);
  *child = (struct child){.pid = pid, .output = output[0], .failure = failure[0]};
  if (pid > 0) return true;
  close(output[0]);
  close(failure[0]);
  errno = code;
  return false;
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

const char *child_failure(const struct child *child, const struct options *options, int *code) {
  static char sentence[4096 + 256];
  struct start_failure failure;
  if (read(child->failure, &failure, sizeof failure) != (ssize_t)sizeof failure) return NULL;
  *code = failure.code;
  const char *cause = strerror(failure.code);
  switch (failure.stage) {
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
  default:
    snprintf(sentence, sizeof sentence, "%s (%s)", explain_execution(failure.code), cause);
  }
  return sentence;
}
