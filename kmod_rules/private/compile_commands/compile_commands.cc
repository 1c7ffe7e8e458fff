// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Writes compile_commands.json for kernel modules, C++ and C alike. `--help` lists the flags.
#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/bazel_program.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/base/json.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/compile_commands/database.h"

namespace kmod::compile_commands {
namespace {

// The rules whose targets are modules.
constexpr const char* kModules = "kind(\"(kernel_module|kbuild_project) rule\", //...)";

struct Options {
  std::vector<std::string> targets;
  std::vector<std::string> build_options;
  std::string output = "compile_commands.json";
  std::string bazel;
  std::string clang;
};

class Workspace {
 public:
  Workspace(std::string bazel, std::string directory, std::vector<std::string> options)
      : bazel_(std::move(bazel)), directory_(std::move(directory)), options_(std::move(options)) {}

  // What a command of Bazel prints to standard output.
  [[nodiscard]] base::Result<std::string> ask(const std::vector<std::string>& words) const {
    const base::ProcessResult result =
        KMOD_TRY(base::run_process(command(words), base::Capture::kOutput));
    if (result.succeeded()) return result.output;
    return std::unexpected(fmt::format("{} {} {}", bazel_, words.front(), result.describe()));
  }

  // Makes the headers that sources include. Sources need not compile for that: a person edits them.
  [[nodiscard]] base::Status build(const std::vector<std::string>& targets) const {
    std::vector<std::string> words = with_options({"build", "--keep_going"});
    words.insert(words.end(), targets.begin(), targets.end());
    const base::ProcessResult result = KMOD_TRY(base::run_process(command(words)));
    if (!result.succeeded()) {
      fmt::print(
          stderr,
          "{}\ncompile_commands: not everything could be built; headers that Bazel makes may "
          "be missing\n",
          result.output);
    }
    return {};
  }

  [[nodiscard]] base::Result<base::Json> actions(const std::vector<std::string>& targets) const {
    // clangd cannot load headers that another version of Clang has compiled.
    std::vector<std::string> words =
        with_options({"aquery", "--output=jsonproto", "--include_param_files",
                      "--features=-precompiled_standard_library"});
    words.push_back(
        fmt::format("mnemonic(\"CppCompile|Kbuild\", deps(set({})))", fmt::join(targets, " ")));
    return base::parse_json(KMOD_TRY(ask(words)), "bazel aquery");
  }

  [[nodiscard]] base::Result<Places> places(const std::string& clang) const {
    const auto values =
        KMOD_TRY(base::bazel_info(bazel_, directory_, options_, {"output_base", "output_path"}));
    return Places{.workspace = directory_,
                  .output_base = values.at("output_base"),
                  .output_path = values.at("output_path"),
                  .clang = clang};
  }

 private:
  [[nodiscard]] base::Command command(const std::vector<std::string>& words) const {
    std::vector<std::string> arguments = {bazel_};
    arguments.insert(arguments.end(), words.begin(), words.end());
    return {.arguments = std::move(arguments),
            .environment = base::own_environment(),
            .directory = directory_};
  }

  [[nodiscard]] std::vector<std::string> with_options(std::vector<std::string> words) const {
    words.insert(words.end(), options_.begin(), options_.end());
    return words;
  }

  std::string bazel_;
  std::string directory_;
  std::vector<std::string> options_;
};

base::Result<int> write_commands(Options& options) {
  const std::string directory = base::directory_from("BUILD_WORKSPACE_DIRECTORY");
  const Workspace workspace(KMOD_TRY(base::find_bazel(options.bazel)), directory,
                            options.build_options);
  if (options.targets.empty()) {
    const std::string labels = KMOD_TRY(workspace.ask({"query", kModules}));
    for (std::string_view label : base::split_lines(labels)) options.targets.emplace_back(label);
  }
  if (options.targets.empty()) {
    return std::unexpected(
        "the workspace has no kernel_module. Name the targets whose sources an editor shall know");
  }
  KMOD_TRY(workspace.build(options.targets));
  // Not the link below the program's runfiles, which goes away with these.
  std::error_code error;
  const std::filesystem::path clang = std::filesystem::canonical(options.clang, error);
  if (error) return std::unexpected(fmt::format("{}: {}", options.clang, error.message()));
  const Places places = KMOD_TRY(workspace.places(clang.string()));
  const base::Json database =
      KMOD_TRY(make_database(KMOD_TRY(workspace.actions(options.targets)), places));
  const std::string file = (std::filesystem::path(directory) / options.output).string();
  KMOD_TRY(base::write_file(file, database.dump(2) + "\n"));
  fmt::print("{} has the commands of {} sources\n", file, database.size());
  return 0;
}

}  // namespace
}  // namespace kmod::compile_commands

int main(int argc, char** argv) {
  using kmod::base::FlagCount;
  kmod::compile_commands::Options options;
  kmod::base::Flags flags("compile_commands",
                          "Writes compile_commands.json, by which clangd knows the C++ and C of "
                          "kernel modules.\nBuilds the modules, so that the headers are there.");
  flags.add_positional("TARGET", "modules and libraries; default: all modules of the workspace",
                       FlagCount::kAny, kmod::base::append(options.targets));
  flags.add({.name = "output",
             .value = "FILE",
             .help = "default: compile_commands.json of the workspace"},
            kmod::base::text(options.output));
  flags.add({.name = "build-option",
             .value = "OPTION",
             .help = "build with this option, such as one for another kernel",
             .count = FlagCount::kAny},
            kmod::base::append(options.build_options));
  flags.add({.name = "bazel",
             .value = "PROGRAM",
             .help = "default: $BAZEL, else bazelisk or bazel from PATH"},
            kmod::base::text(options.bazel));
  flags.add({.name = "clang", .value = "FILE", .help = "set by BUILD: the compiler"},
            kmod::base::text(options.clang));
  return kmod::base::run_program(flags, argc, argv,
                                 [&] { return kmod::compile_commands::write_commands(options); });
}
