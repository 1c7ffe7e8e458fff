// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Words in a list of the kernel, in memory of kmalloc().
#ifndef TESTS_HEADERS_HOST_WORD_LIST_H_
#define TESTS_HEADERS_HOST_WORD_LIST_H_

#include <linux/fs.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include <cstddef>

namespace words {

struct Word {
  list_head link;
  std::size_t size;
  char text[];
};

class WordList {
 public:
  WordList();
  WordList(const WordList&) = delete;
  WordList& operator=(const WordList&) = delete;
  ~WordList();

  // 0, or -ENOMEM. Context: may sleep.
  [[nodiscard]] int add(const char* text);

  // As file_operations::llseek of a file that has the words: the position, or -EINVAL.
  [[nodiscard]] loff_t seek(loff_t offset, int whence) const;

  [[nodiscard]] list_head& words() { return words_; }

 private:
  list_head words_ = {};
  mutex lock_ = {};
  loff_t size_ = 0;
};

}  // namespace words

#endif  // TESTS_HEADERS_HOST_WORD_LIST_H_
