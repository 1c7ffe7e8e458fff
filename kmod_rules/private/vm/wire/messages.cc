// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/wire/messages.h"

#include "kmod_rules/private/vm/wire/byte_reader.h"
#include "kmod_rules/private/vm/wire/byte_writer.h"

namespace kmod::vm {
namespace {

template <class... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};

void write_step(ByteWriter& writer, const Step& step) {
  writer.u8(static_cast<std::uint8_t>(step.kind));
  writer.u32(step.cycle);
  writer.text(step.name);
}

bool read_step(ByteReader& reader, Step& step) {
  step.kind = static_cast<StepKind>(reader.u8());
  step.cycle = reader.u32();
  step.name = reader.text();
  return step.kind >= StepKind::kLoad && step.kind <= StepKind::kProgram;
}

void write_texts(ByteWriter& writer, const std::vector<std::string>& texts) {
  writer.u32(static_cast<std::uint32_t>(texts.size()));
  for (const std::string& text : texts) writer.text(text);
}

std::vector<std::string> read_texts(ByteReader& reader) {
  std::vector<std::string> texts;
  for (std::uint32_t count = reader.u32(); count > 0 && reader.ok(); --count) {
    texts.push_back(reader.text());
  }
  return texts;
}

StartMessage read_start(ByteReader& reader) {
  StartMessage message;
  for (std::uint8_t& byte : message.nonce) byte = reader.u8();
  message.time_limit_us = reader.u64();
  message.programs = read_texts(reader);
  message.program_arguments = read_texts(reader);
  message.unix_time_us = reader.u64();
  message.survives_warnings = reader.u8() != 0;
  return message;
}

ModuleSectionsMessage read_module_sections(ByteReader& reader) {
  ModuleSectionsMessage message{reader.text(), {}};
  for (std::uint32_t count = reader.u32(); count > 0 && reader.ok(); --count) {
    message.sections.push_back({reader.text(), reader.u64()});
  }
  return message;
}

LeakMessage read_leak(ByteReader& reader) {
  LeakMessage message{reader.u32(), reader.text(), {}};
  for (std::uint32_t count = reader.u32(); count > 0 && reader.ok(); --count) {
    message.stack.push_back({reader.text(), reader.text(), reader.u64(), reader.u64()});
  }
  message.unreachable = reader.u8() != 0;
  return message;
}

ClearedLeaksMessage read_cleared_leaks(ByteReader& reader) {
  ClearedLeaksMessage message;
  for (std::uint32_t count = reader.u32(); count > 0 && reader.ok(); --count) {
    message.indices.push_back(reader.u32());
  }
  return message;
}

EndMessage read_end(ByteReader& reader) {
  EndMessage message{reader.u32(), reader.u32(), reader.u32(), reader.u64(), {}};
  for (std::uint32_t count = reader.u32(); count > 0 && reader.ok(); --count) {
    message.unchecked.push_back({reader.text(), reader.text(), reader.u8() != 0});
  }
  message.failures = reader.u32();
  message.scanned = reader.u8() != 0;
  return message;
}

// Order of the members is order on the wire: a braced list evaluates from left to right.
base::Result<Message> read_message(FrameType type, ByteReader& reader) {
  const auto bad_value =
      std::unexpected(std::string("has a value that the protocol does not know"));
  switch (type) {
    case FrameType::kReady:
      return ReadyMessage{reader.u32(), reader.u64(), reader.u64()};
    case FrameType::kStart:
      return read_start(reader);
    case FrameType::kKernelLog:
      return KernelLogMessage{read_texts(reader)};
    case FrameType::kStepBegin: {
      StepBeginMessage message;
      if (!read_step(reader, message.step)) return bad_value;
      return message;
    }
    case FrameType::kStepEnd: {
      StepEndMessage message;
      if (!read_step(reader, message.step)) return bad_value;
      const std::uint8_t outcome = reader.u8();
      if (outcome < 1 || outcome > 5) return bad_value;
      message.outcome = static_cast<StepOutcome>(outcome);
      message.code = reader.i32();
      message.duration_us = reader.u64();
      return message;
    }
    case FrameType::kHeartbeat:
      return HeartbeatMessage{reader.u64(), reader.text()};
    case FrameType::kTaint: {
      const std::uint8_t when = reader.u8();
      if (when < 1 || when > 2) return bad_value;
      return TaintMessage{static_cast<TaintWhen>(when), reader.u64()};
    }
    case FrameType::kGuestError:
      return GuestErrorMessage{reader.text()};
    case FrameType::kEnd:
      return read_end(reader);
    case FrameType::kProgramOutput:
      return ProgramOutputMessage{reader.text()};
    case FrameType::kModuleSections:
      return read_module_sections(reader);
    case FrameType::kLeak:
      return read_leak(reader);
    case FrameType::kClearedLeaks:
      return read_cleared_leaks(reader);
    case FrameType::kFailingCycle:
      return FailingCycleMessage{reader.u32(), reader.text()};
  }
  return std::unexpected(std::string("has a type that the protocol does not know"));
}

}  // namespace

