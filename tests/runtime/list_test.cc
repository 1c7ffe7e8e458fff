// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod/list.h"

#include <gtest/gtest.h>

#include <iterator>
#include <string>

namespace kmod {
namespace {

// As in linux/list.h.
struct Link {
  Link* next = this;
  Link* previous = this;
};

void add_tail(Link* link, Link* head) {
  link->previous = head->previous;
  link->next = head;
  head->previous->next = link;
  head->previous = link;
}

struct Word {
  explicit Word(char new_letter) : letter(new_letter) {}

  char letter;
  Link link;
};

class ListTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char letter : {'a', 'b', 'c'}) add_tail(&(new Word(letter))->link, &head_);
  }
  void TearDown() override {
    for (Word& word : list_entries<&Word::link>(&head_)) delete &word;
  }

  Link head_;
};

TEST_F(ListTest, GoesFromTheFirstToTheLast) {
  std::string letters;
  for (const Word& word : list_entries<&Word::link>(&head_)) letters += word.letter;
  EXPECT_EQ(letters, "abc");
}

TEST_F(ListTest, GoesTheSameWayUnderRcu) {
  std::string letters;
  for (const Word& word : list_entries_rcu<&Word::link>(&head_)) letters += word.letter;
  EXPECT_EQ(letters, "abc");
}

TEST_F(ListTest, LoopMayFreeItsEntry) {
  std::string letters;
  for (Word& word : list_entries<&Word::link>(&head_)) {
    letters += word.letter;
    word.link.previous->next = word.link.next;
    word.link.next->previous = word.link.previous;
    delete &word;
  }
  EXPECT_EQ(letters, "abc");
  EXPECT_EQ(head_.next, &head_);
}

TEST_F(ListTest, HasNoEntryIfItIsEmpty) {
  Link empty;
  const auto entries = list_entries<&Word::link>(&empty);
  EXPECT_EQ(entries.begin(), entries.end());
  const auto under_rcu = list_entries_rcu<&Word::link>(&empty);
  EXPECT_EQ(under_rcu.begin(), under_rcu.end());
}

TEST_F(ListTest, HasForwardIterators) {
  const auto entries = list_entries<&Word::link>(&head_);
  static_assert(std::forward_iterator<decltype(entries.begin())>);
  auto at = entries.begin();
  EXPECT_EQ((at++)->letter, 'a');
  EXPECT_EQ(at->letter, 'b');
  EXPECT_EQ(std::distance(entries.begin(), entries.end()), 3);
}

}  // namespace
}  // namespace kmod
