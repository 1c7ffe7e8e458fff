// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/given_time.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/monotonic_clock.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::vm {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kReadEveryUs = 20'000;

// Documentation/scheduler/sched-stats.rst: nanoseconds on a processor, nanoseconds of waiting for
// one, time slices.
std::uint64_t waited_us_of(const fs::path& task) {
  const auto text = base::read_file((task / "schedstat").string());
  if (!text) return 0;
  const auto numbers = base::split(*text, ' ');
  return numbers.size() < 2 ? 0 : base::parse_number<std::uint64_t>(numbers[1]).value_or(0) / 1000;
}

}  // namespace

std::uint64_t GivenTime::waited_us() {
  const std::uint64_t now = base::monotonic_us();
  if (now < read_us_ + kReadEveryUs) return waited_us_;
  read_us_ = now;
  std::error_code error;
  for (fs::directory_iterator task("/proc/" + std::to_string(process_) + "/task", error), end;
       !error && task != end; task.increment(error)) {
    // A thread that has ended takes its time along.
    waited_us_ = std::max(waited_us_, waited_us_of(task->path()));
  }
  return waited_us_;
}

Moment GivenTime::now() {
  const std::uint64_t waited = waited_us();
  const std::uint64_t host = base::monotonic_us();
  return {host, host - waited};
}

std::uint64_t left_us(const Moment& begin, std::int64_t limit_ms, const Moment& now) {
  const std::uint64_t limit = static_cast<std::uint64_t>(limit_ms) * 1000;
  const auto left = [](std::uint64_t due, std::uint64_t at) { return due - std::min(due, at); };
  return std::max(left(begin.host_us + limit, now.host_us),
                  left(begin.given_us + limit / 4, now.given_us));
}

}  // namespace kmod::vm
