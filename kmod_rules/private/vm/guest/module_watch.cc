// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/module_watch.h"

#include <utility>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/vm/guest/module_step.h"
#include "kmod_rules/private/vm/guest/watch_report.h"

namespace kmod::vm {
namespace {

constexpr const char* kReport = "/proc/kmod_watch";

std::string join(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : "; ") + text;
  return all;
}

}  // namespace

void ModuleWatch::start(const PlannedModule& module) {
  const StepResult result = ModuleStep(StepKind::kLoad, module).wait();
  is_started_ = result.outcome == StepOutcome::kReturned && result.code == 0;
  unwatched_ = is_started_ ? ""
                           : "loading the module " + module.name + " failed with " + "errno " +
                                 std::to_string(result.code);
  look();
}

std::vector<std::string> ModuleWatch::look() {
  if (!is_started_) return {};
  const auto text = base::read_file(kReport);
  auto report = text ? parse_watch_report(*text) : std::unexpected(text.error());
  if (!report) {
    unwatched_ = text ? std::string(kReport) + ": " + report.error() : report.error();
    return {};
  }
  if (!report->unplaced.empty()) unwatched_ = "cannot place " + join(report->unplaced);
  if (report->checked < gone_) {
    unwatched_ = std::to_string(gone_) + " modules were unloaded, and the notifier saw " +
                 std::to_string(report->checked);
  }
  failed_ = std::move(report->failed);
  std::vector<std::string> news;
  for (WatchReport::Left& left : report->left) {
    std::uint32_t& count = known_[left.text];
    if (left.count > std::exchange(count, left.count)) news.push_back(std::move(left.text));
  }
  return news;
}

base::Status ModuleWatch::fail_allocation(std::uint64_t number) {
  if (!is_started_) return std::unexpected(unwatched_);
  failed_.clear();
  return base::write_file(kReport, std::to_string(number));
}

}  // namespace kmod::vm
