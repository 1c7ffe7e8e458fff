// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads variables of the kernel that each processor has one of, and allocates one.
#include <asm/processor.h>
#include <asm/smp.h>
#include <linux/percpu.h>
#include <linux/preempt.h>

#include "kmod/errno.h"
#include "kmod/module.h"
#include "kmod/print.h"
#include "kmod/result.h"

namespace {

class PerCpu {
 public:
  PerCpu() = default;
  PerCpu(const PerCpu&) = delete;
  ~PerCpu() { free_percpu(counters_); }

  [[nodiscard]] kmod::Result<void> start() {
    counters_ = static_cast<unsigned*>(__alloc_percpu(sizeof(unsigned), alignof(unsigned)));
    if (counters_ == nullptr) return std::unexpected(kmod::enomem);
    preempt_disable();
    const int processor = static_cast<int>(smp_processor_id());
    const cpuinfo_x86* here = this_cpu_ptr(&cpu_info);
    ++*static_cast<unsigned*>(this_cpu_ptr(counters_));
    preempt_enable();
    pr_info("this processor is %d\n", processor);
    if (here == &per_cpu(cpu_info, processor) && here == per_cpu_ptr(&cpu_info, processor) &&
        here->x86 != 0) {
      pr_info("it has the features of processor %d\n", processor);
    }
    pr_info("its own counter is %u\n", *static_cast<unsigned*>(per_cpu_ptr(counters_, processor)));
    return {};
  }

 private:
  unsigned* counters_ = nullptr;
};

}  // namespace

KMOD_MODULE(PerCpu);
