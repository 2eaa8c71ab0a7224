#include "refit_bytes.h"
