// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Unit tests of Rust for a person and for Bazel.
#ifndef KMOD_RULES_PRIVATE_RUST_UNIT_TEST_REPORT_H_
#define KMOD_RULES_PRIVATE_RUST_UNIT_TEST_REPORT_H_

#include <string>
#include <string_view>

#include "kmod_rules/private/rust/unit_test_events.h"

namespace kmod::rust {

// A line for each test, what those that failed printed, and the counts.
[[nodiscard]] std::string unit_test_text(const UnitTests& tests);

// A JUnit XML file, one test case for each test. `suite` names the target. `end` says how the
// program ended if it ended before its tests, which is a failure of its own; else it is empty.
[[nodiscard]] std::string unit_test_xml(const UnitTests& tests, std::string_view suite,
                                        std::string_view end);

}  // namespace kmod::rust

#endif  // KMOD_RULES_PRIVATE_RUST_UNIT_TEST_REPORT_H_
