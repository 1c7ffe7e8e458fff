// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/link/link_command.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kmod::link {
namespace {

using Kind = LinkRequest::InputKind;

TEST(LinkCommandTest, IsExactly) {
  const LinkRequest request{
      .ld = "ld.lld",
      .demangler = "",
      .label = "//a",
      .kernel_symvers = "s",
      .output = "out.o",
      .references = "o",
      .entries = {"start", "stop"},
      .exports = {"base_add"},
      .libraries = {
          {.label = "//a", .inputs = {{Kind::kWholeObject, "a.o"}, {Kind::kObject, "b.o"}}},
          {.label = "//c", .inputs = {{Kind::kArchive, "c.a"}, {Kind::kWholeArchive, "d.a"}}}}};
  EXPECT_EQ(link_arguments(request, "out.lds"),
            (std::vector<std::string>{"-r",
                                      "-m",
                                      "elf_x86_64",
                                      "--fatal-warnings",
                                      "--trace",
                                      "--force-group-allocation",
                                      "--discard-locals",
                                      "-T",
                                      "out.lds",
                                      "-o",
                                      "out.o",
                                      "--undefined=start",
                                      "--undefined=stop",
                                      "--undefined=base_add",
                                      "a.o",
                                      "--start-lib",
                                      "b.o",
                                      "--end-lib",
                                      "c.a",
                                      "--whole-archive",
                                      "d.a",
                                      "--no-whole-archive"}));
}

TEST(LinkCommandTest, ResponseFileQuotesEachArgument) {
  EXPECT_EQ(response_file({"-r", "with space.o", "a\"b\\c"}),
            "\"-r\"\n\"with space.o\"\n\"a\\\"b\\\\c\"\n");
}

}  // namespace
}  // namespace kmod::link
