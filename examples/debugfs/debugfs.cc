// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A directory below /sys/kernel/debug in C++ alone: a value that a program reads and writes, and a
// report that a function of the module prints.
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/seq_file.h>

#include <utility>

#include "kmod/alloc.h"
#include "kmod/module.h"
#include "kmod/print.h"
#include "kmod/result.h"
#include "kmod/unique_ptr.h"

namespace {

// The files refer to the object, so it stays where it is made.
class Tree {
 public:
  // Code that uses debugfs goes on without it: the functions take an error for a directory.
  Tree() : directory_(debugfs_create_dir("kmod_tree", nullptr)) {
    debugfs_create_u32("level", 0600, directory_, &level_);
    debugfs_create_file("report", 0400, directory_, this, &kReport);
  }
  Tree(const Tree&) = delete;
  // Waits for programs that read, and removes the files with the directory.
  ~Tree() { debugfs_remove(directory_); }

 private:
  static int show(seq_file* output, void* /*position*/) {
    const auto* tree = static_cast<const Tree*>(output->private_);
    seq_printf(output, "level %u of 10\n", tree->level_);
    return 0;
  }

  static int open(inode* node, file* opened) { return single_open(opened, show, node->i_private); }

  static constexpr file_operations kReport = {
      .owner = THIS_MODULE,
      .llseek = seq_lseek,
      .read = seq_read,
      .open = open,
      .release = single_release,
  };

  dentry* directory_;
  u32 level_ = 3;
};

class DebugTree {
 public:
  static kmod::Result<DebugTree> create() {
    auto tree = KMOD_TRY(kmod::make_unique<Tree>(kmod::Gfp::kernel));
    pr_info("ready\n");
    return DebugTree(std::move(tree));
  }

 private:
  explicit DebugTree(kmod::UniquePtr<Tree> tree) : tree_(std::move(tree)) {}

  kmod::UniquePtr<Tree> tree_;
};

}  // namespace

KMOD_MODULE(DebugTree);
