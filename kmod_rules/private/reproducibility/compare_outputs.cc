// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// compare_outputs FOLDER FOLDER
// Holds the files of two folders against each other: the bazel-out of two builds, on two machines
// for example, or copies of them. Says what differs first, by section and symbol. Ends with 0 if
// nothing does, 1 if something does, 2 if they cannot be compared.

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <expected>
#include <filesystem>
#include <string>

#include "kmod_rules/private/reproducibility/output_tree.h"
#include "kmod_rules/private/reproducibility/tree_comparison.h"

namespace kmod::reproducibility {
namespace {

constexpr std::size_t kExplained = 5;

// A path on the command line of `bazel run` means what it means in the folder of the user.
std::filesystem::path from_user(const char* path) {
  const char* const folder = std::getenv("BUILD_WORKING_DIRECTORY");
  return folder != nullptr ? std::filesystem::path(folder) / path : std::filesystem::path(path);
}

// Are the two folders the same? Prints the report.
std::expected<bool, std::string> compare(const char* left, const char* right) {
  const auto first = list_outputs(from_user(left));
  if (!first) return std::unexpected(first.error());
  const auto second = list_outputs(from_user(right));
  if (!second) return std::unexpected(second.error());
  const auto comparison = compare_trees(*first, *second);
  if (!comparison) return std::unexpected(comparison.error());
  const auto lines = report(*comparison, *first, *second, kExplained);
  if (!lines) return std::unexpected(lines.error());
  for (const std::string& line : *lines) std::printf("%s\n", line.c_str());
  return comparison->different.empty() && comparison->only_in_first.empty() &&
         comparison->only_in_second.empty();
}

}  // namespace
}  // namespace kmod::reproducibility

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: compare_outputs FOLDER FOLDER\n");
    return 2;
  }
  const auto same = kmod::reproducibility::compare(argv[1], argv[2]);
  if (same) return *same ? 0 : 1;
  std::fprintf(stderr, "compare_outputs: %s\n", same.error().c_str());
  return 2;
}
