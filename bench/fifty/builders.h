// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The two ways to build: Bazel with these rules, and make with the kernel's kbuild.
#ifndef BENCH_FIFTY_BUILDERS_H_
#define BENCH_FIFTY_BUILDERS_H_

#include <map>
#include <string>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::bench {

struct Cost {
  double seconds = 0;  // by the clock
  double cpu = 0;      // seconds of processors, of every process that took part
};

// Names of .ko files, and their digests.
using Modules = std::map<std::string, std::string>;

// The modules of a tree, which need not exist.
//
// Errors: a directory cannot be read.
[[nodiscard]] base::Result<Modules> find_modules(const std::string& directory);

// A workspace that has rules_kmod as an external repository, with a Bazel server of its own.
class BazelBuilder {
 public:
  // Writes the workspace, starts the server, and builds a first module, and so the tools of
  // actions.
  //
  // Errors: Bazel fails.
  [[nodiscard]] static base::Result<BazelBuilder> create(
      const std::string& bazel, const std::string& rules, const std::string& scratch,
      std::vector<std::string> options, const std::vector<std::string>& tools_options);

  BazelBuilder(BazelBuilder&& other) noexcept = default;
  BazelBuilder(const BazelBuilder&) = delete;
  BazelBuilder& operator=(const BazelBuilder&) = delete;
  BazelBuilder& operator=(BazelBuilder&&) = delete;
  ~BazelBuilder();

  // Has the next build compile the standard library's headers again.
  [[nodiscard]] base::Status forget_standard_library() const;

  [[nodiscard]] base::Result<Cost> analyze(const std::string& target) const;
  [[nodiscard]] base::Result<Cost> build(const std::string& target) const;

  // The makefile that compiles C++ with the same compiler and the same flags, but for those that
  // load the precompiled headers.
  [[nodiscard]] base::Result<std::string> cxx_rule() const;

  [[nodiscard]] const std::string& workspace() const { return workspace_; }
  [[nodiscard]] std::string outputs() const { return bin_; }
  [[nodiscard]] std::string external() const { return output_base_ + "/external"; }

  // The largest resident memory of the server, MiB.
  [[nodiscard]] base::Result<long> server_memory() const;

 private:
  BazelBuilder() = default;

  [[nodiscard]] base::Result<Cost> run(const std::string& command,
                                       const std::vector<std::string>& arguments,
                                       std::string* output = nullptr) const;
  [[nodiscard]] base::Result<double> server_cpu() const;

  std::string bazel_;
  std::string workspace_;
  std::string user_root_;
  std::string output_base_;
  std::string bin_;
  std::string server_;  // its PID
  std::vector<std::string> options_;
};

// make with the pinned tools and the kernel of the rules' default.
class MakeBuilder {
 public:
  MakeBuilder(std::string external, int jobs) : external_(std::move(external)), jobs_(jobs) {}

  // Errors: make fails; the message has its output.
  [[nodiscard]] base::Result<Cost> build(const std::string& directory) const;

 private:
  std::string external_;
  int jobs_;
};

}  // namespace kmod::bench

#endif  // BENCH_FIFTY_BUILDERS_H_
