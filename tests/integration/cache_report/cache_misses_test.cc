// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/integration/cache_report/cache_misses.h"

#include <gtest/gtest.h>

namespace kmod::cache_report {
namespace {

using Lines = std::vector<std::string>;

Spawn compilation() {
  return {
      .mnemonic = "CppCompile",
      .runner = "linux-sandbox",
      .cached = false,
      .arguments = {"cc", "-c", "a.cc"},
      .outputs = {"a.o", "a.d"},
      .environment = {{"PATH", "/bin"}},
      .platform = {},
      .inputs = {{"a.cc", "11"}, {"a.h", "22"}},
      .results = {{"a.o", "33"}},
  };
}

Spawn cached(Spawn spawn) {
  spawn.cached = true;
  spawn.runner = "remote cache hit";
  return spawn;
}

TEST(CacheMissesTest, CountsByMnemonic) {
  Spawn link = compilation();
  link.mnemonic = "KmodLink";
  const auto counts = count_spawns({compilation(), cached(compilation()), cached(link)});
  EXPECT_EQ(counts.at("CppCompile"), (Counts{.executed = 1, .cached = 1}));
  EXPECT_EQ(counts.at("KmodLink"), (Counts{.executed = 0, .cached = 1}));
}

TEST(CacheMissesTest, SaysNothingOfWhatWasInTheCache) {
  EXPECT_EQ(explain_misses({compilation()}, {cached(compilation())}), Lines{});
}

TEST(CacheMissesTest, NamesTheInput) {
  Spawn edited = compilation();
  edited.inputs = {{"a.cc", "11"}, {"a.h", "99"}, {"b.h", "44"}};
  EXPECT_EQ(explain_misses({compilation()}, {edited}),
            (Lines{"executed (linux-sandbox): CppCompile a.o", "    input a.h was 22 and is 99",
                   "    input b.h is new: 44"}));
  EXPECT_EQ(differences(edited, compilation()),
            (Lines{"input a.h was 99 and is 22", "input b.h is gone"}));
}

TEST(CacheMissesTest, NamesTheFirstTwentyReasons) {
  Spawn edited = compilation();
  for (char name = 'c'; name <= 'w'; ++name) edited.inputs.emplace(std::string(1, name), "55");
  const Lines lines = explain_misses({compilation()}, {edited});
  ASSERT_EQ(lines.size(), 22U);
  EXPECT_EQ(lines[1], "    input c is new: 55");
  EXPECT_EQ(lines[20], "    input v is new: 55");
  EXPECT_EQ(lines[21], "    and 1 more");
}

TEST(CacheMissesTest, NamesTheArgument) {
  Spawn edited = compilation();
  edited.arguments.insert(edited.arguments.begin() + 1, "-O2");
  EXPECT_EQ(differences(compilation(), edited), (Lines{"argument 2 was -c and is -O2"}));
  edited = compilation();
  edited.arguments.pop_back();
  EXPECT_EQ(differences(compilation(), edited), (Lines{"argument 3 was a.cc and is (none)"}));
}

TEST(CacheMissesTest, NamesTheVariableThePropertyAndTheOutputs) {
  Spawn edited = compilation();
  edited.environment["PATH"] = "/home/joe/bin";
  edited.platform["pool"] = "big";
  edited.outputs.emplace_back("a.dwo");
  EXPECT_EQ(differences(compilation(), edited),
            (Lines{"environment variable PATH was /bin and is /home/joe/bin",
                   "execution property pool is new: big", "the declared outputs differ"}));
}

TEST(CacheMissesTest, TellsALostResultFromANewSpawn) {
  EXPECT_EQ(explain_misses({compilation()}, {compilation()}),
            (Lines{"executed (linux-sandbox): CppCompile a.o",
                   "    the key is the same: the cache lost the result"}));
  EXPECT_EQ(explain_misses({}, {compilation()}),
            (Lines{"executed (linux-sandbox): CppCompile a.o",
                   "    the earlier build has no such spawn"}));
}

TEST(CacheMissesTest, ComparesWhatCameOut) {
  Spawn other = compilation();
  EXPECT_EQ(compare_results({compilation()}, {other}), Lines{});
  other.results["a.o"] = "34";
  EXPECT_EQ(compare_results({compilation()}, {other}),
            (Lines{"CppCompile a.o: output a.o was 33 and is 34"}));
  other.outputs = {"b.o"};
  EXPECT_EQ(
      compare_results({compilation()}, {other}),
      (Lines{"CppCompile a.o: only in the first log", "CppCompile b.o: only in the second log"}));
}

}  // namespace
}  // namespace kmod::cache_report
