// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/kernel_flags.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/module/kbuild/kbuild_paths.h"
#include "kmod_rules/private/module/kbuild/kbuild_steps.h"

namespace kmod::headers {
namespace {

// Those of KBUILD_CFLAGS that matter to declarations.
constexpr std::array kKept = std::to_array<std::string_view>(
    {"-fms-extensions", "-fshort-wchar", "-funsigned-char", "-m64"});

std::string in_build(std::string_view path, const std::string& build) {
  if (path.starts_with("./")) return fmt::format("{}/{}", build, path.substr(2));
  return std::string(path);
}

}  // namespace

base::Result<KernelFlags> kernel_flags(const std::map<std::string, std::string>& variables,
                                       const std::string& build) {
  const auto find = [&](const char* name) -> base::Result<std::string_view> {
    const auto variable = variables.find(name);
    if (variable != variables.end()) return variable->second;
    return std::unexpected(fmt::format("the kernel's top Makefile does not export {}", name));
  };
  KernelFlags result;
  // As kbuild compiles a module with the kernel's own compiler.
  result.flags = {"-D__KERNEL__", "-DMODULE",        "-DCC_USING_FENTRY", "-nostdinc",
                  "-std=gnu11",   "-mcmodel=kernel", "-fno-pic"};
  for (std::string_view flag : base::words(KMOD_TRY(find("KBUILD_CFLAGS")))) {
    if (std::ranges::find(kKept, flag) != kKept.end()) result.flags.emplace_back(flag);
  }
  bool include_file = false;
  std::string include;  // the kernel's directory of that name
  for (std::string_view word : base::words(KMOD_TRY(find("LINUXINCLUDE")))) {
    if (include_file) {
      result.flags.push_back(in_build(word, build));
    } else if (word.starts_with("-I")) {
      const std::string directory = in_build(word.substr(2), build);
      result.flags.push_back("-I" + directory);
      result.directories.push_back(directory);
      // The first one has the headers for modules. The build directory, which may follow, has those
      // that were made for the configuration.
      const bool generated = word.starts_with("-I./");
      if (include.empty() && !generated && directory.ends_with("/include") &&
          !directory.contains("/arch/")) {
        include = directory;
      }
    } else {
      result.flags.emplace_back(word);
    }
    include_file = word == "-include";
  }
  if (include.empty()) include = build + "/include";
  result.flags.insert(result.flags.end(), {"-include", include + "/linux/compiler_types.h"});
  return result;
}

base::Result<KernelFlags> read_kernel_flags(const std::string& kernel_root,
                                            const std::string& kernel_build) {
  const auto steps_text = base::read_file(fmt::format("{}/{}", kernel_root, kbuild::kStepsFile));
  if (!steps_text) {
    return std::unexpected(
        "the fetch of this kernel could not record what its top Makefile exports, from which the "
        "flags of its headers come.");
  }
  kbuild::KbuildPaths paths;
  paths.kernel_root = kernel_root;
  const kbuild::KbuildSteps steps = KMOD_TRY(kbuild::parse_steps(*steps_text, paths));
  return kernel_flags(steps.variables, fmt::format("{}/{}", kernel_root, kernel_build));
}

std::vector<std::string> module_name_flags(const std::string& module, const std::string& source) {
  return {fmt::format("-DKBUILD_BASENAME=\"{}\"", source),
          fmt::format("-DKBUILD_MODNAME=\"{}\"", module),
          fmt::format("-D__KBUILD_MODNAME=kmod_{}", module)};
}

}  // namespace kmod::headers
