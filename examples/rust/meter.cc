// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// C++ that keeps its values in Rust.

#include <cstdint>
#include <memory>
#include <utility>

#include "examples/rust/history.h"
#include "kmod/module.h"
#include "kmod/print.h"

namespace {

struct Destroy {
  void operator()(History* history) const { history_destroy(history); }
};

class Meter {
 public:
  static kmod::Result<Meter> create();

  explicit Meter(std::unique_ptr<History, Destroy> history) : history_(std::move(history)) {}
  Meter(Meter&&) = default;
  Meter& operator=(Meter&&) = delete;
  ~Meter() {
    if (history_) pr_info("%llu values came\n", history_came(history_.get()) + 0ULL);
  }

 private:
  std::unique_ptr<History, Destroy> history_;
};

kmod::Result<Meter> Meter::create() {
  std::unique_ptr<History, Destroy> history(history_create());
  if (!history) return std::unexpected(kmod::enomem);
  for (const std::uint32_t value : {1U, 2U, 20U, 30U, 40U, 50U}) {
    history_add(history.get(), value);
  }
  pr_info("the mean of the last %u values is %u\n", history_kept(history.get()),
          history_mean(history.get()));
  return kmod::Result<Meter>(std::in_place, std::move(history));
}

}  // namespace

KMOD_MODULE(Meter);
