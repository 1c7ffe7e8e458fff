// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Writes the BUILD.bazel of a directory that has a Kbuild file, a Makefile or a dkms.conf. It has
// make build the modules in a copy, and asks make what it did.
#include <fmt/core.h>

#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/bazel_program.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/module/import_kbuild/build_file.h"
#include "kmod_rules/private/module/import_kbuild/project_build.h"
#include "kmod_rules/private/module/import_kbuild/project_description.h"

namespace kmod::import_kbuild {
namespace {

struct ImportRequest {
  std::string kernel_root;
  std::string kernel_build;
  std::string tools_root;
  std::string compiler;
  std::string release;
  std::string rules;
  std::string output;
  bool force = false;
  std::vector<std::string> arguments;  // the directory, and variables for make
};

base::Result<std::string> real_path(const std::string& path) {
  std::error_code error;
  const auto real = std::filesystem::canonical(path, error);
  if (error) return std::unexpected(fmt::format("cannot find {}: {}", path, error.message()));
  return real.string();
}

base::Result<std::string> project_directory(const ImportRequest& request) {
  std::filesystem::path directory(request.arguments.front());
  if (directory.is_relative()) {
    directory = std::filesystem::path(base::directory_from("BUILD_WORKING_DIRECTORY")) / directory;
  }
  return real_path(directory.string());
}

base::Result<int> run(const ImportRequest& request) {
  const std::string directory = KMOD_TRY(project_directory(request));
  const std::string output = request.output.empty() ? directory + "/BUILD.bazel" : request.output;
  if (!request.force && std::filesystem::exists(output)) {
    return std::unexpected(
        fmt::format("{} exists already. Remove it, or replace it with --force.", output));
  }
  std::vector<std::string> variables(request.arguments.begin() + 1, request.arguments.end());
  for (const std::string& variable : variables) {
    if (variable.find('=') != std::string::npos && !variable.starts_with('=')) continue;
    return std::unexpected(fmt::format(
        "{} is not a variable for make. After the directory, write them as NAME=VALUE.", variable));
  }
  const std::string kernel_root = KMOD_TRY(real_path(request.kernel_root));
  KernelBuild kernel{.release = request.release,
                     .directory = kernel_root + "/" + request.kernel_build,
                     .tools = KMOD_TRY(real_path(request.tools_root)),
                     .compiler = request.compiler};
  auto built = build_project(directory, kernel, variables);
  if (!built) {
    // As the user knows them: the directory as it was given, and the kernel's files as its packages
    // install them.
    base::replace_all(built.error(), directory, request.arguments.front());
    base::replace_all(built.error(), kernel_root, "");
    base::replace_all(built.error(), kernel.tools, "");
    return std::unexpected(std::move(built.error()));
  }
  const ProjectBuild& build = *built;
  const ProjectDescription description = KMOD_TRY(describe_project(build, directory, kernel));
  KMOD_TRY(base::write_file(output, build_file(description, request.rules)));
  fmt::print("wrote {}:\n", output);
  for (const ProjectTarget& target : description.targets) {
    fmt::print(
        "  {}: {} of {}\n", target.name,
        target.modules.size() == 1 ? "1 module" : fmt::format("{} modules", target.modules.size()),
        target.kbuild);
  }
  return 0;
}

}  // namespace
}  // namespace kmod::import_kbuild

int main(int argc, char** argv) {
  kmod::import_kbuild::ImportRequest request;
  using enum kmod::base::FlagCount;
  kmod::base::Flags flags(
      "import_kbuild",
      "Writes the BUILD.bazel of a directory that has a Kbuild file, a Makefile "
      "or a dkms.conf: has make build its modules in a copy, and asks make how.");
  flags.add({"kernel-root", "DIR", "the kernel's packages, unpacked; set by Bazel", kOnce},
            kmod::base::text(request.kernel_root));
  flags.add({"kernel-build", "DIR", "its build directory below; set by Bazel", kOnce},
            kmod::base::text(request.kernel_build));
  flags.add({"tools-root", "DIR", "make and the compiler; set by Bazel", kOnce},
            kmod::base::text(request.tools_root));
  flags.add({"compiler", "NAME", "the C compiler; set by Bazel", kOnce},
            kmod::base::text(request.compiler));
  flags.add({"release", "RELEASE", "the kernel's release; set by Bazel", kOnce},
            kmod::base::text(request.release));
  flags.add({"rules", "REPOSITORY", "the repository of the rules; set by Bazel"},
            kmod::base::any_text(request.rules));
  flags.add({"output", "FILE", "where to write, instead of DIR/BUILD.bazel"},
            kmod::base::text(request.output));
  flags.add_switch("force", "replaces a BUILD.bazel that exists", request.force);
  flags.add_positional("DIR NAME=VALUE...", "the directory, and variables for make", kOneOrMore,
                       kmod::base::append(request.arguments));
  return kmod::base::run_program(flags, argc, argv,
                                 [&] { return kmod::import_kbuild::run(request); });
}
