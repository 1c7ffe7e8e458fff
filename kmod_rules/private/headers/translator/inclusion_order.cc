// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Which pure functions stand behind what they need, whatever header comes first.

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "clang/AST/Decl.h"
#include "clang/Basic/SourceLocation.h"
#include "kmod_rules/private/headers/translator/header_files.h"

namespace kmod::headers {

// What the compiler sees in which order, if one header is included before all others. Then this
// holds with any headers before it: each of these is complete, or has not reached the same place.
class HeaderFiles::Inclusion {
 public:
  explicit Inclusion(const HeaderFiles& files) : files_(files) {
    const Reads headers = files.find_reads();
    textual_ = files.read_each_time(headers);
    for (const auto& [file, items] : files.items_) {
      for (const Item& item : items) {
        if (!is_pure(item)) continue;
        for (const clang::Decl* needed : item.pure->needed) {
          needed_.emplace(needed, needed_.size());
        }
      }
    }
    declared_.resize(needed_.size());
    for (const auto& [name, reads] : headers) {
      indices_.emplace(name, headers_.size());
      headers_.push_back({.file = files.fullest(reads)});
    }
    for (const auto& [name, reads] : headers) {
      Header& header = headers_[indices_.at(name)];
      for (const std::string& first : files.first_headers(name)) {
        header.first.push_back(indices_.at(first));
      }
      std::set<clang::FileID> inner = textual_;
      inner.erase(header.file);
      add_steps(header.file, inner, 0, header.steps);
    }
  }

  // The functions that are not preceded by what they need, for one header or another.
  std::set<const PureFunction*> find_misplaced() {
    for (run_ = 1; run_ <= headers_.size(); ++run_) include(run_ - 1);
    return std::move(misplaced_);
  }

 private:
  struct Step {
    std::optional<std::size_t> included;  // else, it declares something:
    std::optional<std::size_t> declared;  // what others need
    const PureFunction* pure = nullptr;
    std::vector<std::size_t> needed;  // by `pure`
  };

  struct Header {
    clang::FileID file;
    std::vector<std::size_t> first = {};
    std::vector<Step> steps = {};
    std::size_t first_run = 0;  // the last run that included its first headers
    std::size_t run = 0;        // the last run that included it
  };

  static bool is_pure(const Item& item) { return item.pure && !item.pure->definition.empty(); }

  void add_steps(clang::FileID file, const std::set<clang::FileID>& textual, int depth,
                 std::vector<Step>& steps) const {
    for (const Item& item : files_.items_.at(file)) {
      if (item.include.empty()) {
        add_declaration(item, steps);
      } else if (textual.contains(item.entered) && depth < kMostNested) {
        add_steps(item.entered, textual, depth + 1, steps);
      } else if (const auto header = indices_.find(files_.name_of_path(item.include));
                 header != indices_.end()) {
        Step step;
        step.included = header->second;
        steps.push_back(std::move(step));
      }
    }
  }

  void add_declaration(const Item& item, std::vector<Step>& steps) const {
    // A function that is called is nothing that others need.
    if (item.pure && !is_pure(item)) return;
    Step step;
    if (const auto needed = needed_.find(item.declared); needed != needed_.end()) {
      step.declared = needed->second;
    }
    if (item.pure) {
      step.pure = &*item.pure;
      for (const clang::Decl* needed : item.pure->needed) {
        step.needed.push_back(needed_.at(needed));
      }
    }
    if (step.declared || !step.needed.empty()) steps.push_back(std::move(step));
  }

  void include(std::size_t index) {
    Header& header = headers_[index];
    if (header.run == run_) return;
    if (std::exchange(header.first_run, run_) != run_) {
      for (const std::size_t first : header.first) include(first);
    }
    if (std::exchange(header.run, run_) == run_) return;
    for (const Step& step : header.steps) {
      if (step.included) {
        include(*step.included);
        continue;
      }
      if (std::ranges::any_of(step.needed,
                              [&](std::size_t needed) { return declared_[needed] != run_; })) {
        misplaced_.insert(step.pure);
      }
      if (step.declared) declared_[*step.declared] = run_;
    }
  }

  const HeaderFiles& files_;
  std::set<clang::FileID> textual_;
  std::unordered_map<const clang::Decl*, std::size_t> needed_;  // their indices
  std::vector<std::size_t> declared_;                           // the last run, by index
  std::unordered_map<std::string, std::size_t> indices_;
  std::vector<Header> headers_;
  std::set<const PureFunction*> misplaced_;
  std::size_t run_ = 0;
};

std::set<const clang::Decl*> HeaderFiles::keep_pure() {
  sort_items();
  for (;;) {
    const std::set<const PureFunction*> misplaced = Inclusion(*this).find_misplaced();
    if (misplaced.empty()) break;
    for (auto& [file, items] : items_) {
      for (Item& item : items) {
        if (item.pure && misplaced.contains(&*item.pure)) item.pure->definition.clear();
      }
    }
  }
  std::set<const clang::Decl*> kept;
  for (const auto& [file, items] : items_) {
    for (const Item& item : items) {
      if (item.pure && !item.pure->definition.empty()) kept.insert(item.declared);
    }
  }
  return kept;
}

}  // namespace kmod::headers
