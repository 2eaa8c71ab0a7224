// What Linux has and Swift's own view of the C library does not show.
#ifndef REFIT_LINUX_H
#define REFIT_LINUX_H

#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>

// Flags of timers, as numbers that Swift can pass.
static const int refit_timer_flags = TFD_CLOEXEC | TFD_NONBLOCK;
static const int refit_timer_until_instant = TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET;
static const int refit_event_flags = EFD_CLOEXEC | EFD_NONBLOCK;

// A pipe whose ends no child inherits, not even one that another thread starts at the same time: 0, or -1 and errno.
int refit_pipe(int ends[2]);

// Makes and opens a file that no child inherits either, with a name for the six X at the end of the one given: its
// descriptor, or -1 and errno.
int refit_temporary_file(char *name);

#endif
