// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The compiled part of {fmt}. Debian's package has headers and a shared library, but programs here
// are static. With FMT_HEADER_ONLY in every file, each file would take a second longer to compile,
// so only this file is compiled that way, and defines the functions that fmt/core.h declares.
#define FMT_HEADER_ONLY
#include <fmt/format.h>

// The compiler emits a function whose address is used.
namespace {

[[gnu::used]] std::string (*const kFormat)(fmt::string_view, fmt::format_args) = &fmt::vformat;
[[gnu::used]] void (*const kPrint)(std::FILE*, fmt::string_view, fmt::format_args) = &fmt::vprint;
[[gnu::used]] void (*const kPrintToOutput)(fmt::string_view, fmt::format_args) = &fmt::vprint;
[[gnu::used]] void (*const kThrow)(const char*) = &fmt::detail::throw_format_error;

}  // namespace
