// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Leaves delayed work whose function is a member of a class, which never cancels it.
#include <linux/jiffies.h>
#include <linux/workqueue.h>

#include <utility>

#include "kmod/module.h"
#include "kmod/result.h"

namespace {

class Worker {
 public:
  static void start(delayed_work& work) {
    INIT_DELAYED_WORK(&work, run);
    schedule_delayed_work(&work, 2UL * HZ);
  }

 private:
  static void run(work_struct* /*work*/) {}
};

delayed_work work;

class LeftWorker {
 public:
  static kmod::Result<LeftWorker> create() {
    Worker::start(work);
    return kmod::Result<LeftWorker>(std::in_place);
  }
};

}  // namespace

KMOD_MODULE(LeftWorker);
