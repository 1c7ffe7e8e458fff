// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_WIRE_FRAME_H_
#define KMOD_RULES_PRIVATE_VM_WIRE_FRAME_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kmod::vm {

// Identifies one run of one VM. The host chooses it at random and sends it only to the guest's
// init, over the channel, so that no other program in the guest can impersonate init.
using Nonce = std::array<std::uint8_t, 16>;

// Both sides of the channel are built from the same source, but an initramfs may come from a cache.
// Increase the number with each change of a message.
inline constexpr std::uint32_t kProtocolVersion = 6;

enum class FrameType : std::uint8_t {
  kReady = 1,            // guest to host, without nonce: init runs and wants to start
  kStart = 2,            // host to guest: the nonce, and what to do
  kKernelLog = 3,        // records of /dev/kmsg, as read
  kStepBegin = 4,        // a module is about to be loaded or unloaded, or a program to be run
  kStepEnd = 5,          // the result of the step
  kHeartbeat = 6,        // a step is still running
  kTaint = 7,            // the kernel's taint mask
  kGuestError = 8,       // an error of init itself
  kEnd = 9,              // the end, with the counts of messages sent
  kProgramOutput = 10,   // output of a program
  kModuleSections = 11,  // the addresses of a loaded module
  kLeak = 12,            // something that a module has left
  kClearedLeaks = 14,    // some of what was called left was not
  kFailingCycle = 13,    // a cycle in which an allocation was to fail
};

struct Frame {
  FrameType type = FrameType::kEnd;
  std::uint32_t sequence = 0;
  Nonce nonce = {};
  std::string payload;

  bool operator==(const Frame&) const = default;
};

// On the wire, little endian:
//   magic 4, type 1, sequence 4, nonce 16, payload length 4, CRC-32 of those 29 bytes 4,
//   payload, CRC-32 of the payload 4.
// The header has its own checksum because a reader must know that the length is right before it
// waits for that many bytes.
inline constexpr std::string_view kFrameMagic = "KvF1";
inline constexpr std::size_t kFrameHeaderSize = 33;
inline constexpr std::size_t kFrameTrailerSize = 4;
inline constexpr std::size_t kMaxPayload = std::size_t{64} * 1024;

// The bytes of `frame`. A payload over kMaxPayload is truncated.
[[nodiscard]] std::string encode(const Frame& frame);

// CRC-32 as in IEEE 802.3 (zlib's crc32).
[[nodiscard]] std::uint32_t crc32(std::string_view bytes);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_WIRE_FRAME_H_
