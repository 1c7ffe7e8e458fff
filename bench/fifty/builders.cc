// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "bench/fifty/builders.h"

#include <fmt/core.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "kmod_rules/private/base/bazel_program.h"
#include "kmod_rules/private/base/digest.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/json.h"
#include "kmod_rules/private/base/monotonic_clock.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::bench {
namespace {

namespace fs = std::filesystem;

constexpr const char* kKernel = "debian12_cloud_amd64/root/usr/src";
constexpr const char* kTools = "kmod_kbuild_gcc12/root/usr/bin";

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

// Of the programs that this process started and that have ended.
double children_cpu() {
  rusage usage = {};
  getrusage(RUSAGE_CHILDREN, &usage);
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

base::Result<std::string> run_checked(const base::Command& command,
                                      base::Capture capture = base::Capture::kOutputAndErrors) {
  const base::ProcessResult result = KMOD_TRY(base::run_process(command, capture));
  if (result.succeeded()) return result.output;
  return std::unexpected(fmt::format("{} {}:\n{}", base::join(command.arguments, " "),
                                     result.describe(), result.output));
}

// The directory of the kernel's headers, below the directory of external repositories.
base::Result<std::string> kernel_directory(const std::string& external) {
  std::error_code error;
  for (const fs::directory_entry& entry :
       fs::directory_iterator(fmt::format("{}/{}", external, kKernel), error)) {
    if (fs::exists(entry.path() / "Module.symvers")) return entry.path().string();
  }
  return std::unexpected(fmt::format("{}/{} has no built kernel", external, kKernel));
}

}  // namespace

base::Result<Modules> find_modules(const std::string& directory) {
  Modules modules;
  std::error_code error;
  if (!fs::exists(directory, error)) return modules;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(directory, error)) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(".ko") || name.ends_with(".stripped.ko")) continue;
    const std::string bytes = KMOD_TRY(base::read_file(entry.path().string()));
    modules.emplace(name, base::sha256_hex(bytes));
  }
  if (error) return std::unexpected(fmt::format("cannot read {}: {}", directory, error.message()));
  return modules;
}

base::Result<BazelBuilder> BazelBuilder::create(const std::string& bazel, const std::string& rules,
                                                const std::string& scratch,
                                                std::vector<std::string> options,
                                                const std::vector<std::string>& tools_options) {
  BazelBuilder builder;
  builder.bazel_ = bazel;
  builder.workspace_ = scratch + "/workspace";
  builder.user_root_ = scratch + "/bazel";
  builder.options_ = std::move(options);
  KMOD_TRY(base::make_directories(builder.workspace_ + "/first"));
  KMOD_TRY(base::write_file(
      builder.workspace_ + "/WORKSPACE",
      fmt::format("workspace(name = \"fifty\")\n"
                  "local_repository(name = \"rules_kmod\", path = \"{}\")\n"
                  "load(\"@rules_kmod//kmod_rules:repositories.bzl\", \"kmod_repositories\")\n"
                  "kmod_repositories()\n",
                  rules)));
  // As in README.md and in the project's own .bazelrc.
  KMOD_TRY(base::write_file(builder.workspace_ + "/.bazelrc",
                            "build --incompatible_enable_cc_toolchain_resolution\n"
                            "build --nosandbox_debug\n"
                            "build --host_compilation_mode=fastbuild\n"));
  KMOD_TRY(
      base::write_file(builder.workspace_ + "/first/BUILD.bazel",
                       "load(\"@rules_cc//cc:defs.bzl\", \"cc_library\")\n"
                       "load(\"@rules_kmod//kmod_rules:defs.bzl\", \"kernel_module\")\n"
                       "cc_library(name = \"cxx\", srcs = [\"first.cc\"])\n"
                       "kernel_module(name = \"first\", license = \"GPL\", deps = [\":cxx\"])\n"));
  KMOD_TRY(base::write_file(builder.workspace_ + "/first/first.cc",
                            "#include <array>\nextern \"C\" int init_module() { return "
                            "static_cast<int>(std::array{0, 1}[0]); }\n"));
  std::vector<std::string> first = tools_options;
  first.emplace_back("//first");
  KMOD_TRY(builder.run("build", first));
  std::string output;
  KMOD_TRY(builder.run("info", {}, &output));
  for (const std::string_view line : base::split_lines(output)) {
    if (line.starts_with("bazel-bin: ")) builder.bin_ = line.substr(11);
    if (line.starts_with("output_base: ")) builder.output_base_ = line.substr(13);
    if (line.starts_with("server_pid: ")) builder.server_ = line.substr(12);
  }
  if (builder.bin_.empty() || builder.output_base_.empty() || builder.server_.empty()) {
    return std::unexpected(fmt::format("{} info does not say where its outputs are", bazel));
  }
  return builder;
}

BazelBuilder::~BazelBuilder() {
  if (!bazel_.empty() && !server_.empty()) (void)run("shutdown", {});
}

