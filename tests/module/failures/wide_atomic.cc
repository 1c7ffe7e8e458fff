// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <atomic>

namespace {

struct Head {
  void* first;
  unsigned long tag;
};

}  // namespace

void* First(void* place);

void* First(void* place) { return static_cast<std::atomic<Head>*>(place)->load().first; }
