// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Code as a kernel module in C has it.
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/printk.h>

struct Word {
  list_head link;
  int letters[4];
};

int Shortest(int a, int b) { return min(a, b); }
unsigned long Letters(Word* word) { return ARRAY_SIZE(word->letters); }
int First(Word* word) { return READ_ONCE(word->letters[0]); }
Word* Of(list_head* link) { return container_of(link, Word, link); }

void PrintAll(list_head* words) {
  Word* word = nullptr;
  list_for_each_entry(word, words, link) pr_info("%d\n", word->letters[0]);
}

DEFINE_MUTEX(lock);
static int Init() { return 0; }
module_init(Init);
MODULE_LICENSE("GPL");
MODULE_VERSION("1.0");
MODULE_ALIAS_MISCDEV(229);
MODULE_ALIAS("nul\0");
