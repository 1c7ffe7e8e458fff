// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/gdb_recipe.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <string_view>

#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/base/file.h"

namespace kmod::vm {
namespace {

std::string hex(std::uint64_t number) {
  char text[16];
  const auto [end, error] = std::to_chars(std::begin(text), std::end(text), number, 16);
  return "0x" + std::string(text, end);
}

// A word of a shell's command line.
std::string quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

// A word of a debugger's command line.
std::string word(std::string_view path) {
  return path.contains(' ') ? "\"" + std::string(path) + "\"" : std::string(path);
}

// Code and data; the rest (tables, notes, strings) names nothing that a person looks for.
bool is_of_interest(std::string_view section) {
  constexpr std::string_view kFamilies[] = {".text", ".init.text", ".exit.text", ".noinstr.text",
                                            ".data", ".rodata",    ".bss"};
  return std::ranges::any_of(kFamilies, [section](std::string_view family) {
    return base::is_section_family(section, family);
  });
}

std::string address_of_server(const DebugSession& session) {
  return "127.0.0.1:" + std::to_string(session.port);
}

std::string begin_gdb(const DebugSession& session) {
  std::string line = "gdb -ex 'set confirm off'";
  if (!session.workspace.empty()) line += " -ex " + quoted("directory " + word(session.workspace));
  return line + " -ex 'target remote " + address_of_server(session) + "'";
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
        command += " -s " + section.name + " " + hex(section.address);
      }
    }
    line += " -ex " + quoted(command);
  }
  return line;
}

std::string lldb_recipe(const DebugSession& session, const std::vector<DebuggedModule>& modules) {
  // QEMU stops a running machine when somebody connects, and says so at once; lldb takes that for
  // the answer to its first packet and gives up ("failed to get reply to handshake packet", lldb
  // 19, QEMU 7.2). So the machine is stopped by an earlier connection.
  std::string line = "bash -c '</dev/tcp/127.0.0.1/" + std::to_string(session.port) + "'; lldb";
  if (!session.workspace.empty()) {
    line += " -o " + quoted("settings set target.source-map . " + word(session.workspace));
  }
  line += " -o 'gdb-remote " + address_of_server(session) + "'";
  for (const DebuggedModule& module : modules) {
    line += " -o " + quoted("target modules add " + word(module.file));
    std::string command = "target modules load --file " + word(module.file);
    for (const auto& section : module.sections) {
      if (is_of_interest(section.name)) command += " " + section.name + " " + hex(section.address);
    }
    line += " -o " + quoted(command);
  }
  return line;
}

std::expected<std::string, std::string> gdb_wait_recipe(const DebugSession& session,
                                                        const std::string& file,
                                                        std::uint64_t do_init_module) {
  const auto bytes = base::read_file(file);
  if (!bytes) return std::unexpected(bytes.error());
  const auto object = base::ElfObject::parse(*bytes);
  if (!object) return std::unexpected(file + ": " + object.error());
  const auto init =
      std::ranges::find(object->symbols(), "init_module", &base::ElfObject::Symbol::name);
  if (init == object->symbols().end() || init->section >= object->sections().size()) {
    return std::unexpected(file + ": it has no init_module");
  }
  const std::string init_section(object->sections()[init->section].name);
  const std::string code = first_code(*object);
  std::string line = begin_gdb(session);
  // The types of the module's own file, for as long as its sections have no place yet.
  line += " -ex " + quoted("symbol-file " + word(file));
  line += " -ex 'hbreak *" + hex(do_init_module) + "' -ex 'continue'";
  line += " -ex 'set $module = *(struct module *) $rdi'";
  line += " -ex 'set $base = (unsigned long) $module.core_layout.base'";
  line += " -ex 'set $init = (unsigned long) $module.init - " + hex(init->value) + "'";
  line += " -ex 'symbol-file'";
  std::string command = "add-symbol-file " + word(file);
  if (!code.empty() && code != init_section) command += " -s " + code + " $base";
  command += " -s " + init_section + " $init";
  return line + " -ex " + quoted(command);
}

}  // namespace kmod::vm
