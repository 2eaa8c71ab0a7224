// From the start of the command until nothing of its tree is left.
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
  SAMPLE_MS = 100,
  FIRST_LOOK_MS = 50,              // a job that ends before costs no watch
  NEXT_LOOK_MS = 1000,             // only where inotify can't be had
  STRAYS_GRACE_MS = 5000,          // for what outlives the main process
  FIRST_KILL_PAUSE_MS = 10,
  LONGEST_KILL_PAUSE_MS = 1000,
  UNKILLABLE_MS = 60000,
  READS_A_TURN = 16,
};

enum phase { RUNNING, TERMINATING, KILLING };

struct supervision {
  const struct options *options;
  int directory;
  struct record *record;
  struct child child;
  struct log log;
  struct memory memory;
  struct tree tree;
  int signals;
  int watch;
  enum phase phase;
  bool main_ended;
  bool main_told;
  bool no_children;
  bool cancel_seen;
  bool asked_to_end;
  bool reason_given;
  int main_status;
  int lock;
  bool sandboxed;
  bool killed_before;              // then the namespace goes, too
  int64_t started_us;              // monotonic
  int64_t timeout_at;
  int64_t look_at;
  int64_t sample_at;
  int64_t kill_at;
  int64_t next_kill;
  int64_t kill_pause;
  int64_t unkillable_at;
};

