// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/runner_options.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "kmod_rules/private/base/errno_name.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/vm/host/qemu_command.h"
#include "kmod_rules/private/vm/host/snapshot.h"
#include "kmod_rules/private/vm/verdict/step_check.h"
#include "kmod_rules/private/vm/verdict/taint.h"
#include "kmod_rules/private/vm/wire/guest_plan.h"

namespace kmod::vm {
namespace {

constexpr std::uint32_t kMaxSeconds = 24 * 60 * 60;
constexpr const char* kEmptyPattern = "is empty; give the text of the line";

base::FlagSetter seconds(std::optional<std::int64_t>& target_ms) {
  return [&target_ms](const std::string& value) -> base::Status {
    std::uint32_t seconds = 0;
    KMOD_TRY(base::number(seconds, 1U, kMaxSeconds)(value));
    target_ms = std::int64_t{seconds} * 1000;
    return {};
  };
}

base::FlagSetter patterns(std::vector<Pattern>& target) {
  return [&target](const std::string& value) -> base::Status {
    if (value.empty()) return std::unexpected(kEmptyPattern);
    target.emplace_back(value);
    return {};
  };
}

base::FlagSetter allowed_complaints(std::vector<AllowedComplaint>& target) {
  return [&target](const std::string& value) -> base::Status {
    if (value.empty()) return std::unexpected(kEmptyPattern);
    target.push_back({Pattern(value), ""});
    return {};
  };
}

base::FlagSetter reason(std::vector<AllowedComplaint>& allowed) {
  return [&allowed](const std::string& value) -> base::Status {
    if (allowed.empty() || !allowed.back().reason.empty()) {
      return std::unexpected("has to follow the --allow that it gives the reason for");
    }
    return base::text(allowed.back().reason)(value);
  };
}

base::FlagSetter taint_letters(std::uint64_t& target) {
  return [&target](const std::string& value) -> base::Status {
    const auto mask = parse_taint(value);
    if (!mask) return std::unexpected(fmt::format("cannot be used: {}", mask.error()));
    target |= *mask;
    return {};
  };
}

base::FlagSetter errno_name(int& target) {
  return [&target](const std::string& value) -> base::Status {
    const auto error = base::parse_errno(value);
    if (!error) return std::unexpected(fmt::format("cannot be used: {}", error.error()));
    target = *error;
    return {};
  };
}

base::FlagSetter symbol_files(std::vector<SymbolFile>& target) {
  return base::pair(':', [&target](std::string module, std::string file) -> base::Status {
    target.push_back({std::move(module), std::move(file)});
    return {};
  });
}

void add_expectation_flags(base::Flags& flags, RunnerOptions& options) {
  using enum base::FlagCount;
  Expectation& expectation = options.expectation;
  flags.add({"plan", "FILE", "what the guest does, the same file that the initramfs holds", kOnce},
            base::text(options.plan));
  flags.add({"load-error", "ERRNO", "loading the last module has to fail with it, such as EINVAL"},
            errno_name(options.load_error));
  flags.add(
      {"expect", "PATTERN", "a line of the kernel log that has to follow those before it", kAny},
      patterns(expectation.lines));
  flags.add({"forbid", "PATTERN", "a part of a line that the kernel log must not have", kAny},
            patterns(expectation.forbidden));
  flags.add({"allow", "PATTERN", "a complaint of the kernel that is harmless", kAny},
            allowed_complaints(expectation.allowed));
  flags.add({"reason", "TEXT", "why the complaint of the --allow before it is harmless", kAny},
            reason(expectation.allowed));
  flags.add({"unchecked", "CHECK", "a check of the guest that need not be possible", kAny},
            base::append(expectation.unchecked));
  flags.add({"allow-taint", "LETTERS", "taints that are allowed beside O and E, such as P", kAny},
            taint_letters(expectation.allowed_taint));
}

void add_snapshot_flags(base::Flags& flags, RunnerOptions& options) {
  using enum base::FlagCount;
  flags.add(
      {"snapshot", "FILE", "the state of a booted VM to start from; the last one counts", kAny},
      base::text(options.snapshot));
  flags.add({"snapshot-description", "FILE", "what the snapshot is of; the last one counts", kAny},
            base::text(options.snapshot_description));
}

void add_report_flags(base::Flags& flags, RunnerOptions& options) {
  using enum base::FlagCount;
  flags.add({"manifest", "FILE", "a list of the contents of the initramfs"},
            base::text(options.manifest));
  flags.add({"symbolizer", "PROGRAM", "addr2line of binutils, for the lines of a crash report"},
            base::text(options.symbolizer));
  flags.add({"demangler", "PROGRAM", "llvm-cxxfilt, for the names in a crash report"},
            base::text(options.demangler));
  flags.add({"symbols", "MODULE:FILE", "a module and its .ko with debug information", kAny},
            symbol_files(options.symbols));
  flags.add({"kernel-build-directory", "DIR", "where kbuild compiled, as in debug information"},
            base::text(options.kernel_build_directory));
}

}  // namespace

base::Flags runner_flags(RunnerOptions& options) {
  using enum base::FlagCount;
  base::Flags flags("vm_runner",
                    "Boots a kernel with modules in a virtual machine (VM) and says whether they "
                    "did what was expected.\nThe exit status is that of the verdict.");
  flags.add({"program-arg", "TEXT", "an argument for each program of the guest", kAny},
            base::append(options.program_arguments));
  flags.add({"timeout-s", "SECONDS", "limit for everything; the last one counts", kAny},
            seconds(options.timeout_ms));
  flags.add({"boot-timeout-s", "SECONDS", "limit until init is ready; the last one counts", kAny},
            seconds(options.boot_timeout_ms));
  flags.add({"run-timeout-s", "SECONDS", "limit from then on; the last one counts", kAny},
            seconds(options.run_timeout_ms));
  flags.add({"machine", "TYPE", "microvm, pc or q35; the last one counts", kAny},
            base::choice<std::string>(options.machine.type,
                                      {{"microvm", "microvm"}, {"pc", "pc"}, {"q35", "q35"}}));
  add_machine_flags(flags, options.machine);
  add_snapshot_flags(flags, options);
  add_expectation_flags(flags, options);
  add_report_flags(flags, options);
  return flags;
}

base::Status complete_options(RunnerOptions& options) {
  for (const AllowedComplaint& allowed : options.expectation.allowed) {
    if (!allowed.reason.empty()) continue;
    return std::unexpected(
        fmt::format("--allow={} has to be followed by --reason=TEXT, which says why it is harmless",
                    allowed.headline.text()));
  }
  const auto plan = parse_plan(KMOD_TRY(base::read_file(options.plan)));
  if (!plan) return std::unexpected(fmt::format("{}: {}", options.plan, plan.error()));
  expect_plan(*plan, options.load_error, options.expectation);
  options.machine.survives_warnings = !options.expectation.allowed.empty();
  options.machine.console_has_priorities = true;
  return {};
}

base::Result<std::string> choose_start(RunnerOptions& options) {
  if (options.snapshot.empty()) return "";
  const std::string description = KMOD_TRY(base::read_file(options.snapshot_description));
  const auto reason = why_boot(description, options.machine, measure_host_tsc_khz().value_or(0));
  if (!reason) {
    return std::unexpected(fmt::format("{} {}", options.snapshot_description, reason.error()));
  }
  options.machine.restored = !*reason;
  if (*reason) return fmt::format("the kernel boots: {}\n", **reason);
  return "the kernel was booted before, and continues from a snapshot\n";
}

base::Result<Limits> choose_limits(const RunnerOptions& options, const std::string& test_timeout) {
  constexpr std::int64_t kDefaultTotalMs = 60'000;
  constexpr std::int64_t kMarginMs = 5'000;
  Limits limits{.total_ms = kDefaultTotalMs};
  if (!test_timeout.empty()) {
    const auto timeout_s = base::parse_number<std::uint32_t>(test_timeout);
    if (!timeout_s || *timeout_s == 0 || *timeout_s > kMaxSeconds) {
      return std::unexpected(
          fmt::format("the environment's TEST_TIMEOUT is \"{}\", which is not a number of seconds",
                      test_timeout));
    }
    const std::int64_t timeout_ms = std::int64_t{*timeout_s} * 1000;
    limits.total_ms = timeout_ms - std::min(kMarginMs, timeout_ms / 4);
  }
  limits.total_ms = options.timeout_ms.value_or(limits.total_ms);
  limits.boot_ms = std::min(
      limits.total_ms, options.boot_timeout_ms.value_or(default_boot_limit_ms(options.machine)));
  limits.run_ms = options.run_timeout_ms;
  limits.is_given = options.timeout_ms || options.boot_timeout_ms || options.run_timeout_ms;
  return limits;
}

}  // namespace kmod::vm
