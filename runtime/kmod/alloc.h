// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Allocation with explicit gfp flags, which reports failure as a value.
//
//   auto one = KMOD_TRY(kmod::make_unique<Device>(kmod::Gfp::kernel, minor));
//   auto many = KMOD_TRY(kmod::make_unique<Record[]>(kmod::Gfp::atomic, count));
//   Device* raw = new (kmod::Gfp::kernel) Device(minor);  // null if no memory is available
//
// Plain `new` takes no gfp flags, and the compiler assumes that it never returns null, so it stays
// undefined: code that uses it does not link.
//
// Context: see kmod::Gfp. Sizes are in bytes, counts in elements. The only error is ENOMEM.
#ifndef RUNTIME_KMOD_ALLOC_H_
#define RUNTIME_KMOD_ALLOC_H_

#include <bit>
#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "kmod/gfp.h"
#include "kmod/result.h"
#include "kmod/unique_array.h"
#include "kmod/unique_ptr.h"
#include "runtime/shim/alloc.h"

namespace kmod {

// What kmalloc() aligns every size to on x86-64; shim/constants.c asserts it.
inline constexpr std::size_t kmalloc_alignment = 8;

// Allocates `size` bytes; null if no memory is available. `alignment`, in bytes, is a power of two.
// Above kmalloc_alignment, the size is rounded up to a power of two, because kmalloc() aligns a
// power of two to its own size since 5.4. Context: see kmod::Gfp. kfree() frees the memory.
[[nodiscard, gnu::always_inline]] inline void* kmalloc(std::size_t size, Gfp gfp,
                                                       std::size_t alignment = kmalloc_alignment) {
  if (alignment > kmalloc_alignment) {
    const std::size_t least = size > alignment ? size : alignment;
    // Above this, the result of std::bit_ceil() does not fit, and kmalloc() always fails.
    if (least > ~std::size_t{0} / 2) {
      return nullptr;
    }
    size = std::bit_ceil(least);
  }
  return kmod_kmalloc(size, static_cast<unsigned int>(gfp));
}

}  // namespace kmod

// noexcept makes the compiler test for null before it constructs.
[[nodiscard, gnu::always_inline]] inline void* operator new(std::size_t size,
                                                            kmod::Gfp gfp) noexcept {
  return kmod::kmalloc(size, gfp);
}
[[nodiscard, gnu::always_inline]] inline void* operator new(std::size_t size,
                                                            std::align_val_t alignment,
                                                            kmod::Gfp gfp) noexcept {
  return kmod::kmalloc(size, gfp, static_cast<std::size_t>(alignment));
}

// `new (gfp) T[n]` could say neither that n * sizeof(T) overflowed nor how many elements to
// destroy: kmod::make_unique<T[]>(gfp, n).
void* operator new[](std::size_t size, kmod::Gfp gfp) noexcept = delete;
void* operator new[](std::size_t size, std::align_val_t alignment, kmod::Gfp gfp) noexcept = delete;

namespace kmod {

// One T, constructed from `arguments`, or ENOMEM.
template <class T, class... Arguments>
  requires(!std::is_array_v<T>)
[[nodiscard, gnu::always_inline]] inline Result<UniquePtr<T>> make_unique(
    Gfp gfp, Arguments&&... arguments) {
  void* memory = kmalloc(sizeof(T), gfp, alignof(T));
  if (memory == nullptr) [[unlikely]] {
    return std::unexpected(enomem);
  }
  return UniquePtr<T>(::new (memory) T(std::forward<Arguments>(arguments)...));
}

// `count` value-initialized elements, or ENOMEM, also when count * sizeof(T) is more than a size
// can say. A count of zero succeeds. A negative count becomes a huge one, as everywhere in the
// kernel, and fails with ENOMEM.
template <class Array>
  requires std::is_unbounded_array_v<Array>
[[nodiscard, gnu::always_inline]] inline Result<UniqueArray<std::remove_extent_t<Array>>>
make_unique(Gfp gfp, std::size_t count) {
  using Element = std::remove_extent_t<Array>;
  static_assert(
      std::is_nothrow_default_constructible_v<Element> || std::is_default_constructible_v<Element>,
      "the elements are made without arguments, so the type needs a default constructor");
  std::size_t size = 0;
  if (__builtin_mul_overflow(count, sizeof(Element), &size)) [[unlikely]] {
    return std::unexpected(enomem);
  }
  auto* elements = static_cast<Element*>(kmalloc(size, gfp, alignof(Element)));
  if (elements == nullptr) [[unlikely]] {
    return std::unexpected(enomem);
  }
  for (std::size_t i = 0; i < count; ++i) {
    ::new (static_cast<void*>(elements + i)) Element();
  }
  return UniqueArray<Element>(elements, count);
}

}  // namespace kmod

#endif  // RUNTIME_KMOD_ALLOC_H_
