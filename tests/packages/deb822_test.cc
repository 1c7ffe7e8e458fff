// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/deb822.h"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

namespace kmod::packages {
namespace {

TEST(StanzaReaderTest, ReadsFieldsAndTheLinesThatContinueThem) {
  StanzaReader reader(
      "\n\nPackage: dash\nDescription: shell\n  for scripts\n .\n and more\nSize:  7 \n \t\n"
      "Package: bash\r\n\n\n");
  auto stanza = reader.next();
  ASSERT_TRUE(stanza);
  EXPECT_EQ(stanza->field("Package"), "dash");
  EXPECT_EQ(stanza->field("Description"), "shell\n  for scripts\n .\n and more");
  EXPECT_EQ(stanza->field("Size"), "7");
  EXPECT_EQ(stanza->field("SHA256"), "");
  EXPECT_EQ(stanza->field("Pack"), "");
  stanza = reader.next();
  ASSERT_TRUE(stanza);
  EXPECT_EQ(stanza->field("Package"), "bash");
  EXPECT_FALSE(reader.next());
}

TEST(StanzaReaderTest, ReadsATextWithoutALastNewline) {
  StanzaReader reader("A: 1\nB: 2");
  const auto stanza = reader.next();
  ASSERT_TRUE(stanza);
  EXPECT_EQ(stanza->field("B"), "2");
  EXPECT_FALSE(reader.next());
  EXPECT_FALSE(StanzaReader("no field here\n more\n").next());
}

TEST(RelationTest, GivesNamesOnly) {
  using Groups = std::vector<std::vector<std::string>>;
  EXPECT_EQ(
      parse_relation("libc6 (>= 2.36), debconf (>= 0.5) | debconf-2.0,\n python3:any [amd64]"),
      (Groups{{"libc6"}, {"debconf", "debconf-2.0"}, {"python3"}}));
  EXPECT_EQ(parse_relation(", a(= 1),"), (Groups{{"a"}}));
  EXPECT_TRUE(parse_relation("").empty());
}

}  // namespace
}  // namespace kmod::packages
