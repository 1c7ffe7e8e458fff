// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Tests code for a kernel on the host. The kernel's headers, the standard library's and
// googletest's are in one translation unit.
#include "tests/headers/host/word_list.h"

#include <gtest/gtest.h>
#include <linux/miscdevice.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <ctime>
#include <string>
#include <type_traits>
#include <vector>

#include "kmod/list.h"
#include "kmod/testing/fake_kernel.h"

// What the code needs beside allocation and the log.
int locks = 0;  // NOLINT: mutex_lock() has no other place
extern "C" {
void mutex_init(mutex* /*lock*/) {}
void mutex_lock(mutex* /*lock*/) { ++locks; }
void mutex_unlock(mutex* /*lock*/) { --locks; }
void list_add_tail(list_head* new_, list_head* head) {
  new_->next = head;
  new_->prev = head->prev;
  head->prev->next = new_;
  head->prev = new_;
}
}

namespace words {
namespace {

using kmod::testing::FakeKernel;

// The types are those of the kernel, and those of the same name in the C library are there, too.
static_assert(sizeof(dev_t) == 4);
static_assert(std::is_same_v<loff_t, long long>);
static_assert(std::is_same_v<decltype(file_operations::llseek), loff_t (*)(file*, loff_t, int)>);
static_assert(sizeof(struct stat) == 144);
static_assert(sizeof(tm) == 56);
static_assert(GFP_KERNEL != GFP_ATOMIC && (GFP_KERNEL & __GFP_RECLAIM) != 0);
static_assert(MISC_DYNAMIC_MINOR == 255);
static_assert(EINVAL == 22);

class WordListTest : public testing::Test {
 protected:
  static std::vector<std::string> texts(WordList& list) {
    std::vector<std::string> texts;
    for (Word& word : kmod::list_entries<&Word::link>(&list.words())) {
      texts.emplace_back(word.text);
    }
    return texts;
  }

  FakeKernel kernel_;
};

TEST_F(WordListTest, KeepsWordsInTheirOrder) {
  WordList list;
  EXPECT_EQ(list.add("first"), 0);
  EXPECT_EQ(list.add("second"), 0);
  EXPECT_EQ(texts(list), (std::vector<std::string>{"first", "second"}));
  EXPECT_EQ(locks, 0);
  ASSERT_EQ(kernel_.allocations().size(), 2U);
  EXPECT_EQ(kernel_.allocations()[0].size, sizeof(Word) + 6);
  EXPECT_EQ(kernel_.allocations()[0].gfp, GFP_KERNEL);
  EXPECT_EQ(kernel_.log(), (std::vector<std::string>{"<6>fake: 6 bytes of first\n",
                                                     "<6>fake: 7 bytes of second\n"}));
}

TEST_F(WordListTest, FreesAll) {
  {
    WordList list;
    EXPECT_EQ(list.add("first"), 0);
    EXPECT_EQ(kernel_.live(), 1);
  }
  EXPECT_EQ(kernel_.live(), 0);
}

TEST_F(WordListTest, SurvivesAFailedAllocation) {
  WordList list;
  kernel_.fail_after(1);
  EXPECT_EQ(list.add("first"), 0);
  EXPECT_EQ(list.add("second"), -ENOMEM);
  EXPECT_EQ(list.add("third"), 0);
  EXPECT_EQ(texts(list), (std::vector<std::string>{"first", "third"}));
  EXPECT_EQ(kernel_.log()[1], "<3>fake: no memory for the word second\n");
}

TEST_F(WordListTest, Seeks) {
  WordList list;
  ASSERT_EQ(list.add("first"), 0);
  EXPECT_EQ(list.seek(-2, SEEK_END), 4);
  EXPECT_EQ(list.seek(7, SEEK_SET), -EINVAL);
}

}  // namespace
}  // namespace words
