// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/wire/console_message.h"

#include <utility>

#include "kmod_rules/private/vm/wire/byte_reader.h"
#include "kmod_rules/private/vm/wire/byte_writer.h"

namespace kmod::vm {
namespace {

void put(ByteWriter& out, const WindowSize& window) {
  out.u32(window.rows);
  out.u32(window.columns);
}

void put(ByteWriter& out, const SetupMessage& message) {
  out.u8(message.interactive ? 1 : 0);
  out.text(message.command);
  out.u8(message.share ? 1 : 0);
  out.u8(message.share_read_only ? 1 : 0);
  out.u8(message.wait_before_modules ? 1 : 0);
  out.text(message.terminal);
  put(out, message.window);
}

void put(ByteWriter& out, const ResizeMessage& message) { put(out, message.window); }
void put(ByteWriter& /*out*/, const GuestUpMessage& /*message*/) {}
void put(ByteWriter& out, const WaitingMessage& message) { out.u64(message.do_init_module); }

void put(ByteWriter& out, const ModuleSectionsMessage& message) {
  out.text(message.module);
  out.u32(static_cast<std::uint32_t>(message.sections.size()));
  for (const ModuleSectionsMessage::Section& section : message.sections) {
    out.text(section.name);
    out.u64(section.address);
  }
}

void put(ByteWriter& out, const NoticeMessage& message) { out.text(message.text); }
void put(ByteWriter& out, const FailureMessage& message) { out.text(message.text); }
void put(ByteWriter& /*out*/, const ShellStartMessage& /*message*/) {}

void put(ByteWriter& out, const OutputMessage& message) {
  out.u8(message.error_stream ? 1 : 0);
  out.text(message.bytes);
}

void put(ByteWriter& out, const ExitMessage& message) { out.u8(message.status); }

void get(ByteReader& in, WindowSize& window) {
  window.rows = in.u32();
  window.columns = in.u32();
}

void get(ByteReader& in, SetupMessage& message) {
  message.interactive = in.u8() != 0;
  message.command = in.text();
  message.share = in.u8() != 0;
  message.share_read_only = in.u8() != 0;
  message.wait_before_modules = in.u8() != 0;
  message.terminal = in.text();
  get(in, message.window);
}

void get(ByteReader& in, ResizeMessage& message) { get(in, message.window); }
void get(ByteReader& /*in*/, GuestUpMessage& /*message*/) {}
void get(ByteReader& in, WaitingMessage& message) { message.do_init_module = in.u64(); }

void get(ByteReader& in, ModuleSectionsMessage& message) {
  message.module = in.text();
  const std::uint32_t count = in.u32();
  for (std::uint32_t i = 0; i < count && in.ok(); ++i) {
    std::string name = in.text();
    message.sections.push_back({std::move(name), in.u64()});
  }
}

void get(ByteReader& in, NoticeMessage& message) { message.text = in.text(); }
void get(ByteReader& in, FailureMessage& message) { message.text = in.text(); }
void get(ByteReader& /*in*/, ShellStartMessage& /*message*/) {}

void get(ByteReader& in, OutputMessage& message) {
  message.error_stream = in.u8() != 0;
  message.bytes = in.text();
}

void get(ByteReader& in, ExitMessage& message) { message.status = in.u8(); }

// Reads the alternative with this index; the wire carries the index.
template <std::size_t kIndex = 0>
base::Result<ConsoleMessage> read_alternative(std::uint8_t index, ByteReader& in) {
  if constexpr (kIndex == std::variant_size_v<ConsoleMessage>) {
    return std::unexpected("there is no console message of kind " + std::to_string(index));
  } else if (index != kIndex) {
    return read_alternative<kIndex + 1>(index, in);
  } else {
    std::variant_alternative_t<kIndex, ConsoleMessage> message;
    get(in, message);
    if (!in.finished()) {
      return std::unexpected("a console message of kind " + std::to_string(index) +
                             " has another size than it should");
    }
    return message;
  }
}

}  // namespace

std::string encode_console_message(const ConsoleMessage& message) {
  ByteWriter out;
  out.u8(static_cast<std::uint8_t>(message.index()));
  std::visit([&out](const auto& alternative) { put(out, alternative); }, message);
  return encode({kConsoleFrame, 0, Nonce{}, out.take()});
}

base::Result<ConsoleMessage> decode_console_message(std::string_view payload) {
  ByteReader in(payload);
  const std::uint8_t index = in.u8();
  return read_alternative(index, in);
}

}  // namespace kmod::vm
