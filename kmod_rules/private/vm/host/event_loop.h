// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_HOST_EVENT_LOOP_H_
#define KMOD_RULES_PRIVATE_VM_HOST_EVENT_LOOP_H_

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/file_descriptor.h"
#include "kmod_rules/private/base/try.h"

namespace kmod::vm {

// Waits for bytes, signals, a deadline and the end of a child process, and calls functions for what
// came. For a program with one thread: it takes over SIGCHLD and the signals that it is given.
class EventLoop {
 public:
  // A descriptor to read from. The loop does not close it.
  struct Stream {
    int fd = -1;
    std::function<void(std::string_view bytes)> on_bytes;
    std::function<void()> on_end = nullptr;     // called once, at the end or a failure
    std::function<bool()> is_wanted = nullptr;  // whether to read now
  };

  struct Handlers {
    std::function<void(int signal)> on_signal;   // any but SIGCHLD
    std::function<bool()> child_ended;           // asked after each wait; true ends the loop
    std::function<std::uint64_t()> deadline_us;  // for the next wait, on monotonic_us()
    std::function<void()> on_wake;               // called after each wait, to look at the time
  };

  // From here on, `signals` and SIGCHLD wait for the loop.
  EventLoop(const std::vector<int>& signals, Handlers handlers);

  void add(Stream stream) { streams_.push_back(std::move(stream)); }

  // Blocks until the child has ended or stop() was called.
  //
  // Errors: the descriptors cannot be waited for.
  [[nodiscard]] base::Status run();

  // May be called by any of the functions; run() returns after that.
  void stop() { stopped_ = true; }

  // Reads what the streams still hold, once the process at their other end is gone.
  void drain();

 private:
  // Waits, at most until `limit_ms` have passed if it is not negative, and reads. Gives whether
  // there was anything to read; nothing if it cannot wait.
  base::Result<bool> read_ready(int limit_ms);
  [[nodiscard]] int wait_ms() const;
  void handle_signals();

  std::vector<Stream> streams_;
  Handlers handlers_;
  base::FileDescriptor signals_;
  bool stopped_ = false;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_HOST_EVENT_LOOP_H_
