// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Build action Depmod: has depmod index the modules of a kernel's packages, which nothing has
// installed. The output has the files that ModuleIndex reads.
#include <fmt/core.h>

#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/base/temporary_directory.h"
#include "kmod_rules/private/kernel/depmod.h"

namespace kmod::kernel {
namespace {

namespace fs = std::filesystem;

struct Request {
  std::string label;
  std::string release;
  std::string directory;
  std::string depmod;
  std::string output;
};

// Written by the build of a kernel, not by depmod.
constexpr std::string_view kOfTheKernel[] = {"modules.order", "modules.builtin",
                                             "modules.builtin.modinfo"};

// depmod writes beside the modules, which are an input of the action.
base::Status link_modules(const std::string& from, const std::string& to) {
  KMOD_TRY(base::make_directories(to));
  std::error_code error;
  for (fs::directory_iterator entry(from, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename();
    if (name.starts_with("modules.")) continue;
    fs::create_symlink(fs::absolute(entry->path()), fmt::format("{}/{}", to, name), error);
    if (error) break;
  }
  if (error) return std::unexpected(fmt::format("cannot link {}: {}", from, error.message()));
  for (const std::string_view name : kOfTheKernel) {
    const std::string source = fmt::format("{}/{}", from, name);
    const std::string target = fmt::format("{}/{}", to, name);
    if (fs::exists(source, error)) KMOD_TRY(base::copy_file(source, target));
  }
  return {};
}

base::Status write_index(const Request& request) {
  const auto root = KMOD_TRY(base::TemporaryDirectory::create_in(
      fs::absolute(request.output).parent_path().string(), "index_modules"));
  const std::string modules = fmt::format("{}/lib/modules/{}", root.path(), request.release);
  KMOD_TRY(link_modules(request.directory, modules));
  const std::string output = KMOD_TRY(run_depmod(request.depmod, root.path(), request.release));
  // About modules that it cannot read.
  if (!output.empty()) fmt::print(stderr, "{}: {}", request.label, output);
  KMOD_TRY(base::make_directories(request.output));
  for (const std::string_view name : {"modules.dep", "modules.softdep", "modules.alias",
                                      "modules.builtin", "modules.builtin.modinfo"}) {
    KMOD_TRY(base::copy_file(fmt::format("{}/{}", modules, name),
                             fmt::format("{}/{}", request.output, name)));
  }
  return {};
}

}  // namespace
}  // namespace kmod::kernel

int main(int argc, char** argv) {
  using enum kmod::base::FlagCount;
  kmod::kernel::Request request;
  kmod::base::Flags flags("index_modules", "Has depmod index the modules of a kernel's packages.");
  flags.add({"label", "LABEL", "the target, for error messages", kOnce},
            kmod::base::text(request.label));
  flags.add({"release", "RELEASE", "the kernel's release", kOnce},
            kmod::base::text(request.release));
  flags.add({"directory", "DIR", "its lib/modules/RELEASE", kOnce},
            kmod::base::text(request.directory));
  flags.add({"depmod", "PROGRAM", "the program", kOnce}, kmod::base::text(request.depmod));
  flags.add({"output", "DIR", "the directory of the index", kOnce},
            kmod::base::text(request.output));
  return kmod::base::run_program(flags, argc, argv, [&request]() -> kmod::base::Result<int> {
    const auto written = kmod::kernel::write_index(request);
    if (written) return 0;
    return std::unexpected(fmt::format("{}: {}", request.label, written.error()));
  });
}
