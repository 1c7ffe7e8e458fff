// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads deb822 text: stanzas of fields, the format of package indices and Release files. The
// results point into the input text.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_DEB822_H_
#define KMOD_RULES_PRIVATE_PACKAGES_DEB822_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kmod::packages {

class Stanza {
 public:
  // The value, without space around it and with its continuation lines. Empty if the stanza does
  // not have the field.
  [[nodiscard]] std::string_view field(std::string_view name) const;

  // Lines that continue a value are appended to it. Other lines without a colon are ignored.
  void add_line(std::string_view line);

  [[nodiscard]] bool empty() const { return fields_.empty(); }

 private:
  std::vector<std::pair<std::string_view, std::string_view>> fields_;
};

class StanzaReader {
 public:
  explicit StanzaReader(std::string_view text) : rest_(text) {}

  // The next stanza that has a field, or nothing at the end of the text.
  [[nodiscard]] std::optional<Stanza> next();

 private:
  std::string_view rest_;
};

// The package names of a field such as Depends: `a (>= 1) | b:any, c`, without versions and
// architectures: {{"a", "b"}, {"c"}}. Of the alternatives in a group, one is enough.
[[nodiscard]] std::vector<std::vector<std::string>> parse_relation(std::string_view field);

// Removes spaces, tabs and newlines at both ends.
[[nodiscard]] std::string_view trim(std::string_view text);

}  // namespace kmod::packages

#endif  // KMOD_RULES_PRIVATE_PACKAGES_DEB822_H_
