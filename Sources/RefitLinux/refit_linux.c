#define _GNU_SOURCE

#include "refit_linux.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

int refit_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int refit_temporary_file(char *name) { return mkostemp(name, O_CLOEXEC); }
