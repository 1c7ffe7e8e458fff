// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/rust/unit_test_report.h"

#include <fmt/core.h>

#include <algorithm>
#include <pugixml.hpp>
#include <sstream>
#include <utility>

#include "kmod_rules/private/base/xml_text.h"

namespace kmod::rust {
namespace {

long long count(const UnitTests& tests, UnitTestState state) {
  return static_cast<long long>(std::ranges::count(tests.tests, state, &UnitTest::state));
}

std::string_view state_word(UnitTestState state) {
  switch (state) {
    case UnitTestState::kPassed:
      return "ok";
    case UnitTestState::kFailed:
      return "FAILED";
    case UnitTestState::kIgnored:
      return "ignored";
  }
  return "";
}

void set(pugi::xml_node node, const char* attribute, std::string_view value) {
  node.append_attribute(attribute) = base::xml_text(value).c_str();
}

void add_case(pugi::xml_node suite, std::string_view suite_name, const UnitTest& test) {
  pugi::xml_node node = suite.append_child("testcase");
  set(node, "classname", suite_name);
  set(node, "name", test.name);
  set(node, "time", fmt::format("{:.6f}", test.duration_s));
  if (test.state == UnitTestState::kFailed) {
    pugi::xml_node failure = node.append_child("failure");
    set(failure, "message", "the test panicked or returned an error");
    failure.text() = base::xml_text(test.output).c_str();
  } else if (test.state == UnitTestState::kIgnored) {
    set(node.append_child("skipped"), "message", test.output);
  }
}

}  // namespace

std::string unit_test_text(const UnitTests& tests) {
  std::string text = tests.other;
  for (const UnitTest& test : tests.tests) {
    text += fmt::format("test {} ... {}\n", test.name, state_word(test.state));
  }
  for (const UnitTest& test : tests.tests) {
    if (test.state == UnitTestState::kFailed) {
      text += fmt::format("\n---- {}\n{}", test.name, test.output);
    }
  }
  return text +
         fmt::format("\n{} passed, {} failed, {} ignored\n", count(tests, UnitTestState::kPassed),
                     count(tests, UnitTestState::kFailed), count(tests, UnitTestState::kIgnored));
}

std::string unit_test_xml(const UnitTests& tests, std::string_view suite_name,
                          std::string_view end) {
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  set(declaration, "version", "1.0");
  set(declaration, "encoding", "UTF-8");
  pugi::xml_node suite = document.append_child("testsuites").append_child("testsuite");
  set(suite, "name", suite_name);
  suite.append_attribute("tests") = static_cast<long long>(tests.tests.size()) + !end.empty();
  suite.append_attribute("failures") = count(tests, UnitTestState::kFailed);
  suite.append_attribute("errors") = static_cast<long long>(!end.empty());
  suite.append_attribute("skipped") = count(tests, UnitTestState::kIgnored);
  for (const UnitTest& test : tests.tests) add_case(suite, suite_name, test);
  if (!end.empty()) {
    pugi::xml_node node = suite.append_child("testcase");
    set(node, "classname", suite_name);
    set(node, "name", "program");
    set(node.append_child("error"), "message", end);
  }
  suite.append_child("system-out").text() = base::xml_text(tests.other).c_str();
  std::ostringstream xml;
  document.save(xml, "", pugi::format_indent, pugi::encoding_utf8);
  return std::move(xml).str();
}

}  // namespace kmod::rust
