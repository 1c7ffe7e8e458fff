// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A probe on a function of the kernel in C++ alone: counts how often programs open files. The
// handler runs in place of the first instruction of do_sys_openat2().
#include <linux/kprobes.h>
#include <linux/module.h>

#include <atomic>
#include <utility>

#include "kmod/alloc.h"
#include "kmod/container_of.h"
#include "kmod/module.h"
#include "kmod/print.h"
#include "kmod/result.h"
#include "kmod/unique_ptr.h"

namespace {

// The kernel holds the address of the probe, so it stays where it is made.
class Probe {
 public:
  Probe() = default;
  Probe(const Probe&) = delete;
  // The handler has ended on every processor before unregister_kprobe() returns.
  ~Probe() {
    if (registered_) unregister_kprobe(&probe_);
  }

  kmod::Result<void> start() {
    KMOD_TRY(kmod::result_of(register_kprobe(&probe_)));
    registered_ = true;
    return {};
  }

  [[nodiscard]] unsigned long hits() const { return hits_.load(std::memory_order_relaxed); }

 private:
  // Context: a breakpoint's, with preemption disabled; must not sleep.
  static int count(kprobe* probe, pt_regs* /*registers*/) {
    kmod::container_of<&Probe::probe_>(probe)->hits_.fetch_add(1, std::memory_order_relaxed);
    return 0;
  }

  kprobe probe_ = {.symbol_name = "do_sys_openat2", .pre_handler = count};
  std::atomic<unsigned long> hits_ = 0;
  bool registered_ = false;
};

class OpenCount {
 public:
  static kmod::Result<OpenCount> create() {
    auto probe = KMOD_TRY(kmod::make_unique<Probe>(kmod::Gfp::kernel));
    KMOD_TRY(probe->start());
    return OpenCount(std::move(probe));
  }

  OpenCount(OpenCount&&) = default;
  OpenCount& operator=(OpenCount&&) = delete;
  ~OpenCount() {
    if (probe_ != nullptr && probe_->hits() > 0) pr_info("do_sys_openat2 was called\n");
  }

 private:
  explicit OpenCount(kmod::UniquePtr<Probe> probe) : probe_(std::move(probe)) {}

  kmod::UniquePtr<Probe> probe_;
};

}  // namespace

KMOD_MODULE(OpenCount);
