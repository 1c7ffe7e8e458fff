// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/xml_text.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace kmod::base {
namespace {

// XML 1.0, section 2.2. Surrogates never get here.
bool is_xml_character(std::uint32_t character) {
  if (character < 0x20) return character == '\t' || character == '\n' || character == '\r';
  return character != 0xfffe && character != 0xffff && character <= 0x10ffff;
}

// The length of the character that `text` begins with, in bytes; 0 if it is not UTF-8 or not
// allowed in XML. `text` is not empty.
std::size_t xml_character_length(std::string_view text) {
  struct Form {
    unsigned mask, lead;
    std::uint32_t least;  // a smaller character has a shorter form
  };
  constexpr Form kForms[] = {
      {0x80, 0x00, 0}, {0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}};
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
  };
  const auto* const form =
      std::ranges::find_if(kForms, [&](const Form& f) { return (byte(0) & f.mask) == f.lead; });
  if (form == std::end(kForms)) return 0;
  const auto length = static_cast<std::size_t>(form - kForms) + 1;
  if (text.size() < length) return 0;
  std::uint32_t character = byte(0) & ~form->mask;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
    character = character << 6 | (byte(i) & 0x3f);
  }
  const bool surrogate = character >= 0xd800 && character <= 0xdfff;
  if (character < form->least || surrogate || !is_xml_character(character)) return 0;
  return length;
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t length = xml_character_length(text);
    if (length == 0) {
      result += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[0]));
    } else {
      result += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return result;
}

}  // namespace kmod::base
