// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A module whose load asks whether a library works.
#ifndef TESTS_LIBRARIES_LIBRARY_H_
#define TESTS_LIBRARIES_LIBRARY_H_

#include "kmod/errno.h"
#include "kmod/module.h"
#include "kmod/print.h"
#include "kmod/result.h"

// Defines the module: loading it fails with EDOM unless the condition holds.
#define KMOD_TEST_LIBRARY(...)                       \
  class Library {                                    \
   public:                                           \
    static kmod::Result<Library> create() {          \
      const bool good = __VA_ARGS__;                 \
      if (!good) return std::unexpected(kmod::edom); \
      pr_info("the library works\n");                \
      return Library();                              \
    }                                                \
  };                                                 \
  KMOD_MODULE(Library)

#endif  // TESTS_LIBRARIES_LIBRARY_H_
