// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What a program of Rust's unit tests prints about them with `--format=json`.
#ifndef KMOD_RULES_PRIVATE_RUST_UNIT_TEST_EVENTS_H_
#define KMOD_RULES_PRIVATE_RUST_UNIT_TEST_EVENTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::rust {

enum class UnitTestState : std::uint8_t { kPassed, kFailed, kIgnored };

struct UnitTest {
  std::string name;  // such as ring::tests::wraps
  UnitTestState state;
  std::string output;  // of a test that failed, or why it is ignored
  double duration_s;
};

struct UnitTests {
  std::vector<UnitTest> tests;  // in the order in which they ended
  bool complete = false;        // whether the program counted them at its end
  std::string other;            // lines that are no events
};

// Errors: an event without what it has to have.
[[nodiscard]] base::Result<UnitTests> parse_unit_tests(std::string_view output);

}  // namespace kmod::rust

#endif  // KMOD_RULES_PRIVATE_RUST_UNIT_TEST_EVENTS_H_
