// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/host_tsc.h"

#include <time.h>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace kmod::vm {
#if defined(__x86_64__)
namespace {

struct Reading {
  std::uint64_t ns = 0;
  std::uint64_t ticks = 0;
};

// Of a few tries the one in which the least time passed around the clock: an interrupt in between
// would spoil the pair.
Reading read_both() {
  Reading best;
  std::uint64_t least = UINT64_MAX;
  for (int i = 0; i < 8; ++i) {
    timespec now = {};
    const std::uint64_t before = __rdtsc();
    clock_gettime(CLOCK_MONOTONIC, &now);
    const std::uint64_t after = __rdtsc();
    if (after - before >= least) continue;
    least = after - before;
    best.ns = static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 +
              static_cast<std::uint64_t>(now.tv_nsec);
    best.ticks = before + least / 2;
  }
  return best;
}

}  // namespace

std::optional<std::uint32_t> measure_host_tsc_khz() {
  const Reading begin = read_both();
  const timespec pause = {0, 5'000'000};
  nanosleep(&pause, nullptr);
  const Reading end = read_both();
  return static_cast<std::uint32_t>((end.ticks - begin.ticks) * 1'000'000 / (end.ns - begin.ns));
}
#else
std::optional<std::uint32_t> measure_host_tsc_khz() { return std::nullopt; }
#endif

}  // namespace kmod::vm
