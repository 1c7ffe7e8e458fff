// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/translator/cxx_names.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace kmod::headers {
namespace {

constexpr std::array kKeywords = std::to_array<std::string_view>({
    "alignas",       "alignof",     "and",        "and_eq",
    "asm",           "bitand",      "bitor",      "bool",
    "catch",         "char16_t",    "char32_t",   "char8_t",
    "class",         "co_await",    "co_return",  "co_yield",
    "compl",         "concept",     "const_cast", "consteval",
    "constexpr",     "constinit",   "decltype",   "delete",
    "dynamic_cast",  "explicit",    "export",     "false",
    "friend",        "mutable",     "namespace",  "new",
    "noexcept",      "not",         "not_eq",     "nullptr",
    "operator",      "or",          "or_eq",      "private",
    "protected",     "public",      "requires",   "reinterpret_cast",
    "static_assert", "static_cast", "template",   "this",
    "thread_local",  "throw",       "true",       "try",
    "typeid",        "typename",    "using",      "virtual",
    "wchar_t",       "xor",         "xor_eq",
});

constexpr std::array kTypedefs = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"bool", ""},
    {"char16_t", ""},
    {"char32_t", ""},
    {"int16_t", "__INT16_TYPE__"},
    {"int32_t", "__INT32_TYPE__"},
    {"int64_t", "__INT64_TYPE__"},
    {"int8_t", "__INT8_TYPE__"},
    {"intptr_t", "__INTPTR_TYPE__"},
    {"ptrdiff_t", "__PTRDIFF_TYPE__"},
    {"size_t", "__SIZE_TYPE__"},
    {"uint16_t", "__UINT16_TYPE__"},
    {"uint32_t", "__UINT32_TYPE__"},
    {"uint64_t", "__UINT64_TYPE__"},
    {"uint8_t", "__UINT8_TYPE__"},
    {"uintptr_t", "__UINTPTR_TYPE__"},
    {"wchar_t", ""},
});

}  // namespace

bool is_cxx_keyword(std::string_view name) {
  return std::ranges::find(kKeywords, name) != kKeywords.end();
}

std::optional<std::string> cxx_typedef(std::string_view name) {
  const auto* row = std::ranges::find(kTypedefs, name, &decltype(kTypedefs)::value_type::first);
  if (row == kTypedefs.end()) return std::nullopt;
  return std::string(row->second);
}

bool is_refused_c_function(std::string_view name) { return name == "strncpy"; }

}  // namespace kmod::headers
