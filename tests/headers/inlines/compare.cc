// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/headers/inlines/compare.h"

#include <linux/sched.h>

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "kmod/module.h"
#include "kmod/print.h"
#include "kmod/result.h"

namespace inlines {

Counts counts = {};

namespace {

constexpr unsigned kRounds = 64;
constexpr unsigned kMostParameters = 16;

constexpr unsigned long kEdges[] = {
    0,
    1,
    2,
    3,
    4,
    7,
    8,
    9,
    15,
    16,
    31,
    32,
    33,
    63,
    64,
    127,
    128,
    255,
    256,
    4095,
    4096,
    0x7fff,
    0x8000,
    0xffff,
    0x10000,
    0x7fffffff,
    0x80000000,
    0xffffffff,
    0x100000000,
    0x7fffffffffffffff,
    0x8000000000000000,
    0xffffffffffffffff,
    0xfffffffffffffffe,
    0xfffffffffffff001,
    0xfffffffffffff000,
    0xffffffff00000000,
    0xffff888000001000,
    0x5555555555555555,
};

class Random {
 public:
  unsigned long next() {
    // xorshift64*
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return state_ * 0x2545f4914f6cdd1d;
  }

  // One of the edge values, or a number of any length.
  unsigned long value() {
    const unsigned long choice = next();
    if (choice % 2 == 0) return kEdges[(choice >> 8) % std::size(kEdges)];
    return next() >> ((choice >> 8) % 64);
  }

 private:
  unsigned long state_ = 0x9e3779b97f4a7c15;
};

// The functions' memory, the same at the beginning, and what the C function has left.
constexpr std::size_t kMemory = 64UL << 10;
constinit std::array<unsigned long, kMemory / 8> memory = {};
constinit std::array<unsigned long, kMemory / 8> before = {};
constinit std::array<unsigned long, kMemory / 8> after_c = {};

// What is in `memory`: the pointers and the bytes of the type bool.
class Layout {
 public:
  explicit Layout(const char* text) : text_(text) {}

  struct Argument {
    unsigned long address = 0;  // of memory
    unsigned long limit = 0;
  };

  Argument next() {
    skip_spaces();
    const char kind = *text_++;
    if (kind == 'm') return {.address = next_memory()};
    if (kind == 'l') return {.limit = static_cast<unsigned long>(number())};
    if (kind != 'v') wrong_ = true;
    return {};
  }

  void fill(unsigned round, Random& random) const {
    for (std::size_t i = 0; i < used_ / 8; ++i) {
      memory[i] = round == 0 ? 0 : round == 1 ? ~0UL : random.value();
    }
    for (std::size_t i = 0; i < bools_; ++i) {
      *bytes(bool_places_[i]) = static_cast<unsigned char>(*bytes(bool_places_[i]) & 1);
    }
    for (std::size_t i = 0; i < pointers_; ++i) {
      std::memcpy(bytes(pointer_places_[i]), &pointer_values_[i], sizeof(unsigned long));
    }
  }

  // In bytes, a multiple of 8.
  [[nodiscard]] std::size_t used() const { return used_; }

  // Whether the text is not understood, or does not fit.
  [[nodiscard]] bool wrong() const { return wrong_; }

 private:
  static unsigned char* bytes(unsigned long address) {
    return reinterpret_cast<unsigned char*>(address);  // NOLINT(performance-no-int-to-ptr)
  }

  void skip_spaces() {
    while (*text_ == ' ') ++text_;
  }

  long number() {
    skip_spaces();
    const bool negative = *text_ == '-';
    if (negative) ++text_;
    if (*text_ < '0' || *text_ > '9') wrong_ = true;
    long value = 0;
    while (*text_ >= '0' && *text_ <= '9') value = value * 10 + (*text_++ - '0');
    return negative ? -value : value;
  }

