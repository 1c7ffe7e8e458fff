// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A directory below /sys/kernel/debug in C++ alone: a value that a program reads and writes, and a
// report that a function of the module prints.
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/seq_file.h>

#include "kmod/module.h"
#include "kmod/print.h"
#include "kmod/result.h"

namespace {

// The files refer to the object, so it stays where it is made.
class DebugTree {
 public:
  DebugTree() = default;
  DebugTree(const DebugTree&) = delete;
  // Waits for programs that read, and removes the files with the directory.
  ~DebugTree() { debugfs_remove(directory_); }

  // Code that uses debugfs goes on without it: the functions take an error for a directory.
  [[nodiscard]] kmod::Result<void> start() {
    directory_ = debugfs_create_dir("kmod_tree", nullptr);
    debugfs_create_u32("level", 0600, directory_, &level_);
    debugfs_create_file("report", 0400, directory_, this, &kReport);
    pr_info("ready\n");
    return {};
  }

 private:
  static int show(seq_file* output, void* /*position*/) {
    const auto* tree = static_cast<const DebugTree*>(output->private_);
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

  dentry* directory_ = nullptr;
  u32 level_ = 3;
};

}  // namespace

KMOD_MODULE(DebugTree);
