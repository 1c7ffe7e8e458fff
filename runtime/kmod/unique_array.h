// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The owner of an array in kmalloc() memory, with its length. kmod::make_unique<T[]>() in
// kmod/alloc.h makes one.
//
// Context: destruction is legal wherever T's destructor is. kfree() is legal in any context except
// NMI.
#ifndef RUNTIME_KMOD_UNIQUE_ARRAY_H_
#define RUNTIME_KMOD_UNIQUE_ARRAY_H_

#include <cstddef>
#include <memory>
#include <span>
#include <utility>

#include "runtime/shim/alloc.h"

namespace kmod {

// A range of T: iterate it, or take span(). Empty after a move.
template <class T>
class [[nodiscard]] UniqueArray {
 public:
  constexpr UniqueArray() = default;

  // Takes over kmod_kmalloc() memory that holds `size` constructed elements.
  constexpr UniqueArray(T* data, std::size_t size) : data_(data), size_(size) {}

  UniqueArray(const UniqueArray&) = delete;
  UniqueArray& operator=(const UniqueArray&) = delete;

  constexpr UniqueArray(UniqueArray&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

  constexpr UniqueArray& operator=(UniqueArray&& other) noexcept {
    // The temporary lets an array that is assigned to itself keep its elements.
    UniqueArray taken(std::move(other));
    std::swap(data_, taken.data_);
    std::swap(size_, taken.size_);
    return *this;
  }

  // The elements are destroyed from the last to the first.
  constexpr ~UniqueArray() {
    // kfree() takes null, but after a move the compiler can drop all of this.
    if (data_ == nullptr) {
      return;
    }
    for (std::size_t i = size_; i > 0; --i) {
      std::destroy_at(data_ + i - 1);
    }
    kfree(data_);
  }

  [[nodiscard]] constexpr std::size_t size() const { return size_; }
  [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
  [[nodiscard]] constexpr T* data() { return data_; }
  [[nodiscard]] constexpr const T* data() const { return data_; }
  [[nodiscard]] constexpr T* begin() { return data_; }
  [[nodiscard]] constexpr T* end() { return data_ + size_; }
  [[nodiscard]] constexpr const T* begin() const { return data_; }
  [[nodiscard]] constexpr const T* end() const { return data_ + size_; }
  [[nodiscard]] constexpr std::span<T> span() { return {data_, size_}; }
  [[nodiscard]] constexpr std::span<const T> span() const { return {data_, size_}; }

 private:
  T* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace kmod

#endif  // RUNTIME_KMOD_UNIQUE_ARRAY_H_
