// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Runs a program in an environment that is stated in full.
#ifndef KMOD_RULES_PRIVATE_BASE_PROCESS_H_
#define KMOD_RULES_PRIVATE_BASE_PROCESS_H_

#include <sys/types.h>

#include <expected>
#include <functional>
#include <string>
#include <vector>

namespace kmod::base {

// Arguments or an environment as execve() and posix_spawn() take them, with a null pointer at the
// end. They point into `strings`.
[[nodiscard]] inline std::vector<char*> c_strings(const std::vector<std::string>& strings) {
  std::vector<char*> result;
  result.reserve(strings.size() + 1);
  for (const std::string& string : strings) {
    // Both take them so, and change none.
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast)
    result.push_back(const_cast<char*>(string.c_str()));
  }
  result.push_back(nullptr);
  return result;
}

struct ProcessResult {
  int exit_code = 0;   // meaningful when signal is 0
  int signal = 0;      // what killed it, or 0
  std::string output;  // standard output and standard error, in the order of writing

  [[nodiscard]] bool succeeded() const { return signal == 0 && exit_code == 0; }

  // "exited with 2", "was killed by signal 9 (Killed)".
  [[nodiscard]] std::string describe() const;
};

// Called whenever the program has written something, with its process and all of its output so far.
using OutputWatcher = std::function<void(pid_t process, const std::string& output)>;

// Runs `arguments[0]`, which is a path: there is no search. The program gets `environment`
// (NAME=VALUE) and nothing of this process's, an empty standard input, and no other open file.
//
// Errors: the program could not be started, and why. One that runs and fails is a result.
[[nodiscard]] std::expected<ProcessResult, std::string> run_process(
    const std::vector<std::string>& arguments, const std::vector<std::string>& environment,
    const OutputWatcher& watcher = nullptr);

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_PROCESS_H_
