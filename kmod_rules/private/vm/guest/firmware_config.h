// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_FIRMWARE_CONFIG_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_FIRMWARE_CONFIG_H_

#include <cstddef>
#include <cstdint>

#include "kmod_rules/private/base/try.h"

namespace kmod::vm {

// The device through which QEMU gives the firmware the kernel and the initramfs: docs/specs/fw_cfg
// in QEMU's source. The device belongs to the QEMU that runs, not to the VM's state. So in a VM
// that was restored, it has what QEMU was started with then.
//
// Uses the processor's I/O ports, about 10 MB a second under emulation. Only one process of the
// guest may use it at a time.
class FirmwareConfig {
 public:
  // Errors: the process may not use I/O ports, or the machine has no such device.
  [[nodiscard]] static base::Result<FirmwareConfig> open();

  FirmwareConfig(FirmwareConfig&& other) noexcept;
  FirmwareConfig(const FirmwareConfig&) = delete;
  FirmwareConfig& operator=(const FirmwareConfig&) = delete;
  FirmwareConfig& operator=(FirmwareConfig&&) = delete;
  ~FirmwareConfig();

  // Of the file after -initrd, in bytes.
  [[nodiscard]] std::uint32_t initramfs_size();

  // Returns once the VM is restored by a QEMU that was started with another initramfs.
  void wait_for_restore();

  // read() begins at the first byte of that file from here on.
  void select_initramfs();

  // The next bytes of what is selected; zeros behind its end.
  void read(char* buffer, std::size_t size);

 private:
  FirmwareConfig() = default;

  bool owns_ports_ = false;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_FIRMWARE_CONFIG_H_
