// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/source_tree.h"

#include <gtest/gtest.h>

#include <string>

#include "kmod_rules/private/base/file.h"

namespace kmod::vm {
namespace {

constexpr const char* kBuild = "/usr/src/linux-headers-6.1.0";

// Runfiles of a test: the workspace "main" and another one beside it.
class SourceTreeTest : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* file : {"main/demo/ring.h", "main/generated.c", "other/lib/lib.h"}) {
      const std::string path = runfiles_ + "/" + file;
      ASSERT_TRUE(base::make_directories(path.substr(0, path.rfind('/'))));
      ASSERT_TRUE(base::write_file(path, "one\ntwo\n\nfour\nfive\nsix\n"));
    }
  }

  std::string runfiles_ = testing::TempDir() + "/source_tree_test";
  SourceTree tree_{runfiles_ + "/main", kBuild};
};

TEST_F(SourceTreeTest, ShowsPathsAsAPersonKnowsThem) {
  EXPECT_EQ(tree_.show("demo/ring.h"), "demo/ring.h");
  EXPECT_EQ(tree_.show("././demo/../demo/ring.h"), "demo/ring.h");
  EXPECT_EQ(tree_.show(kBuild + std::string("/demo/ring.h")), "demo/ring.h");
  EXPECT_EQ(tree_.show(kBuild + std::string("/external/other/lib/lib.h")),
            "external/other/lib/lib.h");
  EXPECT_EQ(tree_.show(kBuild + std::string("/include/linux/slab.h")),
            kBuild + std::string("/include/linux/slab.h"));
  EXPECT_EQ(tree_.show("/usr/src/linux-headers-6.1.0-common/demo/ring.h"),
            "/usr/src/linux-headers-6.1.0-common/demo/ring.h");
}

TEST_F(SourceTreeTest, HasTheLinesAround) {
  EXPECT_EQ(tree_.excerpt("./demo/ring.h", 4),
            (SourceExcerpt{"demo/ring.h", 4, 2, {"two", "", "four", "five", "six"}}));
  EXPECT_EQ(tree_.excerpt("demo/ring.h", 1),
            (SourceExcerpt{"demo/ring.h", 1, 1, {"one", "two", ""}}));
  EXPECT_EQ(tree_.excerpt("demo/ring.h", 6),
            (SourceExcerpt{"demo/ring.h", 6, 4, {"four", "five", "six"}}));
}

TEST_F(SourceTreeTest, FindsOtherWorkspacesAndGeneratedFiles) {
  const std::vector<std::string> lines = {"one", "two", ""};
  EXPECT_EQ(tree_.excerpt("external/other/lib/lib.h", 1),
            (SourceExcerpt{"external/other/lib/lib.h", 1, 1, lines}));
  EXPECT_EQ(tree_.excerpt("bazel-out/k8-fastbuild-ST-1234/bin/generated.c", 1),
            (SourceExcerpt{"bazel-out/k8-fastbuild-ST-1234/bin/generated.c", 1, 1, lines}));
  EXPECT_EQ(tree_.excerpt("bazel-out/k8-fastbuild/bin/external/other/lib/lib.h", 1),
            (SourceExcerpt{"bazel-out/k8-fastbuild/bin/external/other/lib/lib.h", 1, 1, lines}));
}

TEST_F(SourceTreeTest, HasNothingOfWhatIsNotThere) {
  EXPECT_EQ(tree_.excerpt("demo/ring.h", 0), std::nullopt);
  EXPECT_EQ(tree_.excerpt("demo/ring.h", 7), std::nullopt);
  EXPECT_EQ(tree_.excerpt("demo/none.h", 1), std::nullopt);
  EXPECT_EQ(tree_.excerpt("demo", 1), std::nullopt);
  EXPECT_EQ(tree_.excerpt("", 1), std::nullopt);
  EXPECT_EQ(tree_.excerpt("bazel-out", 1), std::nullopt);
  // Of the host, even where it exists.
  EXPECT_EQ(tree_.excerpt(runfiles_ + "/main/demo/ring.h", 1), std::nullopt);
  EXPECT_EQ(SourceTree(runfiles_ + "/main", "").show("/demo/ring.h"), "/demo/ring.h");
}

}  // namespace
}  // namespace kmod::vm
