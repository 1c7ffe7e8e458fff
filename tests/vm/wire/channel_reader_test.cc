// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/wire/channel_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kmod::vm {
namespace {

constexpr Nonce kNonce = {9, 8, 7, 6, 5, 4, 3, 2, 1};
constexpr Nonce kOtherNonce = {1};

std::string ready() {
  return encode({FrameType::kReady, 0, Nonce{}, encode_payload(ReadyMessage{})});
}

std::string end_record(std::uint32_t sequence, const Nonce& nonce) {
  return encode({FrameType::kEnd, sequence, nonce, encode_payload(EndMessage{1, 2, 3})});
}

ChannelReader greeted() {
  ChannelReader reader(FrameType::kReady);
  EXPECT_EQ(reader.feed(ready()).size(), 1U);
  reader.expect_nonce(kNonce);
  return reader;
}

TEST(ChannelReaderTest, DeliversWhatCarriesTheNonceInOrder) {
  ChannelReader reader = greeted();
  const std::vector<Message> messages = reader.feed(end_record(1, kNonce) + end_record(2, kNonce));
  EXPECT_EQ(messages, (std::vector<Message>{EndMessage{1, 2, 3}, EndMessage{1, 2, 3}}));
  reader.finish();
  EXPECT_TRUE(reader.errors().empty());
}

TEST(ChannelReaderTest, ForgedEndIsNotDelivered) {
  ChannelReader reader = greeted();
  EXPECT_TRUE(reader.feed(end_record(1, kOtherNonce)).empty());
  EXPECT_TRUE(reader.feed(end_record(1, Nonce{})).empty());
  EXPECT_EQ(reader.errors(),
            (std::vector<std::string>{
                "frame of type 9 with sequence number 1 does not carry this run's nonce",
                "frame of type 9 with sequence number 1 does not carry this run's nonce"}));
}

TEST(ChannelReaderTest, NothingButTheGreetingComesBeforeTheNonce) {
  ChannelReader reader(FrameType::kReady);
  EXPECT_TRUE(reader.feed(end_record(0, Nonce{})).empty());
  EXPECT_EQ(reader.errors().size(), 1U);
  EXPECT_EQ(reader.feed(ready()).size(), 1U);
  EXPECT_TRUE(reader.feed(ready()).empty());
  EXPECT_EQ(reader.errors().size(), 2U);
}

TEST(ChannelReaderTest, ALostFrameIsAnError) {
  ChannelReader reader = greeted();
  EXPECT_EQ(reader.feed(end_record(1, kNonce) + end_record(3, kNonce)).size(), 2U);
  EXPECT_EQ(reader.errors(), std::vector<std::string>{"frame of type 9 with sequence number 3 came "
                                                      "where number 2 was due"});
}

TEST(ChannelReaderTest, AReplayedFrameIsNotDelivered) {
  ChannelReader reader = greeted();
  EXPECT_EQ(reader.feed(end_record(1, kNonce) + end_record(1, kNonce)).size(), 1U);
  EXPECT_EQ(reader.errors().size(), 1U);
}

TEST(ChannelReaderTest, AnUndecodablePayloadIsAnError) {
  ChannelReader reader = greeted();
  EXPECT_TRUE(reader.feed(encode({FrameType::kEnd, 1, kNonce, "short"})).empty());
  EXPECT_EQ(reader.errors(), std::vector<std::string>{"frame of type 9 with sequence number 1: a "
                                                      "message of type 9 has the wrong size"});
}

TEST(ChannelReaderTest, TheEndInsideAFrameIsAnError) {
  ChannelReader reader = greeted();
  EXPECT_TRUE(reader.feed(end_record(1, kNonce).substr(0, 20)).empty());
  EXPECT_TRUE(reader.errors().empty());
  reader.finish();
  EXPECT_EQ(reader.errors().size(), 1U);
}

TEST(ChannelReaderTest, KeepsOnlyTheFirstErrors) {
  ChannelReader reader = greeted();
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(reader.feed(end_record(1, kOtherNonce)).empty());
  EXPECT_EQ(reader.errors().size(), 20U);
}

}  // namespace
}  // namespace kmod::vm
