// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/initramfs/guest_program.h"

#include <elf.h>
#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "kmod_rules/private/base/file.h"

namespace kmod::vm {
namespace {

std::string program(Elf64_Half machine, Elf64_Half type, Elf64_Word segment) {
  Elf64_Ehdr header = {};
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_machine = machine;
  header.e_type = type;
  header.e_phoff = sizeof(header);
  header.e_phnum = 1;
  Elf64_Phdr program_header = {};
  program_header.p_type = segment;
  std::string bytes(sizeof(header) + sizeof(program_header), '\0');
  std::memcpy(bytes.data(), &header, sizeof(header));
  std::memcpy(bytes.data() + sizeof(header), &program_header, sizeof(program_header));
  return bytes;
}

std::string complaint(const std::string& bytes) {
  const auto status = check_guest_program(bytes);
  return status ? "" : status.error().substr(0, status.error().find(';'));
}

TEST(GuestProgramTest, TakesStaticPrograms) {
  EXPECT_EQ(complaint(program(EM_X86_64, ET_EXEC, PT_LOAD)), "");
  EXPECT_EQ(complaint(program(EM_X86_64, ET_DYN, PT_LOAD)), "");  // position independent
  // This test itself is a program of the hosted toolchain.
  const auto self = base::read_file("/proc/self/exe");
  ASSERT_TRUE(self) << self.error();
  EXPECT_EQ(complaint(*self), "");
}

TEST(GuestProgramTest, NamesProgramsThatCannotRun) {
  EXPECT_EQ(complaint(""), "is not an ELF program");
  EXPECT_EQ(complaint(std::string(200, 'x')), "is not an ELF program");
  EXPECT_EQ(complaint("#!/bin/sh\n"), "is a script");
  EXPECT_EQ(complaint(program(EM_AARCH64, ET_EXEC, PT_LOAD)), "is not an ELF program for x86-64");
  EXPECT_EQ(complaint(program(EM_X86_64, ET_REL, PT_LOAD)), "is not an ELF program for x86-64");
  EXPECT_EQ(complaint(program(EM_X86_64, ET_DYN, PT_INTERP)), "is dynamically linked");
  EXPECT_EQ(complaint(program(EM_X86_64, ET_EXEC, PT_LOAD).substr(0, 100)),
            "is a truncated ELF program");
}

}  // namespace
}  // namespace kmod::vm
