// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/rust/unit_test_report.h"

#include <gtest/gtest.h>

#include <pugixml.hpp>
#include <string>

namespace kmod::rust {
namespace {

UnitTests three_tests() {
  return {.tests = {{.name = "tests::wraps",
                     .state = UnitTestState::kPassed,
                     .output = "",
                     .duration_s = 0.25},
                    {.name = "tests::fails",
                     .state = UnitTestState::kFailed,
                     .output = "panicked at <ring.rs>\x1b\n",
                     .duration_s = 0.5},
                    {.name = "tests::later",
                     .state = UnitTestState::kIgnored,
                     .output = "not yet",
                     .duration_s = 0}},
          .complete = true,
          .other = "noise\n"};
}

pugi::xml_node suite_of(pugi::xml_document& document, const std::string& xml) {
  EXPECT_TRUE(document.load_string(xml.c_str())) << xml;
  return document.child("testsuites").child("testsuite");
}

TEST(UnitTestReportTest, Text) {
  EXPECT_EQ(unit_test_text(three_tests()),
            "noise\n"
            "test tests::wraps ... ok\n"
            "test tests::fails ... FAILED\n"
            "test tests::later ... ignored\n"
            "\n---- tests::fails\n"
            "panicked at <ring.rs>\x1b\n"
            "\n1 passed, 1 failed, 1 ignored\n");
}

TEST(UnitTestReportTest, Xml) {
  pugi::xml_document document;
  const pugi::xml_node suite =
      suite_of(document, unit_test_xml(three_tests(), "//m:ring_test", ""));
  EXPECT_STREQ(suite.attribute("name").value(), "//m:ring_test");
  EXPECT_EQ(suite.attribute("tests").as_int(), 3);
  EXPECT_EQ(suite.attribute("failures").as_int(), 1);
  EXPECT_EQ(suite.attribute("errors").as_int(), 0);
  EXPECT_EQ(suite.attribute("skipped").as_int(), 1);
  const pugi::xml_node failed = suite.find_child_by_attribute("testcase", "name", "tests::fails");
  EXPECT_STREQ(failed.child("failure").text().get(), "panicked at <ring.rs>\\x1b\n");
  const pugi::xml_node ignored = suite.find_child_by_attribute("testcase", "name", "tests::later");
  EXPECT_STREQ(ignored.child("skipped").attribute("message").value(), "not yet");
}

TEST(UnitTestReportTest, ProgramThatDied) {
  pugi::xml_document document;
  const pugi::xml_node suite =
      suite_of(document, unit_test_xml(three_tests(), "//m:ring_test", "the program was killed"));
  EXPECT_EQ(suite.attribute("tests").as_int(), 4);
  EXPECT_EQ(suite.attribute("errors").as_int(), 1);
  const pugi::xml_node died = suite.find_child_by_attribute("testcase", "name", "program");
  EXPECT_STREQ(died.child("error").attribute("message").value(), "the program was killed");
}

}  // namespace
}  // namespace kmod::rust
