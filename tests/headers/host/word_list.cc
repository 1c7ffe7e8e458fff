// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/headers/host/word_list.h"

#include <linux/errno.h>
#include <linux/string.h>

#include "kmod/list.h"
#include "kmod/print.h"
#include "kmod/scoped_lock.h"

namespace words {

WordList::WordList() {
  words_.next = &words_;
  words_.prev = &words_;
  mutex_init(&lock_);
}

WordList::~WordList() {
  for (Word& word : kmod::list_entries<&Word::link>(&words_)) kfree(&word);
}

int WordList::add(const char* text) {
  const std::size_t size = strlen(text) + 1;
  auto* word = static_cast<Word*>(kmalloc(sizeof(Word) + size, GFP_KERNEL));
  if (word == nullptr) {
    pr_err("no memory for the word %s\n", text);
    return -ENOMEM;
  }
  word->size = size;
  memcpy(word->text, text, size);
  const kmod::ScopedLock locked(&lock_, mutex_lock, mutex_unlock);
  list_add_tail(&word->link, &words_);
  size_ += static_cast<loff_t>(size);
  pr_info("%zu bytes of %s\n", size, text);
  return 0;
}

loff_t WordList::seek(loff_t offset, int whence) const {
  if (whence == SEEK_END) offset += size_;
  if (whence == SEEK_CUR || offset < 0 || offset > size_) return -EINVAL;
  return offset;
}

}  // namespace words
