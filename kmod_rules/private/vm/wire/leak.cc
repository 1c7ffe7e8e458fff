// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/wire/leak.h"

#include <cstdio>

namespace kmod::vm {
namespace {

std::string hex(std::uint64_t value) {
  char text[24];
  std::snprintf(text, sizeof(text), "0x%llx", static_cast<unsigned long long>(value));
  return text;
}

}  // namespace

std::string describe(const ModuleAddress& place) {
  if (place.module.empty()) return hex(place.address);
  return place.module + " " + place.section + "+" + hex(place.offset);
}

std::string what(const Leak& leak) {
  std::string text = leak.kind;
  if (leak.count != 1) {
    text = std::to_string(leak.count) + (leak.bytes != 0 ? " pieces of " : " times a ") + text;
  }
  if (!leak.name.empty()) text += " (" + leak.name + ")";
  if (leak.bytes != 0) text += ", " + std::to_string(leak.bytes) + " bytes";
  return text;
}

}  // namespace kmod::vm