base::Result<Cost> BazelBuilder::run(const std::string& command,
                                     const std::vector<std::string>& arguments,
                                     std::string* output) const {
  std::vector<std::string> words = {bazel_, "--output_user_root=" + user_root_, command};
  if (command != "shutdown") {
    words.insert(words.end(), {"--color=no", "--curses=no", "--disk_cache=", "--remote_cache="});
    words.insert(words.end(), options_.begin(), options_.end());
  }
  words.insert(words.end(), arguments.begin(), arguments.end());
  const double server = server_.empty() ? 0 : KMOD_TRY(server_cpu());
  const double clients = children_cpu();
  const std::uint64_t start = base::monotonic_us();
  std::string text = KMOD_TRY(run_checked(
      {.arguments = words, .environment = base::own_environment(), .directory = workspace_},
      output == nullptr ? base::Capture::kOutputAndErrors : base::Capture::kOutput));
  Cost cost;
  cost.seconds = static_cast<double>(base::monotonic_us() - start) / 1e6;
  cost.cpu = children_cpu() - clients;
  if (!server_.empty() && command != "shutdown") cost.cpu += KMOD_TRY(server_cpu()) - server;
  if (output != nullptr) *output = std::move(text);
  return cost;
}

base::Status BazelBuilder::forget_standard_library() const {
  std::error_code error;
  for (const fs::directory_entry& entry :
       fs::recursive_directory_iterator(fs::path(bin_) / ".." / "..", error)) {
    if (entry.path().extension() == ".pcm") {
      fs::permissions(entry.path().parent_path(), fs::perms::owner_all, fs::perm_options::add);
      KMOD_TRY(base::remove_file(entry.path().string()));
    }
  }
  if (error) return std::unexpected(fmt::format("cannot read {}: {}", bin_, error.message()));
  return {};
}

base::Result<Cost> BazelBuilder::analyze(const std::string& target) const {
  return run("build", {"--nobuild", target});
}

base::Result<Cost> BazelBuilder::build(const std::string& target) const {
  return run("build", {target});
}

base::Result<std::string> BazelBuilder::cxx_rule() const {
  const std::string query =
      "mnemonic(CppCompile, outputs(\".*-ST-.*/first/_objs/cxx/first[.]o\", deps(//first)))";
  std::string output;
  KMOD_TRY(run("aquery",
               {"--output=jsonproto", "--ui_event_filters=-info,-stderr", "--noshow_progress",
                "--features=-precompiled_standard_library", query},
               &output));
  const base::Json json = KMOD_TRY(base::parse_json(output, "bazel aquery"));
  const base::Json actions = json.value("actions", base::Json::array());
  if (actions.size() != 1) {
    return std::unexpected(fmt::format(
        "bazel aquery finds {} compilations of first.cc, instead of 1", actions.size()));
  }
  const auto arguments = actions[0].value("arguments", std::vector<std::string>());
  std::string flags;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string word = arguments[i];
    if (word == "-MF" || word == "-o" || word == "-c" || word == "-iquote") {
      ++i;
      continue;
    }
    if (word == "-MD" || word.starts_with("-frandom-seed")) continue;
    // make does not run in Bazel's directory.
    if (word.starts_with("external/")) word.replace(0, 8, external());
    base::replace_all(word, "=external/", fmt::format("={}/", external()));
    flags += fmt::format("{}'{}'", flags.empty() ? "" : " ", word);
  }
  return fmt::format(
      "quiet_cmd_cxx = CXX [M] $@\n"
      "      cmd_cxx = {} -I$(KBUILD_EXTMOD)/.. -Wp,-MMD,$(depfile) -c -o $@ $<\n"
      "$(obj)/%.o: $(src)/%.cc FORCE\n\t$(call if_changed_dep,cxx)\n",
      flags);
}

base::Result<double> BazelBuilder::server_cpu() const {
  const std::string text = KMOD_TRY(base::read_file("/proc/" + server_ + "/stat"));
  const auto fields = base::words(std::string_view(text).substr(text.rfind(')') + 1));
  double ticks = 0;
  // utime, stime, and those of the children that it has waited for.
  for (std::size_t field = 11; field < 15 && field < fields.size(); ++field) {
    ticks += static_cast<double>(base::parse_number<long>(fields[field]).value_or(0));
  }
  return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

base::Result<long> BazelBuilder::server_memory() const {
  const std::string text = KMOD_TRY(base::read_file("/proc/" + server_ + "/status"));
  for (const std::string_view line : base::split_lines(text)) {
    const auto fields = base::words(line);
    if (fields.size() == 3 && fields[0] == "VmHWM:") {
      return base::parse_number<long>(fields[1]).value_or(0) / 1024;
    }
  }
  return std::unexpected("the kernel does not say how much memory Bazel's server has used");
}

base::Result<Cost> MakeBuilder::build(const std::string& directory) const {
  const std::string tools = fmt::format("{}/{}", external_, kTools);
  const std::string kernel = KMOD_TRY(kernel_directory(external_));
  const double before = children_cpu();
  const std::uint64_t start = base::monotonic_us();
  KMOD_TRY(run_checked(
      {.arguments = {tools + "/make", "-C", kernel, "M=" + directory, fmt::format("-j{}", jobs_),
                     "CC=gcc-12", "CONFIG_SHELL=" + tools + "/sh", "delay-objtool=y", "modules"},
       .environment = {"PATH=" + tools}}));
  return Cost{.seconds = static_cast<double>(base::monotonic_us() - start) / 1e6,
              .cpu = children_cpu() - before};
}

}  // namespace kmod::bench
