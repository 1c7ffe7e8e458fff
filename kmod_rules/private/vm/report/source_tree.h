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
  std::string file;         // as SourceTree::show() returns it
  std::uint32_t line = 0;   // the line in question, from 1
  std::uint32_t first = 0;  // the number of the first of `lines`
  std::vector<std::string> lines;

  bool operator==(const SourceExcerpt&) const = default;
};

// The sources of a test's modules in Bazel's runfiles: those of the test's own workspace below
// `root`, those of other workspaces beside it. The methods take paths from debug information:
// relative to the directory in which Bazel compiles, with `external/` and `bazel-out/`. kbuild
// compiles in the kernel's build directory, so the paths of C files begin with that.
class SourceTree {
 public:
  // `build_directory` is the kernel's, an absolute path or empty.
  SourceTree(std::string root, std::string build_directory)
      : root_(std::move(root)), build_directory_(std::move(build_directory)) {}

  // The path for a person: without `.` and `..`, and without the kernel's build directory if the
  // file is one of the sources.
  [[nodiscard]] std::string show(std::string_view path) const;

  // The line with two lines before and after it; nothing if the file or the line does not exist.
  [[nodiscard]] std::optional<SourceExcerpt> excerpt(std::string_view path,
                                                     std::uint32_t line) const;

 private:
  std::string root_;
  std::string build_directory_;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_REPORT_SOURCE_TREE_H_
