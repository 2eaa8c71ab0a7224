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

// Whether the job gets a view of its own, and what happens where that can't be had.
enum sandbox { SANDBOX_NONE, SANDBOX_AUTO, SANDBOX_REQUIRED };

enum view {
  VIEW_READ_ONLY,            // as it is, but nothing can be written
  VIEW_EMPTY,                // an empty directory stands there, for what follows
  VIEW_SHOW,                 // is there again, and can be read
  VIEW_WRITE,                // is there again
  VIEW_MASK,                 // can't be opened
  VIEW_COVER,                // another file stands there
};

// One thing that is different in the job's view.
struct place {
  enum view view;
  const char *path;
  const char *with;          // for VIEW_COVER
};

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
  enum sandbox sandbox;
  struct place *places;      // in the order in which they are set up
  size_t place_count;
  const char *tmp_parent;    // NULL: the attempt's directory
  const char *tmp;           // what the job finds as /tmp; "" when it can't be had
  int tmp_slot;              // its lock
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

// Sends the signal to each process of the last scan that is still the same process, but for one (0: to all).
void tree_signal(const struct tree *tree, int signal, pid_t spared);

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

enum stage {
  STAGE_NONE,
  STAGE_DESCRIPTORS,
  STAGE_DIRECTORY,
  STAGE_EXECUTE,
  STAGE_INTERPRETER,
  STAGE_PROCESS,
  STAGE_SANDBOX,
};

struct start_failure {
  enum stage stage;
  int code;                  // errno
  int detail;                // of the sandbox
};

// How the main process ended, as the first process of its namespace tells.
struct main_end {
  int status;
  int has_strays;            // whether anything outlives it
};

struct child {
  pid_t pid;                 // the main process; in a sandbox the first process of its namespace
  int output;                // what it prints
  int report;                // holds a start_failure when the command could not be executed
  int status;                // in a sandbox: holds the main_end; else -1
  struct start_failure failure;
};

// Forks and executes the command, in a sandbox or not; false, with errno, when that could not even be tried.
bool child_start(struct child *child, const struct options *options, int lock, bool sandboxed);

// Reads why the command never ran; STAGE_NONE when it ran.
enum stage child_read_failure(struct child *child);

// Closes the pipes but for the output.
void child_close(struct child *child);

// The failure that was read, as a sentence.
const char *child_failure(const struct child *child, const struct options *options);

// In the child: becomes the job, or fails.
void become_job(const struct options *options, int output, int report, pid_t parent);

// In the child: tells why it fails, and ends.
void child_fail(int report, enum stage stage, int code, int detail);

// --- init.c

struct init {
  int output;
  int report;
  int status;
  bool owns_users;
  uid_t user;
  gid_t group;
};

// In the first process of the namespace: runs the job, and ends when nothing of the namespace is left.
void init_run(const struct options *options, const struct init *init);

// --- sandbox.c

// What of the sandbox failed, where it was none of the places.
enum sandbox_detail {
  SANDBOX_CLONE = -1,
  SANDBOX_USERS = -2,
  SANDBOX_MOUNTS = -3,
  SANDBOX_TMP = -4,
  SANDBOX_PROC = -5,
  SANDBOX_PRIVILEGES = -6,
};

// Forks into new namespaces of processes and mounts, and of users where that is needed for it.
pid_t sandbox_fork(bool *owns_users);

// Sets up the view and gives up what could take it apart; false, with errno and what failed.
bool sandbox_enter(const struct options *options, bool owns_users, uid_t user, gid_t group, int *detail);

// What failed, in words.
const char *sandbox_failure(const struct options *options, int detail);

// --- tmp.c

// Finds a directory for the job's /tmp that no other attempt uses now, empties it and keeps it locked.
void tmp_take(struct options *options);

// Empties it.
void tmp_clear(const struct options *options);

// --- remove.c

// Removes what is in a directory, as far as that can be done; nothing is followed out of it.
void remove_contents(int directory, const char *name);

// The same, and the directory.
void remove_tree(int directory, const char *name);

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
  const char *guarantee;     // how the end of the whole tree is made sure of
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

// --- fail.c

// Where a debug build is told to by REFIT_FAIL_POINT, kills this process here, as a stranger would.
#ifdef REFIT_FAIL_POINTS
void fail_point(const char *name);
#else
#define fail_point(name) ((void)0)
#endif

// --- supervise.c

int64_t monotonic_ms(void);

// Runs the command from its start until nothing of its tree is left, and tells how it went. `log` is closed.
void supervise(const struct options *options, int directory, int lock, struct record *record);

#endif
