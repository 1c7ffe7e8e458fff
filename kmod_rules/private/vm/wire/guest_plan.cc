// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/wire/guest_plan.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "kmod_rules/private/base/text.h"

namespace kmod::vm {
namespace {

// An emulated cycle takes milliseconds: a larger number is a typing error.
constexpr std::uint32_t kMaxReloads = 100'000;

std::string_view take_word(std::string_view& line) {
  const std::size_t end = std::min(line.find(' '), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return word;
}

bool is_planned(const Plan& plan, const std::string& name) {
  const auto has_name = [&name](const PlannedModule& module) { return module.name == name; };
  return std::ranges::any_of(plan.stock, has_name) || std::ranges::any_of(plan.modules, has_name) ||
         (plan.watch && has_name(*plan.watch));
}

std::optional<std::string> add_stock(std::string_view rest, bool may_fail, Plan& plan) {
  PlannedModule module;
  module.may_fail = may_fail;
  module.name = take_word(rest);
  module.path = rest;
  if (module.name.empty() || !module.path.starts_with('/')) {
    return may_fail ? "is not of the form \"softdep <name> <absolute path>\""
                    : "is not of the form \"stock <name> <absolute path>\"";
  }
  if (is_planned(plan, module.name)) {
    return "names the module " + module.name + " a second time; a module can be loaded once";
  }
  plan.stock.push_back(std::move(module));
  return std::nullopt;
}

std::optional<std::string> add_module(std::string_view rest, Plan& plan) {
  PlannedModule module;
  module.name = take_word(rest);
  module.path = take_word(rest);
  module.parameters = rest;
  if (module.name.empty() || !module.path.starts_with('/')) {
    return "is not of the form \"module <name> <absolute path> [<parameters>]\"";
  }
  if (is_planned(plan, module.name)) {
    return "names the module " + module.name + " a second time; a module can be loaded once";
  }
  plan.modules.push_back(std::move(module));
  return std::nullopt;
}

std::optional<std::string> add_program(std::string_view rest, Plan& plan) {
  PlannedProgram program;
  program.name = take_word(rest);
  program.path = rest;
  if (program.name.empty() || !program.path.starts_with('/')) {
    return "is not of the form \"program <name> <absolute path>\"";
  }
  if (std::ranges::find(plan.programs, program.name, &PlannedProgram::name) !=
      plan.programs.end()) {
    return "names the program " + program.name + " a second time";
  }
  plan.programs.push_back(std::move(program));
  return std::nullopt;
}

std::optional<std::string> set_watch(std::string_view rest, Plan& plan) {
  PlannedModule module;
  module.name = take_word(rest);
  module.path = rest;
  if (module.name.empty() || !module.path.starts_with('/')) {
    return "is not of the form \"watch <name> <absolute path>\"";
  }
  if (is_planned(plan, module.name)) {
    return "names the module " + module.name + " a second time; a module can be loaded once";
  }
  plan.watch = std::move(module);
  return std::nullopt;
}

std::optional<std::string> set_directory(std::string_view rest, Plan& plan) {
  if (!rest.starts_with('/')) return "is not of the form \"directory <absolute path>\"";
  plan.directory = rest;
  return std::nullopt;
}

std::optional<std::string> set_keep(std::string_view rest, Plan& plan) {
  if (!rest.empty()) return "is not of the form \"keep\"";
  plan.keep = true;
  return std::nullopt;
}

std::optional<std::string> set_fail_allocations(std::string_view rest, Plan& plan) {
  if (!rest.empty()) return "is not of the form \"fail_allocations\"";
  plan.fail_allocations = true;
  return std::nullopt;
}

std::optional<std::string> set_reloads(std::string_view rest, Plan& plan) {
  const auto reloads = base::parse_number<std::uint32_t>(rest);
  if (!reloads || *reloads > kMaxReloads) {
    return "is not of the form \"reload <count up to " + std::to_string(kMaxReloads) + ">\"";
  }
  plan.reloads = *reloads;
  return std::nullopt;
}

std::optional<std::string> apply(std::string_view keyword, std::string_view rest, Plan& plan) {
  if (keyword == "stock") return add_stock(rest, false, plan);
  if (keyword == "softdep") return add_stock(rest, true, plan);
  if (keyword == "module") return add_module(rest, plan);
  if (keyword == "directory") return set_directory(rest, plan);
  if (keyword == "program") return add_program(rest, plan);
  if (keyword == "reload") return set_reloads(rest, plan);
  if (keyword == "fail_allocations") return set_fail_allocations(rest, plan);
  if (keyword == "keep") return set_keep(rest, plan);
  if (keyword == "watch") return set_watch(rest, plan);
  return "begins with an unknown keyword; this init knows \"stock\", \"softdep\", \"module\", "
         "\"directory\", \"program\", \"reload\", \"fail_allocations\", \"keep\" and \"watch\"";
}

}  // namespace

base::Result<Plan> parse_plan(std::string_view text) {
  Plan plan;
  std::size_t number = 0;
  for (std::string_view line : base::split_lines(text)) {
    ++number;
    const std::string_view whole = line;
    if (line.empty()) continue;
    const std::string_view keyword = take_word(line);
    if (const auto wrong = apply(keyword, line, plan)) {
      return std::unexpected("line " + std::to_string(number) + " of the plan, \"" +
                             std::string(whole) + "\", " + *wrong);
    }
  }
  if (plan.modules.empty()) {
    return std::unexpected(std::string(
        "the plan names no module; it needs at least one line \"module <name> <path>\""));
  }
  return plan;
}

}  // namespace kmod::vm
