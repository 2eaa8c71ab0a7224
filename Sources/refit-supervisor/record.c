// exit.json: how the attempt ended.
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { RECORD_SIZE = 65536 };

static const char *name_of(enum reason reason) {
  switch (reason) {
  case REASON_EXITED: return "exited";
  case REASON_SIGNALLED: return "signalled";
  case REASON_TIMED_OUT: return "timed-out";
  case REASON_OUT_OF_MEMORY: return "out-of-memory";
  case REASON_CANCELLED: return "cancelled";
  case REASON_NOT_STARTED: return "not-started";
  case REASON_UNKILLABLE: return "unkillable";
  }
  return "unkillable";
}

// The length of the UTF-8 sequence at the text, or 0 when it is not one (RFC 3629).
static size_t sequence_length(const unsigned char *text) {
  size_t length = text[0] < 0x80   ? 1
                  : text[0] < 0xC2 ? 0
                  : text[0] < 0xE0 ? 2
                  : text[0] < 0xF0 ? 3
                  : text[0] < 0xF5 ? 4
                                   : 0;
  for (size_t index = 1; index < length; index++) {
    if ((text[index] & 0xC0) != 0x80) return 0;
  }
  if (text[0] == 0xE0 && text[1] < 0xA0) return 0;
  if (text[0] == 0xED && text[1] > 0x9F) return 0;
  if (text[0] == 0xF0 && text[1] < 0x90) return 0;
  if (text[0] == 0xF4 && text[1] > 0x8F) return 0;
  return length;
}

static void put(FILE *file, const char *text) { fputs(text, file); }

static void put_string(FILE *file, const char *string) {
  const unsigned char *text = (const unsigned char *)string;
  fputc('"', file);
  while (*text != '\0') {
    size_t length = sequence_length(text);
    if (length == 0) {
      put(file, "\\ufffd");
      text++;
    } else if (*text < 0x20 || *text == 0x7F || *text == '"' || *text == '\\') {
      fprintf(file, "\\u%04x", *text);
      text++;
    } else {
      fwrite(text, 1, length, file);
      text += length;
    }
  }
  fputc('"', file);
}

static void put_number_or_null(FILE *file, const char *name, int number, bool there) {
  if (there) {
    fprintf(file, "\"%s\":%d,", name, number);
  } else {
    fprintf(file, "\"%s\":null,", name);
  }
}

static size_t format(const struct record *record, char *text, size_t size) {
  FILE *file = fmemopen(text, size, "w");
  if (file == NULL) return 0;
  fprintf(file, "{\"reason\":\"%s\",", name_of(record->reason));
  put_number_or_null(file, "exit_code", record->exit_code, record->exit_code >= 0);
  put_number_or_null(file, "signal", record->signal, record->signal > 0);
  put(file, "\"error\":");
  if (record->error != NULL) {
    put_string(file, record->error);
  } else {
    put(file, "null");
  }
  put(file, ",");
  put_number_or_null(file, "errno", record->error_code, record->error != NULL);
  fprintf(file, "\"cpu_seconds\":%.6f,\"peak_memory_bytes\":%llu,\"wall_seconds\":%.6f,", record->cpu_seconds,
          (unsigned long long)record->peak_memory_bytes, record->wall_seconds);
  fprintf(file, "\"log_bytes\":%llu,\"log_dropped_bytes\":%llu,\"guarantee\":",
          (unsigned long long)record->log_bytes, (unsigned long long)record->log_dropped_bytes);
  put_string(file, record->guarantee);
  put(file, ",");
  if (record->leaks.count > 0) {
    fprintf(file, "\"leaks\":%zu,\"leak\":", record->leaks.count);
    put_string(file, record->leaks.first);
    put(file, ",");
  }
  fprintf(file, "\"started_at_us\":%lld,\"ended_at_us\":%lld}\n", (long long)record->started_at_us,
          (long long)record->ended_at_us);
  long length = ftell(file);
  return fclose(file) == 0 && length > 0 && (size_t)length < size ? (size_t)length : 0;
}

bool record_write(const struct record *record, int directory) {
  static char text[RECORD_SIZE];
  size_t length = format(record, text, sizeof text);
  if (length == 0) {
    errno = ENOMEM;
    return false;
  }
  // After an error of fsync the pages are not to be trusted again: each try begins with a new file.
  // A job without a sandbox may have put anything in its place.
  if (unlinkat(directory, "exit.json.tmp", 0) != 0 && errno == EISDIR) remove_tree(directory, "exit.json.tmp");
  int file = openat(directory, "exit.json.tmp", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return false;
  bool whole = write(file, text, length) == (ssize_t)length && fsync(file) == 0;
  whole = (close(file) == 0) && whole;
  if (!whole) return false;
  bool renamed = renameat(directory, "exit.json.tmp", directory, "exit.json") == 0;
  if (!renamed && errno == EISDIR) {
    remove_tree(directory, "exit.json");
    renamed = renameat(directory, "exit.json.tmp", directory, "exit.json") == 0;
  }
  return renamed && fsync(directory) == 0;
}
