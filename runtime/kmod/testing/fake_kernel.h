// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The kernel's side of the runtime, for tests of a library on the host: allocation, which can be
// made to fail, and the log.
//
//   cc_test(
//       name = "first_test",
//       srcs = ["first_test.cc"],
//       deps = [
//           ":first",
//           "@com_google_googletest//:gtest_main",
//           "@rules_kmod//runtime:fake_kernel",
//       ],
//   )
//
// A library that includes the kernel's headers, by //runtime:testable_kernel_headers, also needs
// //runtime:fake_kernel_functions: kmalloc(), kzalloc(), kmalloc_array(), kcalloc(), kvmalloc(),
// vmalloc(), kstrdup(), kmemdup(), what frees their memory, and printk().
//
// Without //runtime:fake_kernel, the linker says `undefined symbol: kmod_kmalloc`. The test defines
// what else the library needs of the kernel: the functions of its own C, and for
// `KMOD_PARAMETER(int, times)` an `extern "C" int volatile kmod_param_int_times`.
#ifndef RUNTIME_KMOD_TESTING_FAKE_KERNEL_H_
#define RUNTIME_KMOD_TESTING_FAKE_KERNEL_H_

#include <cstddef>
#include <string>
#include <vector>

namespace kmod::testing {

// Construct one at the start of a test: it begins with no allocation, no failure and an empty log.
// Its functions see all that allocation and the log do from then on. An allocation has the flags of
// its caller: compare them with kmod::Gfp, or with GFP_KERNEL for kmalloc(). Not thread-safe.
class FakeKernel {
 public:
  struct Allocation {
    std::size_t size;
    unsigned int gfp;
  };

  FakeKernel();
  ~FakeKernel();
  FakeKernel(const FakeKernel&) = delete;
  FakeKernel& operator=(const FakeKernel&) = delete;

  // The next `successes` allocations succeed, the one after them fails, later ones succeed again.
  void fail_after(int successes) { successes_before_failure_ = successes; }

  // Every allocation asked for, failed ones too.
  [[nodiscard]] const std::vector<Allocation>& allocations() const { return allocations_; }

  // Allocations that are not freed.
  [[nodiscard]] int live() const { return live_; }

  // Messages as they went out, each with its level in front, such as "<6>fake: hello\n".
  [[nodiscard]] const std::vector<std::string>& log() const { return log_; }

  // What the runtime calls.
  void* allocate(std::size_t size, unsigned int gfp);
  void free(const void* memory);
  void print(std::string message) { log_.push_back(std::move(message)); }

 private:
  std::vector<Allocation> allocations_;
  std::vector<std::string> log_;
  int successes_before_failure_ = -1;
  int live_ = 0;
};

}  // namespace kmod::testing

#endif  // RUNTIME_KMOD_TESTING_FAKE_KERNEL_H_
