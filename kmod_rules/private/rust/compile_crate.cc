// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Build action Rustc: compiles one crate, and says what to do about errors that come from the build
// rather than from the code. `--help` lists the flags.
#include <fmt/core.h>

#include <cstdio>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/rust/rustc_diagnosis.h"

namespace kmod::rust {
namespace {

struct CompileRequest {
  std::string rustc;
  std::string scratch;
  Crate crate;
  std::vector<std::string> flags;
};

base::Flags compile_flags(CompileRequest& request) {
  using enum base::FlagCount;
  base::Flags flags("compile_crate", "Build action Rustc: compiles one crate.");
  flags.add({"rustc", "FILE", "the compiler", kOnce}, base::text(request.rustc));
  flags.add(
      {"scratch", "DIR", "a directory for rustc's own files, which exists only meanwhile", kOnce},
      base::text(request.scratch));
  flags.add({"label", "LABEL", "the crate's target, for messages", kOnce},
            base::text(request.crate.label));
  flags.add({"crate", "NAME", "the crate's name", kOnce}, base::text(request.crate.name));
  flags.add({"root", "FILE", "the crate's first file", kOnce}, base::text(request.crate.root));
  flags.add({"flag", "FLAG", "a flag of rustc", kAny}, base::append(request.flags));
  return flags;
}

base::Result<int> compile(const CompileRequest& request) {
  std::vector<std::string> arguments = {request.rustc};
  arguments.insert(arguments.end(), request.flags.begin(), request.flags.end());
  arguments.push_back(request.crate.root);
  KMOD_TRY(base::make_directories(request.scratch));
  // The flags for the code of a kernel are unstable ones, which RUSTC_BOOTSTRAP allows.
  const auto ended =
      base::run_process(arguments, {"LC_ALL=C", "RUSTC_BOOTSTRAP=1", "TMPDIR=" + request.scratch});
  std::error_code ignored;
  std::filesystem::remove_all(request.scratch, ignored);
  const auto result = KMOD_TRY(ended);
  if (!result.succeeded()) {
    for (const std::string& message : diagnose_rustc(request.crate, result.output)) {
      fmt::print(stderr, "{}\n", message);
    }
    fmt::print(stderr, "{}: rustc {}:\n", request.crate.label, result.describe());
  }
  fmt::print(stderr, "{}", result.output);
  return result.succeeded() ? 0 : 1;
}

}  // namespace
}  // namespace kmod::rust

int main(int argc, char** argv) {
  kmod::rust::CompileRequest request;
  const kmod::base::Flags flags = kmod::rust::compile_flags(request);
  return kmod::base::run_program(flags, argc, argv, [&] { return kmod::rust::compile(request); });
}
