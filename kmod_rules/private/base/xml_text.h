// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_BASE_XML_TEXT_H_
#define KMOD_RULES_PRIVATE_BASE_XML_TEXT_H_

#include <string>
#include <string_view>

namespace kmod::base {

// Text of any bytes as an XML file in UTF-8 can have it. Valid UTF-8 is kept. Each byte of an
// invalid sequence, and each byte of a character that XML 1.0 forbids (control characters other
// than tab and line ends, U+FFFE and U+FFFF), becomes `\x` and two hexadecimal digits, such as
// `\x1b`.
[[nodiscard]] std::string xml_text(std::string_view text);

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_XML_TEXT_H_
