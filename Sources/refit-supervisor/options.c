// The command line.
#include "supervisor.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_LOG_CAP = 4096, MOST_SECRET_BYTES = 16 << 20 };

static bool complain(const char *what, const char *which) {
  fprintf(stderr, "refit-supervisor: %s: %s\n", which, what);
  return false;
}

static bool read_number(const char *name, const char *text, int64_t least, int64_t *number) {
  char *end = NULL;
  errno = 0;
  long long value = strtoll(text, &end, 10);
  if (errno != 0 || end == text || *end != '\0' || value < least) {
    return complain("not a number that is large enough", name);
  }
  *number = value;
  return true;
}

bool token_read(const char *text, const char **token) {
  size_t length = strlen(text);
  if (length < 16 || length > 128 || strspn(text, "0123456789abcdef") != length) {
    return complain("not a token of 16 to 128 hexadecimal digits", text);
  }
  *token = text;
  return true;
}

static bool read_sandbox(struct options *options, const char *value) {
  if (strcmp(value, "auto") == 0) options->sandbox = SANDBOX_AUTO;
  if (strcmp(value, "required") == 0) options->sandbox = SANDBOX_REQUIRED;
  return options->sandbox != SANDBOX_NONE || complain("neither 'auto' nor 'required'", "--sandbox");
}

// Takes one thing that is different in the job's view; false when the option is none of these.
static bool read_place(struct options *options, const char *name, const char *value) {
  static const struct {
    const char *name;
    enum view view;
  } names[] = {
      {"--read-only", VIEW_READ_ONLY}, {"--empty", VIEW_EMPTY}, {"--show", VIEW_SHOW},
      {"--write", VIEW_WRITE},         {"--mask", VIEW_MASK},   {"--cover", VIEW_COVER},
  };
  for (size_t index = 0; index < sizeof names / sizeof *names; index++) {
    if (strcmp(name, names[index].name) != 0) continue;
    options->places[options->place_count++] = (struct place){.view = names[index].view, .path = value};
    return true;
  }
  return false;
}

static bool read_cover(struct options *options, const char *value) {
  struct place *last = options->place_count > 0 ? &options->places[options->place_count - 1] : NULL;
  if (last == NULL || last->view != VIEW_COVER) return complain("without --cover before it", "--with");
  last->with = value;
  return true;
}

static bool check_places(const struct options *options) {
  for (size_t index = 0; index < options->place_count; index++) {
    const struct place *place = &options->places[index];
    if (place->path[0] != '/') return complain("not an absolute path", place->path);
    if (place->view == VIEW_COVER && place->with == NULL) return complain("--with is missing", "--cover");
  }
  return options->place_count == 0 || options->sandbox != SANDBOX_NONE || complain("missing", "--sandbox");
}

static bool read_option(struct options *options, const char *name, const char *value) {
  if (strcmp(name, "--directory") == 0) { options->directory = value; return true; }
  if (strcmp(name, "--cwd") == 0) { options->cwd = value; return true; }
  if (strcmp(name, "--wake") == 0) { options->wake = value; return true; }
  if (strcmp(name, "--token") == 0) return token_read(value, &options->token);
  if (strcmp(name, "--timeout-ms") == 0) return read_number(name, value, 1, &options->timeout_ms);
  if (strcmp(name, "--grace-ms") == 0) return read_number(name, value, 0, &options->grace_ms);
  if (strcmp(name, "--memory-bytes") == 0) return read_number(name, value, 1, &options->memory_bytes);
  if (strcmp(name, "--log-cap-bytes") == 0) {
    return read_number(name, value, LEAST_LOG_CAP, &options->log_cap_bytes);
  }
  if (strcmp(name, "--secret-bytes") == 0) {
    if (!read_number(name, value, 1, &options->secret_bytes)) return false;
    return options->secret_bytes <= MOST_SECRET_BYTES || complain("more than 16 MiB", name);
  }
  if (strcmp(name, "--sandbox") == 0) return read_sandbox(options, value);
  if (strcmp(name, "--tmp") == 0) { options->tmp_parent = value; return true; }
  if (strcmp(name, "--with") == 0) return read_cover(options, value);
  return read_place(options, name, value) || complain("no such option", name);
}

bool options_read(struct options *options, int argc, char **argv) {
  *options = (struct options){.grace_ms = -1, .places = calloc((size_t)argc + 1, sizeof(struct place))};
  if (options->places == NULL) return complain(strerror(errno), "memory");
  int index = 1;
  while (index < argc && strcmp(argv[index], "--") != 0) {
    if (index + 1 >= argc) return complain("its value is missing", argv[index]);
    if (!read_option(options, argv[index], argv[index + 1])) return false;
    index += 2;
  }
  if (index + 1 >= argc) return complain("the command is missing", "--");
  options->argv = argv + index + 1;
  if (options->directory == NULL) return complain("missing", "--directory");
  if (options->token == NULL) return complain("missing", "--token");
  if (options->cwd == NULL) return complain("missing", "--cwd");
  if (options->timeout_ms == 0) return complain("missing", "--timeout-ms");
  if (options->grace_ms < 0) return complain("missing", "--grace-ms");
  if (options->log_cap_bytes == 0) return complain("missing", "--log-cap-bytes");
  return check_places(options);
}
