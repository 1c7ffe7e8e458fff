// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The compiled part of {fmt}. Its package has headers and a shared library, and programs here are static; with
// FMT_HEADER_ONLY in every file, each would take a second longer to compile. So this file alone is compiled that way, and
// uses what fmt/core.h only declares.
#define FMT_HEADER_ONLY
#include <fmt/format.h>

// Taking a function's address makes the compiler emit it.
namespace {

[[gnu::used]] std::string (*const kFormat)(fmt::string_view, fmt::format_args) = &fmt::vformat;
[[gnu::used]] void (*const kPrint)(std::FILE*, fmt::string_view, fmt::format_args) = &fmt::vprint;
[[gnu::used]] void (*const kPrintToOutput)(fmt::string_view, fmt::format_args) = &fmt::vprint;
[[gnu::used]] void (*const kThrow)(const char*) = &fmt::detail::throw_format_error;

}  // namespace
