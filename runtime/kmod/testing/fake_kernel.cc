// SPDX-License-Identifier: MIT OR GPL-2.0-only

#include "kmod/testing/fake_kernel.h"

#include <bit>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "runtime/shim/alloc.h"
#include "runtime/shim/bug.h"
#include "runtime/shim/print.h"

namespace kmod::testing {
namespace {

FakeKernel* current = nullptr;

FakeKernel& kernel() {
  if (current == nullptr) {
    std::fputs("a shim was called outside of the life of a FakeKernel\n", stderr);
    std::abort();
  }
  return *current;
}

// In front of what the caller gets: the address that aligned_alloc() gave.
struct Header {
  void* start;
};

}  // namespace

FakeKernel::FakeKernel() {
  if (std::exchange(current, this) != nullptr) {
    std::fputs("there is one FakeKernel at a time\n", stderr);
    std::abort();
  }
}

FakeKernel::~FakeKernel() { current = nullptr; }

void* FakeKernel::allocate(std::size_t size, unsigned int gfp) {
  allocations_.push_back({size, gfp});
  if (successes_before_failure_ >= 0) {
    --successes_before_failure_;
    if (successes_before_failure_ < 0) {
      return nullptr;
    }
  }
  if (size > std::size_t{1} << 22) {
    return nullptr;  // As kmalloc(), which has no cache beyond 4 MiB.
  }
  // As kmalloc(): a power of two is aligned to itself, everything else to 8 and, here, deliberately
  // to no more.
  const std::size_t alignment = std::has_single_bit(size) && size >= 16 ? size : 16;
  const std::size_t offset = alignment + (std::has_single_bit(size) && size >= 16 ? 0 : 8);
  char* start = static_cast<char*>(
      std::aligned_alloc(alignment, (offset + size + alignment - 1) / alignment * alignment));
  if (start == nullptr) {
    std::abort();
  }
  reinterpret_cast<Header*>(start + offset)[-1].start = start;
  ++live_;
  return start + offset;
}

void FakeKernel::free(const void* memory) {
  if (memory == nullptr) {
    return;
  }
  --live_;
  std::free(static_cast<const Header*>(memory)[-1].start);
}

}  // namespace kmod::testing

using kmod::testing::kernel;

extern "C" {

const char kmod_module_name[] = "fake";

void* kmod_kmalloc(unsigned long size, unsigned int gfp) { return kernel().allocate(size, gfp); }

void kfree(const void* memory) { kernel().free(memory); }

int kmod_printk(const char* format, ...) {
  char message[512];
  std::va_list arguments;
  va_start(arguments, format);
  // The two bytes of the level are the caller's; the log shows them as dmesg does.
  std::vsnprintf(message, sizeof(message), format + 2, arguments);
  va_end(arguments);
  kernel().print(std::string("<") + format[1] + ">" + message);
  return 0;
}

void kmod_bug(const char* what) {
  std::fprintf(stderr, "BUG: %s\n", what);
  std::abort();
}

}  // extern "C"
