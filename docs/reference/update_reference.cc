// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Writes docs/rules.md and docs/runtime.md from the docstrings and the headers' comments; with
// --check, compares them.
#include <fmt/core.h>

#include <cstdlib>
#include <string>

#include "docs/reference/header_reference.h"
#include "docs/reference/rule_reference.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/flags.h"

namespace kmod::reference {
namespace {

struct Options {
  std::string root;
  bool check = false;
};

base::Status write_or_check(const Options& options, const std::string& path,
                            const std::string& text) {
  const std::string full_path = options.root + "/" + path;
  if (!options.check) return base::write_file(full_path, text);
  if (KMOD_TRY(base::read_file(full_path)) == text) return {};
  return std::unexpected(
      fmt::format("{} does not say what the sources say. Run bazel run //docs:update_reference and "
                  "commit the page.",
                  path));
}

base::Result<int> run(const Options& options) {
  KMOD_TRY(write_or_check(options, "docs/rules.md", KMOD_TRY(rule_reference(options.root))));
  KMOD_TRY(write_or_check(options, "docs/runtime.md", KMOD_TRY(header_reference(options.root))));
  return 0;
}

}  // namespace
}  // namespace kmod::reference

int main(int argc, char** argv) {
  kmod::reference::Options options;
  // Set by `bazel run`. A test runs in the root of its runfiles' workspace.
  const char* const workspace = std::getenv("BUILD_WORKSPACE_DIRECTORY");
  options.root = workspace == nullptr ? "." : workspace;
  kmod::base::Flags flags(
      "update_reference",
      "Writes docs/rules.md and docs/runtime.md from the docstrings and the headers' comments.");
  flags.add_switch("check", "only compare, and fail if a page is not current", options.check);
  flags.add({"root", "DIR", "the workspace; the default is that of bazel run"},
            kmod::base::text(options.root));
  return kmod::base::run_program(flags, argc, argv, [&] { return kmod::reference::run(options); });
}
