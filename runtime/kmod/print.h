// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The kernel's log by its own words:
//
//   pr_info("%u sectors of %s\n", count, name);
//
// prints "mymodule: 512 sectors of sda". The format is a literal in printk()'s language. A format
// that does not fit its arguments, that asks for what the kernel does not print, or that does not
// end in a newline, does not compile.
//
// pr_debug() is compiled where DEBUG is defined; elsewhere it is checked and then dropped,
// arguments unevaluated.
//
// Context: any.
#ifndef RUNTIME_KMOD_PRINT_H_
#define RUNTIME_KMOD_PRINT_H_

#include "kmod/format_fault.h"
#include "runtime/shim/print.h"
// Internal: a compile error that says what is wrong with a format.
#define KMOD_REFUSE_FORMAT(fault, message) \
  static_assert(kmod_format_fault != ::kmod::FormatFault::fault, message)
// Internal: all checks of a format.
#define KMOD_CHECK_FORMAT(format, ...)                                                             \
  constexpr ::kmod::FormatFault kmod_format_fault =                                                \
      decltype(::kmod::format_check(__VA_ARGS__))::fault(format);                                  \
  KMOD_REFUSE_FORMAT(no_newline,                                                                   \
                     "the format has to end in \\n: the kernel holds an open line back");          \
  KMOD_REFUSE_FORMAT(incomplete_conversion,                                                        \
                     "the format ends inside a conversion: % is written %%");                      \
  KMOD_REFUSE_FORMAT(unknown_conversion,                                                           \
                     "the format has a conversion that printk() does not know");                   \
  KMOD_REFUSE_FORMAT(floating_point, "the kernel has no floating point to print");                 \
  KMOD_REFUSE_FORMAT(too_few_arguments, "the format asks for more arguments than there are");      \
  KMOD_REFUSE_FORMAT(too_many_arguments, "the format asks for fewer arguments than there are");    \
  KMOD_REFUSE_FORMAT(not_an_integer, "an integer conversion or a * has no integer: cast it");      \
  KMOD_REFUSE_FORMAT(wrong_integer_size, "%d is for 32 bits, %ld and %zu are for 64: change one"); \
  KMOD_REFUSE_FORMAT(not_a_string, "%s is for const char*; a view is printed by %.*s");            \
  KMOD_REFUSE_FORMAT(not_a_pointer, "%p is for a pointer")
// Internal: what the macros below share.
#define KMOD_PRINT(level, format, ...)                                                 \
  do {                                                                                 \
    KMOD_CHECK_FORMAT(format, __VA_ARGS__);                                            \
    ::kmod_printk(level "%s: " format, ::kmod_module_name __VA_OPT__(, ) __VA_ARGS__); \
  } while (false)
// Prints at the level of the name. The arguments are evaluated once.
#define pr_emerg(format, ...) KMOD_PRINT(KMOD_KERN_EMERG, format __VA_OPT__(, ) __VA_ARGS__)
#define pr_alert(format, ...) KMOD_PRINT(KMOD_KERN_ALERT, format __VA_OPT__(, ) __VA_ARGS__)
#define pr_crit(format, ...) KMOD_PRINT(KMOD_KERN_CRIT, format __VA_OPT__(, ) __VA_ARGS__)
#define pr_err(format, ...) KMOD_PRINT(KMOD_KERN_ERR, format __VA_OPT__(, ) __VA_ARGS__)
#define pr_warn(format, ...) KMOD_PRINT(KMOD_KERN_WARNING, format __VA_OPT__(, ) __VA_ARGS__)
#define pr_notice(format, ...) KMOD_PRINT(KMOD_KERN_NOTICE, format __VA_OPT__(, ) __VA_ARGS__)
#define pr_info(format, ...) KMOD_PRINT(KMOD_KERN_INFO, format __VA_OPT__(, ) __VA_ARGS__)
// Prints at the debug level where DEBUG is defined; the arguments are not evaluated elsewhere.
#ifdef DEBUG
#define pr_debug(format, ...) KMOD_PRINT(KMOD_KERN_DEBUG, format __VA_OPT__(, ) __VA_ARGS__)
#else
#define pr_debug(format, ...)                                         \
  do {                                                                \
    if (false) {                                                      \
      KMOD_PRINT(KMOD_KERN_DEBUG, format __VA_OPT__(, ) __VA_ARGS__); \
    }                                                                 \
  } while (false)
#endif

#endif  // RUNTIME_KMOD_PRINT_H_
