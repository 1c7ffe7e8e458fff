// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/runner_options.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include "kmod_rules/private/base/errno_name.h"
#include "kmod_rules/private/vm/verdict/taint.h"

namespace kmod::vm {
namespace {

using Status = std::expected<void, std::string>;

constexpr std::uint32_t kMaxSeconds = 24 * 60 * 60;

std::unexpected<std::string> wrong(const base::Argument& argument, const std::string& what) {
  return std::unexpected("--" + argument.name + "=" + argument.value + ": " + what);
}

Status set_number(const base::Argument& argument, std::uint32_t least, std::uint32_t most,
                  std::uint32_t& target) {
  const char* end = argument.value.data() + argument.value.size();
  const auto [stop, error] = std::from_chars(argument.value.data(), end, target);
  if (error != std::errc() || stop != end || target < least || target > most) {
    return wrong(argument, "has to be a number from " + std::to_string(least) + " to " +
                               std::to_string(most));
  }
  return {};
}

Status set_seconds(const base::Argument& argument, std::optional<std::int64_t>& target_ms) {
  std::uint32_t seconds = 0;
  const Status status = set_number(argument, 1, kMaxSeconds, seconds);
  if (status) target_ms = std::int64_t{seconds} * 1000;
  return status;
}

Status set_text(const base::Argument& argument, std::string& target) {
  if (argument.value.empty()) return wrong(argument, "has to have a value");
  if (!target.empty()) return wrong(argument, "was already given as " + target);
  target = argument.value;
  return {};
}

Status add_text(const base::Argument& argument, std::vector<std::string>& target) {
  if (argument.value.empty()) return wrong(argument, "has to have a value");
  target.push_back(argument.value);
  return {};
}

Status add_module(const base::Argument& argument, std::vector<ExpectedModule>& modules) {
  const std::size_t colon = argument.value.find(':');
  ExpectedModule module{argument.value.substr(0, colon), 0};
  if (colon != std::string::npos) {
    const auto error = base::parse_errno(argument.value.substr(colon + 1));
    if (!error) return wrong(argument, error.error());
    module.load_error = *error;
  }
  if (module.name.empty()) return wrong(argument, "has to begin with the name of a module");
  if (std::ranges::find(modules, module.name, &ExpectedModule::name) != modules.end()) {
    return wrong(argument, "the module is there already; one cannot be loaded twice");
  }
  modules.push_back(std::move(module));
  return {};
}

Status add_program(const base::Argument& argument, std::vector<std::string>& programs) {
  if (std::ranges::find(programs, argument.value) != programs.end()) {
    return wrong(argument, "the program is there already");
  }
  return add_text(argument, programs);
}

Status add_symbols(const base::Argument& argument, std::vector<SymbolFile>& symbols) {
  const std::size_t colon = argument.value.find(':');
  if (colon == 0 || colon == std::string::npos || colon + 1 == argument.value.size()) {
    return wrong(argument, "has to be a module's name, a colon and the path of its .ko");
  }
  symbols.push_back({argument.value.substr(0, colon), argument.value.substr(colon + 1)});
  return {};
}

Status add_pattern(const base::Argument& argument, std::vector<Pattern>& patterns) {
  if (argument.value.empty()) {
    return wrong(argument, "an empty text says nothing; give the text of the line");
  }
  patterns.emplace_back(argument.value);
  return {};
}

Status add_allowed(const base::Argument& argument, std::vector<AllowedComplaint>& allowed) {
  if (argument.value.empty()) {
    return wrong(argument, "an empty text says nothing; give the text of the line");
  }
  allowed.push_back({Pattern(argument.value), ""});
  return {};
}

Status set_reason(const base::Argument& argument, std::vector<AllowedComplaint>& allowed) {
  if (allowed.empty())
    return wrong(argument, "has to follow the --allow that it gives reasons for");
  return set_text(argument, allowed.back().reason);
}

Status set_keep(const base::Argument& argument, bool& target) {
  if (argument.value != "yes") return wrong(argument, "there is only yes");
  target = true;
  return {};
}

Status set_accelerator(const base::Argument& argument, Accelerator& target) {
  if (argument.value == "tcg") {
    target = Accelerator::kTcg;
  } else if (argument.value == "kvm") {
    target = Accelerator::kKvm;
  } else {
    return wrong(argument, "there are tcg, which always works, and kvm");
  }
  return {};
}

Status set_machine(const base::Argument& argument, std::string& target) {
  if (argument.value != "microvm" && argument.value != "pc" && argument.value != "q35") {
    return wrong(argument, "there are microvm, pc and q35");
  }
  target = argument.value;
  return {};
}

Status add_taint(const base::Argument& argument, std::uint64_t& target) {
  const auto mask = parse_taint(argument.value);
  if (!mask) return wrong(argument, mask.error());
  target |= *mask;
  return {};
}

Status apply(const base::Argument& argument, RunnerOptions& options) {
  const std::string& name = argument.name;
  Expectation& expectation = options.expectation;
  if (name == "qemu") return set_text(argument, options.qemu);
  if (name == "qemu-data") return add_text(argument, options.qemu_data);
  if (name == "qemu-modules") return set_text(argument, options.qemu_modules);
  if (name == "kernel") return set_text(argument, options.kernel);
  if (name == "initramfs") return set_text(argument, options.initramfs);
  if (name == "module") return add_module(argument, expectation.modules);
  if (name == "manifest") return set_text(argument, options.manifest);
  if (name == "program") return add_program(argument, expectation.programs);
  if (name == "program-arg") return add_text(argument, options.program_arguments);
  if (name == "reload") return set_number(argument, 0, 100'000, expectation.reloads);
  if (name == "keep") return set_keep(argument, expectation.keep);
  if (name == "expect") return add_pattern(argument, expectation.lines);
  if (name == "forbid") return add_pattern(argument, expectation.forbidden);
  if (name == "allow") return add_allowed(argument, expectation.allowed);
  if (name == "reason") return set_reason(argument, expectation.allowed);
  if (name == "allow-taint") return add_taint(argument, expectation.allowed_taint);
  if (name == "accel") return set_accelerator(argument, options.accelerator);
  if (name == "machine") return set_machine(argument, options.machine);
  if (name == "cpus") return set_number(argument, 1, 64, options.cpus);
  if (name == "memory-mib") return set_number(argument, 96, 65536, options.memory_mib);
  if (name == "kernel-arg") return add_text(argument, options.kernel_arguments);
  if (name == "symbolizer") return set_text(argument, options.symbolizer);
  if (name == "demangler") return set_text(argument, options.demangler);
  if (name == "symbols") return add_symbols(argument, options.symbols);
  if (name == "kernel-build-directory") return set_text(argument, options.kernel_build_directory);
  if (name == "timeout-s") return set_seconds(argument, options.timeout_ms);
  if (name == "run-timeout-s") return set_seconds(argument, options.run_timeout_ms);
  if (name == "boot-timeout-s") return set_seconds(argument, options.boot_timeout_ms);
  return wrong(argument,
               "is unknown; kmod_rules/private/vm/host/runner_options.h lists what there is");
}

}  // namespace

std::expected<RunnerOptions, std::string> parse_runner_options(
    const std::vector<base::Argument>& arguments) {
  RunnerOptions options;
  for (const base::Argument& argument : arguments) {
    if (const Status status = apply(argument, options); !status) {
      return std::unexpected(status.error());
    }
  }
  const std::pair<const char*, bool> needed[] = {
      {"--qemu=<program>", options.qemu.empty()},
      {"--kernel=<bzImage>", options.kernel.empty()},
      {"--initramfs=<file>", options.initramfs.empty()},
      {"--module=<name>", options.expectation.modules.empty()},
  };
  for (const auto& [argument, missing] : needed) {
    if (missing) return std::unexpected(std::string(argument) + " is missing");
  }
  for (const AllowedComplaint& allowed : options.expectation.allowed) {
    if (!allowed.reason.empty()) continue;
    return std::unexpected("--allow=" + allowed.headline.text() +
                           ": has to be followed by --reason=<why it is harmless>");
  }
  return options;
}

std::expected<Limits, std::string> choose_limits(const RunnerOptions& options,
                                                 const std::string& test_timeout) {
  // Emulated, the kernel boots in under two seconds; the rest is for a host that is busy with many
  // tests. With KVM a boot takes well under a second, or never ends.
  constexpr std::int64_t kDefaultTotalMs = 60'000;
  constexpr std::int64_t kEmulatedBootMs = 60'000;
  constexpr std::int64_t kKvmBootMs = 15'000;
  constexpr std::int64_t kMarginMs = 5'000;
  Limits limits{.total_ms = kDefaultTotalMs};
  if (!test_timeout.empty()) {
    std::optional<std::int64_t> timeout_ms;
    if (const Status status = set_seconds({"", test_timeout}, timeout_ms); !status) {
      return std::unexpected("the environment's TEST_TIMEOUT is \"" + test_timeout +
                             "\", which is no number of seconds");
    }
    limits.total_ms = *timeout_ms - std::min(kMarginMs, *timeout_ms / 4);
  }
  limits.total_ms = options.timeout_ms.value_or(limits.total_ms);
  const bool kvm = options.accelerator == Accelerator::kKvm;
  limits.boot_ms = std::min(limits.total_ms,
                            options.boot_timeout_ms.value_or(kvm ? kKvmBootMs : kEmulatedBootMs));
  limits.run_ms = options.run_timeout_ms;
  return limits;
}

}  // namespace kmod::vm
