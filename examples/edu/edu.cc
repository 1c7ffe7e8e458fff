// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A driver for a PCI device in C++ alone: QEMU's edu, which computes factorials and copies memory.
// It shows registers in memory (MMIO), an interrupt and direct memory access (DMA).
#include <linux/completion.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/pci.h>

#include <cstddef>
#include <cstring>
#include <utility>

#include "kmod/alloc.h"
#include "kmod/errno.h"
#include "kmod/module.h"
#include "kmod/print.h"
#include "kmod/result.h"
#include "kmod/unique_ptr.h"

namespace {

// The registers, by their offset in the first region of memory.
enum Register : unsigned long {
  kFactorial = 0x08,
  kStatus = 0x20,
  kInterruptStatus = 0x24,
  kInterruptAcknowledge = 0x64,
  kDmaSource = 0x80,
  kDmaDestination = 0x88,
  kDmaCount = 0x90,
  kDmaCommand = 0x98,
};
constexpr u32 kInterruptAfterFactorial = 0x80;  // of kStatus
constexpr u32 kDmaStart = 1;                    // of kDmaCommand
constexpr u32 kDmaToMemory = 2;
constexpr u32 kDmaInterrupt = 4;

constexpr u64 kDeviceBuffer = 0x40000;   // its address to the device
constexpr u64 kDmaMask = (1 << 28) - 1;  // the device has 28 lines of address
constexpr std::size_t kBufferSize = 64;

class EduDevice {
 public:
  explicit EduDevice(pci_dev* pci) : pci_(pci) { init_completion(&done_); }
  EduDevice(const EduDevice&) = delete;

  // What has pcim_, devm_ and dmam_ in its name ends with the device.
  kmod::Result<void> start() {
    KMOD_TRY(kmod::result_of(pcim_enable_device(pci_)));
    KMOD_TRY(kmod::result_of(pcim_iomap_regions(pci_, 1, "edu")));
    registers_ = static_cast<char*>(pcim_iomap_table(pci_)[0]);
    KMOD_TRY(kmod::result_of(dma_set_mask_and_coherent(&pci_->dev, kDmaMask)));
    buffer_ = static_cast<char*>(
        dmam_alloc_coherent(&pci_->dev, kBufferSize, &buffer_address_, GFP_KERNEL));
    if (buffer_ == nullptr) return std::unexpected(kmod::enomem);
    pci_set_master(pci_);
    KMOD_TRY(kmod::result_of(pci_alloc_irq_vectors(pci_, 1, 1, PCI_IRQ_ALL_TYPES)));
    irq_ = static_cast<unsigned>(pci_irq_vector(pci_, 0));
    return kmod::result_of(
        devm_request_irq(&pci_->dev, irq_, on_interrupt, IRQF_SHARED, "edu", this));
  }

  // The handler must not run any more when the device's memory goes.
  void stop() { devm_free_irq(&pci_->dev, irq_, this); }

  // May sleep.
  kmod::Result<u32> factorial(u32 number) {
    write(kStatus, kInterruptAfterFactorial);
    write(kFactorial, number);
    KMOD_TRY(wait());
    return read(kFactorial);
  }

  // Sends the text to the device's buffer and gets it back. May sleep.
  kmod::Result<const char*> send_and_fetch(const char* text) {
    const std::size_t size = std::strlen(text) + 1;
    if (size > kBufferSize) return std::unexpected(kmod::einval);
    std::memcpy(buffer_, text, size);
    KMOD_TRY(copy(buffer_address_, kDeviceBuffer, size, 0));
    std::memset(buffer_, 0, kBufferSize);
    KMOD_TRY(copy(kDeviceBuffer, buffer_address_, size, kDmaToMemory));
    return static_cast<const char*>(buffer_);
  }

 private:
  // Context: interrupt.
  static irqreturn_t on_interrupt(int /*irq*/, void* data) {
    auto* device = static_cast<EduDevice*>(data);
    const u32 status = device->read(kInterruptStatus);
    if (status == 0) return IRQ_NONE;
    device->write(kInterruptAcknowledge, status);
    complete(&device->done_);
    return IRQ_HANDLED;
  }

  [[nodiscard]] u32 read(Register offset) const { return readl(registers_ + offset); }
  void write(Register offset, u32 value) { writel(value, registers_ + offset); }

  kmod::Result<void> wait() {
    if (wait_for_completion_timeout(&done_, 10UL * HZ) == 0) {
      return std::unexpected(kmod::etimedout);
    }
    return {};
  }

  kmod::Result<void> copy(u64 from, u64 to, std::size_t size, u32 direction) {
    writeq(from, registers_ + kDmaSource);
    writeq(to, registers_ + kDmaDestination);
    writeq(size, registers_ + kDmaCount);
    writeq(kDmaStart | kDmaInterrupt | direction, registers_ + kDmaCommand);
    return wait();
  }

  pci_dev* pci_;
  char* registers_ = nullptr;
  char* buffer_ = nullptr;  // which the device reads and writes
  dma_addr_t buffer_address_ = 0;
  unsigned irq_ = 0;
  completion done_ = {};
};

// Tries the device when it is there.
kmod::Result<void> try_out(EduDevice& device) {
  pr_info("5! = %u\n", KMOD_TRY(device.factorial(5)));
  pr_info("DMA brought back \"%s\"\n", KMOD_TRY(device.send_and_fetch("there and back")));
  return {};
}

kmod::Result<void> bind(pci_dev* pci) {
  auto device = KMOD_TRY(kmod::make_unique<EduDevice>(kmod::Gfp::kernel, pci));
  KMOD_TRY(device->start());
  if (auto tried = try_out(*device); !tried) {
    device->stop();
    return tried;
  }
  // remove() takes it back.
  pci_set_drvdata(pci, device.release());
  return {};
}

int probe(pci_dev* pci, const pci_device_id* /*id*/) { return kmod::to_return(bind(pci)); }

void remove(pci_dev* pci) {
  const kmod::UniquePtr<EduDevice> device(static_cast<EduDevice*>(pci_get_drvdata(pci)));
  device->stop();
}

constexpr pci_device_id kDevices[] = {{PCI_DEVICE(0x1234, 0x11e8)}, {}};
// udev loads the module for such a device.
MODULE_DEVICE_TABLE(pci, kDevices);

constinit pci_driver driver = {
    .name = "edu", .id_table = kDevices, .probe = probe, .remove = remove};

class Edu {
 public:
  Edu() = default;
  Edu(const Edu&) = delete;
  ~Edu() {
    if (registered_) pci_unregister_driver(&driver);
  }

  [[nodiscard]] kmod::Result<void> start() {
    KMOD_TRY(kmod::result_of(pci_register_driver(&driver)));
    registered_ = true;
    return {};
  }

 private:
  bool registered_ = false;
};

}  // namespace

KMOD_MODULE(Edu);
