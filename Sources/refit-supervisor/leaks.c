// What a job has left is looked through for the values of its secrets, byte by byte, before anyone takes it up: small
// reports and the progress are masked, anything else that holds one is removed and told.
#include "supervisor.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE_SIZE = 1 << 20, DEEPEST = 64, LARGEST_REPORT = 16 << 20 };

struct search {
  struct redactor secrets;
  char *buffer;
  struct leaks *leaks;
};

static bool holds_secret(const struct search *search, const char *bytes, size_t count) {
  for (size_t index = 0; index < search->secrets.count; index++) {
    const struct needle *needle = &search->secrets.needles[index];
    if (memmem(bytes, count, needle->text, needle->length) != NULL) return true;
  }
  return false;
}

// Holes hold no secret, and may be larger than all disks.
static bool file_holds_secret(const struct search *search, int file) {
  size_t held = 0;
  off_t offset = 0;
  for (;;) {
    off_t data = lseek(file, offset, SEEK_DATA);
    if (data < 0 && errno == ENXIO) return false;
    if (data > offset) {
      offset = data;
      held = 0;
    }
    ssize_t count = pread(file, search->buffer + held, PIECE_SIZE, offset);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    offset += count;
    size_t filled = held + (size_t)count;
    if (holds_secret(search, search->buffer, filled)) return true;
    held = search->secrets.longest - 1 < filled ? search->secrets.longest - 1 : filled;
    memmove(search->buffer, search->buffer + filled - held, held);
  }
}

static void tell(struct search *search, const char *path) {
  struct leaks *leaks = search->leaks;
  leaks->count++;
  if (leaks->first[0] != '\0') return;
  // A name is told only where it is no secret itself.
  const char *told = holds_secret(search, path, strlen(path)) ? "a file whose name is one" : path;
  snprintf(leaks->first, sizeof leaks->first, "%s", told);
}

static void write_out(void *context, const char *bytes, size_t count) { fwrite(bytes, 1, count, context); }

