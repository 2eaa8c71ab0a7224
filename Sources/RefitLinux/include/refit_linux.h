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

#endif
