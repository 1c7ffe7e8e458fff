// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/compile_commands/database.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "kmod_rules/private/headers/kernel_flags.h"
#include "kmod_rules/private/module/kbuild/kbuild_request.h"

namespace kmod::compile_commands {
namespace {

using kbuild::KbuildRequest;

constexpr std::string_view kExternal = "external/";
constexpr std::string_view kOutputs = "bazel-out/";

bool is_of_workspace(std::string_view path) {
  return !path.starts_with('/') && !path.starts_with(kExternal) && !path.starts_with(kOutputs);
}

// A path of an action as one that is valid in the workspace.
std::string path_outside(std::string_view path, const Places& places) {
  if (path.starts_with(kExternal)) return fmt::format("{}/{}", places.output_base, path);
  if (path.starts_with(kOutputs)) {
    return fmt::format("{}/{}", places.output_path, path.substr(kOutputs.size()));
  }
  return std::string(path);
}

// The same for a flag that can contain such a path.
std::string flag_outside(std::string_view flag, const Places& places) {
  if (!flag.starts_with('-')) return path_outside(flag, places);
  for (const std::string_view prefix : {"-I", "-iquote", "-isystem"}) {
    if (flag.starts_with(prefix)) {
      return fmt::format("{}{}", prefix, path_outside(flag.substr(prefix.size()), places));
    }
  }
  const std::size_t equals = flag.find('=');
  if (equals == std::string_view::npos) return std::string(flag);
  return fmt::format("{}={}", flag.substr(0, equals),
                     path_outside(flag.substr(equals + 1), places));
}

class Database {
 public:
  explicit Database(const Places& places) : places_(places) {}

  void add_cxx(const std::vector<std::string>& arguments) {
    // Code for the host has other flags.
    if (std::ranges::find(arguments, "-mcmodel=kernel") == arguments.end()) return;
    const auto source = std::ranges::find(arguments, "-c");
    if (source == arguments.end() || source + 1 == arguments.end()) return;
    std::vector<std::string> flags;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      // What is written: dependencies and the object.
      if (arguments[i] == "-MF" || arguments[i] == "-o") {
        ++i;
      } else if (arguments[i] != "-MD") {
        flags.push_back(flag_outside(arguments[i], places_));
      }
    }
    add(*(source + 1), std::move(flags));
  }

  base::Status add_c(std::vector<std::string> arguments) {
    KbuildRequest request;
    arguments.erase(arguments.begin());
    KMOD_TRY(kbuild::kbuild_flags(request).parse(arguments));
    for (const KbuildRequest::Source& source : request.sources) {
      if (!source.file.ends_with(".c") || !is_of_workspace(source.file)) continue;
      add(source.file, KMOD_TRY(c_flags(request, source)));
    }
    return {};
  }

  [[nodiscard]] base::Json entries() && { return std::move(entries_); }

 private:
  void add(const std::string& source, std::vector<std::string> arguments) {
    if (!known_.insert(source).second) return;
    entries_.push_back({{"directory", places_.workspace},
                        {"file", path_outside(source, places_)},
                        {"arguments", std::move(arguments)}});
  }

  base::Result<std::vector<std::string>> kernel_flags(const KbuildRequest& request) {
    const std::string root = path_outside(request.kernel_root, places_);
    const auto known = kernels_.find(root);
    if (known != kernels_.end()) return known->second;
    const auto flags = headers::read_kernel_flags(root, request.kernel_build);
    if (!flags) return std::unexpected(fmt::format("{}: {}", request.label, flags.error()));
    return kernels_.emplace(root, flags->flags).first->second;
  }

  base::Result<std::vector<std::string>> c_flags(const KbuildRequest& request,
                                                 const KbuildRequest::Source& source) {
    std::vector<std::string> flags = {places_.clang, "-x", "c", "--target=x86_64-linux-gnu",
                                      "--no-default-config"};
    const auto add_all = [&](const std::vector<std::string>& more) {
      flags.insert(flags.end(), more.begin(), more.end());
    };
    const auto add_directories = [&](const char* flag, const std::string& base,
                                     const std::vector<std::string>& directories) {
      for (const std::string& directory : directories) {
        flags.emplace_back(flag);
        flags.push_back(path_outside(base + directory, places_));
      }
    };
    add_all(KMOD_TRY(kernel_flags(request)));
    std::string module = request.module.empty() ? "library" : request.module;
    std::ranges::replace(module, '-', '_');
    add_all(headers::module_name_flags(module, std::filesystem::path(source.name).stem().string()));
    // What the sources' names in kbuild's directory are relative to.
    const bool is_below = source.file.ends_with("/" + source.name);
    const std::string base = is_below
                                 ? source.file.substr(0, source.file.size() - source.name.size())
                                 : std::filesystem::path(source.file).parent_path().string() + "/";
    add_directories("-I", base, request.includes);
    add_directories("-iquote", "", request.quote_includes);
    add_directories("-I", "", request.work_includes);
    add_directories("-isystem", "", request.system_includes);
    add_all(request.ccflags);
    for (const KbuildRequest::SourceFlag& flag : request.source_flags) {
      if (flag.name == source.name) flags.push_back(flag.flag);
    }
    add_all({"-c", source.file});
    return flags;
  }

  const Places& places_;
  base::Json entries_ = base::Json::array();
  std::set<std::string> known_;
  std::map<std::string, std::vector<std::string>> kernels_;  // the flags, by the kernel's root
};

}  // namespace

base::Result<base::Json> make_database(const base::Json& actions, const Places& places) {
  Database database(places);
  for (const base::Json& action : actions.value("actions", base::Json::array())) {
    const auto arguments = action.value("arguments", std::vector<std::string>());
    if (arguments.empty()) continue;
    if (action.value("mnemonic", "") == "CppCompile") {
      database.add_cxx(arguments);
    } else {
      KMOD_TRY(database.add_c(arguments));
    }
  }
  return std::move(database).entries();
}

}  // namespace kmod::compile_commands
