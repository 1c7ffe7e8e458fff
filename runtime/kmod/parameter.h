// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads a module parameter that the build rule's `parameters` attribute defines:
//
//   KMOD_PARAMETER(int, times);
//   …
//   if (times() > 16) …
//
// beside, in BUILD.bazel,
//
//   parameters = {"times": module_parameter("int", default = 1)},
//
// The type is the kernel's word: byte, short, ushort, int, uint, long, ulong, charp or bool. Name
// and type are in the variable's symbol, so a parameter that the rule lacks, or has with another
// type, does not link.
//
// A read is one untorn load, as READ_ONCE(): a parameter that root may write at run time can differ
// from one read to the next. A charp is only safe to follow if it is not writable at run time, as
// the kernel frees the old string.
//
// Context: any.
#ifndef RUNTIME_KMOD_PARAMETER_H_
#define RUNTIME_KMOD_PARAMETER_H_

namespace kmod {

// What each kernel word is in C++. bool is a byte of 0 or 1 in both languages; the kernel writes
// nothing else.
using parameter_byte = unsigned char;
using parameter_short = short;
using parameter_ushort = unsigned short;
using parameter_int = int;
using parameter_uint = unsigned int;
using parameter_long = long;
using parameter_ulong = unsigned long;
using parameter_charp = const char*;
using parameter_bool = bool;

static_assert(sizeof(bool) == 1, "the kernel's _Bool is one byte");

}  // namespace kmod
// Declares a function `name()` that reads the parameter of that name.
#define KMOD_PARAMETER(type, name)                                                         \
  extern "C" ::kmod::parameter_##type volatile kmod_param_##type##_##name;                 \
  [[nodiscard, maybe_unused, gnu::always_inline]] inline ::kmod::parameter_##type name() { \
    return kmod_param_##type##_##name;                                                     \
  }                                                                                        \
  static_assert(true)

#endif  // RUNTIME_KMOD_PARAMETER_H_
