// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_HOST_QEMU_PROCESS_H_
#define KMOD_RULES_PRIVATE_VM_HOST_QEMU_PROCESS_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/file_descriptor.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/vm/host/machine.h"
#include "kmod_rules/private/vm/verdict/observation.h"

namespace kmod::vm {

// Two connected sockets; QEMU can inherit one of them.
struct SocketPair {
  base::FileDescriptor ours;
  base::FileDescriptor theirs;
};

// Errors: the process has too many open files.
[[nodiscard]] base::Result<SocketPair> make_socket_pair();

// A running QEMU. It outlives neither this object nor this program: however the program ends, the
// kernel kills QEMU.
class QemuProcess {
 public:
  // `command` and `environment` are those of qemu_command.h. QEMU inherits `more` under the numbers
  // from kFirstFurtherFd on.
  //
  // Errors: the sockets or the process cannot be created, or the program cannot be executed.
  [[nodiscard]] static base::Result<QemuProcess> start(const std::vector<std::string>& command,
                                                       const std::vector<std::string>& environment,
                                                       const std::vector<int>& more = {});

  // Starts QEMU as `machine` says.
  [[nodiscard]] static base::Result<QemuProcess> launch(const Machine& machine,
                                                        const std::vector<int>& more = {});

  [[nodiscard]] int console() const { return console_.get(); }  // the guest's first serial port
  [[nodiscard]] int channel() const { return channel_.get(); }  // the guest's second serial port
  [[nodiscard]] int output() const { return output_.get(); }    // QEMU's standard output and error

  [[nodiscard]] pid_t pid() const { return process_.pid(); }

  // How it ended, if it has.
  [[nodiscard]] std::optional<QemuExit> poll_exit();

  // Kills it, if it still runs, and waits for its end.
  void kill() { process_.kill(); }

 private:
  QemuProcess(base::Process process, base::FileDescriptor console, base::FileDescriptor channel,
              base::FileDescriptor output)
      : process_(std::move(process)),
        console_(std::move(console)),
        channel_(std::move(channel)),
        output_(std::move(output)) {}

  base::Process process_;
  base::FileDescriptor console_;
  base::FileDescriptor channel_;
  base::FileDescriptor output_;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_HOST_QEMU_PROCESS_H_
