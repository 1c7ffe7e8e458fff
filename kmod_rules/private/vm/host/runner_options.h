// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_HOST_RUNNER_OPTIONS_H_
#define KMOD_RULES_PRIVATE_VM_HOST_RUNNER_OPTIONS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/vm/host/machine.h"
#include "kmod_rules/private/vm/report/symbolizer.h"
#include "kmod_rules/private/vm/verdict/expectation.h"

namespace kmod::vm {

// What vm_runner is asked to do.
struct RunnerOptions {
  Machine machine;
  std::string plan;      // file with the guest's plan, the same that the initramfs holds
  int load_error = 0;    // the errno with which the last module must not load, 0 for none
  std::string snapshot;  // file with the state of a booted VM, may be empty
  std::string snapshot_description;  // file that describes it (snapshot.h)
  std::string manifest;              // file that lists the contents of the initramfs, may be empty
  Expectation expectation;
  std::vector<std::string> program_arguments;
  std::string symbolizer;  // may be empty, as the next two
  std::string demangler;
  std::string kernel_build_directory;
  std::vector<SymbolFile> symbols;
  std::optional<std::int64_t> timeout_ms;
  std::optional<std::int64_t> boot_timeout_ms;
  std::optional<std::int64_t> run_timeout_ms;
};

// The command line of vm_runner. The flags set `options`.
[[nodiscard]] base::Flags runner_flags(RunnerOptions& options);

// Reads the plan and takes the expected steps from it. To be called once the flags are parsed.
//
// Errors: an --allow without a --reason, a plan that cannot be read or understood.
[[nodiscard]] base::Status complete_options(RunnerOptions& options);

// Decides whether the VM is restored from the snapshot: options.machine.restored. Gives a line
// about it for the log, empty without a snapshot. To be called after complete_options().
//
// Errors: a description that cannot be read or understood.
[[nodiscard]] base::Result<std::string> choose_start(RunnerOptions& options);

// How long the runner waits, in milliseconds.
struct Limits {
  std::int64_t total_ms = 0;  // until the guest's end record
  std::int64_t boot_ms = 0;   // until init is ready
  // For the guest's steps, from then on; empty if only `total_ms` limits them.
  std::optional<std::int64_t> run_ms = std::nullopt;
  bool is_given = false;  // a person chose one of them
};

// `test_timeout` is the environment's TEST_TIMEOUT in seconds, empty if it is not set. A part of it
// is reserved for the report.
//
// Errors: a TEST_TIMEOUT that is not a number of seconds.
[[nodiscard]] base::Result<Limits> choose_limits(const RunnerOptions& options,
                                                 const std::string& test_timeout);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_HOST_RUNNER_OPTIONS_H_
