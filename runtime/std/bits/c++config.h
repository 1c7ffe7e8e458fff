// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// libstdc++'s configuration, made true for a kernel.
//
// The distribution configured libstdc++ for a C library with wide characters. A kernel has none,
// and the headers would pull <wchar.h> in. Everything else of that configuration holds. This folder
// therefore has to precede libstdc++'s own among the include directories, and only where C++ is
// compiled for a kernel.

#include_next <bits/c++config.h>

#undef _GLIBCXX_HAVE_WCHAR_H
#undef _GLIBCXX_USE_WCHAR_T
#undef _GLIBCXX_HAVE_MBSTATE_T

namespace std {

// For code that only names them: they throw where an allocation fails.
template <class T>
class shared_ptr;
template <class T>
class weak_ptr;

// Without this, Clang proposes std::make_signed.
template <class T, class... Arguments>
[[clang::unavailable(
    "the kernel cannot throw where an allocation fails; use kmod::make_unique<T>(gfp, ...) of "
    "\"kmod/alloc.h\", and a refcount_t by a kernel_c_library for an object with several "
    "owners")]] void
make_shared(Arguments&&...);

}  // namespace std
