// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The entries of a kernel's list, in place of list_for_each_entry():
//
//   struct Word {
//     list_head link;
//     …
//   };
//   for (Word& word : kmod::list_entries<&Word::link>(&words)) use(word);
//
// Context: any. The caller holds what protects the list.
#ifndef RUNTIME_KMOD_LIST_H_
#define RUNTIME_KMOD_LIST_H_

#include <atomic>
#include <cstddef>
#include <iterator>

#include "kmod/container_of.h"

namespace kmod {

// Internal: whether others may add entries and remove them while code walks the list.
enum class ListReader { exclusive, rcu };

// Internal: from the head's first entry to its last.
template <auto Member, ListReader reader>
class ListEntries {
 public:
  using Link = typename MemberTraits<Member>::Value;
  using Entry = typename MemberTraits<Member>::Owner;

  class Iterator {
   public:
    using difference_type = std::ptrdiff_t;
    using value_type = Entry;

    constexpr Iterator() = default;
    explicit Iterator(Link* link) : link_(link), next_(link->next) {}

    Entry& operator*() const { return *container_of<Member>(link_); }
    Entry* operator->() const { return container_of<Member>(link_); }

    Iterator& operator++() {
      if constexpr (reader == ListReader::rcu) {
        // Each pointer is read once, and before what it points to.
        link_ = std::atomic_ref(link_->next).load(std::memory_order_consume);
      } else {
        // Read one step ahead, because the loop may have freed the entry that it was at.
        link_ = next_;
        next_ = link_->next;
      }
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++*this;
      return before;
    }

    bool operator==(const Iterator& other) const { return link_ == other.link_; }

   private:
    Link* link_ = nullptr;
    Link* next_ = nullptr;  // unused under RCU
  };

  explicit ListEntries(Link* head) : head_(head) {}

  [[nodiscard]] Iterator begin() const { return ++Iterator(head_); }
  [[nodiscard]] Iterator end() const { return Iterator(head_); }

 private:
  Link* head_;
};

// The entries of the list with that head, which is no entry itself. A loop may remove and free the
// entry that it is at, and no other.
template <auto Member>
[[nodiscard]] ListEntries<Member, ListReader::exclusive> list_entries(
    typename MemberTraits<Member>::Value* head) {
  return ListEntries<Member, ListReader::exclusive>(head);
}

// The same for a reader that holds rcu_read_lock() alone, while others add entries with
// list_add_rcu() and its like. A loop may remove nothing.
template <auto Member>
[[nodiscard]] ListEntries<Member, ListReader::rcu> list_entries_rcu(
    typename MemberTraits<Member>::Value* head) {
  return ListEntries<Member, ListReader::rcu>(head);
}

}  // namespace kmod

#endif  // RUNTIME_KMOD_LIST_H_
