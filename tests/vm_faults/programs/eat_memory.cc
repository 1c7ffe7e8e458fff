// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Allocates memory until there is none left, and writes to each page, because the kernel provides
// it only then.

#include <cstddef>
#include <cstdlib>
#include <cstring>

int main() {
  constexpr std::size_t kChunk = std::size_t{1} << 20;
  for (;;) {
    void* chunk = std::malloc(kChunk);
    if (chunk == nullptr) return 1;
    std::memset(chunk, 1, kChunk);
  }
}
