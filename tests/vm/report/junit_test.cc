// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/junit.h"

#include <gtest/gtest.h>

#include <pugixml.hpp>

#include "tests/vm/report/failed_judgment.h"

namespace kmod::vm {
namespace {

TEST(JunitTest, HasACaseForEachCheck) {
  EXPECT_EQ(
      format_junit(failed_judgment(), "//a:b", "line\n", 1.5),
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites tests=\"4\" failures=\"1\" errors=\"0\" skipped=\"1\" time=\"1.500000\">\n"
      "<testsuite name=\"//a:b\" tests=\"4\" failures=\"1\" errors=\"0\" skipped=\"1\" "
      "time=\"1.500000\">\n"
      "<testcase classname=\"//a:b\" name=\"boot\" time=\"0.000000\" />\n"
      "<testcase classname=\"//a:b\" name=\"program p\" time=\"0.012500\">\n<system-out>1 &lt; "
      "2\n</system-out>\n</testcase>\n"
      "<testcase classname=\"//a:b\" name=\"program q\" time=\"0.000000\">\n<skipped "
      "message=\"not asked for\" />\n</testcase>\n"
      "<testcase classname=\"//a:b\" name=\"verdict\" time=\"0.000000\">\n<failure "
      "type=\"leak\" message=\"a &lt; b &amp; &quot;c&quot;\" />\n</testcase>\n"
      "<system-out>line\n</system-out>\n</testsuite>\n</testsuites>\n");
}

// What a reader of the file gets, for a text as the log and as the message of a failure.
void expect_read_back(const std::string& text, const std::string& read) {
  SCOPED_TRACE(read);
  Judgment judgment;
  judgment.checks = {{.name = text, .detail = text, .output = text}};
  const std::string xml = format_junit(judgment, text, text, 0);
  pugi::xml_document document;
  ASSERT_TRUE(document.load_buffer(xml.data(), xml.size())) << xml;
  const pugi::xml_node suite = document.child("testsuites").child("testsuite");
  EXPECT_EQ(suite.attribute("name").value(), read);
  EXPECT_EQ(suite.child("system-out").text().get(), read);
  const pugi::xml_node check = suite.child("testcase");
  EXPECT_EQ(check.attribute("classname").value(), read);
  EXPECT_EQ(check.attribute("name").value(), read);
  EXPECT_EQ(check.child("failure").attribute("message").value(), read);
  EXPECT_EQ(check.child("system-out").text().get(), read);
}

TEST(JunitTest, KeepsUtf8) {
  for (const std::string text : {"Größe", "\x7f", "\xc2\x80", "߿", "ࠀ", "€", "\xed\x9f\xbf",
                                 "\ue000", "\ufffd", "🐧", "\U0010ffff"}) {
    expect_read_back(text, text);
  }
}

TEST(JunitTest, KeepsMarkupAsText) {
  for (const std::string text :
       {"]]>", "<![CDATA[x]]>", "</system-out>", "&amp;", "a'b\"c", "-->"}) {
    expect_read_back(text, text);
  }
}

TEST(JunitTest, KeepsLineEndsAndTabs) { expect_read_back("a\tb\nc", "a\tb\nc"); }

TEST(JunitTest, ShowsControlCharacters) {
  expect_read_back("\x1b[0m", "\\x1b[0m");
  expect_read_back(std::string("a\0b", 3), "a\\x00b");
  expect_read_back("\b\x1f", "\\x08\\x1f");
  expect_read_back("\xef\xbf\xbe", "\\xef\\xbf\\xbe");
  expect_read_back("\xef\xbf\xbf", "\\xef\\xbf\\xbf");
}

TEST(JunitTest, ShowsInvalidUtf8) {
  expect_read_back("\xff", "\\xff");
  expect_read_back("a\x80z", "a\\x80z");                         // without a first byte
  expect_read_back("\xc3", "\\xc3");                             // cut short by the end
  expect_read_back("\xe2\x82z", "\\xe2\\x82z");                  // cut short by a letter
  expect_read_back("\xc0\xaf", "\\xc0\\xaf");                    // longer than needed
  expect_read_back("\xe0\x9f\xbf", "\\xe0\\x9f\\xbf");           // longer than needed
  expect_read_back("\xf0\x8f\xbf\xbf", "\\xf0\\x8f\\xbf\\xbf");  // longer than needed
  expect_read_back("\xed\xa0\x80", "\\xed\\xa0\\x80");           // a surrogate
  expect_read_back("\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80");  // above U+10FFFF
  expect_read_back("\xc3\xa4\xff\xc3\xb6", "ä\\xffö");
}

}  // namespace
}  // namespace kmod::vm
