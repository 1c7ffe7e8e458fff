// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The report on a complaint about modules that really crash: names, files, lines and source. A
// comment in the source marks each expected line, so that edits elsewhere do not affect this test.

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::vm {
namespace {

constexpr std::string_view kFolder = "tests/vm_faults/";

struct Source {
  explicit Source(std::string file) : path(std::move(file)) {
    const auto contents = base::read_file(path);
    EXPECT_TRUE(contents) << contents.error();
    for (std::string_view line : base::split_lines(contents.value_or(""))) lines.emplace_back(line);
  }

  // The number of the only line that contains this text.
  [[nodiscard]] std::size_t line_with(std::string_view text) const {
    const auto has_text = [&](const std::string& line) {
      return line.find(text) != std::string::npos;
    };
    EXPECT_EQ(std::ranges::count_if(lines, has_text), 1) << path << " and \"" << text << "\"";
    return static_cast<std::size_t>(std::ranges::find_if(lines, has_text) - lines.begin()) + 1;
  }

  [[nodiscard]] std::string place(std::string_view text) const {
    return path + ":" + std::to_string(line_with(text));
  }

  // The lines around that one, as the report shows them.
  [[nodiscard]] std::string excerpt(std::string_view text) const {
    const std::size_t line = line_with(text);
    const std::size_t last = std::min(line + 2, lines.size());
    std::string result = "  " + path + ":\n";
    for (std::size_t number = line - 2; number <= last; ++number) {
      char margin[32];
      std::snprintf(margin, sizeof(margin), "    %s %*zu |", number == line ? ">" : " ",
                    static_cast<int>(std::to_string(last).size()), number);
      const std::string& source = lines[number - 1];
      result += margin + (source.empty() ? "" : " " + source) + "\n";
    }
    return result;
  }

  std::string path;
  std::vector<std::string> lines;
};

struct Report {
  std::string text;                 // without the kernel's own frames
  std::vector<std::string> kernel;  // the kernel's own frames
};

// Runs a VM test that has to fail, and returns the report in its log.
Report run(const std::string& test) {
  const auto result = base::run_process({std::string(kFolder) + test}, {});
  if (!result) {
    ADD_FAILURE() << result.error();
    return {};
  }
  EXPECT_FALSE(result->succeeded());
  static const std::regex kKernelFrame(R"(      [\w.]+\+0x[0-9a-f]+/0x[0-9a-f]+)");
  Report report;
  bool inside = false;
  for (const std::string_view line : base::split_lines(result->output)) {
    inside = inside || line == "first complaint of the kernel:";
    if (line.starts_with("time: ")) break;
    if (inside && std::regex_match(std::string(line), kKernelFrame)) {
      report.kernel.emplace_back(line);
    } else if (inside) {
      report.text += std::string(line) + "\n";
    }
  }
  EXPECT_FALSE(report.text.empty()) << result->output;
  return report;
}

std::string row(std::string_view function, std::size_t column, const std::string& place) {
  return std::string(function) + std::string(column - function.size(), ' ') + "  " + place + "\n";
}

TEST(CrashReportTest, ShowsTemplatesAndInlinedFrames) {
  const Source ring("tests/vm_faults/demo/ring.h");
  const Source crash("tests/vm_faults/template_crash.cc");
  const Source module("runtime/kmod/module.h");
  const Report report = run("template_crash");
  constexpr std::size_t kColumn = 62;
  EXPECT_EQ(report.text,
            "first complaint of the kernel:\n"
            "  BUG: kernel NULL pointer dereference, address: 0000000000000000\n"
            "  #PF: supervisor write access in kernel mode\n"
            "  at  " +
                row("demo::Ring<int, 4ul>::push(int const&)", kColumn,
                    ring.place("// the fault") + "  (inlined)") +
                "      void demo::fill<demo::Ring<int, 4ul>, int>(demo::Ring<int, 4ul>&, int, "
                "unsigned long)\n      " +
                row("", kColumn, ring.place("// reaches the fault")) + "      " +
                row("(anonymous namespace)::TemplateCrash::create()", kColumn,
                    crash.place("// calls the template") + "  (inlined)") +
                "      " +
                row("kmod::ModuleSlot<(anonymous namespace)::TemplateCrash>::init()", kColumn,
                    module.place("Held(M::create());") + "  (inlined)") +
                "      " + row("init_module", kColumn, crash.place("KMOD_MODULE(TemplateCrash);")) +
                ring.excerpt("// the fault"));
  EXPECT_FALSE(report.kernel.empty());
}

TEST(CrashReportTest, TellsStaticFunctionsOfOneNameApart) {
  const Source twins("tests/vm_faults/twins.c");
  const Source other("tests/vm_faults/twins_other.c");
  const Report report = run("twins");
  const std::regex headline(R"(  WARNING: CPU: 0 PID: \d+ at )" + other.place("// warns") +
                            R"( check\+0x[0-9a-f]+/0x[0-9a-f]+ \[twins\]\n)");
  constexpr std::size_t kColumn = 11;
  EXPECT_EQ(std::regex_replace(report.text, headline, "HEADLINE\n"),
            "first complaint of the kernel:\n"
            "  odd value 3\n"
            "HEADLINE\n"
            "  at  " +
                row("check", kColumn, other.place("// warns")) + "      " +
                row("other_check", kColumn, other.place("// calls what warns")) + "      " +
                row("twins_init", kColumn, twins.place("// calls the other file")) +
                other.excerpt("// warns"));
}

TEST(CrashReportTest, ShowsFramesOfTheRuntime) {
  const Source bug("runtime/shim/bug.c");
  const Source pure_virtual("runtime/abi/pure_virtual.cc");
  const Source shape("tests/vm_faults/pure_virtual.cc");
  const Report report = run("pure_virtual");
  constexpr std::size_t kColumn = 60;
  const std::string begin =
      "first complaint of the kernel:\n"
      "  kernel BUG at " +
      bug.place("BUG();") +
      "!\n"
      "  at  " +
      row("kmod_bug", kColumn, bug.place("BUG();")) + "      " +
      row("__cxa_pure_virtual", kColumn, pure_virtual.place("kmod_bug(")) + "      " +
      row("(anonymous namespace)::Shape::Shape()", kColumn,
          shape.place("Shape::Shape() {") + "  (inlined)");
  EXPECT_EQ(report.text.substr(0, begin.size()), begin);
  // Clang mangles the constraint of this constructor into its name.
  EXPECT_NE(report.text.find("\n      std::expected<(anonymous namespace)::PureVirtual, "
                             "kmod::Errno>::expected<>(std::in_place_t)\n"),
            std::string::npos);
  EXPECT_TRUE(report.text.ends_with(bug.excerpt("BUG();")));
}

}  // namespace
}  // namespace kmod::vm
