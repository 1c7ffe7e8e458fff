// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef TESTS_VM_FAULTS_DEMO_RING_H_
#define TESTS_VM_FAULTS_DEMO_RING_H_

#include <concepts>
#include <cstddef>

namespace demo {

// A ring of `Capacity` elements that are stored elsewhere.
template <typename T, std::size_t Capacity>
class Ring {
 public:
  explicit Ring(T* slots) : slots_(slots) {}

  void push(const T& value) {
    // NOLINTNEXTLINE(clang-analyzer-core.NullDereference): the fault under test
    slots_[count_ % Capacity] = value;  // the fault
    ++count_;
  }

 private:
  T* slots_;
  std::size_t count_ = 0;
};

// Not inlined, so that it has its own frame on the stack. The constraint is part of its name.
template <typename Target, std::convertible_to<int> T>
[[gnu::noinline]] void fill(Target& target, T value, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    target.push(value);  // reaches the fault
  }
}

}  // namespace demo

#endif  // TESTS_VM_FAULTS_DEMO_RING_H_
