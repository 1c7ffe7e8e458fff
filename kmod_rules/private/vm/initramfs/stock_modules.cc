// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/initramfs/stock_modules.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <utility>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/kernel/module_info.h"

namespace kmod::vm {
namespace {

namespace fs = std::filesystem;

using kernel::LoadOrder;
using kernel::ModuleIndex;
using kernel::ModuleInfo;
using Need = kernel::LoadOrder::Need;
using UserModule = StockModulesRequest::UserModule;

std::string name_of(const UserModule& module) {
  return kernel::kernel_name(fs::path(module.path).stem().string());
}

// "config_group_init is exported by fs/configfs/configfs", empty if the symbol is unknown.
std::string reason_for(const ModuleInfo& info, const std::string& dependency,
                       const StockModulesRequest& request) {
  if (request.symvers.empty()) return "";
  kernel::Symvers symvers;
  const auto text = base::read_file(request.symvers);
  if (!text || !symvers.add(*text, request.symvers)) return "";
  for (const std::string& symbol : info.undefined) {
    const kernel::Symvers::Export* const found = symvers.find(symbol);
    if (found == nullptr) continue;
    const std::string_view path = found->module;
    if (kernel::kernel_name(path.substr(path.rfind('/') + 1)) != dependency) continue;
    return fmt::format("{} is exported by {}", symbol, path);
  }
  return "";
}

std::string advice(const StockModulesRequest& request) {
  if (request.directory.empty()) {
    return fmt::format(
        "the kernel {0} ({1}) is declared without its modules. Give its kernel_repository the "
        "attribute modules: the label of lib/modules/{1} in the package of its image.",
        request.kernel, request.release);
  }
  return fmt::format(
      "lib/modules/{1} of the kernel {0} has no module of that name. Add the package that has it "
      "to the package set of the kernel's image.",
      request.kernel, request.release);
}

std::string missing_dependency(const UserModule& user, const ModuleInfo& info,
                               const std::string& dependency, const StockModulesRequest& request) {
  const std::string reason = reason_for(info, dependency, request);
  if (reason.empty()) {
    return fmt::format(
        "{} needs the module {}, which is neither a module of the kernel {} ({}) nor loaded before "
        "it. Add the target of {} to its module_deps, or to the modules of this target.",
        user.label, dependency, request.kernel, request.release, dependency);
  }
  return fmt::format("{} needs the kernel's module {} ({}), and {}", user.label, dependency, reason,
                     advice(request));
}

std::string missing_wanted(const std::string& name, const ModuleIndex& index,
                           const StockModulesRequest& request) {
  if (request.directory.empty()) {
    return fmt::format("stock_modules names {}, and {}", name, advice(request));
  }
  return fmt::format("stock_modules names {}, and {}", name,
                     index.describe_missing(
                         name, fmt::format("the kernel {} ({})", request.kernel, request.release)));
}

// A target for a module of the kernel has checked its name, unless the modules are not there.
std::string missing_dep(const StockModulesRequest::StockDep& dep,
                        const StockModulesRequest& request) {
  return fmt::format("{} is the kernel's module {}, and {}", dep.label, dep.name, advice(request));
}

// Errors: another module exports the same symbol.
base::Status add_exports(const UserModule& user, const ModuleInfo& info,
                         std::map<std::string, std::string>& exporters) {
  for (const std::string& symbol : info.exported) {
    const auto [other, added] = exporters.emplace(symbol, user.label);
    if (added) continue;
    return std::unexpected(
        fmt::format("{} and {} both export {}, and the kernel loads only one of them. Test them "
                    "separately, or rename one of the functions.",
                    other->second, user.label, symbol));
  }
  return {};
}

// Adds what the user's modules need, in their order.
base::Status add_needs(const StockModulesRequest& request, LoadOrder& order) {
  std::vector<std::string> post;
  std::map<std::string, std::string> exporters;
  for (const UserModule& user : request.modules) {
    const auto info = kernel::parse_module_info(KMOD_TRY(base::read_file(user.file)));
    // The kernel refuses a damaged module, and the test reports what the kernel says.
    if (!info) continue;
    KMOD_TRY(add_exports(user, *info, exporters));
    for (const std::string& dependency : info->depends) {
      if (!order.add(dependency, Need::kRequired)) {
        return std::unexpected(
            missing_dependency(user, *info, kernel::kernel_name(dependency), request));
      }
    }
    // As modprobe, without those that do not exist.
    for (const std::string& name : info->soft.pre) order.add(name, Need::kSoft);
    post.insert(post.end(), info->soft.post.begin(), info->soft.post.end());
  }
  for (const std::string& name : post) order.add(name, Need::kSoft);
  return {};
}

base::Result<std::string> unpack(const std::string& file, const StockModulesRequest& request) {
  if (file.ends_with(".ko")) return base::read_file(file);
  const std::string& program = file.ends_with(".ko.xz")    ? request.xz
                               : file.ends_with(".ko.zst") ? request.zstd
                                                           : file;
  if (&program == &file) {
    return std::unexpected(
        fmt::format("{} is not compressed by xz or zstd, the formats that can be unpacked", file));
  }
  if (program.empty()) {
    return std::unexpected(fmt::format("{} is compressed, and no program unpacks it", file));
  }
  base::ProcessResult result = KMOD_TRY(base::run_process(
      base::Command{.arguments = {program, "-d", "-c", "-q", file}}, base::Capture::kOutput));
  if (!result.succeeded()) {
    return std::unexpected(
        fmt::format("{} cannot be unpacked: {} {}", file, program, result.describe()));
  }
  return std::move(result.output);
}

base::Result<std::vector<StockModule>> read_modules(const LoadOrder& order,
                                                    const ModuleIndex& index,
                                                    const StockModulesRequest& request) {
  std::vector<StockModule> modules;
  for (const std::string& name : order.names()) {
    const std::string& path = index.module(name)->path;
    constexpr std::string_view kExtension = ".ko";
    modules.push_back({
        .name = name,
        .path = fmt::format("lib/modules/{}/{}", request.release,
                            path.substr(0, path.rfind(kExtension) + kExtension.size())),
        .contents = KMOD_TRY(unpack(fmt::format("{}/{}", request.directory, path), request)),
        .required = order.requires_module(name),
    });
  }
  return modules;
}

}  // namespace

base::Result<StockModules> choose_stock_modules(const StockModulesRequest& request) {
  const ModuleIndex index =
      request.directory.empty() ? ModuleIndex() : KMOD_TRY(ModuleIndex::read(request.index));
  std::set<std::string> given;
  for (const UserModule& user : request.modules) given.insert(name_of(user));
  LoadOrder order(index, given);
  for (const std::string& name : request.wanted) {
    if (!order.add(name, Need::kRequired))
      return std::unexpected(missing_wanted(name, index, request));
  }
  for (const StockModulesRequest::StockDep& dep : request.deps) {
    if (!order.add(dep.name, Need::kRequired)) return std::unexpected(missing_dep(dep, request));
  }
  KMOD_TRY(add_needs(request, order));
  given.insert(order.names().begin(), order.names().end());
  LoadOrder available(index, std::move(given));
  for (const std::string& name : request.optional) available.add(name, Need::kSoft);
  return StockModules{.loaded = KMOD_TRY(read_modules(order, index, request)),
                      .available = KMOD_TRY(read_modules(available, index, request))};
}

std::string plan_lines(const StockModules& modules) {
  std::string text;
  for (const StockModule& module : modules.loaded) {
    text +=
        fmt::format("{} {} /{}\n", module.required ? "stock" : "softdep", module.name, module.path);
  }
  return text;
}

}  // namespace kmod::vm
