// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Leaks a block of memory in create(), and `blocks` more in another function on unload: two places,
// each with its own count.

#include <cstdint>

#include "kmod/alloc.h"
#include "kmod/module.h"
#include "kmod/parameter.h"

KMOD_PARAMETER(int, blocks);

namespace {

struct Record {
  std::uint64_t words[12];
};

[[gnu::noinline]] kmod::Result<void> lose_one() {
  (void)KMOD_TRY(kmod::make_unique<Record>(kmod::Gfp::kernel)).release();
  return {};
}

class LeakKmalloc {
 public:
  static kmod::Result<LeakKmalloc> create() {
    (void)KMOD_TRY(kmod::make_unique<std::uint64_t>(kmod::Gfp::kernel)).release();
    return kmod::Result<LeakKmalloc>(std::in_place);
  }
  ~LeakKmalloc() {
    for (int i = 0; i < blocks(); ++i) (void)lose_one();
  }
};

}  // namespace

KMOD_MODULE(LeakKmalloc);
