// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Tests of the harness: a run that differs from its request must not pass.

#include "tests/vm/harness/run_problems.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace kmod::vm {
namespace {

using Problems = std::vector<std::string>;

base::Result<VerdictRequest> parse(const std::vector<std::string>& arguments) {
  VerdictRequest request;
  base::Flags flags("expect_verdict", "");
  add_verdict_flags(flags, request);
  KMOD_TRY(flags.parse(arguments));
  return request;
}

VerdictRequest request(const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments = {"--test=t", "--verdict=panic", "--within-ms=100"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const auto parsed = parse(arguments);
  EXPECT_TRUE(parsed) << parsed.error();
  return parsed.value_or(VerdictRequest{});
}

TestRun sound_run() {
  return {.result = {{.exit_code = 4, .signal = 0}, "a panic"},
          .report = TestReport{"panic", true, 100},
          .junit = std::vector<JunitCase>{{"boot", "passed", ""}, {"verdict", "failed", "panic"}},
          .outputs = {"console.log", "initramfs.txt", "kernel.log"}};
}

TEST(RunProblemsTest, NoneIfTheRunIsAsRequested) {
  EXPECT_EQ(
      find_problems(request({"--text=panic", "--no-text=pass", "--case=boot:passed"}), sound_run()),
      Problems{});
}

TEST(RunProblemsTest, AnotherStatusThanTheVerdicts) {
  TestRun run = sound_run();
  run.result.exit_code = 0;
  EXPECT_EQ(find_problems(request(), run),
            Problems{"it exited with 0, and should have exited with 4"});
  run = sound_run();
  run.result.signal = 9;
  EXPECT_EQ(find_problems(request(), run),
            Problems{"it was killed by signal 9 (Killed), and should have exited with 4"});
}

TEST(RunProblemsTest, AnotherVerdict) {
  TestRun run = sound_run();
  run.report->verdict = "pass";
  EXPECT_EQ(find_problems(request(), run), Problems{"its verdict is pass, and should be panic"});
}

TEST(RunProblemsTest, TooLate) {
  TestRun run = sound_run();
  run.report->spent_ms = 101;
  EXPECT_EQ(find_problems(request(), run),
            Problems{"it took 101 ms from the moment that init was ready; the limit is 100 ms"});
}

TEST(RunProblemsTest, NoReport) {
  TestRun run = sound_run();
  run.report.reset();
  EXPECT_EQ(find_problems(request(), run), Problems{"it does not print a timeline and a verdict"});
}

TEST(RunProblemsTest, Texts) {
  EXPECT_EQ(find_problems(request({"--text=oops", "--no-text=panic"}), sound_run()),
            (Problems{"it does not print \"oops\"", "it prints \"panic\""}));
}

TEST(RunProblemsTest, Cases) {
  EXPECT_EQ(find_problems(request({"--case=a: b:failed:oops", "--case=boot:skipped"}), sound_run()),
            (Problems{"test.xml has no case \"a: b\"",
                      "the case \"boot\" of test.xml is passed, and should be skipped"}));
  TestRun run = sound_run();
  run.junit->back().type = "oops";
  EXPECT_EQ(
      find_problems(request(), run),
      Problems{"the case \"verdict\" of test.xml is failed:oops, and should be failed:panic"});
}

TEST(RunProblemsTest, MissingFiles) {
  TestRun run = sound_run();
  run.outputs.pop_back();
  run.junit = std::unexpected("test.xml: none");
  EXPECT_EQ(find_problems(request(), run),
            (Problems{"test.xml cannot be read: test.xml: none",
                      "kernel.log is not among the test's outputs"}));
}

TEST(RunProblemsTest, NoQemuToKill) {
  EXPECT_EQ(find_problems(request({"--kill-qemu-at=boot"}), sound_run()),
            Problems{"there was no QEMU to kill at \"boot\""});
}

TEST(VerdictRequestTest, TakesEveryFlag) {
  const VerdictRequest parsed =
      request({"--text=a", "--text=b", "--no-text=c", "--case=x: y:failed:oops", "--case=z:skipped",
               "--arg=-v", "--env=A=b=c", "--kill-qemu-at=d", "--full-disk=xml"});
  EXPECT_EQ(parsed.test, "t");
  EXPECT_EQ(parsed.verdict, Verdict::kPanic);
  EXPECT_EQ(parsed.within_ms, 100);
  EXPECT_EQ(parsed.texts, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(parsed.absent_texts, std::vector<std::string>{"c"});
  EXPECT_EQ(parsed.cases,
            (std::vector<JunitCase>{{"x: y", "failed", "oops"}, {"z", "skipped", ""}}));
  EXPECT_EQ(parsed.arguments, std::vector<std::string>{"-v"});
  EXPECT_EQ(parsed.environment, std::vector<std::string>{"A=b=c"});
  EXPECT_EQ(parsed.kill_qemu_at, "d");
  EXPECT_EQ(parsed.full_disk, FullDisk::kXml);
}

TEST(VerdictRequestTest, SaysWhatIsWrong) {
  const auto error = [](const std::string& argument) { return parse({argument}).error(); };
  EXPECT_EQ(
      error("--verdict=good"),
      "--verdict=good has to be one of pass, fail, warn, oops, panic, hang, no_boot, "
      "infrastructure, leak, missing_line, kasan, lockdep, atomic_sleep, object_state, ubsan, "
      "kmemleak, kcsan");
  EXPECT_EQ(error("--within-ms=0"), "--within-ms=0 has to be a number from 1 to 3600000");
  EXPECT_EQ(error("--case=boot"),
            "--case=boot is not of the form NAME:passed|skipped|failed[:TYPE]");
  EXPECT_EQ(error("--full-disk=all"), "--full-disk=all has to be one of outputs, xml");
  EXPECT_EQ(error("--text="), "--text= has an empty value");
  EXPECT_EQ(error("--bogus=1").substr(0, 19), "--bogus is unknown.");
  EXPECT_EQ(error("--test=t"), "--verdict=NAME is missing: the verdict it must end with");
}

TEST(TestReportTest, CountsFromInitOn) {
  const auto report = parse_test_report(
      "guest| verdict: pass: forged\n"
      "time: 90 ms: runner 6, kernel 50, init 7, modules 20, switching off 5, judging 2\n"
      "verdict: warn: WARNING: x\n");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->verdict, "warn");
  EXPECT_TRUE(report->ready);
  EXPECT_EQ(report->spent_ms, 27);
}

TEST(TestReportTest, CountsAllWithoutInit) {
  const auto report =
      parse_test_report("time: 90 ms: runner 6, kernel 82, judging 2\nverdict: no_boot: x\n");
  ASSERT_TRUE(report);
  EXPECT_FALSE(report->ready);
  EXPECT_EQ(report->spent_ms, 90);
}

TEST(TestReportTest, IsNotThereWithoutTheTime) {
  EXPECT_FALSE(parse_test_report("verdict: pass: x\n"));
  EXPECT_FALSE(parse_test_report("time: 90 ms: runner six\nverdict: pass: x\n"));
  EXPECT_FALSE(parse_test_report(""));
}

class JunitFileTest : public testing::Test {
 protected:
  base::Result<std::vector<JunitCase>> write_and_read(const Problems& problems) {
    const auto written = write_junit(file_, "t < u", problems);
    EXPECT_TRUE(written) << written.error();
    return read_junit(file_);
  }

  base::Result<std::vector<JunitCase>> read(const std::string& xml) {
    std::ofstream(file_) << xml;
    return read_junit(file_);
  }

 private:
  const std::string file_ = std::string(std::getenv("TEST_TMPDIR")) + "/junit.xml";
};

TEST_F(JunitFileTest, HasCases) {
  const auto cases = read(
      "<testsuites><testsuite tests=\"3\" failures=\"1\"><testcase name=\"a\"/>"
      "<testcase name=\"b &lt;\"><skipped/></testcase>"
      "<testcase name=\"c\"><failure type=\"oops\"/></testcase></testsuite></testsuites>");
  ASSERT_TRUE(cases) << cases.error();
  EXPECT_EQ(*cases, (std::vector<JunitCase>{
                        {"a", "passed", ""}, {"b <", "skipped", ""}, {"c", "failed", "oops"}}));
}

TEST_F(JunitFileTest, HasToBeConsistent) {
  EXPECT_FALSE(read("<testsuites><testsuite tests=\"0\" failures=\"0\"></testsuites>"));
  EXPECT_TRUE(read("<testsuites><testsuite tests=\"2\" failures=\"0\"><testcase name=\"a\"/>"
                   "</testsuite></testsuites>")
                  .error()
                  .ends_with(": the counts do not match the cases"));
  EXPECT_FALSE(read_junit("/no/such/file"));
}

TEST_F(JunitFileTest, IsWritten) {
  EXPECT_EQ(write_and_read({}), (std::vector<JunitCase>{{"t < u", "passed", ""}}));
  EXPECT_EQ(write_and_read({"it was <late>"}), (std::vector<JunitCase>{{"t < u", "failed", ""}}));
  EXPECT_EQ(write_junit("/no/such/file", "t", {}).error(), "cannot write /no/such/file");
}

}  // namespace
}  // namespace kmod::vm
