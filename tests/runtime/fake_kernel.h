// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The kernel's side of the runtime's shims, for tests on the host.
#ifndef TESTS_RUNTIME_FAKE_KERNEL_H_
#define TESTS_RUNTIME_FAKE_KERNEL_H_

#include <cstddef>
#include <string>
#include <vector>

namespace kmod::testing {

// Construct one at the start of a test: it begins with no allocation, no failure and an empty log.
// Its functions see all that kmod_kmalloc(), kfree() and kmod_printk() do from then on. Not
// thread-safe.
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

#endif  // TESTS_RUNTIME_FAKE_KERNEL_H_
