// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What goes wrong, and what is shown first. That the pinned programs understand real modules is
// tested in tests/vm_faults.

#include "kmod_rules/private/vm/report/symbolizer.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <string>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "tests/base/elf_builder.h"

namespace kmod::vm {
namespace {

class SymbolizerTest : public testing::Test {
 protected:
  static std::string write(const std::string& name, const std::string& contents) {
    const std::string path = testing::TempDir() + "/symbolizer_test_" + name;
    EXPECT_TRUE(base::write_file(path, contents));
    return path;
  }

  // A program that prints this and ends with that status.
  static std::string program(const std::string& name, const std::string& output, int status = 0) {
    const std::string path = write(
        name, "#!/bin/sh\ncat <<'END'\n" + output + "END\nexit " + std::to_string(status) + "\n");
    EXPECT_EQ(chmod(path.c_str(), 0700), 0);
    return path;
  }

  static std::string module_file() {
    base::ElfBuilder elf;
    const std::uint32_t text = elf.add_text();
    elf.add_function("_Z1fv", text, 0, 16);
    elf.add_function("g", text, 16, 16);
    return write("demo.ko", elf.build());
  }

  static Symbolizer symbolizer(const std::string& addr2line, const std::string& demangler = "",
                               const std::string& ko = module_file()) {
    return {
        addr2line, base::Demangler(demangler), {{"demo", ko}}, SourceTree(testing::TempDir(), "")};
  }

  static Symbolized symbolize(const Symbolizer& symbolizer) {
    return symbolizer.symbolize({StackTrace{"", {frame("_Z1fv", 16), frame("g", 48)}}});
  }

  static StackFrame frame(const std::string& symbol, std::uint64_t size) {
    return {.symbol = symbol, .offset = 4, .size = size, .module = "demo"};
  }

