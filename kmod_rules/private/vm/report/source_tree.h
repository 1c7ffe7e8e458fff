// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_REPORT_SOURCE_TREE_H_
#define KMOD_RULES_PRIVATE_VM_REPORT_SOURCE_TREE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kmod::vm {

// Lines of a file around one of them.
struct SourceExcerpt {
  std::string file;         // as a person knows it
  std::uint32_t line = 0;   // which line it is about, from 1
  std::uint32_t first = 0;  // the number of the first of `lines`
  std::vector<std::string> lines;

  bool operator==(const SourceExcerpt&) const = default;
};

// The sources of a test's modules, laid out as Bazel lays out runfiles: those of the test's own
// workspace below `root`, those of others beside it. The paths that are asked for are those of
// debug information: relative to where Bazel compiles, with `external/` and `bazel-out/`. kbuild
// compiles in the kernel's build directory, so that of C files it is the beginning.
class SourceTree {
 public:
  // `build_directory` is absolute, or empty if there is none.
  SourceTree(std::string root, std::string build_directory)
      : root_(std::move(root)), build_directory_(std::move(build_directory)) {}

  // The path as a person knows it: without detours, and without the kernel's build directory if the
  // file is one of the sources.
  [[nodiscard]] std::string show(std::string_view path) const;

  // Two lines before, the line, two lines after; none if the file or the line is not there.
  [[nodiscard]] std::optional<SourceExcerpt> excerpt(std::string_view path,
                                                     std::uint32_t line) const;

 private:
  std::string root_;
  std::string build_directory_;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_REPORT_SOURCE_TREE_H_
