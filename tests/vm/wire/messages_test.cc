// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/wire/messages.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kmod::vm {
namespace {

const std::vector<Message> kOneOfEach = {
    ReadyMessage{2, 900'000, 905'000},
    StartMessage{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16},
                 55'000'000,
                 {"ioctl_test", "mmap_test"},
                 {"-v"},
                 1'700'000'000'000'000,
                 true},
    KernelLogMessage{{"6,1,2,-;one\n", "4,2,3,-;two\n"}},
    StepBeginMessage{{StepKind::kLoad, 0, "hello"}},
    StepEndMessage{{StepKind::kUnload, 3, "hello"}, StepOutcome::kDied, 9, 1234},
    HeartbeatMessage{1'000'000, "[<0>] msleep+0x29/0x40\n"},
    TaintMessage{TaintWhen::kAfterModules, 12288},
    GuestErrorMessage{"no plan"},
    EndMessage{300,
               2,
               1,
               1'500'000,
               {{"kmalloc", "the kernel has no traces", true}, {"calls", "no watch"}},
               4,
               true},
    StepEndMessage{{StepKind::kProgram, 0, "ioctl_test"}, StepOutcome::kTimedOut, 0, 1234},
    ProgramOutputMessage{"1 of 2\n"},
    ModuleSectionsMessage{"hello", {{".text", 0xffffffffc0000000}, {".data", 0xffffffffc0002000}}},
    ClearedLeaksMessage{{0, 2}},
    FailingCycleMessage{2, "kstrdup() at demo_init+0x1f/0x60 [demo]"},
    LeakMessage{1, "8 bytes", {{"hello", ".text", 0x11, 0xffffffffc0000011}}, true},
};

TEST(MessagesTest, ComeBackAsTheyWere) {
  for (const Message& message : kOneOfEach) {
    const auto decoded = decode_payload(frame_type(message), encode_payload(message));
    ASSERT_TRUE(decoded) << decoded.error();
    EXPECT_EQ(*decoded, message);
  }
}

TEST(MessagesTest, AreRefusedWhenCutOrTooLong) {
  for (const Message& message : kOneOfEach) {
    const std::string payload = encode_payload(message);
    for (std::size_t size = 0; size < payload.size(); ++size) {
      EXPECT_FALSE(decode_payload(frame_type(message), payload.substr(0, size))) << size;
    }
    EXPECT_FALSE(decode_payload(frame_type(message), payload + "x"));
  }
  EXPECT_EQ(decode_payload(FrameType::kEnd, "x").error(), "a message of type 9 has the wrong size");
}

TEST(MessagesTest, RefusesUnknownValues) {
  EXPECT_EQ(decode_payload(static_cast<FrameType>(99), "").error(),
            "a message of type 99 has a type that the protocol does not know");
  std::string step = encode_payload(StepBeginMessage{{StepKind::kLoad, 0, "hello"}});
  step[0] = 7;
  EXPECT_EQ(decode_payload(FrameType::kStepBegin, step).error(),
            "a message of type 4 has a value that the protocol does not know");
  EXPECT_FALSE(decode_payload(FrameType::kStepEnd, step));
  std::string taint = encode_payload(TaintMessage{TaintWhen::kBeforeModules, 0});
  taint[0] = 0;
  EXPECT_FALSE(decode_payload(FrameType::kTaint, taint));
}

// A count that the payload cannot hold must not be believed.
TEST(MessagesTest, DoNotTrustACount) {
  EXPECT_FALSE(decode_payload(FrameType::kKernelLog, std::string(4, '\xff')));
  EXPECT_FALSE(decode_payload(FrameType::kStart, std::string(28, '\xff')));
  EXPECT_FALSE(
      decode_payload(FrameType::kModuleSections, std::string(4, '\0') + "\xff\xff\xff\xff"));
  EXPECT_FALSE(decode_payload(FrameType::kLeak, std::string(8, '\0') + "\xff\xff\xff\xff"));
}

}  // namespace
}  // namespace kmod::vm
