// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/headers/translation_fixture.h"

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  if (argc != 3) return 2;
  kmod::headers::clang_tree = argv[1];
  kmod::headers::plugin = argv[2];
  return RUN_ALL_TESTS();
}