  // Where the pointer leads; the bytes around what is accessed show what should not be.
  unsigned long next_memory() {
    constexpr unsigned long kAround = 64;
    const long begin = number();
    const long end = number();
    const auto start = reinterpret_cast<unsigned long>(memory.data()) + used_ + kAround;
    const unsigned long address =
        (start - static_cast<unsigned long>(begin) + 63) & ~static_cast<unsigned long>(63);
    const unsigned long last = address + static_cast<unsigned long>(end) + kAround;
    used_ = (last - reinterpret_cast<unsigned long>(memory.data()) + 7) & ~7UL;
    if (used_ > kMemory) {
      wrong_ = true;
      used_ = 0;
      return 0;
    }
    for (long pointers = number(); pointers > 0 && !wrong_; --pointers) {
      const unsigned long place = address + static_cast<unsigned long>(number());
      const Argument inner = next();
      if (pointers_ == std::size(pointer_places_) || inner.address == 0) {
        wrong_ = true;
        return 0;
      }
      pointer_places_[pointers_] = place;
      pointer_values_[pointers_++] = inner.address;
    }
    for (long bools = number(); bools > 0 && !wrong_; --bools) {
      if (bools_ == std::size(bool_places_)) {
        wrong_ = true;
        return 0;
      }
      bool_places_[bools_++] = address + static_cast<unsigned long>(number());
    }
    return address;
  }

  const char* text_;
  std::size_t used_ = 0;
  unsigned long pointer_places_[64] = {};
  unsigned long pointer_values_[64] = {};
  std::size_t pointers_ = 0;
  unsigned long bool_places_[64] = {};
  std::size_t bools_ = 0;
  bool wrong_ = false;
};

constinit Random numbers;

// One at a time, so not on the stack.
constinit Layout::Argument needed[kMostParameters] = {};

}  // namespace

void compare(const Pair& pair) {
  ++counts.compared;
  Layout layout(pair.arguments);
  if (pair.count > kMostParameters) {
    pr_err("%s: too many parameters\n", pair.name);
    ++counts.different;
    return;
  }
  for (unsigned i = 0; i < pair.count; ++i) needed[i] = layout.next();
  if (layout.wrong()) {
    pr_err("%s: its arguments cannot be prepared: %s\n", pair.name, pair.arguments);
    ++counts.different;
    return;
  }
  for (unsigned round = 0; round < kRounds; ++round) {
    unsigned long arguments[kMostParameters];
    for (unsigned i = 0; i < pair.count; ++i) {
      unsigned long value = round < std::size(kEdges)
                                ? kEdges[(round + 11UL * i) % std::size(kEdges)]
                                : numbers.value();
      if (needed[i].limit != 0) value %= needed[i].limit;
      if (pair.parameters[i].is_bool) value &= 1;
      arguments[i] = needed[i].address != 0 ? needed[i].address : value;
    }
    layout.fill(round, numbers);
    std::memcpy(before.data(), memory.data(), layout.used());
    const unsigned long c = pair.call(pair.c, arguments);
    std::memcpy(after_c.data(), memory.data(), layout.used());
    std::memcpy(memory.data(), before.data(), layout.used());
    const unsigned long cxx = pair.call(pair.cxx, arguments);
    const bool same_memory = std::memcmp(after_c.data(), memory.data(), layout.used()) == 0;
    if (c == cxx && same_memory) continue;
    pr_err("%s: C++ differs from C: %lx and %lx, %s memory, round %u\n", pair.name, cxx, c,
           same_memory ? "the same" : "other", round);
    ++counts.different;
    return;
  }
  // It takes seconds.
  if (counts.compared % 64 == 0) schedule();
}

namespace {

class Inlines {
 public:
  [[nodiscard]] static kmod::Result<void> start() {
    compare_inlines();
    if (counts.different == 0 && counts.compared != 0) {
      pr_info("%u functions are the same in C++ and in C\n", counts.compared);
    } else {
      pr_info("%u of %u functions differ\n", counts.different, counts.compared);
    }
    return {};
  }
};

}  // namespace

}  // namespace inlines

KMOD_MODULE(inlines::Inlines);
