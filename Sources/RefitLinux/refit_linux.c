#include "refit_linux.h"
