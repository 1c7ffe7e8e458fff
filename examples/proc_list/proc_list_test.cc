// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Writes words to /proc/words in the VM, and reads them again.
#include <cstdio>
#include <cstring>

#include "examples/check.h"

namespace {

using examples::check;

bool add(const char* word) {
  std::FILE* words = std::fopen("/proc/words", "w");
  check(words != nullptr, "open for writing");
  const bool written = std::fputs(word, words) >= 0;
  return std::fclose(words) == 0 && written;
}

}  // namespace

int main() {
  check(add("one"), "the first word");
  check(add("two"), "the second word");
  check(!add("a word that does not fit into thirty-two bytes"), "a long word is refused");

  std::FILE* words = std::fopen("/proc/words", "r");
  check(words != nullptr, "open for reading");
  char text[64] = {};
  const std::size_t size = std::fread(text, 1, sizeof(text), words);
  check(size == 8 && std::strcmp(text, "one\ntwo\n") == 0, "the list");
  check(std::fclose(words) == 0, "close");
  return 0;
}
