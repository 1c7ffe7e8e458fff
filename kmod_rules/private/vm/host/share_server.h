// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_HOST_SHARE_SERVER_H_
#define KMOD_RULES_PRIVATE_VM_HOST_SHARE_SERVER_H_

#include <string>
#include <utility>

#include "kmod_rules/private/base/file_descriptor.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/vm/host/console_options.h"

namespace kmod::vm {

// A running virtiofsd. It serves one directory to one QEMU with the rights of the user who runs
// this program, and outlives neither this object nor this program.
class ShareServer {
 public:
  // `program` is the pinned virtiofsd.
  //
  // Errors: the sockets or the process cannot be created, or the program cannot be executed.
  [[nodiscard]] static base::Result<ShareServer> start(const std::string& program,
                                                       const Share& share);

  // The connected socket that QEMU inherits. Close it when QEMU runs: virtiofsd ends when no
  // process holds it.
  [[nodiscard]] base::FileDescriptor& connection() { return connection_; }

  // Its messages so far.
  [[nodiscard]] std::string complaints();

 private:
  ShareServer(base::Process process, base::FileDescriptor connection, base::FileDescriptor output)
      : process_(std::move(process)),
        connection_(std::move(connection)),
        output_(std::move(output)) {}

  base::Process process_;
  base::FileDescriptor connection_;
  base::FileDescriptor output_;  // non-blocking
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_HOST_SHARE_SERVER_H_
