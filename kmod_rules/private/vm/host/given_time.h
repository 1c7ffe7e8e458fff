// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_HOST_GIVEN_TIME_H_
#define KMOD_RULES_PRIVATE_VM_HOST_GIVEN_TIME_H_

#include <sys/types.h>

#include <cstdint>

namespace kmod::vm {

// A moment, in microseconds of two clocks.
struct Moment {
  std::uint64_t host_us = 0;   // the host's monotonic clock
  std::uint64_t given_us = 0;  // the same, without the time in which the process waited
};

// The time that a process was given: without that in which it was ready to run and waited for a
// processor of the host. Time in which it sleeps counts.
class GivenTime {
 public:
  explicit GivenTime(pid_t process) : process_(process) {}

  [[nodiscard]] Moment now();

  // How long it has waited so far, in microseconds: of its threads, the one that waited longest. 0
  // if the host's kernel does not count it (CONFIG_SCHED_INFO).
  [[nodiscard]] std::uint64_t waited_us();

 private:
  pid_t process_;
  std::uint64_t read_us_ = 0;  // when waited_us_ was read
  std::uint64_t waited_us_ = 0;
};

// How many microseconds are left at `now` of a limit that began at `begin`; 0 once it is reached.
// It is reached when it is over on the host's clock and the process was given at least a quarter of
// it: so a busy host does not accuse a guest, and a guest that hangs does not take much longer.
[[nodiscard]] std::uint64_t left_us(const Moment& begin, std::int64_t limit_ms, const Moment& now);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_HOST_GIVEN_TIME_H_
