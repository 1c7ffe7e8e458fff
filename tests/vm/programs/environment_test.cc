// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Guest program: checks the environment that docs/vm_tests.md promises, and prints its arguments.

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

namespace {

bool same(const char* what, const std::string& found, const std::string& wanted) {
  if (found == wanted) return true;
  std::printf("%s is \"%s\", and should be \"%s\"\n", what, found.c_str(), wanted.c_str());
  return false;
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "(not set)" : value;
}

}  // namespace

int main(int argc, char** argv) {
  // "rules_kmod" with a WORKSPACE, "_main" with MODULE.bazel.
  const std::string workspace = std::filesystem::current_path().filename().string();
  bool good = workspace == "rules_kmod" || workspace == "_main";
  for (const auto& [name, value] : {std::pair("HOME", "/tmp"),
                                    {"PATH", "/kmod/programs"},
                                    {"TEST_SRCDIR", "/runfiles"},
                                    {"TEST_TMPDIR", "/tmp"},
                                    {"TEST_WORKSPACE", workspace.c_str()},
                                    {"TERM", "dumb"}}) {
    good &= same(name, variable(name), value);
  }
  std::string line;
  std::getline(std::ifstream("tests/vm/programs/greeting.txt"), line);
  good &= same("the file in data", line, "good morning");
  std::ofstream("/tmp/scratch") << "kept";
  std::getline(std::ifstream("/tmp/scratch"), line);
  good &= same("the file in /tmp", line, "kept");
  good &= same("standard input", std::to_string(read(0, line.data(), 1)), "0");
  good &= same("the user", std::to_string(getuid()), "0");
  for (int i = 1; i < argc; ++i) std::printf("argument %d: %s\n", i, argv[i]);
  return good ? 0 : 1;
}
