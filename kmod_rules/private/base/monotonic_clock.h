// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_BASE_MONOTONIC_CLOCK_H_
#define KMOD_RULES_PRIVATE_BASE_MONOTONIC_CLOCK_H_

#include <time.h>

#include <cstdint>

namespace kmod::base {

// The monotonic clock in microseconds. In a guest it counts from boot, as the kernel log does.
[[nodiscard]] inline std::uint64_t monotonic_us() {
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000 +
         static_cast<std::uint64_t>(now.tv_nsec) / 1'000;
}

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_MONOTONIC_CLOCK_H_