  static void expect_problem(const Symbolized& symbolized, const std::string& problem) {
    EXPECT_EQ(symbolized.problems, std::vector<std::string>{problem});
    ASSERT_EQ(symbolized.stacks.size(), 1U);
    ASSERT_EQ(symbolized.stacks[0].frames.size(), 2U);
    for (const SymbolizedFrame& frame : symbolized.stacks[0].frames) {
      EXPECT_TRUE(frame.chain.empty());
    }
  }
};

const std::string kAnswer =
    "0x3\n_Z1hv\na/h.h:1\n_Z1fv\na/f.cc:2\n"
    "0x13\ng\nb/g.c:3\n";

TEST_F(SymbolizerTest, GivesEachFrameItsChain) {
  const Symbolized symbolized = symbolize(
      symbolizer(program("addr2line", kAnswer), program("cxxfilt", "h() (new)\nf() (new)\n")));
  EXPECT_EQ(symbolized.stacks,
            (std::vector<SymbolizedStack>{
                {"",
                 {{frame("_Z1fv", 16), {{"h() (new)", "a/h.h", 1}, {"f() (new)", "a/f.cc", 2}}},
                  {frame("g", 48), {{"g", "b/g.c", 3}}}}}}));
  EXPECT_EQ(symbolized.problems, std::vector<std::string>{});
}

TEST_F(SymbolizerTest, ShowsMangledNamesWhereTheDemanglerFails) {
  const std::string addr2line = program("addr2line", kAnswer);
  const std::string shorter = program("cxxfilt", "h()\n");
  const std::string failing = program("failing", "h()\nf()\n", 1);
  const std::string begin = "names are shown mangled: ";
  for (const auto& [demangler, problem] : std::vector<std::pair<std::string, std::string>>{
           {"", "no --demangler was given"},
           {"/no/such/filt", "cannot start /no/such/filt: No such file or directory"},
           {shorter, shorter + " exited with 0 and gave 1 names for 2"},
           {failing, failing + " exited with 1 and gave 2 names for 2"}}) {
    const Symbolized symbolized = symbolize(symbolizer(addr2line, demangler));
    EXPECT_EQ(symbolized.stacks[0].frames[0].chain,
              (InlineChain{{"_Z1hv", "a/h.h", 1}, {"_Z1fv", "a/f.cc", 2}}));
    EXPECT_EQ(symbolized.problems, std::vector<std::string>{begin + problem});
  }
}

TEST_F(SymbolizerTest, SaysWhyThereAreNoLines) {
  const std::string begin = "the frames of demo have no line numbers: ";
  expect_problem(symbolize(symbolizer("")), begin + "no --symbolizer was given");
  expect_problem(symbolize(symbolizer("/no/such/program")),
                 begin + "cannot start /no/such/program: No such file or directory");
  const std::string failing = program("failing", "no symbols\nat all\n", 1);
  expect_problem(symbolize(symbolizer(failing)), begin + failing + " exited with 1: no symbols");
  const std::string garbage = program("garbage", "hm\n");
  expect_problem(symbolize(symbolizer(garbage)),
                 begin + "the output of " + garbage + " is malformed: \"hm\" is not an address");
  const std::string text = write("text.ko", "text");
  expect_problem(symbolize(symbolizer(program("addr2line", kAnswer), "", text)),
                 begin + text + " is not an ELF file");
  const auto missing = symbolize(symbolizer(program("addr2line", kAnswer), "", "/no/such.ko"));
  ASSERT_EQ(missing.problems.size(), 1U);
  EXPECT_EQ(missing.problems[0].find(begin), 0U);
  EXPECT_NE(missing.problems[0].find("/no/such.ko"), std::string::npos);
}

TEST_F(SymbolizerTest, NamesEachFunctionThatIsNotThereOnce) {
  const Symbolized symbolized =
      symbolizer(program("addr2line", "0x13\ng\nb/g.c:3\n"))
          .symbolize({StackTrace{"", {frame("gone", 8), frame("g", 48), frame("gone", 8)}}});
  EXPECT_EQ(symbolized.problems, std::vector<std::string>{module_file() + " has no function gone"});
  EXPECT_EQ(symbolized.stacks[0].frames[1].chain, (InlineChain{{"g", "b/g.c", 3}}));
}

TEST_F(SymbolizerTest, KeepsTheKernelsWordsWhereThereIsNoDebugInformation) {
  const Symbolized symbolized = symbolize(symbolizer(
      program("addr2line", "0x3\n??\na/f.cc:2\n0x13\ng\n??:?\n"), program("cxxfilt", "f()\n")));
  EXPECT_EQ(symbolized.stacks[0].frames[0].chain, (InlineChain{{"f()", "a/f.cc", 2}}));
  EXPECT_TRUE(symbolized.stacks[0].frames[1].chain.empty());
}

TEST_F(SymbolizerTest, NeedsNoProgramForOtherModulesAndTheKernel) {
  StackFrame other = frame("f", 16);
  other.module = "other";
  StackFrame kernel = frame("vfs_read", 16);
  kernel.module.clear();
  const Symbolized symbolized = symbolizer("").symbolize({StackTrace{"", {other, kernel}}});
  EXPECT_TRUE(symbolized.problems.empty());
}

TEST_F(SymbolizerTest, LeavesThePanicOutThatAWarningBecame) {
  const Complaint warning{ComplaintKind::kWarn,
                          0,
                          "WARNING: x",
                          {"WARNING: x", "RIP: 0010:f+0x1/0x2", "Kernel panic - not syncing: y",
                           "Call Trace:", " panic+0x1/0x2"}};
  const Symbolized symbolized = symbolizer("").symbolize(warning);
  ASSERT_EQ(symbolized.stacks.size(), 1U);
  EXPECT_EQ(symbolized.stacks[0].frames.size(), 1U);
  const Complaint panic{ComplaintKind::kPanic,
                        0,
                        "Kernel panic - not syncing: y",
                        {"Kernel panic - not syncing: y", "Call Trace:", " panic+0x1/0x2"}};
  EXPECT_EQ(symbolizer("").symbolize(panic).stacks.size(), 1U);
}

TEST_F(SymbolizerTest, LooksUpPlacesOfALeak) {
  std::vector<std::string> problems;
  const Symbolizer known = symbolizer(program("addr2line", kAnswer), program("cxxfilt", "h\nf\n"));
  const auto chains = known.look_up("demo", {{".text", 3}, {".text", 0x13}}, problems);
  ASSERT_TRUE(chains) << chains.error();
  EXPECT_EQ(*chains, (std::vector<InlineChain>{{{"h", "a/h.h", 1}, {"f", "a/f.cc", 2}},
                                               {{"g", "b/g.c", 3}}}));
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(known.look_up("other", {{".text", 3}}, problems).error(),
            "no --symbols were given for the module other");
}

TEST_F(SymbolizerTest, ShowsSourceOfTheInnermostLineThatIsThere) {
  const std::string folder = testing::TempDir() + "/main";
  ASSERT_TRUE(base::make_directories(folder));
  ASSERT_TRUE(base::make_directories(testing::TempDir() + "/lib"));
  ASSERT_TRUE(base::write_file(folder + "/f.cc", "one\ntwo\n"));
  ASSERT_TRUE(base::write_file(folder + "/g.c", "one\n"));
  ASSERT_TRUE(base::write_file(testing::TempDir() + "/lib/h.h", "three\n"));
  const auto excerpts = [&](const std::string& answer) {
    const Symbolizer known(program("addr2line", answer), base::Demangler(program("cxxfilt", "f\n")),
                           {{"demo", module_file()}}, SourceTree(folder, ""));
    return symbolize(known).excerpts;
  };
  EXPECT_EQ(excerpts("0x3\nh\nnone.h:1\n_Z1fv\nf.cc:2\n0x13\ng\ng.c:1\n"),
            (std::vector<SourceExcerpt>{{"f.cc", 2, 1, {"one", "two"}}}));
  // A line of a library comes with the line of the test's own workspace that led to it.
  EXPECT_EQ(
      excerpts("0x3\nh\nexternal/lib/h.h:1\n_Z1fv\nexternal/lib/h.h:1\n0x13\ng\ng.c:1\n"),
      (std::vector<SourceExcerpt>{{"external/lib/h.h", 1, 1, {"three"}}, {"g.c", 1, 1, {"one"}}}));
}

}  // namespace
}  // namespace kmod::vm