FrameType frame_type(const Message& message) {
  return std::visit(Overloaded{
                        [](const ReadyMessage&) { return FrameType::kReady; },
                        [](const StartMessage&) { return FrameType::kStart; },
                        [](const KernelLogMessage&) { return FrameType::kKernelLog; },
                        [](const StepBeginMessage&) { return FrameType::kStepBegin; },
                        [](const StepEndMessage&) { return FrameType::kStepEnd; },
                        [](const HeartbeatMessage&) { return FrameType::kHeartbeat; },
                        [](const TaintMessage&) { return FrameType::kTaint; },
                        [](const GuestErrorMessage&) { return FrameType::kGuestError; },
                        [](const EndMessage&) { return FrameType::kEnd; },
                        [](const ProgramOutputMessage&) { return FrameType::kProgramOutput; },
                        [](const ModuleSectionsMessage&) { return FrameType::kModuleSections; },
                        [](const LeakMessage&) { return FrameType::kLeak; },
                        [](const ClearedLeaksMessage&) { return FrameType::kClearedLeaks; },
                        [](const FailingCycleMessage&) { return FrameType::kFailingCycle; },
                    },
                    message);
}

std::string encode_payload(const Message& message) {
  ByteWriter writer;
  std::visit(Overloaded{
                 [&](const ReadyMessage& m) {
                   writer.u32(m.protocol);
                   writer.u64(m.init_started_us);
                   writer.u64(m.ready_us);
                 },
                 [&](const StartMessage& m) {
                   for (std::uint8_t byte : m.nonce) writer.u8(byte);
                   writer.u64(m.time_limit_us);
                   write_texts(writer, m.programs);
                   write_texts(writer, m.program_arguments);
                   writer.u64(m.unix_time_us);
                   writer.u8(m.survives_warnings ? 1 : 0);
                 },
                 [&](const KernelLogMessage& m) { write_texts(writer, m.records); },
                 [&](const StepBeginMessage& m) { write_step(writer, m.step); },
                 [&](const StepEndMessage& m) {
                   write_step(writer, m.step);
                   writer.u8(static_cast<std::uint8_t>(m.outcome));
                   writer.i32(m.code);
                   writer.u64(m.duration_us);
                 },
                 [&](const HeartbeatMessage& m) {
                   writer.u64(m.elapsed_us);
                   writer.text(m.stack);
                 },
                 [&](const TaintMessage& m) {
                   writer.u8(static_cast<std::uint8_t>(m.when));
                   writer.u64(m.mask);
                 },
                 [&](const GuestErrorMessage& m) { writer.text(m.text); },
                 [&](const EndMessage& m) {
                   writer.u32(m.log_records);
                   writer.u32(m.steps);
                   writer.u32(m.leaks);
                   writer.u64(m.ended_us);
                   writer.u32(static_cast<std::uint32_t>(m.unchecked.size()));
                   for (const Unchecked& part : m.unchecked) {
                     writer.text(part.check);
                     writer.text(part.reason);
                     writer.u8(part.inherent ? 1 : 0);
                   }
                   writer.u32(m.failures);
                   writer.u8(m.scanned ? 1 : 0);
                 },
                 [&](const ProgramOutputMessage& m) { writer.text(m.text); },
                 [&](const ModuleSectionsMessage& m) {
                   writer.text(m.module);
                   writer.u32(static_cast<std::uint32_t>(m.sections.size()));
                   for (const auto& section : m.sections) {
                     writer.text(section.name);
                     writer.u64(section.address);
                   }
                 },
                 [&](const LeakMessage& m) {
                   writer.u32(m.cycle);
                   writer.text(m.what);
                   writer.u32(static_cast<std::uint32_t>(m.stack.size()));
                   for (const ModuleAddress& place : m.stack) {
                     writer.text(place.module);
                     writer.text(place.section);
                     writer.u64(place.offset);
                     writer.u64(place.address);
                   }
                   writer.u8(m.unreachable ? 1 : 0);
                 },
                 [&](const ClearedLeaksMessage& m) {
                   writer.u32(static_cast<std::uint32_t>(m.indices.size()));
                   for (const std::uint32_t index : m.indices) writer.u32(index);
                 },
                 [&](const FailingCycleMessage& m) {
                   writer.u32(m.cycle);
                   writer.text(m.what);
                 },
             },
             message);
  return writer.take();
}

base::Result<Message> decode_payload(FrameType type, std::string_view payload) {
  const std::string name = "a message of type " + std::to_string(static_cast<int>(type)) + " ";
  ByteReader reader(payload);
  auto message = read_message(type, reader);
  if (!message) return std::unexpected(name + message.error());
  if (!reader.finished()) return std::unexpected(name + "has the wrong size");
  return message;
}

}  // namespace kmod::vm
