// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Pretends to be init on its channel: reports that all steps went well and that the run has ended.
// It does not know the nonce, so it tries without one and with one of its own.

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "kmod_rules/private/vm/wire/frame.h"
#include "kmod_rules/private/vm/wire/messages.h"

namespace kmod::vm {
namespace {

std::string forged_run(const Nonce& nonce) {
  std::string bytes;
  std::uint32_t sequence = 0;
  const auto add = [&](const Message& message) {
    bytes += encode({frame_type(message), sequence++, nonce, encode_payload(message)});
  };
  add(ReadyMessage{});
  add(StepEndMessage{{StepKind::kProgram, 0, "forge_frames"}, StepOutcome::kReturned, 0, 1});
  add(StepEndMessage{{StepKind::kUnload, 0, "exit_fault"}, StepOutcome::kReturned, 0, 1});
  add(TaintMessage{TaintWhen::kAfterModules, 0});
  add(EndMessage{0, 3, 0, 1});
  return bytes;
}

int forge() {
  const int channel = open("/dev/ttyS1", O_WRONLY | O_NOCTTY);
  if (channel < 0) {
    std::perror("/dev/ttyS1");
    return 1;
  }
  for (const Nonce& nonce : {Nonce{}, Nonce{1, 2, 3}}) {
    const std::string bytes = forged_run(nonce);
    if (write(channel, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) return 1;
  }
  return 0;
}

}  // namespace
}  // namespace kmod::vm

int main() { return kmod::vm::forge(); }
