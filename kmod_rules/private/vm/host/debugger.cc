// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/debugger.h"

#include <arpa/inet.h>
#include <fmt/core.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/base/errno_name.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/file_descriptor.h"

namespace kmod::vm {
namespace {

// A word of a shell's command line.
std::string shell_word(std::string_view text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

// A word of a debugger's command line.
std::string word(std::string_view path) {
  return path.contains(' ') ? "\"" + std::string(path) + "\"" : std::string(path);
}

// Code and data. Tables, notes and strings have no symbols that a person looks for.
bool is_of_interest(std::string_view section) {
  constexpr std::string_view kFamilies[] = {".text", ".init.text", ".exit.text", ".noinstr.text",
                                            ".data", ".rodata",    ".bss"};
  return std::ranges::any_of(kFamilies, [section](std::string_view family) {
    return base::is_section_family(section, family);
  });
}

std::string address_of_server(const DebugSession& session) {
  return fmt::format("127.0.0.1:{}", session.port);
}

std::string begin_gdb(const DebugSession& session) {
  std::string line = "gdb -ex 'set confirm off'";
  if (!session.workspace.empty()) {
    line += " -ex " + shell_word("directory " + word(session.workspace));
  }
  return fmt::format("{} -ex 'target remote {}'", line, address_of_server(session));
}

// The first section of code that stays: the loader puts it at the module's base.
std::string first_code(const base::ElfObject& module) {
  constexpr std::uint64_t kExecutable = 4;  // SHF_EXECINSTR
  for (const auto& section : module.sections()) {
    if (section.allocated() && (section.flags & kExecutable) != 0 && section.size != 0 &&
        !section.name.starts_with(".init")) {
      return std::string(section.name);
    }
  }
  return {};
}

}  // namespace

std::string gdb_recipe(const DebugSession& session, const std::vector<DebuggedModule>& modules) {
  std::string line = begin_gdb(session);
  for (const DebuggedModule& module : modules) {
    std::string command = "add-symbol-file " + word(module.file);
    for (const auto& section : module.sections) {
      if (is_of_interest(section.name)) {
        command += fmt::format(" -s {} {:#x}", section.name, section.address);
      }
    }
    line += " -ex " + shell_word(command);
  }
  return line;
}

std::string lldb_recipe(const DebugSession& session, const std::vector<DebuggedModule>& modules) {
  // QEMU stops a running VM at a connection and says so at once; lldb takes that for the answer to
  // its first packet and gives up ("failed to get reply to handshake packet", lldb 19, QEMU 7.2).
  // So an earlier connection stops the VM.
  std::string line = fmt::format("bash -c '</dev/tcp/127.0.0.1/{}'; lldb", session.port);
  if (!session.workspace.empty()) {
    line += " -o " + shell_word("settings set target.source-map . " + word(session.workspace));
  }
  line += fmt::format(" -o 'gdb-remote {}'", address_of_server(session));
  for (const DebuggedModule& module : modules) {
    line += " -o " + shell_word("target modules add " + word(module.file));
    std::string command = "target modules load --file " + word(module.file);
    for (const auto& section : module.sections) {
      if (is_of_interest(section.name)) {
        command += fmt::format(" {} {:#x}", section.name, section.address);
      }
    }
    line += " -o " + shell_word(command);
  }
  return line;
}

base::Result<std::string> gdb_wait_recipe(const DebugSession& session, const std::string& file,
                                          std::uint64_t do_init_module) {
  const std::string bytes = KMOD_TRY(base::read_file(file));
  const auto object = base::ElfObject::parse(bytes);
  if (!object) return std::unexpected(fmt::format("{}: {}", file, object.error()));
  const auto init =
      std::ranges::find(object->symbols(), "init_module", &base::ElfObject::Symbol::name);
  if (init == object->symbols().end() || init->section >= object->sections().size()) {
    return std::unexpected(fmt::format("{}: it has no init_module", file));
  }
  const std::string init_section(object->sections()[init->section].name);
  const std::string code = first_code(*object);
  std::string line = begin_gdb(session);
  // The types are those of the module's own file, as long as its sections have no address.
  line += " -ex " + shell_word("symbol-file " + word(file));
  line += fmt::format(" -ex 'hbreak *{:#x}' -ex 'continue'", do_init_module);
  line += " -ex 'set $module = *(struct module *) $rdi'";
  line += " -ex 'set $base = (unsigned long) $module.core_layout.base'";
  line += fmt::format(" -ex 'set $init = (unsigned long) $module.init - {:#x}'", init->value);
  line += " -ex 'symbol-file'";
  std::string command = "add-symbol-file " + word(file);
  if (!code.empty() && code != init_section) command += fmt::format(" -s {} $base", code);
  command += fmt::format(" -s {} $init", init_section);
  return line + " -ex " + shell_word(command);
}

base::Result<std::uint16_t> find_gdb_port(std::uint16_t wanted) {
  const base::FileDescriptor listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  // As QEMU does: a port that a session has just left counts as free.
  const int yes = 1;
  setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(wanted);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  // The socket functions take any address family by this type.
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  if (listener.get() < 0 || bind(listener.get(), any, size) != 0 ||
      listen(listener.get(), 1) != 0 || getsockname(listener.get(), any, &size) != 0) {
    return std::unexpected(
        fmt::format("--gdb: port {} of 127.0.0.1 cannot be used: {}. Choose another by --gdb=PORT, "
                    "or --gdb=0 for any that is free.",
                    wanted, base::describe_errno(errno)));
  }
  return ntohs(address.sin_port);
}

}  // namespace kmod::vm
