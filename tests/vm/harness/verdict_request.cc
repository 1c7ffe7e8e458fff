// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/vm/harness/verdict_request.h"

#include <string_view>
#include <utility>

namespace kmod::vm {
namespace {

constexpr std::int64_t kMaxWithinMs = 3'600'000;

std::vector<std::pair<std::string_view, Verdict>> verdicts() {
  std::vector<std::pair<std::string_view, Verdict>> names;
  for (int value = 0; value <= static_cast<int>(Verdict::kKcsan); ++value) {
    const auto verdict = static_cast<Verdict>(value);
    names.emplace_back(verdict_name(verdict), verdict);
  }
  return names;
}

// Read from the end: a name may contain colons, a state and a type do not.
base::Status add_case(std::string name, std::vector<JunitCase>& cases) {
  std::string words[2];
  for (std::string& word : words) {
    const std::size_t colon = name.rfind(':');
    if (colon == std::string::npos) break;
    word = name.substr(colon + 1);
    name.resize(colon);
    if (word != "passed" && word != "skipped" && word != "failed") continue;
    cases.push_back({.name = std::move(name), .state = word, .type = words[0]});
    if (&word == &words[0]) cases.back().type.clear();
    return {};
  }
  return std::unexpected("is not of the form NAME:passed|skipped|failed[:TYPE]");
}

}  // namespace

void add_verdict_flags(base::Flags& flags, VerdictRequest& request) {
  using base::FlagCount;
  flags.add({"test", "FILE", "the executable of the VM test", FlagCount::kOnce},
            base::text(request.test));
  flags.add({"verdict", "NAME", "the verdict it must end with", FlagCount::kOnce},
            base::choice(request.verdict, verdicts()));
  flags.add({"within-ms", "COUNT",
             "the longest time allowed from the moment that the guest's init is ready;\n"
             "from the start of the test if it never is",
             FlagCount::kOnce},
            base::number(request.within_ms, std::int64_t{1}, kMaxWithinMs));
  flags.add({"text", "TEXT", "a text that the output must contain", FlagCount::kAny},
            base::append(request.texts));
  flags.add({"no-text", "TEXT", "a text that the output must not contain", FlagCount::kAny},
            base::append(request.absent_texts));
  flags.add({"case", "NAME:STATE[:TYPE]",
             "a case that test.xml must contain;\nthe state is passed, skipped or failed",
             FlagCount::kAny},
            [&request](const std::string& value) { return add_case(value, request.cases); });
  flags.add({"arg", "TEXT", "an argument for the test", FlagCount::kAny},
            base::append(request.arguments));
  flags.add({"env", "NAME=VALUE", "an environment variable for the test", FlagCount::kAny},
            base::append(request.environment));
  flags.add({.name = "kill-qemu-at", .value = "TEXT", .help = "kill QEMU when the output has it"},
            base::text(request.kill_qemu_at));
  flags.add(
      {.name = "full-disk",
       .value = "outputs|xml",
       .help = "leave no room on the disk for console.log, or for test.xml"},
      base::choice(request.full_disk, {{"outputs", FullDisk::kOutputs}, {"xml", FullDisk::kXml}}));
}

}  // namespace kmod::vm
