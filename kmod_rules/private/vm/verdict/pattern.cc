// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/pattern.h"

namespace kmod::vm {

Pattern::Pattern(std::string text) : text_(std::move(text)), pieces_(1) {
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '*') {
      pieces_.emplace_back();
      continue;
    }
    const bool escape =
        text_[i] == '\\' && i + 1 < text_.size() && (text_[i + 1] == '*' || text_[i + 1] == '\\');
    pieces_.back().push_back(text_[escape ? ++i : i]);
  }
}

bool Pattern::matches(std::string_view line) const {
  if (pieces_.size() == 1) return line == pieces_.front();
  const std::string& first = pieces_.front();
  const std::string& last = pieces_.back();
  if (line.size() < first.size() + last.size() || !line.starts_with(first) ||
      !line.ends_with(last)) {
    return false;
  }
  line.remove_prefix(first.size());
  line.remove_suffix(last.size());
  // The earliest place for each piece leaves the most room for those behind it.
  for (std::size_t i = 1; i + 1 < pieces_.size(); ++i) {
    const std::size_t found = line.find(pieces_[i]);
    if (found == std::string_view::npos) return false;
    line.remove_prefix(found + pieces_[i].size());
  }
  return true;
}

bool Pattern::occurs_in(std::string_view line) const {
  for (const std::string& piece : pieces_) {
    const std::size_t found = line.find(piece);
    if (found == std::string_view::npos) return false;
    line.remove_prefix(found + piece.size());
  }
  return true;
}

}  // namespace kmod::vm
