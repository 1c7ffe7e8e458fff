// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/flags.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace kmod::base {
namespace {

enum class Color : std::uint8_t { kRed, kBlue };

// One flag of each kind.
struct Options {
  std::string name;
  std::vector<std::string> words;
  std::uint16_t port = 0;
  Color color = Color::kRed;
  bool verbose = false;
  std::vector<std::pair<std::string, std::string>> pairs;
  std::string gdb = "off";
  std::vector<std::string> files;
};

class FlagsTest : public testing::Test {
 protected:
  FlagsTest() {
    flags_.add({"name", "NAME", "what it is called", FlagCount::kOnce}, text(options_.name));
    flags_.add({"word", "WORD", "a word", FlagCount::kAny}, append(options_.words));
    flags_.add({"port", "PORT", "a port"}, number<std::uint16_t>(options_.port, 1, 99));
    flags_.add({"color", "red|blue", "a color"},
               choice<Color>(options_.color, {{"red", Color::kRed}, {"blue", Color::kBlue}}));
    flags_.add_switch("verbose", "say more", options_.verbose);
    flags_.add({"map", "FROM:TO", "a pair", FlagCount::kAny},
               pair(':', [this](std::string left, std::string right) -> Status {
                 options_.pairs.emplace_back(std::move(left), std::move(right));
                 return {};
               }));
    flags_.add_optional_value({"gdb", "PORT", "wait for gdb"}, any_text(options_.gdb));
    flags_.add_positional("FILE", "a file", FlagCount::kAny, append(options_.files));
  }

  // The error, or "ok", or "help".
  std::string parse(const std::vector<std::string>& arguments) {
    const auto parsed = flags_.parse(arguments);
    if (!parsed) return parsed.error();
    return *parsed ? "ok" : "help";
  }

  Options options_;
  Flags flags_{"prog", "Does a thing."};
};

TEST_F(FlagsTest, TakesEveryKind) {
  EXPECT_EQ(parse({"--name=n", "--word=a", "--word=b=c", "--port=99", "--color=blue", "--verbose",
                   "--map=x:y:z", "--gdb", "one", "--", "--two", "@three"}),
            "ok");
  EXPECT_EQ(options_.name, "n");
  EXPECT_EQ(options_.words, (std::vector<std::string>{"a", "b=c"}));
  EXPECT_EQ(options_.port, 99);
  EXPECT_EQ(options_.color, Color::kBlue);
  EXPECT_TRUE(options_.verbose);
  EXPECT_EQ(options_.pairs, (std::vector<std::pair<std::string, std::string>>{{"x", "y:z"}}));
  EXPECT_EQ(options_.gdb, "");
  EXPECT_EQ(options_.files, (std::vector<std::string>{"one", "--two", "@three"}));
}

TEST_F(FlagsTest, OptionalValue) {
  EXPECT_EQ(parse({"--name=n", "--gdb=7"}), "ok");
  EXPECT_EQ(options_.gdb, "7");
}

TEST_F(FlagsTest, Errors) {
  EXPECT_EQ(parse({}), "--name=NAME is missing: what it is called");
  EXPECT_EQ(parse({"--nam=n"}), "--nam is unknown. Did you mean --name? --help lists the flags.");
  EXPECT_EQ(parse({"--zzzzzz"}), "--zzzzzz is unknown. --help lists the flags.");
  EXPECT_EQ(parse({"--name"}), "--name has no value. Write --name=NAME.");
  EXPECT_EQ(parse({"--name="}), "--name= has an empty value");
  EXPECT_EQ(parse({"--name=a", "--name=b"}), "--name=b is a second --name");
  EXPECT_EQ(parse({"--verbose=yes"}), "--verbose=yes has a value, and --verbose takes none");
  EXPECT_EQ(parse({"--port=100"}), "--port=100 has to be a number from 1 to 99");
  EXPECT_EQ(parse({"--port=0x1"}), "--port=0x1 has to be a number from 1 to 99");
  EXPECT_EQ(parse({"--color=green"}), "--color=green has to be one of red, blue");
  EXPECT_EQ(parse({"--map=x"}), "--map=x has to be two texts with \":\" between them");
  EXPECT_EQ(parse({"--map=:x"}), "--map=:x has to be two texts with \":\" between them");
  EXPECT_EQ(parse({"@/no/such/file"}),
            "parameter file: cannot open /no/such/file: No such file or directory");
}

TEST_F(FlagsTest, LongValuesAreCutInMessages) {
  const std::string error = parse({"--port=" + std::string(1000, '1')});
  EXPECT_LT(error.size(), 300);
  EXPECT_TRUE(error.ends_with("1… has to be a number from 1 to 99")) << error;
}

TEST_F(FlagsTest, ParameterFile) {
  const std::string path = std::string(std::getenv("TEST_TMPDIR")) + "/parameters";
  std::ofstream(path) << "--name=n\n\n--word=@a\n@b\n";
  EXPECT_EQ(parse({"@" + path}), "ok");
  EXPECT_EQ(options_.words, std::vector<std::string>{"@a"});
  EXPECT_EQ(options_.files, std::vector<std::string>{"@b"});
  std::ofstream(path) << "--port=x\n";
  EXPECT_EQ(parse({"@" + path}), path + ": --port=x has to be a number from 1 to 99");
}

TEST_F(FlagsTest, Help) {
  EXPECT_EQ(parse({"--help", "--nonsense"}), "help");
  EXPECT_EQ(flags_.help(), R"(usage: prog [FLAG]... FILE...

Does a thing.

  FILE                      a file
  --name=NAME               what it is called (required)
  --word=WORD               a word (repeatable)
  --port=PORT               a port
  --color=red|blue          a color
  --verbose                 say more
  --map=FROM:TO             a pair (repeatable)
  --gdb[=PORT]              wait for gdb
  --help                    print this text
)");
}

TEST(FlagsWithoutPositional, RefuseOne) {
  bool quiet = false;
  Flags flags("prog", "Does a thing.");
  flags.add_switch("quiet", "say nothing", quiet);
  EXPECT_EQ(flags.parse({"quiet"}).error(), "quiet is not a flag: each begins with --");
}

TEST(FlagsWithOnePositional, WantExactlyOne) {
  std::string directory;
  Flags flags("prog", "Does a thing.");
  flags.add_positional("DIR", "where to", FlagCount::kOnce, text(directory));
  EXPECT_EQ(flags.parse({}).error(), "DIR is missing: where to");
  EXPECT_EQ(flags.parse({"a", "b"}).error(), "b is a second DIR");
}

}  // namespace
}  // namespace kmod::base
