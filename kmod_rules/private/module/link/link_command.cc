// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/link/link_command.h"

namespace kmod::link {

// A section for each of 12 functions made an object of 6,496 bytes without debugging information,
// one .text for all makes it 4,464. The patterns exclude:
// - names with two dots (.data..percpu, .data..ro_after_init), which the kernel gives a meaning;
// - .init.text and the like, which the module loader frees;
// - .rodata.str and .rodata.cst, whose entries the last link still merges. Hence the underscore:
//   a mangled symbol, after which the compiler names a section, begins with one. Rust's constants
//   without a name are in .rodata..L and the like.
// The address is 0, as in the kernel's own module.lds. .kmod.device_table has the functions in
// which MODULE_DEVICE_TABLE() of C++ gives a table a second name; the name stays.
const std::string_view kLinkerScript = R"(SECTIONS {
  .text 0 : { *(.text .text.[0-9a-zA-Z_]*) }
  .rodata 0 : { *(.rodata .rodata._* .rodata..L*) }
  .data 0 : { *(.data .data.[0-9a-zA-Z_]*) }
  .bss 0 : { *(.bss .bss.[0-9a-zA-Z_]*) }
  /DISCARD/ : { *(.linker-options .llvm_addrsig .kmod.device_table) }
}
)";

std::vector<std::string> link_arguments(const LinkRequest& request, const std::string& script) {
  std::vector<std::string> arguments = {
      "-r",
      "-m",
      "elf_x86_64",
      "--fatal-warnings",
      "--trace",
      // Neither objtool nor the module loader can handle COMDAT groups.
      "--force-group-allocation",
      // Only the compiler's own labels. --discard-all would remove the names of static functions
      // too, and a stack trace would name their neighbors instead.
      "--discard-locals",
      "-T",
      script,
      "-o",
      request.output,
  };
  for (const std::string& entry : request.entries) arguments.push_back("--undefined=" + entry);
  for (const std::string& symbol : request.exports) arguments.push_back("--undefined=" + symbol);
  for (const LinkRequest::Library& library : request.libraries) append_inputs(library, arguments);
  return arguments;
}

void append_inputs(const LinkRequest::Library& library, std::vector<std::string>& arguments) {
  for (const LinkRequest::Input& input : library.inputs) {
    switch (input.kind) {
      case LinkRequest::InputKind::kObject:
        arguments.insert(arguments.end(), {"--start-lib", input.path, "--end-lib"});
        break;
      case LinkRequest::InputKind::kWholeArchive:
        arguments.insert(arguments.end(), {"--whole-archive", input.path, "--no-whole-archive"});
        break;
      case LinkRequest::InputKind::kWholeObject:
      case LinkRequest::InputKind::kArchive:
        arguments.push_back(input.path);
        break;
    }
  }
}

std::string response_file(const std::vector<std::string>& arguments) {
  std::string text;
  for (const std::string& argument : arguments) {
    text += '"';
    for (const char letter : argument) {
      if (letter == '"' || letter == '\\') text += '\\';
      text += letter;
    }
    text += "\"\n";
  }
  return text;
}

}  // namespace kmod::link
