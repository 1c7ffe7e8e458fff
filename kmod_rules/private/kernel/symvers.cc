// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/kernel/symvers.h"

#include <fmt/core.h>

#include "kmod_rules/private/base/text.h"

namespace kmod::kernel {

namespace {

// Without the 0x.
std::string_view hex_digits(std::string_view number) {
  if (number.starts_with("0x")) number.remove_prefix(2);
  return number;
}

}  // namespace

base::Status Symvers::add(std::string_view text, std::string_view name) {
  std::size_t number = 0;
  for (const std::string_view line : base::split_lines(text)) {
    ++number;
    const auto fields = base::split(line, '\t');
    if (fields.size() < 4 || fields[1].empty() || !fields[3].starts_with("EXPORT_")) {
      return std::unexpected(fmt::format(
          "{}:{}: \"{}\" is not a line of a Module.symvers file (crc, symbol, module and "
          "kind of export, with tabs between them)",
          name, number, line));
    }
    index_.emplace(fields[1], exports_.size());
    exports_.push_back(
        {.symbol = std::string(fields[1]),
         .module = std::string(fields[2]),
         .gpl_only = fields[3].ends_with("_GPL"),
         .name_space = std::string(fields.size() > 4 ? fields[4] : ""),
         .crc = base::parse_number<std::uint32_t>(hex_digits(fields[0]), 16).value_or(0)});
  }
  return {};
}

const Symvers::Export* Symvers::find(std::string_view symbol) const {
  const auto found = index_.find(std::string(symbol));
  return found == index_.end() ? nullptr : &exports_[found->second];
}

std::vector<std::string_view> Symvers::names() const {
  std::vector<std::string_view> names;
  names.reserve(exports_.size());
  for (const Export& exported : exports_) names.push_back(exported.symbol);
  return names;
}

std::string with_module_name(std::string_view symvers, std::string_view module) {
  std::string renamed;
  for (const std::string_view line : base::split_lines(symvers)) {
    const auto fields = base::split(line, '\t');
    for (std::size_t index = 0; index < fields.size(); ++index) {
      if (index != 0) renamed += '\t';
      renamed += index == 2 ? module : fields[index];
    }
    renamed += '\n';
  }
  return renamed;
}

}  // namespace kmod::kernel
