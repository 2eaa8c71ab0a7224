// What the files of the supervisor share. Each section is one file; main.c is the order in which they act.
#ifndef REFIT_SUPERVISOR_H
#define REFIT_SUPERVISOR_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// The exit status of the supervisor itself; nobody has to read it, the directory tells all.
enum {
  STATUS_DONE = 0,
  STATUS_SOMETHING_LEFT = 1,    // of a sweep
  STATUS_ANOTHER_AT_WORK = 3,
  STATUS_ALREADY_CLAIMED = 4,
  STATUS_USAGE = 64,
  STATUS_SYSTEM = 71,
};

// --- options.c

struct options {
  const char *directory;
  const char *token;
  const char *cwd;
  const char *wake;          // NULL: nobody to wake
  int64_t timeout_ms;
  int64_t grace_ms;
  int64_t memory_bytes;      // 0: no limit
  int64_t log_cap_bytes;
  int64_t secret_bytes;      // 0: no secrets
  const char *secrets;       // each ended by a NUL; NULL until they are read
  char **argv;
};

// Reads the command line; on a mistake says so on standard error and returns false.
bool options_read(struct options *options, int argc, char **argv);

// Takes a token if it is one; else says so on standard error and returns false.
bool token_read(const char *text, const char **token);

// --- secrets.c

// Reads the secrets whole from standard input, which is left alone when there are none; false when they are
// not all there.
bool secrets_read(struct options *options);

// --- claim.c

enum claim { CLAIM_MADE, CLAIM_TAKEN, CLAIM_FAILED };

// Locks `lock` for as long as the descriptor lives: the descriptor, -1 when another holds it, -2 on an error.
int lock_take(int directory);

// Creates `claim` durably; of all who try, exactly one gets CLAIM_MADE.
enum claim claim_make(int directory, const char *token);

// --- process.c

struct process {
  pid_t pid;
  pid_t parent;
  uint64_t start;            // clock ticks since boot: with the pid the identity of a process
  uint64_t resident_bytes;
};

// Reads the whole of a small file; the number of bytes, without the NUL that is put behind them, or -1.
ssize_t read_small(const char *path, char *buffer, size_t size);

// Reads /proc/PID/stat; false when there is no such process.
bool process_read(pid_t pid, struct process *process);

// Whether the environment that the process was started with holds this text.
bool process_environment_holds(pid_t pid, const char *text);

// --- tree.c

struct tree {
  struct process *processes;
  size_t count;
  size_t capacity;
};

// Finds every descendant of this process, and whatever else carries the token in its environment
// (NULL: descendants only).
void tree_scan(struct tree *tree, const char *token);

// Sends the signal to each process of the last scan that is still the same process.
void tree_signal(const struct tree *tree, int signal);

// Kills whatever carries the token, again and again for a while; true once nothing of it is left.
bool tree_sweep(const char *token);

// --- memory.c

struct memory {
  uint64_t limit_bytes;
  uint64_t peak_bytes;
  int64_t exact_not_before_ms;
  struct tree tree;
};

// Measures the tree once; true when it is over its limit. Pages that several processes share are counted once
// before anything is called over.
bool memory_is_over(struct memory *memory, int64_t now_ms);

// --- redact.c

struct needle {
  const char *text;
  size_t length;
};

typedef void (*redacted_sink)(void *context, const char *bytes, size_t count);

struct redactor {
  struct needle *needles;
  size_t *found;
  size_t count;
  size_t longest;
  size_t held;               // bytes kept back at the front of the buffer: they may begin a secret
  size_t masked;             // of these, the first that `***` already stands for
};

// Takes these secrets, each ended by a NUL, which must stay; those under four bytes are too short to be any.
bool redactor_make(struct redactor *redactor, const char *secrets, size_t size);

// Passes on buffer[0, count), each secret replaced by `***`; what may begin a secret is moved to the front of
// the buffer and counted in `held`, unless this is the end.
void redactor_pass(struct redactor *redactor, char *buffer, size_t count, bool end, redacted_sink sink,
                   void *context);

// --- leaks.c

struct leaks {
  size_t count;              // files that held a secret and were removed
  char first[512];           // the first of them, relative to the directory of outputs
};

// Masks the secrets in what the job has reported, and removes whatever else of its outputs holds one.
void leaks_hide(const struct options *options, int directory, struct leaks *leaks);

// --- log.c

struct log {
  int pipe;                  // our end of the output; -1 before its start and after its end
  int file;
  uint64_t cap_bytes;
  uint64_t position;         // bytes taken so far, after redaction
  uint64_t unwritten_bytes;  // refused by the file system
  uint64_t left_out_bytes;
  uint64_t stored_bytes;
  char *buffer;
  struct redactor redactor;
};

// Opens `log`, empty, for the output of a pipe that the caller sets.
bool log_open(struct log *log, int directory, const struct options *options);

// Takes what the pipe holds now, and at most `reads` buffers of it. Never waits.
void log_drain(struct log *log, int reads);

// Takes the rest, and puts a log that ran over its cap in order: head, a line that counts what is missing,
// tail.
void log_finish(struct log *log, int directory);

// --- child.c

struct start_failure {
  int stage;
  int code;
};

struct child {
  pid_t pid;
  int output;                // what it prints
  int failure;               // holds a start_failure when the command could not be executed
};

// Forks and executes the command; false, with errno, when that could not even be tried.
bool child_start(struct child *child, const struct options *options, int lock);

// The reason why the command never ran, as a sentence, or NULL when it ran. `code` becomes its errno.
const char *child_failure(const struct child *child, const struct options *options, int *code);

// --- record.c

enum reason {
  REASON_EXITED,
  REASON_SIGNALLED,
  REASON_TIMED_OUT,
  REASON_OUT_OF_MEMORY,
  REASON_CANCELLED,
  REASON_NOT_STARTED,
  REASON_UNKILLABLE,
};

struct record {
  enum reason reason;
  int exit_code;             // -1: none
  int signal;                // 0: none
  const char *error;         // NULL: none
  int error_code;            // errno behind `error`
  double cpu_seconds;
  uint64_t peak_memory_bytes;
  double wall_seconds;
  uint64_t log_bytes;
  uint64_t log_dropped_bytes;
  int64_t started_at_us;
  int64_t ended_at_us;
  struct leaks leaks;
};

// Writes exit.json durably and whole, or leaves what was there; false with errno.
bool record_write(const struct record *record, int directory);

// --- supervise.c

int64_t monotonic_ms(void);

// Runs the command from its start until nothing of its tree is left, and tells how it went. `log` is closed.
void supervise(const struct options *options, int directory, int lock, struct record *record);

#endif
