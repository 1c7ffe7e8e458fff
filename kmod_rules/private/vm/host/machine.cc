// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/machine.h"

namespace kmod::vm {

void add_machine_flags(base::Flags& flags, Machine& machine) {
  using enum base::FlagCount;
  // The rule gives some of these, and a person may give them again: the last one counts.
  flags.add({"cpus", "COUNT", "processors of the VM; the last one counts", kAny},
            base::number(machine.cpus, 1U, 64U));
  flags.add({"memory-mib", "SIZE", "memory of the VM; the last one counts", kAny},
            base::number(machine.memory_mib, 96U, 65536U));
  flags.add(
      {"accel", "tcg|kvm",
       "emulation, which always works, or the processor of the host; the last one counts", kAny},
      base::choice<Accelerator>(machine.accelerator,
                                {{"tcg", Accelerator::kTcg}, {"kvm", Accelerator::kKvm}}));
  flags.add({"kernel-arg", "TEXT", "a further argument for the kernel", kAny},
            base::append(machine.kernel_arguments));
  flags.add({"device", "NAME[,PROPERTY=VALUE...]", "a PCI device of QEMU for the VM", kAny},
            base::append(machine.devices));
  flags.add({"qemu", "PROGRAM", "QEMU; the rule sets it", kOnce}, base::text(machine.qemu));
  flags.add({"qemu-data", "DIR", "firmware files of QEMU; the rule sets it", kAny},
            base::append(machine.qemu_data));
  flags.add({"qemu-modules", "DIR", "shared objects of QEMU; the rule sets it"},
            base::text(machine.qemu_modules));
  flags.add({"kernel", "FILE", "the bzImage to boot; the rule sets it", kOnce},
            base::text(machine.kernel));
  flags.add({"initramfs", "FILE", "the initramfs; the rule sets it", kOnce},
            base::text(machine.initramfs));
}

std::int64_t default_boot_limit_ms(const Machine& machine) {
  return machine.accelerator == Accelerator::kKvm ? 15'000 : 60'000;
}

}  // namespace kmod::vm
