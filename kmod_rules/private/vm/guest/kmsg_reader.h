// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_KMSG_READER_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_KMSG_READER_H_

#include <optional>
#include <string>
#include <utility>

#include "kmod_rules/private/base/file_descriptor.h"
#include "kmod_rules/private/base/try.h"

namespace kmod::vm {

// Reads the kernel's log record by record, from the first one that the kernel still has.
class KmsgReader {
 public:
  // Errors: the device cannot be opened.
  [[nodiscard]] static base::Result<KmsgReader> open(const char* device);

  // The next record as the kernel writes it, or nothing if there is no new one. Records that were
  // overwritten before they were read leave a gap in the sequence numbers.
  [[nodiscard]] std::optional<std::string> next();

  // Writes an empty record, whose facility is not the kernel's. If the last line of the log has no
  // newline, the kernel keeps it back until the next record begins.
  void end_last_line();

  // For poll(): readable when there is a record.
  [[nodiscard]] int fd() const { return fd_.get(); }

 private:
  explicit KmsgReader(base::FileDescriptor fd) : fd_(std::move(fd)) {}

  base::FileDescriptor fd_;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_KMSG_READER_H_
