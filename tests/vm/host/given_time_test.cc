// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/given_time.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <vector>

#include "kmod_rules/private/base/monotonic_clock.h"

namespace kmod::vm {
namespace {

// Processes that compete for the first processor, until the object goes.
class Rivals {
 public:
  explicit Rivals(int count) {
    for (int i = 0; i < count; ++i) {
      const pid_t pid = fork();
      if (pid == 0) compete();
      pids_.push_back(pid);
    }
  }

  Rivals(const Rivals&) = delete;
  Rivals& operator=(const Rivals&) = delete;

  ~Rivals() {
    for (const pid_t pid : pids_) {
      kill(pid, SIGKILL);
      waitpid(pid, nullptr, 0);
    }
  }

  [[nodiscard]] pid_t first() const { return pids_.front(); }

 private:
  [[noreturn]] static void compete() {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(first_processor(), &set);
    sched_setaffinity(0, sizeof(set), &set);
    for (;;) {
    }
  }

  static int first_processor() {
    cpu_set_t set;
    CPU_ZERO(&set);
    sched_getaffinity(0, sizeof(set), &set);
    int processor = 0;
    while (!CPU_ISSET(processor, &set)) ++processor;
    return processor;
  }

  std::vector<pid_t> pids_;
};

TEST(GivenTimeTest, DoesNotCountWaitingForAProcessor) {
  const Rivals rivals(4);
  GivenTime time(rivals.first());
  const std::uint64_t begin = base::monotonic_us();
  // One of four gets a quarter, however busy the host is otherwise.
  while (base::monotonic_us() < begin + 2'000'000) usleep(50'000);
  const std::uint64_t waited = time.waited_us();
  if (waited == 0) GTEST_SKIP() << "the host's kernel does not count the waiting of processes";
  EXPECT_GT(waited, 1'000'000U);
  const Moment now = time.now();
  EXPECT_LE(now.given_us + waited, now.host_us);
}

TEST(GivenTimeTest, CountsSleep) {
  const pid_t pid = fork();
  if (pid == 0) {
    for (;;) pause();
  }
  GivenTime time(pid);
  const std::uint64_t begin = time.now().given_us;
  usleep(300'000);
  EXPECT_GT(time.now().given_us, begin + 100'000);
  kill(pid, SIGKILL);
  waitpid(pid, nullptr, 0);
}

TEST(GivenTimeTest, IsTheHostsTimeOnceTheProcessIsGone) {
  GivenTime time(0x3fffffff);
  const Moment now = time.now();
  EXPECT_EQ(now.given_us, now.host_us);
}

TEST(GivenTimeTest, ALimitNeedsItsTimeAndAQuarterOfTheProcessor) {
  const Moment begin{1'000'000, 500'000};
  EXPECT_EQ(left_us(begin, 2000, begin), 2'000'000U);
  EXPECT_EQ(left_us(begin, 2000, {2'500'000, 2'000'000}), 500'000U);
  EXPECT_EQ(left_us(begin, 2000, {3'000'000, 2'500'000}), 0U);
  EXPECT_EQ(left_us(begin, 2000, {3'000'000, 600'000}), 400'000U);
  EXPECT_EQ(left_us(begin, 2000, {9'000'000, 1'000'000}), 0U);
}

}  // namespace
}  // namespace kmod::vm
