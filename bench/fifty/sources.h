// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The modules that are built: each has one C file and four C++ files, and all include one header.
#ifndef BENCH_FIFTY_SOURCES_H_
#define BENCH_FIFTY_SOURCES_H_

#include <string>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::bench {

// A tree of modules below a root. Bazel and make get the same sources, in trees of their own.
class Sources {
 public:
  // `name` is a directory below both roots. Bazel's root is a workspace.
  Sources(std::string bazel_root, std::string make_root, std::string name, int modules)
      : roots_{std::move(bazel_root), std::move(make_root)},
        name_(std::move(name)),
        modules_(modules) {}

  // Writes all files; `cxx_rule` is the text of the makefile that compiles C++.
  [[nodiscard]] base::Status write(const std::string& cxx_rule) const;

  // Each changes what the code computes, in both trees. No two edits may have the same number.
  [[nodiscard]] base::Status edit_cxx(int edit) const;
  [[nodiscard]] base::Status edit_c(int edit) const;
  [[nodiscard]] base::Status edit_header(int edit) const;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] int modules() const { return modules_; }

  // The module's name, such as m007.
  [[nodiscard]] static std::string module_name(int module);

 private:
  // Writes a file into both trees.
  [[nodiscard]] base::Status write_both(const std::string& path, const std::string& text) const;
  [[nodiscard]] std::string c_source(int module, int edit) const;
  [[nodiscard]] std::string cxx_source(int module, int file, int edit) const;

  std::vector<std::string> roots_;
  std::string name_;
  int modules_;
};

}  // namespace kmod::bench

#endif  // BENCH_FIFTY_SOURCES_H_
