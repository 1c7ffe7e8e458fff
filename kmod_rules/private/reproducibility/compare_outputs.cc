// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Compares the files of two directories: the bazel-out of two builds, for example on two computers,
// or copies of them. Prints the first difference of each file, by section and symbol.

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "kmod_rules/private/base/bazel_program.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/reproducibility/output_tree.h"
#include "kmod_rules/private/reproducibility/tree_comparison.h"

namespace kmod::reproducibility {
namespace {

constexpr std::size_t kExplained = 5;

base::Result<int> compare(const std::vector<std::string>& directories,
                          const std::string& demangler) {
  if (directories.size() != 2) return std::unexpected("name two directories");
  // A relative path is relative to the directory in which the user called `bazel run`.
  const std::filesystem::path directory = base::directory_from("BUILD_WORKING_DIRECTORY");
  const OutputTree first = KMOD_TRY(list_outputs(directory / directories[0]));
  const OutputTree second = KMOD_TRY(list_outputs(directory / directories[1]));
  return print_report(KMOD_TRY(compare_trees(first, second)), first, second, kExplained,
                      base::Demangler(demangler));
}

}  // namespace
}  // namespace kmod::reproducibility

int main(int argc, char** argv) {
  std::vector<std::string> directories;
  std::string demangler;
  kmod::base::Flags flags("compare_outputs", "Compares the outputs of two builds.");
  flags.add_positional("DIR", "two directories with outputs, such as bazel-out",
                       kmod::base::FlagCount::kOneOrMore, kmod::base::append(directories));
  flags.add({.name = "demangler", .value = "FILE", .help = "set by BUILD: llvm-cxxfilt"},
            kmod::base::text(demangler));
  flags.set_epilogue("Exit status: 0 if all files are equal, 1 if some differ, 2 on an error.");
  return kmod::base::run_program(
      flags, argc, argv, [&] { return kmod::reproducibility::compare(directories, demangler); },
      {.failure = 2, .usage = 2});
}
