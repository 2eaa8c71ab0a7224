// One file for all that the job prints, in order, and never more than its cap. Up to the cap the file just
// grows; then its second half becomes a ring, which is put straight when the job has ended.
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { READ_SIZE = 65536, MARKER_SIZE = 96, READS_OF_THE_REST = 64 };

bool log_open(struct log *log, int directory, const struct options *options) {
  *log = (struct log){.pipe = -1, .file = -1, .cap_bytes = (uint64_t)options->log_cap_bytes};
  if (!redactor_make(&log->redactor, options->secrets, (size_t)options->secret_bytes)) return false;
  log->buffer = malloc(log->redactor.longest + READ_SIZE);
  if (log->buffer == NULL) return false;
  log->file = openat(directory, "log", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  return log->file >= 0;
}

static uint64_t head_bytes(const struct log *log) { return log->cap_bytes / 2; }

// Where in the file the next byte goes, and how many fit there in one piece.
static uint64_t place(const struct log *log, uint64_t *room) {
  uint64_t head = head_bytes(log);
  uint64_t offset = log->position;
  if (offset >= log->cap_bytes) offset = head + (log->position - head) % (log->cap_bytes - head);
  *room = log->cap_bytes - offset;
  return offset;
}

static void store(void *context, const char *bytes, size_t count) {
  struct log *log = context;
  while (count > 0) {
    uint64_t room;
    uint64_t offset = place(log, &room);
    size_t piece = count < room ? count : (size_t)room;
    ssize_t written = pwrite(log->file, bytes, piece, (off_t)offset);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      // A full disk must not stop the job: what could not be kept is counted.
      log->unwritten_bytes += count;
      return;
    }
    log->position += (uint64_t)written;
    bytes += written;
    count -= (size_t)written;
  }
}

static void end_of_output(struct log *log) {
  redactor_pass(&log->redactor, log->buffer, log->redactor.held, true, store, log);
  close(log->pipe);
  log->pipe = -1;
}

void log_drain(struct log *log, int reads) {
  while (log->pipe >= 0 && reads-- > 0) {
    size_t held = log->redactor.held;
    ssize_t count = read(log->pipe, log->buffer + held, READ_SIZE);
    if (count > 0) {
      redactor_pass(&log->redactor, log->buffer, held + (size_t)count, false, store, log);
      if (count < READ_SIZE) return;
    } else if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
      return;
    } else {
      end_of_output(log);
    }
  }
}

static bool copy(int from, off_t offset, uint64_t count, int to) {
  while (count > 0) {
    ssize_t copied = copy_file_range(from, &offset, to, NULL, count, 0);
    if (copied < 0 && errno == EINTR) continue;
    if (copied <= 0) return false;
    count -= (uint64_t)copied;
  }
  return true;
}

static bool write_marker(int file, uint64_t left_out) {
  char marker[MARKER_SIZE];
  int size = snprintf(marker, sizeof marker, "\n[refit: %llu bytes left out here]\n",
                      (unsigned long long)left_out);
  return write(file, marker, (size_t)size) == size;
}

// Writes head, marker and tail to a new file that takes the log's name: a reader sees either file whole.
static bool straighten(struct log *log, int directory) {
  uint64_t head = head_bytes(log);
  uint64_t ring = log->cap_bytes - head;
  uint64_t seam = (log->position - head) % ring;
  uint64_t left_out = log->position - log->cap_bytes + MARKER_SIZE;
  uint64_t skipped = seam + MARKER_SIZE;
  // What a job has put there is not opened: a pipe would keep us waiting.
  unlinkat(directory, "log.tmp", 0);
  int file = openat(directory, "log.tmp", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return false;
  bool whole = copy(log->file, 0, head, file) && write_marker(file, left_out);
  if (skipped < ring) {
    whole = whole && copy(log->file, (off_t)(head + skipped), ring - skipped, file) &&
            copy(log->file, (off_t)head, seam, file);
  } else {
    whole = whole && copy(log->file, (off_t)(head + skipped - ring), ring - MARKER_SIZE, file);
  }
  whole = whole && renameat(directory, "log.tmp", directory, "log") == 0;
  if (!whole) {
    unlinkat(directory, "log.tmp", 0);
    close(file);
    return false;
  }
  close(log->file);
  log->file = file;
  log->left_out_bytes = left_out;
  return true;
}

void log_finish(struct log *log, int directory) {
  // A process outside of the tree may hold the pipe and write for ever.
  for (int turn = 0; turn < READS_OF_THE_REST && log->pipe >= 0; turn++) log_drain(log, 1);
  if (log->pipe >= 0) end_of_output(log);
  if (log->position > log->cap_bytes && !straighten(log, directory)) {
    log->left_out_bytes = log->position - log->cap_bytes;
  }
  log->left_out_bytes += log->unwritten_bytes;
  off_t size = lseek(log->file, 0, SEEK_END);
  log->stored_bytes = size > 0 ? (uint64_t)size : 0;
  close(log->file);
  log->file = -1;
}
