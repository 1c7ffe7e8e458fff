// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/wire/frame_decoder.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kmod::vm {
namespace {

Frame frame(std::uint32_t sequence, std::string payload) {
  return {FrameType::kKernelLog, sequence, Nonce{1, 2, 3}, std::move(payload)};
}

struct Decoded {
  std::vector<Frame> frames;
  std::vector<std::string> errors;
};

Decoded decode_all(FrameDecoder& decoder) {
  Decoded decoded;
  while (auto item = decoder.next()) {
    if (*item) {
      decoded.frames.push_back(**item);
    } else {
      decoded.errors.push_back(item->error());
    }
  }
  return decoded;
}

TEST(FrameTest, Crc32IsTheCommonOne) { EXPECT_EQ(crc32("123456789"), 0xcbf43926U); }

TEST(FrameTest, HasItsSizeOnTheWire) {
  EXPECT_EQ(encode(frame(1, "abc")).size(), kFrameHeaderSize + 3 + kFrameTrailerSize);
  EXPECT_TRUE(encode(frame(1, "abc")).starts_with(kFrameMagic));
}

TEST(FrameDecoderTest, GivesBackWhatWasEncoded) {
  const std::vector<Frame> frames = {frame(1, ""), frame(2, "abc"),
                                     frame(3, std::string(kMaxPayload, 'x'))};
  FrameDecoder decoder;
  for (const Frame& each : frames) decoder.feed(encode(each));
  const Decoded decoded = decode_all(decoder);
  EXPECT_EQ(decoded.frames, frames);
  EXPECT_TRUE(decoded.errors.empty());
  EXPECT_FALSE(decoder.finish());
}

TEST(FrameDecoderTest, TakesBytesOneByOne) {
  FrameDecoder decoder;
  Decoded decoded;
  for (char byte : encode(frame(7, "KvF1 is no magic here"))) {
    EXPECT_TRUE(decoded.frames.empty());
    decoder.feed({&byte, 1});
    decoded = decode_all(decoder);
  }
  EXPECT_EQ(decoded.frames, std::vector<Frame>{frame(7, "KvF1 is no magic here")});
}

// Whatever single bit is flipped: the frame is not delivered, there is an error, and the next frame
// still comes.
TEST(FrameDecoderTest, NoticesEveryFlippedBit) {
  const std::string good = encode(frame(1, "payload"));
  const std::string next = encode(frame(2, "next"));
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    std::string bad = good;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << (bit % 8)));
    FrameDecoder decoder;
    decoder.feed(bad + next);
    const Decoded decoded = decode_all(decoder);
    EXPECT_EQ(decoded.frames, std::vector<Frame>{frame(2, "next")}) << bit;
    EXPECT_FALSE(decoded.errors.empty()) << bit;
  }
}

TEST(FrameDecoderTest, TellsNoiseOnceWithItsPlace) {
  FrameDecoder decoder;
  decoder.feed(encode(frame(1, "a")) + "some words that a module wrote" + encode(frame(2, "b")));
  const Decoded decoded = decode_all(decoder);
  EXPECT_EQ(decoded.frames, (std::vector<Frame>{frame(1, "a"), frame(2, "b")}));
  EXPECT_EQ(decoded.errors,
            std::vector<std::string>{"byte 38 of the channel: bytes that are not a frame"});
}

TEST(FrameDecoderTest, FindsAFrameBehindABrokenMagic) {
  FrameDecoder decoder;
  decoder.feed("KvKv");
  EXPECT_EQ(decode_all(decoder).errors.size(), 1U);
  decoder.feed(encode(frame(1, "a")).substr(0, 2));
  decoder.feed(encode(frame(1, "a")).substr(2));
  EXPECT_EQ(decode_all(decoder).frames, std::vector<Frame>{frame(1, "a")});
}

TEST(FrameDecoderTest, DoesNotBelieveALength) {
  Frame huge = frame(1, "");
  std::string bytes = encode(huge).substr(0, 25) + "\xff\xff\xff\x7f";
  const std::uint32_t sum = crc32(bytes);
  for (int i = 0; i < 4; ++i) bytes.push_back(static_cast<char>(sum >> (8 * i)));
  FrameDecoder decoder;
  decoder.feed(bytes);
  EXPECT_EQ(decode_all(decoder).errors,
            std::vector<std::string>{"byte 0 of the channel: a frame that claims to be longer than "
                                     "any frame may be"});
}

TEST(FrameDecoderTest, TellsThatTheStreamEndedInsideAFrame) {
  const std::string whole = encode(frame(1, "payload"));
  for (std::size_t size = 1; size < whole.size(); ++size) {
    FrameDecoder decoder;
    decoder.feed(whole.substr(0, size));
    EXPECT_TRUE(decode_all(decoder).frames.empty());
    EXPECT_EQ(decoder.finish(), "byte 0 of the channel: the channel ended inside a frame, after " +
                                    std::to_string(size) + " of its bytes");
  }
}

}  // namespace
}  // namespace kmod::vm
