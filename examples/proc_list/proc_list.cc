// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A file in /proc in C++ alone. A line that a program writes to /proc/words joins a list, and a
// read prints the list. Readers walk the list under RCU while writers change it under a mutex; the
// destructor waits for the last reader before it frees the words.
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/rculist.h>
#include <linux/rcupdate.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/version.h>

#include <cstddef>

#include "kmod/errno.h"
#include "kmod/list.h"
#include "kmod/module.h"
#include "kmod/print.h"
#include "kmod/result.h"
#include "kmod/scoped_lock.h"

namespace {

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 17, 0)
void* pde_data(const inode* node) { return PDE_DATA(node); }
#endif

struct Word {
  list_head link = {};
  char text[32] = {};
};

class ProcList {
 public:
  ProcList() {
    INIT_LIST_HEAD(&list_);
    mutex_init(&lock_);
  }
  ProcList(const ProcList&) = delete;
  ~ProcList() {
    // Waits for programs that have the file open in a call.
    if (entry_ != nullptr) proc_remove(entry_);
    synchronize_rcu();
    for (Word& word : kmod::list_entries<&Word::link>(&list_)) kfree(&word);
  }

  [[nodiscard]] kmod::Result<void> start() {
    entry_ = proc_create_data("words", 0644, nullptr, &kOperations, this);
    if (entry_ == nullptr) return std::unexpected(kmod::enomem);
    pr_info("ready\n");
    return {};
  }

 private:
  static int show(seq_file* output, void* /*position*/) {
    auto* list = static_cast<ProcList*>(output->private_);
    rcu_read_lock();
    for (const Word& word : kmod::list_entries_rcu<&Word::link>(&list->list_)) {
      seq_puts(output, word.text);
      seq_putc(output, '\n');
    }
    rcu_read_unlock();
    return 0;
  }

  static int open(inode* node, file* opened) { return single_open(opened, show, pde_data(node)); }

  static ssize_t write(file* opened, const char* from, size_t size, loff_t* /*position*/) {
    auto* list = static_cast<ProcList*>(pde_data(file_inode(opened)));
    if (size >= sizeof(Word::text)) return -EINVAL;
    auto* word = static_cast<Word*>(kzalloc(sizeof(Word), GFP_KERNEL));
    if (word == nullptr) return -ENOMEM;
    if (copy_from_user(word->text, from, size) != 0) {
      kfree(word);
      return -EFAULT;
    }
    const kmod::ScopedLock locked(&list->lock_, mutex_lock, mutex_unlock);
    list_add_tail_rcu(&word->link, &list->list_);
    return static_cast<ssize_t>(size);
  }

  static constexpr proc_ops kOperations = {
      .proc_open = open,
      .proc_read = seq_read,
      .proc_write = write,
      .proc_lseek = seq_lseek,
      .proc_release = single_release,
  };

  list_head list_ = {};
  mutex lock_ = {};
  proc_dir_entry* entry_ = nullptr;
};

}  // namespace

KMOD_MODULE(ProcList);
