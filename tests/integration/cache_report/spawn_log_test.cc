// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/integration/cache_report/spawn_log.h"

#include <gtest/gtest.h>

#include <sstream>

namespace kmod::cache_report {
namespace {

constexpr char kSpawn[] = R"({
  "commandArgs": ["cc", "-c", "a.c"],
  "environmentVariables": [{"name": "PATH", "value": "/bin"}],
  "platform": {"properties": [{"name": "pool", "value": "big"}]},
  "inputs": [{"path": "a.c", "digest": {"hash": "aa", "sizeBytes": "1"}}],
  "listedOutputs": ["a.o", "a.d"],
  "mnemonic": "CppCompile",
  "actualOutputs": [{"path": "a.o", "digest": {"hash": "bb"}}, {"path": "tree"}],
  "runner": "remote cache hit",
  "remoteCacheHit": true
})";

TEST(SpawnLogTest, ReadsOneObjectAfterTheOther) {
  std::istringstream log(std::string(kSpawn) + kSpawn + "\n");
  const auto spawns = read_spawn_log(log, "log");
  ASSERT_TRUE(spawns) << spawns.error();
  ASSERT_EQ(spawns->size(), 2U);
  const Spawn& spawn = spawns->back();
  EXPECT_EQ(spawn.key(), "CppCompile a.o");
  EXPECT_EQ(spawn.runner, "remote cache hit");
  EXPECT_TRUE(spawn.cached);
  EXPECT_EQ(spawn.arguments, (std::vector<std::string>{"cc", "-c", "a.c"}));
  EXPECT_EQ(spawn.environment.at("PATH"), "/bin");
  EXPECT_EQ(spawn.platform.at("pool"), "big");
  EXPECT_EQ(spawn.inputs.at("a.c"), "aa");
  EXPECT_EQ(spawn.results.at("a.o"), "bb");
  EXPECT_EQ(spawn.results.at("tree"), "none");
}

TEST(SpawnLogTest, ReadsAnEmptyLog) {
  std::istringstream log("\n");
  const auto spawns = read_spawn_log(log, "log");
  ASSERT_TRUE(spawns);
  EXPECT_TRUE(spawns->empty());
}

TEST(SpawnLogTest, NamesTheEntryThatItCannotRead) {
  for (const char* bad : {"{", "[]", "{\"mnemonic\": 1}", "rubbish"}) {
    std::istringstream log(std::string(kSpawn) + bad);
    const auto spawns = read_spawn_log(log, "some.log");
    ASSERT_FALSE(spawns) << bad;
    EXPECT_TRUE(spawns.error().starts_with(
        "some.log: entry 2 is not a spawn of an execution log: [json.exception"))
        << spawns.error();
  }
}

}  // namespace
}  // namespace kmod::cache_report
