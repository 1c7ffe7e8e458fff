// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The lines that --gdb and --gdb-wait print, run by a real gdb.

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "kmod_rules/private/base/process.h"
#include "tests/vm/kernel_vm/program_on_terminal.h"

namespace kmod::vm {
namespace {

constexpr const char* kVm = "hello/hello_vm";
constexpr const char* kPrompt = "guest:/root# ";

// The printed line as a person would copy it, with another path of gdb.
std::string gdb_line(const std::string& printed) {
  const std::string begin = "\n  gdb ";
  const std::size_t found = printed.find(begin);
  EXPECT_NE(found, std::string::npos) << printed;
  const std::size_t after = found + begin.size() - 1;
  // Set by the BUILD file.
  const char* const gdb = std::getenv("GDB");
  EXPECT_NE(gdb, nullptr);
  return std::string(gdb == nullptr ? "" : gdb) + " -batch -nx" +
         printed.substr(after, printed.find("\r\n", after) - after);
}

TEST(GdbTest, KnowsTheModuleAndStopsInIt) {
  ProgramOnTerminal vm({kVm, "--gdb=0"});
  const std::string printed = vm.expect(kPrompt);
  EXPECT_TRUE(printed.contains("; lldb -o 'gdb-remote 127.0.0.1:")) << printed;
  ProgramOnTerminal gdb(
      {"/bin/sh", "-c",
       gdb_line(printed) +
           " -ex 'info symbol cleanup_module' -ex 'break cleanup_module' -ex 'echo READY\\n'"
           " -ex 'continue' -ex 'backtrace 1' -ex 'print $rip >= (unsigned long) cleanup_module'"
           " -ex 'delete' -ex 'detach'"});
  gdb.expect("cleanup_module in section .exit.text");
  gdb.expect("READY");
  vm.type("rmmod hello\r");
  gdb.expect("Breakpoint 1, ");
  gdb.expect("#0  cleanup_module () at ./hello/hello.cc:");
  gdb.expect("$1 = true");
  EXPECT_EQ(gdb.wait(), 0);
  vm.expect(kPrompt);
  vm.type("exit\r");
  EXPECT_EQ(vm.wait(), 0);
}

TEST(GdbTest, StopsBeforeInit) {
  ProgramOnTerminal vm({kVm, "--gdb-wait", "--gdb=0"});
  std::string line = gdb_line(vm.expect("Enter loads the modules."));
  const std::string goes_on = " -ex 'continue'";
  const std::size_t at = line.find(goes_on);
  ASSERT_NE(at, std::string::npos) << line;
  // A person presses Enter when gdb says that it continues; this test also needs a sign.
  line.insert(at, " -ex 'echo READY\\n'");
  ProgramOnTerminal gdb(
      {"/bin/sh", "-c",
       line + " -ex 'print $module.name' -ex 'break init_module' -ex 'continue' -ex 'backtrace 3'"
              " -ex 'info symbol $rip' -ex 'delete' -ex 'detach'"});
  gdb.expect("READY");
  vm.type("\r");
  gdb.expect("\"hello\"");
  // It is inlined into init_module, but gdb knows its name.
  gdb.expect("(anonymous namespace)::Hello::create () at ./hello/hello.cc:");
  gdb.expect(" in section .init.text");
  EXPECT_EQ(gdb.wait(), 0);
  vm.expect(kPrompt);
  vm.type("dmesg | grep -c 'hello: hello, kernel'\r");
  vm.expect("\n2\r\n");
}

TEST(GdbTest, NamesABusyPort) {
  ProgramOnTerminal vm({kVm, "--gdb-wait", "--gdb=0"});
  const std::string printed = vm.expect("Enter loads the modules.");
  const std::string begin = "target remote 127.0.0.1:";
  const std::size_t at = printed.find(begin);
  ASSERT_NE(at, std::string::npos) << printed;
  const std::string port = std::to_string(std::stoi(printed.substr(at + begin.size())));
  const auto second = base::run_process({kVm, "--gdb=" + port}, {});
  ASSERT_TRUE(second);
  EXPECT_EQ(second->exit_code, 125);
  EXPECT_EQ(second->output, "vm_console: --gdb: port " + port +
                                " of 127.0.0.1 cannot be used: EADDRINUSE (Address already in "
                                "use). Choose another by --gdb=PORT, or --gdb=0 for any that is "
                                "free.\n");
}

}  // namespace
}  // namespace kmod::vm
