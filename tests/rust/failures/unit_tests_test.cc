// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Runs unit tests of Rust that fail.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <string>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/process.h"

namespace {

struct Outcome {
  kmod::base::ProcessResult result;
  std::string xml;
};

Outcome run(const std::string& name, const std::string& filter = "") {
  const std::string xml = testing::TempDir() + "/" + name + ".xml";
  std::vector<std::string> environment = {"XML_OUTPUT_FILE=" + xml, "TEST_TARGET=//x:" + name};
  if (!filter.empty()) environment.push_back("TESTBRIDGE_TEST_ONLY=" + filter);
  const auto result =
      kmod::base::run_process({"tests/rust/failures/" + name + "_on_purpose"}, environment);
  EXPECT_TRUE(result) << result.error();
  return {.result = result.value_or(kmod::base::ProcessResult()),
          .xml = kmod::base::read_file(xml).value_or("")};
}

TEST(UnitTestsTest, OneFails) {
  const Outcome fails = run("fails");
  EXPECT_EQ(fails.result.exit_code, 1);
  EXPECT_TRUE(fails.result.output.contains("test tests::sum_is_wrong ... FAILED"))
      << fails.result.output;
  EXPECT_TRUE(fails.result.output.contains("the sum")) << fails.result.output;
  EXPECT_TRUE(fails.result.output.contains("0 passed, 1 failed, 0 ignored"));
  EXPECT_TRUE(fails.xml.contains("name=\"tests::sum_is_wrong\"")) << fails.xml;
  EXPECT_TRUE(fails.xml.contains("<failure")) << fails.xml;
}

TEST(UnitTestsTest, OneEndsTheProgram) {
  const Outcome aborts = run("aborts");
  EXPECT_EQ(aborts.result.exit_code, 1);
  EXPECT_TRUE(aborts.result.output.contains("was killed by signal 6")) << aborts.result.output;
  EXPECT_TRUE(aborts.xml.contains("<error")) << aborts.xml;
}

TEST(UnitTestsTest, ThereIsNone) {
  const Outcome none = run("twice");
  EXPECT_NE(none.result.exit_code, 0);
  EXPECT_TRUE(none.result.output.contains("no test ran: the crate has no function with #[test]"))
      << none.result.output;
}

TEST(UnitTestsTest, FilterMatchesNone) {
  const Outcome none = run("fails", "no_such_test");
  EXPECT_NE(none.result.exit_code, 0);
  EXPECT_TRUE(none.result.output.contains("--test_filter matches none")) << none.result.output;
}

}  // namespace
