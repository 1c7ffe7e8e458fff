// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/snapshot.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "kmod_rules/private/base/text.h"

namespace kmod::vm {
namespace {

constexpr std::string_view kClockKey = "tsc_khz: ";

// A kernel takes its clock for wrong if it differs by a hundredth from another clock.
constexpr std::uint32_t kClockTolerance = 200;

std::string describe(const Machine& machine) {
  return fmt::format(
      "machine: {}\naccelerator: {}\ncpus: {}\nmemory_mib: {}\ndevices: {}\narguments: {}\n",
      machine.type, machine.accelerator == Accelerator::kTcg ? "tcg" : "kvm", machine.cpus,
      machine.memory_mib, fmt::join(machine.devices, " "),
      fmt::join(machine.kernel_arguments, " "));
}

}  // namespace

std::string describe_snapshot(const Machine& machine, std::uint32_t tsc_khz) {
  return fmt::format("{}{}\n{}", kClockKey, tsc_khz, describe(machine));
}

base::Result<std::optional<std::string>> why_boot(std::string_view description,
                                                  const Machine& machine, std::uint32_t tsc_khz) {
  const std::size_t end = description.find('\n');
  const auto saved_khz = description.starts_with(kClockKey) && end != std::string_view::npos
                             ? base::parse_number<std::uint32_t>(
                                   description.substr(kClockKey.size(), end - kClockKey.size()))
                             : std::nullopt;
  if (!saved_khz) return std::unexpected("does not describe a snapshot");
  if (description.substr(end + 1) != describe(machine)) {
    return "the snapshot is of another machine than the flags describe";
  }
  const std::uint32_t low = std::min(*saved_khz, tsc_khz);
  const std::uint32_t high = std::max(*saved_khz, tsc_khz);
  if (high - low > high / kClockTolerance) {
    return fmt::format("the processor's clock has {} kHz, and had {} kHz for the snapshot", tsc_khz,
                       *saved_khz);
  }
  return std::nullopt;
}

}  // namespace kmod::vm
