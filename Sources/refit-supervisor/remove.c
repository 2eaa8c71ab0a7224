// Takes away what a job has left in its own /tmp.
#include "supervisor.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// A descriptor is held for each level: deeper than this stays.
enum { DEEPEST = 256 };

static void remove_entries(int directory, const char *name, int depth) {
  int inner = openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (inner < 0) return;
  // A job may have closed its own directories.
  if (depth > 0) fchmod(inner, 0700);
  DIR *entries = fdopendir(inner);
  if (entries == NULL) {
    close(inner);
    return;
  }
  struct dirent *entry;
  while ((entry = readdir(entries)) != NULL) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    if (unlinkat(inner, entry->d_name, 0) == 0 || depth >= DEEPEST) continue;
    remove_entries(inner, entry->d_name, depth + 1);
    unlinkat(inner, entry->d_name, AT_REMOVEDIR);
  }
  closedir(entries);
}

void remove_contents(int directory, const char *name) { remove_entries(directory, name, 0); }

void remove_tree(int directory, const char *name) {
  remove_contents(directory, name);
  unlinkat(directory, name, AT_REMOVEDIR);
}
