// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The allocation and the log of <linux/slab.h>, <linux/mm.h>, <linux/vmalloc.h>, <linux/string.h>
// and <linux/printk.h>, by the FakeKernel. The parameters have the kernel's names.
#include <linux/gfp.h>
#include <linux/kern_levels.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/version.h>
#include <linux/vmalloc.h>

#include <cstdarg>
#include <cstddef>
#include <cstdio>
#include <cstring>

#include "kmod/testing/fake_kernel.h"
#include "runtime/shim/alloc.h"
#include "runtime/shim/print.h"

namespace {

void* allocate(std::size_t size, gfp_t flags) {
  void* memory = kmod_kmalloc(size, flags);
  if (memory != nullptr && (flags & __GFP_ZERO) != 0) std::memset(memory, 0, size);
  return memory;
}

void* allocate_array(std::size_t count, std::size_t size, gfp_t flags) {
  std::size_t bytes = 0;
  return __builtin_mul_overflow(count, size, &bytes) ? nullptr : allocate(bytes, flags);
}

void* copy(const void* memory, std::size_t size, gfp_t flags) {
  void* copied = allocate(size, flags);
  if (copied != nullptr) std::memcpy(copied, memory, size);
  return copied;
}

}  // namespace

extern "C" {

void* kmalloc(std::size_t size, gfp_t flags) { return allocate(size, flags); }
void* kzalloc(std::size_t size, gfp_t flags) { return allocate(size, flags | __GFP_ZERO); }
void* kmalloc_array(std::size_t n, std::size_t size, gfp_t flags) {
  return allocate_array(n, size, flags);
}
void* kcalloc(std::size_t n, std::size_t size, gfp_t flags) {
  return allocate_array(n, size, flags | __GFP_ZERO);
}
void* kvmalloc(std::size_t size, gfp_t flags) { return allocate(size, flags); }
void* kvzalloc(std::size_t size, gfp_t flags) { return allocate(size, flags | __GFP_ZERO); }
void kvfree(const void* addr) { kfree(addr); }
void* vmalloc(unsigned long size) { return allocate(size, GFP_KERNEL); }
void* vzalloc(unsigned long size) { return allocate(size, GFP_KERNEL | __GFP_ZERO); }
void vfree(const void* addr) { kfree(addr); }

char* kstrdup(const char* s, gfp_t gfp) {
  return s == nullptr ? nullptr : static_cast<char*>(copy(s, std::strlen(s) + 1, gfp));
}
// Since Linux 6.10, kmemdup() is a macro over this.
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 10, 0)
#define KMOD_FAKE_KMEMDUP kmemdup
#else
#define KMOD_FAKE_KMEMDUP kmemdup_noprof
#endif
void* KMOD_FAKE_KMEMDUP(const void* src, std::size_t len, gfp_t gfp) { return copy(src, len, gfp); }

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 15, 0)
#define KMOD_FAKE_PRINTK printk
#else
#define KMOD_FAKE_PRINTK _printk
#endif
int KMOD_FAKE_PRINTK(const char* fmt, ...) {
  char message[512];
  std::va_list arguments;
  va_start(arguments, fmt);
  std::vsnprintf(message, sizeof(message), fmt, arguments);
  va_end(arguments);
  // The level of a message without one is the kernel's default, a warning.
  const bool has_level = message[0] == KERN_SOH[0] && message[1] != '\0';
  const char with_level[] = {KERN_SOH[0], has_level ? message[1] : '4', '%', 's', '\0'};
  return kmod_printk(with_level, has_level ? message + 2 : message);
}

}  // extern "C"
