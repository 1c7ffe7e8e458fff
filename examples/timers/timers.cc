// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Three ways in which a kernel calls a module later, in C++ alone: a timer of high resolution (in
// an interrupt), delayed work (in a worker thread) and a thread of its own. Each starts itself
// again until it is told to end, and each destructor waits until its callback can run no more.
#include <linux/completion.h>
#include <linux/hrtimer.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/workqueue.h>

#include <atomic>
#include <optional>

#include "kmod/container_of.h"
#include "kmod/errno.h"
#include "kmod/module.h"
#include "kmod/print.h"
#include "kmod/result.h"

namespace {

constexpr int kEnough = 3;

// Completes when something has happened often enough.
class Count {
 public:
  Count() { init_completion(&enough_); }

  // Any context.
  void add() {
    if (count_.fetch_add(1, std::memory_order_relaxed) + 1 == kEnough) complete(&enough_);
  }

  // May sleep.
  void wait() { wait_for_completion(&enough_); }

 private:
  completion enough_ = {};
  std::atomic<int> count_ = 0;
};

class Ticker {
 public:
  Ticker() {
    hrtimer_init(&timer_, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
    timer_.function = tick;
    hrtimer_start(&timer_, kInterval, HRTIMER_MODE_REL);
  }
  Ticker(const Ticker&) = delete;
  // Waits for a callback that runs, and stops the timer.
  ~Ticker() { hrtimer_cancel(&timer_); }

  void wait() { count_.wait(); }

 private:
  static constexpr ktime_t kInterval = 1'000'000;  // nanoseconds

  // Context: interrupt.
  static enum hrtimer_restart tick(hrtimer* timer) {
    kmod::container_of<&Ticker::timer_>(timer)->count_.add();
    hrtimer_forward_now(timer, kInterval);
    return HRTIMER_RESTART;
  }

  hrtimer timer_ = {};
  Count count_;
};

class Worker {
 public:
  Worker() {
    INIT_DELAYED_WORK(&work_, run);
    schedule_delayed_work(&work_, 1);
  }
  Worker(const Worker&) = delete;
  // The work schedules itself, which this function prevents until it has ended.
  ~Worker() { cancel_delayed_work_sync(&work_); }

  void wait() { count_.wait(); }

 private:
  // Context: a worker thread; may sleep.
  static void run(work_struct* work) {
    Worker* worker = kmod::container_of<&Worker::work_>(to_delayed_work(work));
    worker->count_.add();
    schedule_delayed_work(&worker->work_, 1);
  }

  delayed_work work_ = {};
  Count count_;
};

class Thread {
 public:
  Thread() = default;
  Thread(const Thread&) = delete;
  ~Thread() {
    if (task_ != nullptr) kthread_stop(task_);
  }

  kmod::Result<void> start() {
    task_struct* task = kthread_run(run, this, "timers");
    if (IS_ERR(task)) {
      return std::unexpected(kmod::Errno::from_return(static_cast<int>(PTR_ERR(task))));
    }
    task_ = task;
    return {};
  }

  void wait() { count_.wait(); }

 private:
  static int run(void* data) {
    auto* thread = static_cast<Thread*>(data);
    while (!kthread_should_stop()) {
      thread->count_.add();
      schedule_timeout_interruptible(1);
    }
    return 0;
  }

  task_struct* task_ = nullptr;
  Count count_;
};

// What runs by itself ends with the destructor of each part, the last one first.
struct Parts {
  Ticker ticker;
  Worker worker;
  Thread thread;
};

class Timers {
 public:
  Timers() = default;
  Timers(const Timers&) = delete;
  ~Timers() {
    parts_.reset();
    pr_info("all have ended\n");
  }

  [[nodiscard]] kmod::Result<void> start() {
    Parts& parts = parts_.emplace();
    KMOD_TRY(parts.thread.start());
    parts.ticker.wait();
    parts.worker.wait();
    parts.thread.wait();
    pr_info("all have run\n");
    return {};
  }

 private:
  std::optional<Parts> parts_;
};

}  // namespace

KMOD_MODULE(Timers);
