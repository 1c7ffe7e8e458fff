/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* The kernel's log as C++ sees it. */
#ifndef RUNTIME_SHIM_PRINT_H_
#define RUNTIME_SHIM_PRINT_H_

/* KERN_SOH of linux/kern_levels.h and its levels; constants.c asserts each. */
#define KMOD_KERN_EMERG \
  "\001"                \
  "0"
#define KMOD_KERN_ALERT \
  "\001"                \
  "1"
#define KMOD_KERN_CRIT \
  "\001"               \
  "2"
#define KMOD_KERN_ERR \
  "\001"              \
  "3"
#define KMOD_KERN_WARNING \
  "\001"                  \
  "4"
#define KMOD_KERN_NOTICE \
  "\001"                 \
  "5"
#define KMOD_KERN_INFO \
  "\001"               \
  "6"
#define KMOD_KERN_DEBUG \
  "\001"                \
  "7"

#ifdef __cplusplus
extern "C" {
#endif

/* printk(): any context. Use kmod/print.h, which checks the format. */
int kmod_printk(const char *format, ...);

/* The name in front of every message. The module's generated C file defines it. */
extern const char kmod_module_name[];

#ifdef __cplusplus
}
#endif

#endif /* RUNTIME_SHIM_PRINT_H_ */
