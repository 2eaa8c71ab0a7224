// Bytes looked at many at a time, which Swift's own vectors do slowly.
#ifndef REFIT_BYTES_H
#define REFIT_BYTES_H

#include <stdint.h>
#include <string.h>

typedef uint8_t refit_bytes __attribute__((ext_vector_type(64)));
typedef _Bool refit_bits __attribute__((ext_vector_type(64)));

// Which of 64 bytes are this one: the lowest bit stands for the first of them.
static inline uint64_t refit_places(uint8_t byte, const uint8_t *start) {
  refit_bytes bytes;
  memcpy(&bytes, start, sizeof bytes);
  refit_bits are_equal = __builtin_convertvector(bytes == byte, refit_bits);
  uint64_t places;
  memcpy(&places, &are_equal, sizeof places);
  return places;
}

#endif
