// Takes the values of secrets out of a stream of bytes, wherever its reads happen to be split.
#include "supervisor.h"

#include <stdlib.h>
#include <string.h>

enum { LEAST_SECRET = 4 };

static size_t count_ends(const char *secrets, size_t size) {
  size_t count = 0;
  for (size_t index = 0; index < size; index++) count += secrets[index] == '\0';
  return count;
}

bool redactor_make(struct redactor *redactor, const char *secrets, size_t size) {
  *redactor = (struct redactor){0};
  size_t count = count_ends(secrets, size);
  if (count == 0) return true;
  redactor->needles = calloc(count, sizeof *redactor->needles);
  redactor->found = calloc(count, sizeof *redactor->found);
  if (redactor->needles == NULL || redactor->found == NULL) return false;
  const char *next = secrets;
  for (size_t index = 0; index < count; index++) {
    const char *value = next;
    size_t length = strlen(value);
    next += length + 1;
    // A file's last newline is seldom printed with its secret.
    while (length > 0 && (value[length - 1] == '\n' || value[length - 1] == '\r')) length--;
    if (length < LEAST_SECRET) continue;
    redactor->needles[redactor->count++] = (struct needle){.text = value, .length = length};
    if (length > redactor->longest) redactor->longest = length;
  }
  return true;
}

// Where the longest end of the buffer starts that a secret may begin with.
static size_t possible_start(const struct redactor *redactor, const char *buffer, size_t count) {
  size_t start = count;
  for (size_t index = 0; index < redactor->count; index++) {
    const struct needle *needle = &redactor->needles[index];
    size_t length = needle->length - 1 < count ? needle->length - 1 : count;
    for (; count - length < start; length--) {
      if (memcmp(buffer + count - length, needle->text, length) == 0) start = count - length;
    }
  }
  return start;
}

static void find_next(struct redactor *redactor, size_t which, const char *buffer, size_t count,
                      size_t from) {
  const struct needle *needle = &redactor->needles[which];
  const char *match = memmem(buffer + from, count - from, needle->text, needle->length);
  redactor->found[which] = match == NULL ? SIZE_MAX : (size_t)(match - buffer);
}

static size_t first_found(const struct redactor *redactor) {
  size_t first = 0;
  for (size_t index = 1; index < redactor->count; index++) {
    if (redactor->found[index] < redactor->found[first]) first = index;
  }
  return first;
}

void redactor_pass(struct redactor *redactor, char *buffer, size_t count, bool end, redacted_sink sink,
                   void *context) {
  if (redactor->count == 0) {
    if (count > 0) sink(context, buffer, count);
    return;
  }
  size_t limit = end ? count : possible_start(redactor, buffer, count);
  for (size_t index = 0; index < redactor->count; index++) find_next(redactor, index, buffer, count, 0);

  // Secrets that overlap are one `***`: cutting out the first would leave the end of the second.
  size_t told = redactor->masked;
  for (;;) {
    size_t which = first_found(redactor);
    size_t start = redactor->found[which];
    if (start >= limit) break;
    if (start >= told) {
      if (start > told) sink(context, buffer + told, start - told);
      sink(context, "***", 3);
    }
    size_t after = start + redactor->needles[which].length;
    if (after > told) told = after;
    find_next(redactor, which, buffer, count, start + 1);
  }
  if (told < limit) {
    sink(context, buffer + told, limit - told);
    told = limit;
  }
  redactor->held = count - limit;
  redactor->masked = told - limit;
  memmove(buffer, buffer + limit, redactor->held);
}