// Puts the text in place of the file, each secret replaced by `***`; false when that fails.
static bool mask(struct search *search, int directory, const char *name, int file, off_t size) {
  char *text = malloc((size_t)size + 1);
  if (text == NULL) return false;
  ssize_t count = pread(file, text, (size_t)size, 0);
  int copy = count < 0 ? -1 : openat(directory, ".masked", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  FILE *masked = copy < 0 ? NULL : fdopen(copy, "w");
  bool done = masked != NULL;
  if (done) {
    struct redactor redactor = search->secrets;
    redactor.held = redactor.masked = 0;
    redactor_pass(&redactor, text, (size_t)count, true, write_out, masked);
    done = fflush(masked) == 0 && ferror(masked) == 0 && fsync(copy) == 0;
    done = fclose(masked) == 0 && done && renameat(directory, ".masked", directory, name) == 0;
  }
  if (!done) unlinkat(directory, ".masked", 0);
  free(text);
  return done;
}

static bool is_report(const char *name) {
  static const char *const reports[] = {"progress",   "params.json",     "metrics.json",
                                        "folds.json", "importance.json", "inputs.json"};
  for (size_t index = 0; index < sizeof reports / sizeof *reports; index++) {
    if (strcmp(name, reports[index]) == 0) return true;
  }
  return false;
}

static void look_at_file(struct search *search, int directory, const char *name, const char *path) {
  char target[4096];
  ssize_t length = readlinkat(directory, name, target, sizeof target);
  bool is_named_so = holds_secret(search, path, strlen(path)) ||
                     (length > 0 && holds_secret(search, target, (size_t)length));
  // Not through links: what they lead to is not this attempt's.
  int file = openat(directory, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
  struct stat status;
  bool is_readable = file >= 0 && fstat(file, &status) == 0 && S_ISREG(status.st_mode);
  bool holds = is_readable && file_holds_secret(search, file);
  if (holds && !is_named_so && is_report(path) && status.st_size <= LARGEST_REPORT &&
      mask(search, directory, name, file, status.st_size)) {
    holds = false;
  }
  if (file >= 0) close(file);
  if (!holds && !is_named_so) return;
  if (unlinkat(directory, name, 0) == 0 || errno == ENOENT) tell(search, path);
}

// `prefix`: where the directory lies in the one that is looked through, with a slash at the end.
static void look_through(struct search *search, int directory, const char *prefix, int depth) {
  DIR *names = directory < 0 ? NULL : fdopendir(directory);
  if (names == NULL) {
    if (directory >= 0) close(directory);
    return;
  }
  for (struct dirent *entry; (entry = readdir(names)) != NULL;) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    char path[4096];
    if ((size_t)snprintf(path, sizeof path, "%s%s", prefix, entry->d_name) >= sizeof path - 1) continue;
    struct stat status;
    if (fstatat(dirfd(names), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) continue;
    if (!S_ISDIR(status.st_mode)) {
      look_at_file(search, dirfd(names), entry->d_name, path);
    } else if (depth < DEEPEST) {
      int below = openat(dirfd(names), entry->d_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
      strcat(path, "/");
      look_through(search, below, path, depth + 1);
      if (holds_secret(search, entry->d_name, strlen(entry->d_name)) &&
          unlinkat(dirfd(names), entry->d_name, AT_REMOVEDIR) == 0) {
        tell(search, path);
      }
    }
  }
  closedir(names);
}

// The character at the text, which is passed; a byte that is no UTF-8 stands for itself.
static unsigned long next_character(const unsigned char **text) {
  const unsigned char *bytes = *text;
  size_t length = bytes[0] < 0xC2 ? 1 : bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : bytes[0] < 0xF5 ? 4 : 1;
  unsigned long character = length == 1 ? bytes[0] : bytes[0] & (0xFFu >> (length + 1));
  for (size_t index = 1; index < length; index++) {
    if ((bytes[index] & 0xC0) != 0x80) {
      *text = bytes + 1;
      return bytes[0];
    }
    character = character << 6 | (bytes[index] & 0x3F);
  }
  *text = bytes + length;
  return character;
}

// Writes a secret as JSON has it in ASCII, the way most libraries do: `"` as `\"`, `ü` as `\u00fc`.
static void put_escaped(FILE *file, const char *secret) {
  static const char plain[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
  const unsigned char *text = (const unsigned char *)secret;
  while (*text != '\0') {
    unsigned long character = next_character(&text);
    const char *named = character < 0x80 ? strchr(plain, (int)character) : NULL;
    if (named != NULL) {
      fprintf(file, "\\%c", letters[named - plain]);
    } else if (character > 0xFFFF) {
      fprintf(file, "\\u%04lx\\u%04lx", 0xD7C0 + (character >> 10), 0xDC00 + (character & 0x3FF));
    } else if (character < 0x20 || character > 0x7E) {
      fprintf(file, "\\u%04lx", character);
    } else {
      fputc((int)character, file);
    }
  }
  fputc('\0', file);
}

// The secrets, each also as JSON writes it; NULL when there is no memory for them.
static char *with_escapes(const struct options *options, size_t *size) {
  char *all = NULL;
  FILE *file = open_memstream(&all, size);
  if (file == NULL) return NULL;
  size_t given = (size_t)options->secret_bytes;
  if (given > 0) fwrite(options->secrets, 1, given, file);
  for (size_t at = 0; at < given; at += strlen(options->secrets + at) + 1) {
    put_escaped(file, options->secrets + at);
  }
  return fclose(file) == 0 ? all : NULL;
}

void leaks_hide(const struct options *options, int directory, struct leaks *leaks) {
  *leaks = (struct leaks){0};
  struct search search = {.leaks = leaks};
  size_t size = 0;
  char *secrets = with_escapes(options, &size);
  if (secrets == NULL || !redactor_make(&search.secrets, secrets, size) || search.secrets.count == 0) return;
  search.buffer = malloc(search.secrets.longest + PIECE_SIZE);
  if (search.buffer == NULL) return;
  look_at_file(&search, directory, "progress", "progress");
  for (const char *const *place = (const char *const[]){"output", "work", NULL}; *place != NULL; place++) {
    look_through(&search, openat(directory, *place, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW), "", 0);
  }
  free(search.buffer);
}
