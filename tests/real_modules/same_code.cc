// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Compares the modules that rules_kmod built with those that kbuild built alone:
// same_code DIR FILE.ko... Each has to have the same code, byte for byte, in each section of
// code, and there have to be as many of one as of the other.
#include <fmt/core.h>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/try.h"

namespace kmod {
namespace {

using Code = std::map<std::string, std::string>;  // the bytes of each section of code

base::Result<Code> read_code(const std::string& path) {
  const std::string bytes = KMOD_TRY(base::read_file(path));
  const auto object = KMOD_TRY(base::ElfObject::parse(bytes));
  constexpr std::uint64_t kExecutable = 4;  // SHF_EXECINSTR
  Code code;
  for (const base::ElfObject::Section& section : object.sections()) {
    if ((section.flags & kExecutable) == 0 || section.contents.empty()) continue;
    code[std::string(section.name)] += section.contents;
  }
  return code;
}

std::string name_of(const std::string& path) { return std::filesystem::path(path).filename(); }

base::Result<int> compare(const std::string& plain, const std::vector<std::string>& modules) {
  std::map<std::string, std::string> expected;
  for (const auto& entry : std::filesystem::directory_iterator(plain)) {
    if (entry.path().extension() == ".ko") expected[entry.path().filename()] = entry.path();
  }
  int failures = 0;
  std::size_t bytes = 0;
  for (const std::string& module : modules) {
    const auto found = expected.find(name_of(module));
    if (found == expected.end()) {
      fmt::print("kbuild alone does not build {}\n", name_of(module));
      ++failures;
      continue;
    }
    const Code code = KMOD_TRY(read_code(module));
    const Code alone = KMOD_TRY(read_code(found->second));
    for (const auto& [section, contents] : code) bytes += contents.size();
    if (code.empty() || code != alone) {
      fmt::print("{}: the code differs from that of kbuild alone\n", name_of(module));
      ++failures;
    }
    expected.erase(found);
  }
  for (const auto& [name, path] : expected) {
    fmt::print("only kbuild alone builds {}\n", name);
    ++failures;
  }
  fmt::print("{} modules, {} bytes of code\n", modules.size(), bytes);
  return failures;
}

}  // namespace
}  // namespace kmod

int main(int argc, char** argv) {
  std::vector<std::string> modules;
  for (int index = 2; index < argc; ++index) {
    modules.emplace_back(argv[index]);
  }
  if (modules.empty()) {
    fmt::print(stderr, "usage: same_code DIR FILE.ko...\n");
    return 2;
  }
  const auto failures = kmod::compare(argv[1], modules);
  if (!failures) fmt::print(stderr, "{}\n", failures.error());
  return failures && *failures == 0 ? 0 : 1;
}
