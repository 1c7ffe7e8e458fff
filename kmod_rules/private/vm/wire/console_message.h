// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_WIRE_CONSOLE_MESSAGE_H_
#define KMOD_RULES_PRIVATE_VM_WIRE_CONSOLE_MESSAGE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/vm/wire/frame.h"
#include "kmod_rules/private/vm/wire/messages.h"

namespace kmod::vm {

// The virtiofs tag of the host's directory, and where the guest mounts it.
inline constexpr const char* kShareTag = "share";
inline constexpr const char* kSharePath = "/share";

// The messages between vm_console and the init of its guest, guest_shell, over the second serial
// port. Each is the payload of a frame of type kConsoleFrame. It has no nonce: there is no verdict
// that a forged message could change.
inline constexpr FrameType kConsoleFrame = static_cast<FrameType>(64);

struct WindowSize {
  std::uint32_t rows = 24;
  std::uint32_t columns = 80;

  bool operator==(const WindowSize&) const = default;
};

// Host to guest, in answer to GuestUpMessage.
struct SetupMessage {
  bool interactive = true;  // else `command` is run
  std::string command;      // for /bin/sh -c
  bool share = false;       // mount the host's directory
  bool share_read_only = false;
  bool wait_before_modules = false;  // until a line comes from the console
  std::string terminal;              // the shell's TERM
  WindowSize window;

  bool operator==(const SetupMessage&) const = default;
};

// Host to guest: the new size of the terminal.
struct ResizeMessage {
  WindowSize window;

  bool operator==(const ResizeMessage&) const = default;
};

// Guest to host: init runs and waits for SetupMessage.
struct GuestUpMessage {
  bool operator==(const GuestUpMessage&) const = default;
};

// Guest to host: modules are loaded as soon as a line comes from the console.
struct WaitingMessage {
  std::uint64_t do_init_module = 0;  // address of the kernel's function; 0 if it is unknown

  bool operator==(const WaitingMessage&) const = default;
};

// Guest to host, if not interactive: an error after which the guest continues.
struct NoticeMessage {
  std::string text;

  bool operator==(const NoticeMessage&) const = default;
};

// Guest to host: an error that ends the guest.
struct FailureMessage {
  std::string text;

  bool operator==(const FailureMessage&) const = default;
};

// Guest to host: modules are loaded; the shell or the command starts.
struct ShellStartMessage {
  bool operator==(const ShellStartMessage&) const = default;
};

// Guest to host: output of the command.
struct OutputMessage {
  bool error_stream = false;
  std::string bytes;

  bool operator==(const OutputMessage&) const = default;
};

// Guest to host: the shell or the command has ended, or the VM is to end.
struct ExitMessage {
  std::uint8_t status = 0;  // as a shell gives it: 128 and the signal's number if it was killed

  bool operator==(const ExitMessage&) const = default;
};

// ModuleSectionsMessage goes from guest to host: a module was loaded, and where it lies.
using ConsoleMessage =
    std::variant<SetupMessage, ResizeMessage, GuestUpMessage, WaitingMessage, ModuleSectionsMessage,
                 NoticeMessage, FailureMessage, ShellStartMessage, OutputMessage, ExitMessage>;

// The whole frame.
[[nodiscard]] std::string encode_console_message(const ConsoleMessage& message);

// Errors: a payload that is not one of the messages.
[[nodiscard]] base::Result<ConsoleMessage> decode_console_message(std::string_view payload);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_WIRE_CONSOLE_MESSAGE_H_