static int64_t clock_us(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t monotonic_ms(void) { return clock_us(CLOCK_MONOTONIC) / 1000; }

static int64_t lesser(int64_t a, int64_t b) { return a < b ? a : b; }

static int open_signals(void) {
  sigset_t handled;
  sigfillset(&handled);
  sigprocmask(SIG_SETMASK, &handled, NULL);
  sigemptyset(&handled);
  sigaddset(&handled, SIGCHLD);
  sigaddset(&handled, SIGTERM);
  // A caller that ignored SIGCHLD would have the kernel reap in our stead.
  signal(SIGCHLD, SIG_DFL);
  return signalfd(-1, &handled, SFD_CLOEXEC | SFD_NONBLOCK);
}

static int open_watch(const char *directory) {
  int watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  if (watch < 0) return -1;
  if (inotify_add_watch(watch, directory, IN_CREATE | IN_MOVED_TO | IN_ONLYDIR) >= 0) return watch;
  close(watch);
  return -1;
}

static void look_for_cancel(struct supervision *s, int64_t now) {
  if (s->watch < 0) s->watch = open_watch(s->options->directory);
  s->look_at = s->watch < 0 ? now + NEXT_LOOK_MS : INT64_MAX;
  if (faccessat(s->directory, "cancel", F_OK, AT_SYMLINK_NOFOLLOW) == 0) s->cancel_seen = true;
}

// How the main process ended is told by the first process of its namespace, while that goes on to look after what
// outlives it.
static void hear_of_the_end(struct supervision *s) {
  struct main_end end;
  if (s->main_ended || s->child.status < 0) return;
  if (read(s->child.status, &end, sizeof end) != (ssize_t)sizeof end) return;
  s->main_status = end.status;
  s->main_told = true;
  // Without strays the namespace is about to end by itself.
  if (end.has_strays) s->main_ended = true;
}

static void reap(struct supervision *s) {
  for (;;) {
    int status = 0;
    pid_t pid = waitpid(-1, &status, WNOHANG);
    if (pid < 0 && errno == EINTR) continue;
    s->no_children = pid < 0;
    if (pid <= 0) return;
    if (pid != s->child.pid) continue;
    hear_of_the_end(s);
    s->main_ended = true;
    if (!s->main_told) s->main_status = status;
  }
}

static void give_reason(struct supervision *s, enum reason reason) {
  if (s->reason_given) return;
  s->reason_given = true;
  s->record->reason = reason;
}

// Nothing leaves a namespace, so that its tree is all there is.
static void scan(struct supervision *s) { tree_scan(&s->tree, s->sandboxed ? NULL : s->options->token); }

static pid_t first_process(const struct supervision *s) { return s->sandboxed ? s->child.pid : 0; }

static void terminate(struct supervision *s, int64_t now, int64_t grace) {
  s->phase = TERMINATING;
  s->kill_at = now + grace;
  scan(s);
  tree_signal(&s->tree, SIGTERM, first_process(s));
}

static void start_killing(struct supervision *s, int64_t now) {
  s->phase = KILLING;
  s->next_kill = now;
  s->kill_pause = FIRST_KILL_PAUSE_MS;
  s->unkillable_at = now + UNKILLABLE_MS;
}

static void tell_usage(struct supervision *s) {
  struct rusage usage;
  getrusage(RUSAGE_CHILDREN, &usage);
  struct record *record = s->record;
  record->cpu_seconds = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                        (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  uint64_t largest = (uint64_t)usage.ru_maxrss * 1024;
  record->peak_memory_bytes = largest > s->memory.peak_bytes ? largest : s->memory.peak_bytes;
  record->wall_seconds = (double)(clock_us(CLOCK_MONOTONIC) - s->started_us) / 1e6;
  record->ended_at_us = clock_us(CLOCK_REALTIME);
}

// Says so while the lock is still held: who reads the record then knows that something is still there.
static void tell_unkillable(struct supervision *s) {
  s->reason_given = true;
  s->record->reason = REASON_UNKILLABLE;
  tell_usage(s);
  // Where it can't be told now, the next round tells it.
  if (record_write(s->record, s->directory)) s->unkillable_at = INT64_MAX;
}

static void kill_again(struct supervision *s, int64_t now) {
  scan(s);
  // The first process goes second: until then it takes note of what the others have used.
  tree_signal(&s->tree, SIGKILL, s->killed_before ? 0 : first_process(s));
  s->killed_before = true;
  s->next_kill = now + s->kill_pause;
  s->kill_pause = lesser(s->kill_pause * 2, LONGEST_KILL_PAUSE_MS);
  if (now >= s->unkillable_at) tell_unkillable(s);
}

static void enforce_memory(struct supervision *s, int64_t now) {
  if (s->memory.limit_bytes == 0 || now < s->sample_at) return;
  s->sample_at = now + SAMPLE_MS;
  if (!memory_is_over(&s->memory, now)) return;
  give_reason(s, REASON_OUT_OF_MEMORY);
  start_killing(s, now);
}

// What is due at this instant.
static void act(struct supervision *s, int64_t now) {
  int64_t grace = s->options->grace_ms;
  if (now >= s->look_at) look_for_cancel(s, now);
  if (s->phase == RUNNING) {
    if (s->main_ended) {
      terminate(s, now, lesser(grace, STRAYS_GRACE_MS));
    } else if (s->cancel_seen || s->asked_to_end) {
      if (s->cancel_seen) give_reason(s, REASON_CANCELLED);
      terminate(s, now, grace);
    } else if (now >= s->timeout_at) {
      give_reason(s, REASON_TIMED_OUT);
      terminate(s, now, grace);
    }
  }
  if (s->phase == TERMINATING && s->main_ended) {
    s->kill_at = lesser(s->kill_at, now + lesser(grace, STRAYS_GRACE_MS));
  }
  if (s->phase != KILLING) enforce_memory(s, now);
  if (s->phase == TERMINATING && now >= s->kill_at) start_killing(s, now);
  if (s->phase == KILLING && now >= s->next_kill) kill_again(s, now);
}

// Without any child left the tree is proven empty, for its orphans become our children. Only after a sweep is
// the token looked for once more: something may have left the tree altogether.
static bool is_over(struct supervision *s, int64_t now) {
  if (!s->main_ended || !s->no_children) return false;
  if (s->phase == RUNNING || s->sandboxed) return true;
  scan(s);
  if (s->tree.count == 0) return true;
  if (s->phase != KILLING) start_killing(s, now);
  return false;
}

static int next_wait(const struct supervision *s, int64_t now) {
  int64_t at = INT64_MAX;
  if (s->phase == RUNNING) at = lesser(s->timeout_at, s->look_at);
  if (s->phase == TERMINATING) at = s->kill_at;
  if (s->phase == KILLING) at = s->next_kill;
  if (s->phase != KILLING && s->memory.limit_bytes > 0) at = lesser(at, s->sample_at);
  enum { DAY_MS = 86400000 };
  return at <= now ? 0 : (int)lesser(at - now, DAY_MS);
}

static void wait_for_news(struct supervision *s, int64_t now) {
  struct pollfd sources[] = {
      {.fd = s->signals, .events = POLLIN},
      {.fd = s->log.pipe, .events = POLLIN},
      {.fd = s->watch, .events = POLLIN},
      {.fd = s->main_told ? -1 : s->child.status, .events = POLLIN},
  };
  if (poll(sources, 4, next_wait(s, now)) < 0 && errno != EINTR) return;
  if (sources[1].revents != 0) log_drain(&s->log, READS_A_TURN);
  if (sources[0].revents != 0) {
    struct signalfd_siginfo signal;
    while (read(s->signals, &signal, sizeof signal) == (ssize_t)sizeof signal) {
      if (signal.ssi_signo == SIGTERM) s->asked_to_end = true;
    }
  }
  if (sources[2].revents != 0) {
    char events[4096];
    while (read(s->watch, events, sizeof events) > 0) {
    }
  }
  if (sources[2].revents != 0) s->look_at = 0;
  if (sources[3].revents != 0) hear_of_the_end(s);
}

static void tell_end(struct supervision *s) {
  struct record *record = s->record;
  int status = s->main_status;
  if (WIFEXITED(status)) record->exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) record->signal = WTERMSIG(status);
  give_reason(s, WIFEXITED(status) ? REASON_EXITED : REASON_SIGNALLED);
  if (child_read_failure(&s->child) != STAGE_NONE) {
    record->error = child_failure(&s->child, s->options);
    record->error_code = s->child.failure.code;
    record->reason = REASON_NOT_STARTED;
    record->exit_code = -1;
    if (s->child.failure.stage == STAGE_SANDBOX) record->guarantee = "sweep";
  }
  log_finish(&s->log, s->directory);
  record->log_bytes = s->log.stored_bytes;
  record->log_dropped_bytes = s->log.left_out_bytes;
  tell_usage(s);
}

static bool cannot_start(struct record *record, const char *what) {
  static char sentence[256];
  record->error_code = errno;
  snprintf(sentence, sizeof sentence, "%s (%s)", what, strerror(errno));
  record->reason = REASON_NOT_STARTED;
  record->guarantee = "sweep";
  record->error = sentence;
  record->ended_at_us = clock_us(CLOCK_REALTIME);
  return false;
}

// Starts the command; where it may do without a sandbox that can't be had, it does.
static bool start_child(struct supervision *s, bool sandboxed) {
  s->sandboxed = sandboxed;
  s->record->guarantee = sandboxed ? "pid-namespace" : "sweep";
  if (child_start(&s->child, s->options, s->lock, sandboxed)) {
    s->log.pipe = s->child.output;
    return true;
  }
  if (sandboxed && s->options->sandbox == SANDBOX_AUTO) return start_child(s, false);
  return false;
}

static bool start(struct supervision *s) {
  s->signals = open_signals();
  if (s->signals < 0) return cannot_start(s->record, "signals can't be watched");
  if (!log_open(&s->log, s->directory, s->options)) return cannot_start(s->record, "its log can't be opened");
  if (start_child(s, s->options->sandbox != SANDBOX_NONE)) return true;
  if (s->child.failure.stage != STAGE_SANDBOX) return cannot_start(s->record, "no process can be created");
  cannot_start(s->record, "");
  s->record->error = child_failure(&s->child, s->options);
  s->record->error_code = s->child.failure.code;
  return false;
}

// Whether the sandbox could not be set up and the command was started without it. Nothing of it has run before.
static bool starts_without_sandbox(struct supervision *s) {
  if (!s->sandboxed || s->options->sandbox != SANDBOX_AUTO || s->phase != RUNNING) return false;
  if (child_read_failure(&s->child) != STAGE_SANDBOX) return false;
  child_close(&s->child);
  if (s->log.pipe >= 0) close(s->log.pipe);
  s->log.pipe = -1;
  if (!start_child(s, false)) return false;
  s->main_ended = false;
  s->no_children = false;
  return true;
}

void supervise(const struct options *options, int directory, int lock, struct record *record) {
  *record = (struct record){
      .exit_code = -1, .guarantee = "sweep", .started_at_us = clock_us(CLOCK_REALTIME)};
  struct supervision s = {.options = options, .directory = directory, .record = record, .lock = lock};
  s.started_us = clock_us(CLOCK_MONOTONIC);
  int64_t started = s.started_us / 1000;
  s.timeout_at = started + options->timeout_ms;
  s.memory.limit_bytes = (uint64_t)options->memory_bytes;
  s.watch = -1;
  s.look_at = started + FIRST_LOOK_MS;
  s.sample_at = started + SAMPLE_MS;
  if (!start(&s)) return;
  for (;;) {
    int64_t now = monotonic_ms();
    reap(&s);
    if (is_over(&s, now)) {
      if (starts_without_sandbox(&s)) continue;
      break;
    }
    act(&s, now);
    wait_for_news(&s, now);
  }
  tell_end(&s);
}
