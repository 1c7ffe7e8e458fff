// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/firmware_config.h"

#include <sys/io.h>
#include <time.h>

#include <array>
#include <bit>
#include <cerrno>
#include <string_view>
#include <utility>

#include "kmod_rules/private/base/errno_name.h"

namespace kmod::vm {
namespace {

constexpr unsigned short kSelectorPort = 0x510;
constexpr unsigned short kDataPort = 0x511;

constexpr unsigned short kSignature = 0x00;
constexpr unsigned short kInitramfsSize = 0x0b;
constexpr unsigned short kInitramfsData = 0x12;

constexpr timespec kPollInterval = {0, 2'000'000};

void select(unsigned short item) { outw(item, kSelectorPort); }

}  // namespace

base::Result<FirmwareConfig> FirmwareConfig::open() {
  if (iopl(3) != 0) {
    return std::unexpected("no access to I/O ports: " + base::describe_errno(errno));
  }
  FirmwareConfig config;
  config.owns_ports_ = true;
  select(kSignature);
  char signature[4];
  config.read(signature, sizeof(signature));
  if (std::string_view(signature, sizeof(signature)) != "QEMU") {
    return std::unexpected("the machine has no firmware configuration device of QEMU");
  }
  return config;
}

FirmwareConfig::FirmwareConfig(FirmwareConfig&& other) noexcept
    : owns_ports_(std::exchange(other.owns_ports_, false)) {}

FirmwareConfig::~FirmwareConfig() {
  if (owns_ports_) (void)iopl(0);
}

std::uint32_t FirmwareConfig::initramfs_size() {
  static_assert(std::endian::native == std::endian::little);
  select(kInitramfsSize);
  std::array<char, sizeof(std::uint32_t)> bytes = {};
  read(bytes.data(), bytes.size());
  return std::bit_cast<std::uint32_t>(bytes);
}

void FirmwareConfig::wait_for_restore() {
  const std::uint32_t booted = initramfs_size();
  while (initramfs_size() == booted) nanosleep(&kPollInterval, nullptr);
}

// NOLINTBEGIN(readability-convert-member-functions-to-static): only open() gives access to the
// ports.
void FirmwareConfig::select_initramfs() { select(kInitramfsData); }

void FirmwareConfig::read(char* buffer, std::size_t size) { insb(kDataPort, buffer, size); }
// NOLINTEND(readability-convert-member-functions-to-static)

}  // namespace kmod::vm
