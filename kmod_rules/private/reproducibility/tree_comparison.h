// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_TREE_COMPARISON_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_TREE_COMPARISON_H_

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "kmod_rules/private/reproducibility/output_tree.h"
#include "kmod_rules/private/reproducibility/report_lines.h"

namespace kmod::reproducibility {

// What came of holding the files of two trees against each other, byte by byte.
struct TreeComparison {
  std::size_t files = 0;    // that both trees have
  std::uint64_t bytes = 0;  // of these, in the second tree
  // Paths in the trees. Those that differ are in the order in which the second tree was written:
  // the first one is nearest to the cause.
  std::vector<std::string> different = {};
  std::vector<std::string> only_in_first = {};
  std::vector<std::string> only_in_second = {};
};

// Errors: a file that cannot be read; no file that both have.
[[nodiscard]] std::expected<TreeComparison, std::string> compare_trees(const OutputTree& first,
                                                                       const OutputTree& second);

// The comparison for people: the first `explained` files that differ with what differs in them, the
// others by name, and a last line that counts.
//
// Errors: a file that cannot be read.
[[nodiscard]] std::expected<Lines, std::string> report(const TreeComparison& comparison,
                                                       const OutputTree& first,
                                                       const OutputTree& second,
                                                       std::size_t explained);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_TREE_COMPARISON_H_
