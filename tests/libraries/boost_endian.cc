// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <boost/endian/buffers.hpp>
#include <boost/endian/conversion.hpp>

#include "tests/libraries/library.h"

namespace {

struct Header {
  boost::endian::big_uint32_buf_t length;
  boost::endian::little_uint16_buf_t type;
};
static_assert(sizeof(Header) == 6);

bool works(unsigned length) {
  Header header = {};
  header.length = length;
  header.type = 0x1234;
  const auto* bytes = reinterpret_cast<const unsigned char*>(&header);
  return bytes[3] == (length & 0xff) && bytes[4] == 0x34 && header.length.value() == length;
}

}  // namespace

KMOD_TEST_LIBRARY(works(258) && boost::endian::endian_reverse(0x01020304) == 0x04030201);
