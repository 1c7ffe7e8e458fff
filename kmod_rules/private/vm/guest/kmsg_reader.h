// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_KMSG_READER_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_KMSG_READER_H_

#include <expected>
#include <optional>
#include <string>

namespace kmod::vm {

// Reads the kernel's log record by record, from the first one that the kernel still has.
class KmsgReader {
 public:
  // Errors: the device cannot be opened.
  [[nodiscard]] static std::expected<KmsgReader, std::string> open(const char* device);

  KmsgReader(KmsgReader&& other) noexcept;
  KmsgReader& operator=(KmsgReader&&) = delete;
  ~KmsgReader();

  // The next record as the kernel writes it, or nothing if there is none yet. Records that were
  // overwritten before they were read show as a gap in the sequence numbers.
  [[nodiscard]] std::optional<std::string> next();

  // For poll(): readable when there is a record.
  [[nodiscard]] int fd() const { return fd_; }

 private:
  explicit KmsgReader(int fd) : fd_(fd) {}

  int fd_;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_KMSG_READER_H_
