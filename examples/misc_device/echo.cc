// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A character device in C++ alone: /dev/echo returns what was written to it. It shows file
// operations (read, write, poll, ioctl, mmap), memory that userspace maps, a mutex and a wait
// queue.
//
// All names outside of kmod are the kernel's own, from its headers in C++.
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <linux/wait.h>

#include <cstddef>

#include "examples/misc_device/echo_ioctl.h"
#include "kmod/container_of.h"
#include "kmod/errno.h"
#include "kmod/module.h"
#include "kmod/print.h"
#include "kmod/result.h"
#include "kmod/scoped_lock.h"

namespace {

// The kernel holds addresses in the device, so it stays where it is made.
class Echo {
 public:
  Echo() {
    mutex_init(&lock_);
    init_waitqueue_head(&readers_);
  }
  Echo(const Echo&) = delete;
  ~Echo() {
    if (registered_) misc_deregister(&device_);
    vfree(memory_);
  }

  // Programs can open the device as soon as it is registered, so that comes last.
  [[nodiscard]] kmod::Result<void> start() {
    memory_ = static_cast<char*>(vmalloc_user(kSize));
    if (memory_ == nullptr) return std::unexpected(kmod::enomem);
    KMOD_TRY(kmod::result_of(misc_register(&device_)));
    registered_ = true;
    pr_info("/dev/echo is there\n");
    return {};
  }

 private:
  static constexpr std::size_t kSize = PAGE_SIZE;

  // The kernel has the miscdevice in private_data when a program opens it.
  static Echo* of(file* opened) {
    return kmod::container_of<&Echo::device_>(static_cast<miscdevice*>(opened->private_data));
  }

  static ssize_t read(file* opened, char* to, size_t size, loff_t* position) {
    Echo* echo = of(opened);
    const kmod::ScopedLock locked(&echo->lock_, mutex_lock, mutex_unlock);
    return simple_read_from_buffer(to, size, position, echo->memory_, echo->used_);
  }

  static ssize_t write(file* opened, const char* from, size_t size, loff_t* position) {
    Echo* echo = of(opened);
    const kmod::ScopedLock locked(&echo->lock_, mutex_lock, mutex_unlock);
    const ssize_t written = simple_write_to_buffer(echo->memory_, kSize, position, from, size);
    if (written > 0) {
      echo->used_ = static_cast<std::size_t>(*position);
      wake_up_interruptible(&echo->readers_);
    }
    return written;
  }

  static __poll_t poll(file* opened, poll_table_struct* table) {
    Echo* echo = of(opened);
    poll_wait(opened, &echo->readers_, table);
    const kmod::ScopedLock locked(&echo->lock_, mutex_lock, mutex_unlock);
    return EPOLLOUT | (echo->used_ > 0 ? EPOLLIN : 0);
  }

  static long ioctl(file* opened, unsigned int command, unsigned long argument) {
    Echo* echo = of(opened);
    const kmod::ScopedLock locked(&echo->lock_, mutex_lock, mutex_unlock);
    switch (command) {
      case ECHO_GET_SIZE: {
        const int size = static_cast<int>(echo->used_);
        // NOLINTNEXTLINE(performance-no-int-to-ptr): the argument is an address of the program.
        return copy_to_user(reinterpret_cast<void*>(argument), &size, sizeof(size)) == 0 ? 0
                                                                                         : -EFAULT;
      }
      case ECHO_CLEAR:
        echo->used_ = 0;
        return 0;
      default:
        return -ENOTTY;
    }
  }

  static int mmap(file* opened, vm_area_struct* area) {
    return remap_vmalloc_range(area, of(opened)->memory_, area->vm_pgoff);
  }

  static constexpr file_operations kOperations = {
      .owner = THIS_MODULE,
      .llseek = default_llseek,
      .read = read,
      .write = write,
      .poll = poll,
      .unlocked_ioctl = ioctl,
      .mmap = mmap,
  };

  miscdevice device_ = {.minor = MISC_DYNAMIC_MINOR, .name = "echo", .fops = &kOperations};
  mutex lock_ = {};
  wait_queue_head readers_ = {};
  char* memory_ = nullptr;
  std::size_t used_ = 0;
  bool registered_ = false;
};

}  // namespace

KMOD_MODULE(Echo);
