// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/file.h"

#include <fmt/core.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>

namespace kmod::base {
namespace {

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using OpenFile = std::unique_ptr<std::FILE, Close>;

std::unexpected<std::string> failed(std::string_view verb, const std::string& path, int error) {
  return std::unexpected(fmt::format("cannot {} {}: {}", verb, path, std::strerror(error)));
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
  const OpenFile file(std::fopen(path.c_str(), "rb"));
  if (!file) return failed("open", path, errno);
  std::string contents;
  char buffer[1 << 16];
  std::size_t count = 0;
  // A short count means the end of the file or an error.
  do {
    count = std::fread(buffer, 1, sizeof(buffer), file.get());
    contents.append(buffer, count);
  } while (count == sizeof(buffer));
  if (std::ferror(file.get())) return failed("read", path, errno);
  return contents;
}

Status write_file(const std::string& path, std::string_view contents) {
  OpenFile file(std::fopen(path.c_str(), "wb"));
  if (!file) return failed("create", path, errno);
  if (std::fwrite(contents.data(), 1, contents.size(), file.get()) != contents.size()) {
    return failed("write", path, errno);
  }
  // A full disk may show only when the buffer is flushed.
  if (std::fclose(file.release()) != 0) return failed("write", path, errno);
  return {};
}

Status copy_file(const std::string& from, const std::string& to) {
  return write_file(to, KMOD_TRY(read_file(from)));
}

Status make_directories(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return failed("create the directory", path, error.value());
  return {};
}

Status remove_file(const std::string& path) {
  std::error_code error;
  std::filesystem::remove(path, error);
  if (error) return failed("remove", path, error.value());
  return {};
}

}  // namespace kmod::base
