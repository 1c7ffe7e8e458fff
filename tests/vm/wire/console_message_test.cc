// SPDX-License-Identifier: MIT OR GPL-2.0-only

#include "kmod_rules/private/vm/wire/console_message.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "kmod_rules/private/vm/wire/console_channel.h"

namespace kmod::vm {
namespace {

const std::vector<ConsoleMessage>& all_messages() {
  static const std::vector<ConsoleMessage> messages = {
      SetupMessage{false, "lsmod", true, true, true, "xterm", {50, 120}},
      ResizeMessage{{1, 2}},
      GuestUpMessage{},
      WaitingMessage{0xffffffff81000000},
      ModuleSectionsMessage{"hello", {{".text", 1}, {".data", 2}}},
      NoticeMessage{"notice"},
      FailureMessage{"failure"},
      ShellStartMessage{},
      OutputMessage{true, std::string("a\0b", 3)},
      ExitMessage{137},
  };
  return messages;
}

TEST(ConsoleMessageTest, ComeThroughAsTheyWere) {
  EXPECT_EQ(all_messages().size(), std::variant_size_v<ConsoleMessage>);
  int fds[2];
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
  ConsoleChannel sender{base::FileDescriptor(fds[0])};
  ConsoleChannel receiver{base::FileDescriptor(fds[1])};
  // What the kernel or a stray program writes to the port is passed over.
  constexpr std::string_view kNoise = "[    1.0] noise\n";
  ASSERT_EQ(write(fds[0], kNoise.data(), kNoise.size()), static_cast<ssize_t>(kNoise.size()));
  std::vector<ConsoleMessage> received;
  for (const ConsoleMessage& message : all_messages()) sender.send(message);
  while (received.size() < all_messages().size()) {
    for (ConsoleMessage& message : receiver.receive()) received.push_back(std::move(message));
    ASSERT_GE(receiver.fd(), 0);
  }
  EXPECT_EQ(received, all_messages());
}

TEST(ConsoleMessageTest, NoticesThatTheOtherSideHasHungUp) {
  int fds[2];
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
  ConsoleChannel receiver{base::FileDescriptor(fds[1])};
  close(fds[0]);
  EXPECT_TRUE(receiver.receive().empty());
  EXPECT_EQ(receiver.fd(), -1);
}

TEST(ConsoleMessageTest, RefusesWhatIsNone) {
  EXPECT_EQ(decode_console_message("\x0a").error(), "there is no console message of kind 10");
  EXPECT_EQ(decode_console_message("").error(),
            "a console message of kind 0 has another size than it should");
  EXPECT_EQ(decode_console_message(std::string("\x09\x01\x02", 3)).error(),
            "a console message of kind 9 has another size than it should");
  // A count of sections that the payload cannot hold.
  EXPECT_FALSE(decode_console_message(std::string("\x04\x00\x00\x00\x00\xff\xff\xff\xff", 9)));
}

}  // namespace
}  // namespace kmod::vm
