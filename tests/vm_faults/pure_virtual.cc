// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod/module.h"

namespace {

class Shape {
 public:
  Shape();
  [[nodiscard]] virtual int corners() const = 0;

 protected:
  ~Shape() = default;
};

// Out of line, so that the compiler does not see that the constructor below calls it.
[[gnu::noinline]] int corners_of(const Shape& shape) {
  return shape.corners();  // NOLINT(clang-analyzer-cplusplus.PureVirtualCall): the fault itself
}

// The object is not a Square yet, so the call reaches the stand-in for a missing function.
Shape::Shape() { (void)corners_of(*this); }

class Square final : public Shape {
 public:
  [[nodiscard]] int corners() const override { return 4; }
};

class PureVirtual {
 public:
  static kmod::Result<PureVirtual> create() { return kmod::Result<PureVirtual>(std::in_place); }

 private:
  Square square_;
};

}  // namespace

KMOD_MODULE(PureVirtual);
