// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A fake QEMU with the console and the channel of vm_runner, and the monitor of make_snapshot. The
// value of -kernel selects its fault.

#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <variant>

#include "kmod_rules/private/vm/host/qemu_command.h"
#include "kmod_rules/private/vm/wire/channel_reader.h"
#include "kmod_rules/private/vm/wire/messages.h"

namespace kmod::vm {
namespace {

// False once the other side does not read.
bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t size = write(fd, bytes.data(), bytes.size());
    if (size <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

Nonce shake_hands() {
  write_all(kChannelFd, encode({FrameType::kReady, 0, Nonce{}, encode_payload(ReadyMessage{})}));
  ChannelReader reader(FrameType::kStart);
  char buffer[4096];
  for (ssize_t size = 0; (size = read(kChannelFd, buffer, sizeof(buffer))) > 0;) {
    for (const Message& message : reader.feed({buffer, static_cast<std::size_t>(size)})) {
      if (const auto* start = std::get_if<StartMessage>(&message)) return start->nonce;
    }
  }
  return {};
}

// Sends what init sends when the module "hello" is loaded and unloaded without an error.
void send_good_run(const Nonce& nonce) {
  const Step load{StepKind::kLoad, 0, "hello"};
  const Step unload{StepKind::kUnload, 0, "hello"};
  std::uint32_t sequence = 0;
  const auto send = [&](const Message& message) {
    write_all(kChannelFd,
              encode({frame_type(message), ++sequence, nonce, encode_payload(message)}));
  };
  send(TaintMessage{TaintWhen::kBeforeModules, 0});
  send(StepBeginMessage{load});
  send(KernelLogMessage{{"6,0,1000,-;hello: hi\n"}});
  send(StepEndMessage{load, StepOutcome::kReturned, 0, 700});
  send(StepBeginMessage{unload});
  send(StepEndMessage{unload, StepOutcome::kReturned, 0, 300});
  send(TaintMessage{TaintWhen::kAfterModules, 0});
  send(EndMessage{1, 2, 0, 2000});
}

void write_forever(int fd, std::string_view bytes) {
  while (write_all(fd, bytes)) {
  }
}

int fail(const char* what) {
  std::fprintf(stderr, "%s\n", what);
  return 1;
}

constexpr std::string_view kLostTimer =
    "[    0.887812] APIC frequency too slow, disabling apic timer\r\n";

// Loses the timer in the first boot, which leaves a file.
void lose_timer_once() {
  const char* directory = std::getenv("FAKE_QEMU_DIRECTORY");
  const std::string file = std::string(directory == nullptr ? "." : directory) + "/booted";
  if (access(file.c_str(), F_OK) != 0) {
    std::fclose(std::fopen(file.c_str(), "w"));
    write_all(kConsoleFd, kLostTimer);
    pause();
  }
  send_good_run(shake_hands());
}

// The monitor: answers each command, and saves the state as the fault says.
void serve_monitor(std::string_view fault) {
  constexpr std::string_view kPrompt = "\r\n(qemu) ";
  write_all(kFirstFurtherFd, kPrompt);
  for (;;) {
    char buffer[256];
    char control[CMSG_SPACE(sizeof(int))];
    iovec text = {buffer, sizeof(buffer)};
    msghdr message = {};
    message.msg_iov = &text;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof(control);
    const ssize_t size = recvmsg(kFirstFurtherFd, &message, 0);
    if (size <= 0) return;
    const std::string_view command(buffer, static_cast<std::size_t>(size));
    if (const cmsghdr* header = CMSG_FIRSTHDR(&message); command.starts_with("getfd")) {
      int file = -1;
      if (header != nullptr) std::memcpy(&file, CMSG_DATA(header), sizeof(file));
      write_all(file, "the state");
    }
    if (command.starts_with("migrate") && fault == "snapshot_cut") return;
    if (command.starts_with("migrate") && fault == "snapshot_failed") {
      write_all(kFirstFurtherFd, "Error: No space left on device");
    }
    if (command.starts_with("info")) {
      write_all(kFirstFurtherFd,
                fault == "snapshot" ? "Migration status: completed" : "Migration status: failed");
    }
    write_all(kFirstFurtherFd, kPrompt);
  }
}

int behave(std::string_view fault) {
  const std::string noise(4096, 'x');
  if (fault == "no_memory")
    return fail("qemu: cannot set up guest memory 'ram': Cannot allocate memory");
  if (fault == "kvm_refused") return fail("qemu: failed to initialize kvm: Permission denied");
  if (fault == "silent") pause();
  if (fault == "timer_lost_once") lose_timer_once();
  if (fault == "timer_lost") {
    write_all(kConsoleFd, kLostTimer);
    pause();
  }
  if (fault == "console_noise") {
    for (int i = 0; i < 100'000'000 / 4096 && write_all(kConsoleFd, noise); ++i) {
    }
    pause();
  }
  if (fault == "own_noise") write_forever(STDOUT_FILENO, noise);
  if (fault == "channel_noise_before") write_forever(kChannelFd, noise);
  if (fault == "channel_noise_after") {
    shake_hands();
    write_forever(kChannelFd, noise);
  }
  if (fault.starts_with("snapshot")) {
    write_all(kChannelFd, encode({FrameType::kReady, 0, Nonce{}, encode_payload(ReadyMessage{})}));
    serve_monitor(fault);
  }
  if (fault == "good_run") send_good_run(shake_hands());
  if (fault == "replayed_run") {
    shake_hands();
    send_good_run(Nonce{0x51, 0x12, 0x93});
  }
  return 0;
}

}  // namespace
}  // namespace kmod::vm

int main(int argc, char** argv) {
  signal(SIGPIPE, SIG_IGN);
  for (int i = 1; i + 1 < argc; ++i) {
    if (std::strcmp(argv[i], "-kernel") == 0) return kmod::vm::behave(argv[i + 1]);
  }
  return 2;
}
