// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A probe on a function of the kernel in C++ alone: counts how often programs open files. The
// handler runs in place of the first instruction of do_sys_openat2().
#include <linux/kprobes.h>
#include <linux/module.h>

#include <atomic>

#include "kmod/container_of.h"
#include "kmod/module.h"
#include "kmod/print.h"
#include "kmod/result.h"

namespace {

// The kernel holds the address of the probe, so it stays where it is made.
class OpenCount {
 public:
  OpenCount() = default;
  OpenCount(const OpenCount&) = delete;
  // The handler has ended on every processor before unregister_kprobe() returns.
  ~OpenCount() {
    if (!registered_) return;
    unregister_kprobe(&probe_);
    if (hits_.load(std::memory_order_relaxed) > 0) pr_info("do_sys_openat2 was called\n");
  }

  [[nodiscard]] kmod::Result<void> start() {
    KMOD_TRY(kmod::result_of(register_kprobe(&probe_)));
    registered_ = true;
    return {};
  }

 private:
  // Context: a breakpoint's, with preemption disabled; must not sleep.
  static int count(kprobe* probe, pt_regs* /*registers*/) {
    kmod::container_of<&OpenCount::probe_>(probe)->hits_.fetch_add(1, std::memory_order_relaxed);
    return 0;
  }

  kprobe probe_ = {.symbol_name = "do_sys_openat2", .pre_handler = count};
  std::atomic<unsigned long> hits_ = 0;
  bool registered_ = false;
};

}  // namespace

KMOD_MODULE(OpenCount);
