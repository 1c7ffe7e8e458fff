// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <cstddef>

namespace std {

size_t _Hash_bytes(const void* data, size_t size, size_t seed);

}  // namespace std

std::size_t HashOf(const char* text, std::size_t size);

std::size_t HashOf(const char* text, std::size_t size) { return std::_Hash_bytes(text, size, 1); }
