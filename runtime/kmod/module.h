// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Makes a class the module:
//
//   class Hello {
//    public:
//     static kmod::Result<Hello> create();  // insmod
//     ~Hello();                             // rmmod
//     …
//   };
//   KMOD_MODULE(Hello);                     // once in a module, outside of any namespace
//
// insmod calls create(). If it returns an error, insmod fails with it, the destructor does not run,
// and what create() held has been released by its own locals. Else the object lives until rmmod
// destroys it.
//
// The object is made where it stays: a class that can be neither copied nor moved is welcome, and
// returns `kmod::Result<Hello>(std::in_place, …)`. A class that is moved out of create() has its
// destructor run for the object that was moved from, too, during insmod.
//
// A class that gives the kernel its own address before it is done, such as a device that it
// registers, has a start() instead of create():
//
//   class Echo {
//    public:
//     [[nodiscard]] kmod::Result<void> start();  // insmod, after the default constructor
//     ~Echo();                                   // rmmod
//
// The object is where it stays. If start() returns an error, insmod fails with it, after the
// destructor has run: it has to release what start() got done.
//
// Context: create(), start() and the destructor run in process context and may sleep.
#ifndef RUNTIME_KMOD_MODULE_H_
#define RUNTIME_KMOD_MODULE_H_

#include <concepts>
#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>

#include "kmod/result.h"

namespace kmod {
// Internal: what a module class has to have; create() comes first.
template <class M>
concept HasCreate = requires {
  { M::create() } -> std::same_as<Result<M>>;
};

// Internal: the other way.
template <class M>
concept HasStart = std::is_default_constructible_v<M> && requires(M& object) {
  { object.start() } -> std::same_as<Result<void>>;
};

// Internal: room for the module's object. It has no constructor or destructor to run, because a
// kernel does not run those of statics.
template <class M>
class ModuleSlot {
 public:
  static_assert(HasCreate<M> || HasStart<M>,
                "the module's class needs `static kmod::Result<M> create();`, or a default "
                "constructor and `kmod::Result<void> start();`");

  // What the kernel's init function returns: 0, or a negative errno with nothing left behind.
  [[gnu::always_inline]] int init() {
    if constexpr (HasCreate<M>) {
      // Not assigned: constructed from create()'s own return value, so that the object never moves.
      auto* result = ::new (static_cast<void*>(bytes_)) Held(M::create());
      return result->has_value() ? 0 : result->error().to_return();
    } else {
      auto* object = ::new (static_cast<void*>(bytes_)) Held();
      const Result<void> started = object->start();
      if (!started) std::destroy_at(object);
      return to_return(started);
    }
  }

  // Only after an init() that returned 0; afterwards init() may come again.
  [[gnu::always_inline]] void exit() {
    auto* held = std::launder(reinterpret_cast<Held*>(bytes_));
    if constexpr (HasCreate<M>) {
      std::destroy_at(&**held);
    } else {
      std::destroy_at(held);
    }
  }

 private:
  using Held = std::conditional_t<HasCreate<M>, Result<M>, M>;

  alignas(Held) std::byte bytes_[sizeof(Held)];
};

}  // namespace kmod

// Internal: in a kernel, the two functions have the names that the module loader looks for, and the
// sections of __init and __exit: freed after insmod, and dropped where modules cannot be unloaded.
// So the generated C file has no module_init() and module_exit(); wrappers of both in C were
// measured at 900 bytes of hello.stripped.ko.
#if __STDC_HOSTED__
#define KMOD_ENTRY_POINT(symbol, section_name)
#else
#define KMOD_ENTRY_POINT(symbol, section_name) \
  __asm__(symbol) __attribute__((section(section_name)))
#endif
// Makes the class `Type` the module. Use it once, outside any namespace.
#define KMOD_MODULE(Type)                                                                  \
  static constinit ::kmod::ModuleSlot<Type> kmod_module_slot = {};                         \
  extern "C" int kmod_module_init(void) KMOD_ENTRY_POINT("init_module", ".init.text");     \
  extern "C" void kmod_module_exit(void) KMOD_ENTRY_POINT("cleanup_module", ".exit.text"); \
  extern "C" int kmod_module_init(void) { return kmod_module_slot.init(); }                \
  extern "C" void kmod_module_exit(void) { kmod_module_slot.exit(); }                      \
  static_assert(true)

#endif  // RUNTIME_KMOD_MODULE_H_
