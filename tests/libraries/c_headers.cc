// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The headers of the C library: what they declare is what the kernel does.
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>

#include "tests/libraries/library.h"

namespace {

bool strings_work(const char* text) {
  char copy[16];
  std::strcpy(copy, text);  // NOLINT(clang-analyzer-security.insecureAPI.strcpy): under test
  std::strcat(copy, "!");   // NOLINT(clang-analyzer-security.insecureAPI.strcpy): under test
  return std::strlen(copy) == 6 && std::strcmp(copy, "kmod1!") == 0 &&
         std::strchr(copy, 'o') == copy + 2 && std::memcmp(copy, text, 5) == 0 &&
         std::strstr(copy, "1!") == copy + 4 && std::strspn(copy, "mk") == 2;
}

bool formats_work(int number) {
  char text[8];
  int scanned = 0;
  return std::snprintf(text, sizeof text, "%03d-%s", number, "abcdef") == 10 &&
         std::strcmp(text, "042-abc") == 0 && std::sscanf(text, "%d", &scanned) == 1 &&
         scanned == number;
}

constexpr char kTooLarge[] = "99999999999";

bool numbers_work(int number) {
  char text[12];
  const auto written = std::to_chars(std::begin(text), std::end(text), -number);
  int parsed = 0;
  const auto read = std::from_chars(text, written.ptr, parsed);
  return written.ec == std::errc() && read.ec == std::errc() && parsed == -number &&
         std::from_chars(kTooLarge, std::end(kTooLarge) - 1, parsed).ec != std::errc() &&
         std::abs(parsed) == number && std::div(number, 10).rem == 2;
}

int compare(const void* left, const void* right) {
  return *static_cast<const int*>(left) - *static_cast<const int*>(right);
}

bool searches_work() {
  int numbers[] = {5, 1, 4, 2};
  std::qsort(numbers, std::size(numbers), sizeof(int), compare);
  const int wanted = 4;
  const void* found = std::bsearch(&wanted, numbers, std::size(numbers), sizeof(int), compare);
  return numbers[0] == 1 && numbers[3] == 5 && found == &numbers[2];
}

bool characters_work(int c) {
  return std::isalpha(c) != 0 && std::toupper(c) == 'K' && std::isdigit(c) == 0 &&
         std::isspace('\n') != 0 && std::ispunct('_') != 0 && std::isalpha(0xe4) == 0;
}

static_assert(EINVAL == 22 && EWOULDBLOCK == EAGAIN);

}  // namespace

KMOD_TEST_LIBRARY(strings_work("kmod1") && formats_work(42) && numbers_work(42) &&
                  searches_work() && characters_work('k'));
