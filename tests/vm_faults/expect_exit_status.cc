// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// expect_exit_status STATUS TEST MILLISECONDS [TEXT]
// Runs a test of kernel_module_test and succeeds if it ends with this status, which stands for a
// verdict, at most so long after its init was ready, and prints the text.

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "kmod_rules/private/tools/process.h"

int main(int argc, char** argv) {
  if (argc != 4 && argc != 5) {
    std::fprintf(stderr, "usage: expect_exit_status STATUS TEST MILLISECONDS [TEXT]\n");
    return 2;
  }
  const auto result = kmod::tools::run_process({argv[2]}, {});
  if (!result) {
    std::fprintf(stderr, "expect_exit_status: %s\n", result.error().c_str());
    return 2;
  }
  std::fputs(result->output.c_str(), stdout);
  if (result->signal != 0 || result->exit_code != std::atoi(argv[1])) {
    std::fprintf(stderr, "expect_exit_status: it %s, and should have exited with %s\n",
                 result->describe().c_str(), argv[1]);
    return 1;
  }
  if (argc == 5 && !result->output.contains(argv[4])) {
    std::fprintf(stderr, "expect_exit_status: it does not say %s\n", argv[4]);
    return 1;
  }
  // The last line but one says where the time went: "…, modules 209, judging 1".
  constexpr std::string_view kModules = ", modules ";
  const std::size_t modules = result->output.rfind(kModules);
  if (modules == std::string::npos) {
    std::fprintf(stderr, "expect_exit_status: the test does not say where its time went\n");
    return 1;
  }
  const long spent = std::strtol(result->output.c_str() + modules + kModules.size(), nullptr, 10);
  if (spent > std::strtol(argv[3], nullptr, 10)) {
    std::fprintf(stderr, "expect_exit_status: it ended %ld ms after init was ready, and had %s\n",
                 spent, argv[3]);
    return 1;
  }
  return 0;
}
