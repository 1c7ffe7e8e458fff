// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The owner of one object in kmalloc() memory: std::unique_ptr with the kernel's way to free.
// kmod::make_unique() in kmod/alloc.h makes one.
//
// Context: destruction is legal wherever the object's destructor is. kfree() is legal in any
// context except NMI.
#ifndef RUNTIME_KMOD_UNIQUE_PTR_H_
#define RUNTIME_KMOD_UNIQUE_PTR_H_

#include <memory>
#include <type_traits>

#include "runtime/shim/alloc.h"

namespace kmod {

// Destroys and frees what kmod::make_unique() or `new (gfp) T` made.
template <class T>
struct KernelDelete {
  static_assert(!std::is_array_v<T>, "an array has a length: kmod::UniqueArray owns one");

  constexpr KernelDelete() = default;

  // Makes UniquePtr<Derived> convertible to UniquePtr<Base>. Without a virtual destructor the
  // pointer that was allocated could not be found again. The same type comes first, because T may
  // be incomplete: a node owns the next one.
  template <class Derived>
    requires std::is_convertible_v<Derived*, T*> &&
             (std::is_same_v<std::remove_cv_t<Derived>, std::remove_cv_t<T>> ||
              std::has_virtual_destructor_v<T>)
  constexpr explicit(false) KernelDelete(const KernelDelete<Derived>&) {}

  void operator()(T* object) const {
    static_assert(sizeof(T) > 0, "T is incomplete here, so its destructor is not known");
    // Where T is a base class, the allocation begins elsewhere; the vtable knows where, without
    // RTTI. kfree() and not a delete-expression, so that a test on the host frees by the same
    // function that it allocated by.
    const void* memory = object;
    if constexpr (std::is_polymorphic_v<T>) {
      memory = dynamic_cast<const void*>(object);
    }
    std::destroy_at(object);
    kfree(memory);
  }
};

// The owner of a T; the default value is null.
template <class T>
using UniquePtr = std::unique_ptr<T, KernelDelete<T>>;

}  // namespace kmod

#endif  // RUNTIME_KMOD_UNIQUE_PTR_H_
