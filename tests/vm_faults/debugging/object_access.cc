// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads objects of C++ in the way that the parameter `fault` names: 1 a freed one, 2 behind an
// array on the heap, 3 behind one on the stack, 4 behind a global one, 5 shifts too far, 6 has an
// index that an array has not. With 0, it reads only what is there.

#include <array>
#include <cstddef>

#include "kmod/alloc.h"
#include "kmod/module.h"
#include "kmod/parameter.h"
#include "kmod/print.h"
#include "kmod/unique_array.h"

KMOD_PARAMETER(int, fault);

namespace {

struct Sample {
  int value = 7;
  int next = 8;
};

std::array<int, 4> table = {1, 2, 3, 4};
int plain_table[4] = {1, 2, 3, 4};

// Hides where the pointer comes from: otherwise the compiler knows what cannot happen.
template <class T>
const volatile T* hide(const T* pointer) {
  asm("" : "+r"(pointer));
  return pointer;
}

[[gnu::noinline]] kmod::Result<int> read_freed() {
  kmod::UniquePtr<Sample> sample = KMOD_TRY(kmod::make_unique<Sample>(kmod::Gfp::kernel));
  const volatile Sample* freed = hide(sample.get());
  sample.reset();
  return freed->next;
}

[[gnu::noinline]] kmod::Result<int> read_behind_heap() {
  const auto numbers = KMOD_TRY(kmod::make_unique<int[]>(kmod::Gfp::kernel, 6));
  return hide(numbers.data())[6];
}

[[gnu::noinline]] int read_behind_stack() {
  const std::array<int, 4> numbers = {1, 2, 3, 4};
  return hide(numbers.data())[numbers.size()];
}

[[gnu::noinline]] int read_behind_global() { return hide(table.data())[table.size()]; }

[[gnu::noinline]] int shift(int by) { return 1 << by; }

[[gnu::noinline]] int read_at(int index) { return plain_table[index]; }

kmod::Result<int> read() {
  switch (fault()) {
    case 1:
      return read_freed();
    case 2:
      return read_behind_heap();
    case 3:
      return read_behind_stack();
    case 4:
      return read_behind_global();
    case 5:
      return shift(*hide(&plain_table[0]) + 31);
    case 6:
      return read_at(*hide(&plain_table[3]));
    default:
      return read_at(*hide(&table[0])) + shift(*hide(&table[1]));
  }
}

class ObjectAccess {
 public:
  static kmod::Result<ObjectAccess> create() {
    pr_info("read %d\n", KMOD_TRY(read()));
    return kmod::Result<ObjectAccess>(std::in_place);
  }
};

}  // namespace

KMOD_MODULE(ObjectAccess);
