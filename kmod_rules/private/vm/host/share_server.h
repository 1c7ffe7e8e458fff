// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_HOST_SHARE_SERVER_H_
#define KMOD_RULES_PRIVATE_VM_HOST_SHARE_SERVER_H_

#include <sys/types.h>

#include <expected>
#include <string>

#include "kmod_rules/private/base/file_descriptor.h"
#include "kmod_rules/private/vm/host/console_options.h"

namespace kmod::vm {

// A running virtiofsd, which serves one folder to one QEMU with the rights of whoever runs this
// program. It does not outlive this object, nor this program.
class ShareServer {
 public:
  // `program` is the pinned virtiofsd.
  //
  // Errors: no sockets or no process can be had.
  [[nodiscard]] static std::expected<ShareServer, std::string> start(const std::string& program,
                                                                     const Share& share);

  ShareServer(ShareServer&& other) noexcept;
  ShareServer& operator=(ShareServer&&) = delete;
  ~ShareServer();

  // The connected socket that QEMU is to inherit; whoever starts QEMU closes it afterwards, because
  // virtiofsd ends when nobody holds it.
  [[nodiscard]] base::FileDescriptor& connection() { return connection_; }

  // What it has complained about so far.
  [[nodiscard]] std::string complaints();

 private:
  ShareServer() = default;

  pid_t pid_ = -1;
  base::FileDescriptor connection_;
  base::FileDescriptor output_;  // non-blocking
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_HOST_SHARE_SERVER_H_
