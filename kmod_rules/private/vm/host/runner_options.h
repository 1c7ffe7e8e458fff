// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_HOST_RUNNER_OPTIONS_H_
#define KMOD_RULES_PRIVATE_VM_HOST_RUNNER_OPTIONS_H_

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "kmod_rules/private/base/arguments.h"
#include "kmod_rules/private/vm/report/symbolizer.h"
#include "kmod_rules/private/vm/verdict/expectation.h"

namespace kmod::vm {

enum class Accelerator { kTcg, kKvm };

// What vm_runner is asked to do.
struct RunnerOptions {
  std::string qemu;
  std::vector<std::string> qemu_data;  // directories with QEMU's firmware files
  std::string qemu_modules;            // directory of QEMU's shared objects, may be empty
  std::string kernel;
  std::string initramfs;
  std::string manifest;  // file that lists what the initramfs holds, may be empty
  Expectation expectation;
  std::vector<std::string> program_arguments;
  Accelerator accelerator = Accelerator::kTcg;
  std::string machine = "microvm";
  std::uint32_t cpus = 1;
  std::uint32_t memory_mib = 256;
  std::vector<std::string> kernel_arguments;
  std::string symbolizer;  // may be empty, as the next two
  std::string demangler;
  std::string kernel_build_directory;
  std::vector<SymbolFile> symbols;
  std::optional<std::int64_t> timeout_ms;
  std::optional<std::int64_t> boot_timeout_ms;
  std::optional<std::int64_t> run_timeout_ms;
};

// Understands the command line:
//
//   --qemu=<program>  --qemu-data=<directory> (repeatable)  --qemu-modules=<directory>
//   --kernel=<bzImage>  --initramfs=<file>  --manifest=<file that lists what is in it>
//   --module=<name>[:<errno>]     in load order; with an errno, such as EINVAL, loading has to fail
//   --program=<name>              of the guest, in the order of the plan
//   --program-arg=<text>          for each of the programs (repeatable)
//   --reload=<count>  --keep=yes  as in the plan
//   --expect=<pattern>            a line of the kernel log, has to come behind those before it
//   --forbid=<pattern>            a part of a line of the kernel log that must not come
//   --allow=<pattern> --reason=<text>   a complaint of the kernel that is harmless, and why
//   --allow-taint=<letters>       beside O and E, such as P
//   --accel=tcg|kvm  --machine=microvm|pc|q35  --cpus=<count>  --memory-mib=<size>
//   --kernel-arg=<text> (repeatable)
//   --symbolizer=<program>        addr2line of binutils, for the lines of a crash report
//   --demangler=<program>         llvm-cxxfilt, for the names in it
//   --symbols=<module>:<ko>       a module with debug information; repeatable
//   --kernel-build-directory=<path>  where kbuild compiled, as debug information has it
//   --timeout-s=<seconds>         for everything
//   --boot-timeout-s=<seconds>    until init is ready
//   --run-timeout-s=<seconds>     from then on, for the steps
//
// Errors: an argument that is unknown, malformed, out of its range or missing; the message says
// what is possible.
[[nodiscard]] std::expected<RunnerOptions, std::string> parse_runner_options(
    const std::vector<base::Argument>& arguments);

// How long the runner waits for what, in milliseconds.
struct Limits {
  std::int64_t total_ms = 0;  // until the guest's end record
  std::int64_t boot_ms = 0;   // until init is ready
  // For the guest's steps, from then on; empty if only `total_ms` limits them.
  std::optional<std::int64_t> run_ms = std::nullopt;
};

// `test_timeout` is the environment's TEST_TIMEOUT in seconds, empty if there is none. A part of it
// is kept back for the report.
//
// Errors: a TEST_TIMEOUT that is no number of seconds.
[[nodiscard]] std::expected<Limits, std::string> choose_limits(const RunnerOptions& options,
                                                               const std::string& test_timeout);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_HOST_RUNNER_OPTIONS_H_
