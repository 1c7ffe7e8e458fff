// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/vm_faults/verdict_request.h"

#include <charconv>
#include <utility>

namespace kmod::vm {
namespace {

using Status = std::expected<void, std::string>;

std::unexpected<std::string> wrong(const base::Argument& argument, const std::string& what) {
  return std::unexpected("--" + argument.name + "=" + argument.value + ": " + what);
}

Status set_verdict(const base::Argument& argument, VerdictRequest& request) {
  std::string names;
  for (int value = 0; value <= static_cast<int>(Verdict::kMissingLine); ++value) {
    const auto verdict = static_cast<Verdict>(value);
    if (verdict_name(verdict) == argument.value) {
      request.verdict = verdict;
      return {};
    }
    names += " " + std::string(verdict_name(verdict));
  }
  return wrong(argument, "is no verdict; there are" + names);
}

Status set_milliseconds(const base::Argument& argument, std::int64_t& target) {
  const char* end = argument.value.data() + argument.value.size();
  const auto [stop, error] = std::from_chars(argument.value.data(), end, target);
  if (error != std::errc() || stop != end || target <= 0) {
    return wrong(argument, "has to be a number above 0");
  }
  return {};
}

Status set_full_disk(const base::Argument& argument, FullDisk& target) {
  if (argument.value != "outputs" && argument.value != "xml") {
    return wrong(argument, "there are outputs and xml");
  }
  target = argument.value == "xml" ? FullDisk::kXml : FullDisk::kOutputs;
  return {};
}

// From behind: a name may hold colons, a state and a type do not.
Status add_case(const base::Argument& argument, std::vector<JunitCase>& cases) {
  std::string name = argument.value;
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
  return wrong(argument, "is not of the form <name>:<passed|skipped|failed>[:<type>]");
}

Status add_text(const base::Argument& argument, std::vector<std::string>& target) {
  if (argument.value.empty()) return wrong(argument, "has to have a value");
  target.push_back(argument.value);
  return {};
}

Status apply(const base::Argument& argument, VerdictRequest& request) {
  const std::string& name = argument.name;
  if (name == "verdict") return set_verdict(argument, request);
  if (name == "within-ms") return set_milliseconds(argument, request.within_ms);
  if (name == "full-disk") return set_full_disk(argument, request.full_disk);
  if (name == "case") return add_case(argument, request.cases);
  if (name == "text") return add_text(argument, request.texts);
  if (name == "no-text") return add_text(argument, request.absent_texts);
  if (name == "arg") return add_text(argument, request.arguments);
  if (name == "env") return add_text(argument, request.environment);
  if (name == "test") {
    request.test = argument.value;
  } else if (name == "kill-qemu-at") {
    request.kill_qemu_at = argument.value;
  } else {
    return wrong(argument, "is unknown; tests/vm_faults/verdict_request.h lists what there is");
  }
  return {};
}

}  // namespace

std::expected<VerdictRequest, std::string> parse_verdict_request(
    const std::vector<base::Argument>& arguments) {
  VerdictRequest request;
  bool has_verdict = false;
  for (const base::Argument& argument : arguments) {
    if (const Status status = apply(argument, request); !status) {
      return std::unexpected(status.error());
    }
    has_verdict |= argument.name == "verdict";
  }
  const std::pair<const char*, bool> needed[] = {
      {"--test=<executable>", request.test.empty()},
      {"--verdict=<name>", !has_verdict},
      {"--within-ms=<count>", request.within_ms == 0},
  };
  for (const auto& [argument, missing] : needed) {
    if (missing) return std::unexpected(std::string(argument) + " is missing");
  }
  return request;
}

}  // namespace kmod::vm
