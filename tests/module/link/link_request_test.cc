// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/link/link_request.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace kmod::link {
namespace {

using Kind = LinkRequest::InputKind;
using Arguments = std::vector<std::pair<std::string, std::string>>;

Arguments arguments_with(const Arguments& more) {
  Arguments arguments = {{"ld", "ld.lld"},
                         {"label", "//hello:hello_ko"},
                         {"kernel-symvers", "Module.symvers"},
                         {"output", "out.o"},
                         {"references", "out.txt"}};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

base::Result<LinkRequest> parse(const Arguments& arguments) {
  std::vector<std::string> line;
  for (const auto& [name, value] : arguments) line.push_back("--" + name + "=" + value);
  LinkRequest request;
  KMOD_TRY(link_flags(request).parse(line));
  KMOD_TRY(check_link_request(request));
  return request;
}

std::string error_of(const Arguments& arguments) {
  const auto request = parse(arguments);
  return request ? "parsed" : request.error();
}

TEST(LinkRequestTest, InputsBelongToTheLibraryBeforeThem) {
  const auto request = parse(arguments_with({{"library", "//a"},
                                             {"whole-object", "a.o"},
                                             {"object", "b.o"},
                                             {"library", "//c"},
                                             {"archive", "c.a"},
                                             {"whole-archive", "d.a"},
                                             {"entry", "e"}}));
  ASSERT_TRUE(request) << request.error();
  EXPECT_EQ(request->ld, "ld.lld");
  EXPECT_EQ(request->references, "out.txt");
  EXPECT_EQ(request->entries, std::vector<std::string>{"e"});
  ASSERT_EQ(request->libraries.size(), 2u);
  EXPECT_EQ(request->libraries[0].label, "//a");
  ASSERT_EQ(request->libraries[0].inputs.size(), 2u);
  EXPECT_EQ(request->libraries[0].inputs[0].kind, Kind::kWholeObject);
  EXPECT_EQ(request->libraries[0].inputs[0].path, "a.o");
  EXPECT_EQ(request->libraries[0].inputs[1].kind, Kind::kObject);
  ASSERT_EQ(request->libraries[1].inputs.size(), 2u);
  EXPECT_EQ(request->libraries[1].inputs[0].kind, Kind::kArchive);
  EXPECT_EQ(request->libraries[1].inputs[1].kind, Kind::kWholeArchive);
}

TEST(LinkRequestTest, ReportsErrors) {
  EXPECT_EQ(error_of(arguments_with({{"ld", "x"}})), "--ld=x is a second --ld");
  EXPECT_EQ(error_of({{"label", "//a"}}), "--ld=FILE is missing: ld.lld");
  EXPECT_EQ(error_of(arguments_with({{"object", "a.o"}})),
            "--object=a.o comes before the first --library, so it belongs to no library");
  EXPECT_EQ(error_of(arguments_with({{"objects", "a.o"}})),
            "--objects is unknown. Did you mean --object? --help lists the flags.");
}

TEST(LinkRequestTest, RefusesALinkThatCouldOnlyBeEmpty) {
  EXPECT_EQ(
      error_of(arguments_with({{"library", "//a"}, {"object", "a.o"}, {"archive", "b.a"}})),
      "//hello:hello_ko: there is nothing to link: the libraries in deps have no sources of their "
      "own, and nothing calls the libraries that they depend on. Name a library with sources in "
      "deps");
  EXPECT_EQ(error_of(arguments_with({{"library", "//a"}, {"object", "a.o"}, {"entry", "x"}})),
            "parsed");
}

}  // namespace
}  // namespace kmod::link
