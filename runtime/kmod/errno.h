// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The kernel's error numbers as a type.
//
//   return std::unexpected(kmod::enomem);
//
// Context: any.
#ifndef RUNTIME_KMOD_ERRNO_H_
#define RUNTIME_KMOD_ERRNO_H_

#include "runtime/shim/errno_list.h"

namespace kmod {

// An error number from 1 to 4095, never "no error": a function that may succeed returns a
// kmod::Result.
class [[nodiscard]] Errno {
 public:
  // Takes what a kernel function returned, for example -12. A number that is not a negative errno
  // (0, positive, or below -4095) becomes EINVAL, so that a failure cannot turn into a success; in
  // a constant expression it does not compile.
  static constexpr Errno from_return(int result) {
    if (result >= 0 || result < -max_code) {
      if consteval {
        a_negative_errno_is_from_minus_4095_to_minus_1();
      }
      return Errno(22);
    }
    return Errno(-result);
  }

  // The positive number, for example 12.
  [[nodiscard]] constexpr int code() const { return code_; }

  // The negative number as kernel functions return it, for example -12.
  [[nodiscard]] constexpr int to_return() const { return -code_; }

  friend constexpr bool operator==(Errno, Errno) = default;

 private:
  // MAX_ERRNO of linux/err.h.
  static constexpr int max_code = 4095;

  // Not constexpr and never defined: the compiler names it where a constant is out of range.
  static void a_negative_errno_is_from_minus_4095_to_minus_1();

  explicit constexpr Errno(int code) : code_(code) {}

  int code_;
};

// kmod::enomem, kmod::einval and so on, named as in the kernel.
#define KMOD_DEFINE_ERRNO(cpp_name, c_name, number) \
  inline constexpr Errno cpp_name = Errno::from_return(-(number));
KMOD_ERRNO_LIST(KMOD_DEFINE_ERRNO)
#undef KMOD_DEFINE_ERRNO

}  // namespace kmod

#endif  // RUNTIME_KMOD_ERRNO_H_
