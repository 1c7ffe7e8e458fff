// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <boost/intrusive/list.hpp>
#include <boost/intrusive/set.hpp>

#include "tests/libraries/library.h"

namespace {

struct Job : boost::intrusive::list_base_hook<>, boost::intrusive::set_base_hook<> {
  int priority = 0;

  friend bool operator<(const Job& left, const Job& right) {
    return left.priority < right.priority;
  }
};

int answer() {
  Job jobs[3];
  boost::intrusive::list<Job> in_order;
  boost::intrusive::multiset<Job> by_priority;
  for (int i = 0; i < 3; ++i) {
    jobs[i].priority = 30 - 10 * i;
    in_order.push_back(jobs[i]);
    by_priority.insert(jobs[i]);
  }
  const int result = by_priority.begin()->priority + in_order.front().priority;
  in_order.clear();
  by_priority.clear();
  return result;
}

}  // namespace

KMOD_TEST_LIBRARY(answer() == 40);
