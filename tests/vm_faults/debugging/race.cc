// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Two threads use the same memory in the way that the parameter `how` numbers: from 1 on with a
// data race, from 11 on without one.
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/sched.h>

#include <array>
#include <atomic>
#include <optional>

#include "kmod/errno.h"
#include "kmod/module.h"
#include "kmod/parameter.h"
#include "kmod/print.h"
#include "kmod/result.h"
#include "kmod/scoped_lock.h"

KMOD_PARAMETER(int, how);
KMOD_PARAMETER(int, seconds);

namespace {

struct Node {
  Node* next = nullptr;
  int number = 7;
};

struct Bits {
  unsigned int first : 3;
  unsigned int second : 5;
};

constinit int count = 0;
constinit bool ready = false;
constinit Node node;
constinit Node* head = nullptr;
constinit Bits bits = {};
constinit std::atomic<int> atomic_count = 0;
constinit std::atomic<bool> own_lock = false;
constinit mutex guard = {};

[[gnu::noinline]] void count_plainly() { ++count; }

[[gnu::noinline]] void set_flag() { ready = !ready; }
[[gnu::noinline]] void read_flag() {
  if (ready) asm volatile("");
}

[[gnu::noinline]] void change_list() { head = head == nullptr ? &node : nullptr; }
[[gnu::noinline]] void read_list() {
  for (const Node* at = head; at != nullptr; at = at->next) asm volatile("" ::"r"(at->number));
}

[[gnu::noinline]] void write_first_bits() { ++bits.first; }
[[gnu::noinline]] void write_second_bits() { ++bits.second; }

// What is written below this lock can become visible after the lock is free.
[[gnu::noinline]] void count_below_own_lock(std::memory_order unlock) {
  if (own_lock.exchange(true, std::memory_order_acquire)) return;
  ++count;
  own_lock.store(false, unlock);
}
void count_below_relaxed_lock() { count_below_own_lock(std::memory_order_relaxed); }
void count_below_releasing_lock() { count_below_own_lock(std::memory_order_release); }

struct Counter {
  virtual void count(int by) { value += by; }
  int value = 0;

 protected:
  ~Counter() = default;
};
struct Doubler final : Counter {
  void count(int by) override { value += 2 * by; }
};

// An object of its own for each call.
void count_virtually() {
  Doubler doubler;
  Counter* counter = &doubler;
  asm volatile("" : "+r"(counter)::"memory");
  counter->count(1);
}

void count_atomically() { atomic_count.fetch_add(1, std::memory_order_relaxed); }

void count_below_mutex() {
  const kmod::ScopedLock locked(&guard, mutex_lock, mutex_unlock);
  ++count;
}

void set_marked_flag() {
  const std::atomic_ref flag(ready);
  flag.store(!flag.load(std::memory_order_relaxed), std::memory_order_relaxed);
}
void read_marked_flag() {
  if (std::atomic_ref(ready).load(std::memory_order_relaxed)) asm volatile("");
}

using Step = void (*)();

struct Way {
  int number;
  std::array<Step, 2> steps;
};

constexpr std::array kWays = std::to_array<Way>({
    {1, {count_plainly, count_plainly}},
    {2, {set_flag, read_flag}},
    {3, {change_list, read_list}},
    {4, {write_first_bits, write_second_bits}},
    {5, {count_below_relaxed_lock, count_below_relaxed_lock}},
    {11, {count_below_releasing_lock, count_below_releasing_lock}},
    {12, {count_atomically, count_atomically}},
    {13, {count_below_mutex, count_below_mutex}},
    {14, {set_marked_flag, read_marked_flag}},
    {15, {count_virtually, count_virtually}},
});

// Takes the step again and again until it is destroyed.
class Thread {
 public:
  explicit Thread(Step step) : step_(step) {}
  Thread(const Thread&) = delete;
  ~Thread() {
    if (task_ != nullptr) kthread_stop(task_);
  }

  kmod::Result<void> start() {
    task_struct* task = kthread_run(run, this, "race");
    if (IS_ERR(task)) {
      return std::unexpected(kmod::Errno::from_return(static_cast<int>(PTR_ERR(task))));
    }
    task_ = task;
    return {};
  }

 private:
  static int run(void* data) {
    const Step step = static_cast<const Thread*>(data)->step_;
    while (!kthread_should_stop()) step();
    return 0;
  }

  const Step step_;
  task_struct* task_ = nullptr;
};

class Race {
 public:
  static kmod::Result<Race> create() {
    mutex_init(&guard);
    for (const Way& way : kWays) {
      if (way.number != how()) continue;
      Thread one(way.steps[0]);
      Thread other(way.steps[1]);
      KMOD_TRY(one.start());
      KMOD_TRY(other.start());
      msleep(1000 * static_cast<unsigned int>(seconds()));
      return kmod::Result<Race>(std::in_place);
    }
    pr_err("there is no way %d\n", how());
    return std::unexpected(kmod::einval);
  }
};

}  // namespace

KMOD_MODULE(Race);
