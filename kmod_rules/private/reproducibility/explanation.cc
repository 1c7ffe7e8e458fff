// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/explanation.h"

#include <elf.h>

#include <algorithm>
#include <cstddef>
#include <string>

#include "kmod_rules/private/base/archive.h"
#include "kmod_rules/private/base/cpio_archive.h"
#include "kmod_rules/private/reproducibility/archive_difference.h"
#include "kmod_rules/private/reproducibility/byte_difference.h"
#include "kmod_rules/private/reproducibility/elf_difference.h"

namespace kmod::reproducibility {
namespace {

// A file with a zero byte near its start is not text.
constexpr std::size_t kTextProbe = 8192;
constexpr std::size_t kLongestLine = 400;

bool is_text(std::string_view bytes) { return !bytes.substr(0, kTextProbe).contains('\0'); }

// The line at the offset. A long line is cut shortly before the offset.
std::string line_at(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return "(ends)";
  const std::size_t break_before =
      offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  const std::size_t start = break_before == std::string_view::npos ? 0 : break_before + 1;
  std::string_view line = text.substr(start, text.find('\n', offset) - start);
  if (line.size() <= kLongestLine) return std::string(line);
  const std::size_t skipped = std::max(offset - start, std::size_t{40}) - 40;
  line = line.substr(skipped, kLongestLine);
  return "…" + std::string(line) + "…";
}

Lines explain_text(std::string_view first, std::string_view second, std::size_t offset) {
  const auto line = std::ranges::count(first.substr(0, offset), '\n') + 1;
  return titled("line " + std::to_string(line),
                {"first:  " + line_at(first, offset), "second: " + line_at(second, offset)});
}

Lines explain_bytes(std::string_view first, std::string_view second, std::size_t offset) {
  std::string sizes = std::to_string(first.size());
  if (first.size() != second.size()) sizes += " and " + std::to_string(second.size());
  return titled("offset " + hexadecimal(offset) + " of " + sizes + " bytes",
                show_bytes(first, second, offset));
}

}  // namespace

Lines explain(std::string_view first, std::string_view second) {
  const auto offset = first_difference(first, second);
  if (!offset) return {"nothing differs"};
  const auto both = [&](auto is) { return is(first) && is(second); };
  base::Result<Lines> parsed = std::unexpected(std::string());
  if (both(base::is_archive)) {
    parsed = explain_static_library(first, second, explain);
  } else if (both([](std::string_view bytes) { return bytes.starts_with(ELFMAG); })) {
    parsed = explain_elf(first, second);
  } else if (both(base::is_cpio)) {
    parsed = explain_initramfs(first, second, explain);
  } else if (both(is_text)) {
    return explain_text(first, second, *offset);
  }
  if (parsed) return *parsed;
  Lines lines = explain_bytes(first, second, *offset);
  if (!parsed.error().empty()) lines.insert(lines.begin(), "the file " + parsed.error());
  return lines;
}

}  // namespace kmod::reproducibility
