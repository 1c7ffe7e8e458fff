// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_TREE_COMPARISON_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_TREE_COMPARISON_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "kmod_rules/private/base/demangler.h"
#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/reproducibility/byte_difference.h"
#include "kmod_rules/private/reproducibility/output_tree.h"

namespace kmod::reproducibility {

// The result of comparing the files of two trees byte by byte.
struct TreeComparison {
  std::size_t files = 0;    // in both trees
  std::uint64_t bytes = 0;  // the size of these files in the second tree
  // Paths in the trees. Files that differ are in the order in which the second tree was written:
  // the first one is nearest to the cause.
  std::vector<std::string> different = {};
  std::vector<std::string> only_in_first = {};
  std::vector<std::string> only_in_second = {};
};

// Errors: a file cannot be read; the trees have no file in common.
[[nodiscard]] base::Result<TreeComparison> compare_trees(const OutputTree& first,
                                                         const OutputTree& second);

// The comparison as text: the first difference in each of the first `explained` files, the names of
// the others, and a last line with the counts.
// Names of C++ are readable; if `demangler` cannot make them so, a line says why.
//
// Errors: a file cannot be read.
[[nodiscard]] base::Result<Lines> report(const TreeComparison& comparison, const OutputTree& first,
                                         const OutputTree& second, std::size_t explained,
                                         const base::Demangler& demangler);

// Prints the report, and returns the exit status: 0 if all files are equal, else 1.
[[nodiscard]] base::Result<int> print_report(const TreeComparison& comparison,
                                             const OutputTree& first, const OutputTree& second,
                                             std::size_t explained,
                                             const base::Demangler& demangler);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_TREE_COMPARISON_H_
