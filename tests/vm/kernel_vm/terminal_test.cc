// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A kernel_vm that a person uses: on a pseudo-terminal, and with keys from a pipe.

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <string>

#include "kmod_rules/private/base/process.h"
#include "tests/vm/kernel_vm/program_on_terminal.h"

namespace kmod::vm {
namespace {

constexpr const char* kVm = "hello/hello_vm";
constexpr const char* kPrompt = "guest:/root# ";

TEST(TerminalTest, IsAnInteractiveShell) {
  ProgramOnTerminal vm({kVm});
  const termios before = vm.settings();
  const std::string greeting = vm.expect(kPrompt);
  ASSERT_TRUE(greeting.contains("/kmod/modules/hello.ko who=kernel times=2\r\n")) << greeting;
  EXPECT_FALSE(same_settings(vm.settings(), before));

  vm.type("lsmod\r");
  vm.expect("\nhello ");
  vm.type("dmesg | grep -c 'hello: hello, kernel'\r");
  vm.expect("\n2\r\n");
  vm.expect(kPrompt);

  vm.type("stty size; echo $TERM; tty\r");
  vm.expect("\n30 100\r\nxterm\r\n/dev/ttyS0\r\n");
  vm.resize(50, 120);
  // The new size does not come over the console, as keys do.
  vm.type("until [ \"$(stty size)\" = '50 120' ]; do sleep 0.1; done; echo resized\r");
  vm.expect("\nresized\r\n");

  // Job control: the shell survives what Ctrl-C and Ctrl-Z do to a program.
  vm.type("sh -c 'trap \"echo resumed\" CONT; echo started; while :; do sleep 1; done'\r");
  vm.expect("\nstarted\r\n");
  vm.type("\x1a");
  vm.expect("Stopped");
  vm.type("fg\r");
  vm.expect("\nresumed\r\n");
  vm.type("\x03");
  vm.expect(kPrompt);
  vm.type("echo $((40 + 2))\r");
  vm.expect("\n42\r\n");

  vm.type(
      "\x01"
      "c");
  vm.expect("(qemu) ");
  vm.type("info status\r");
  vm.expect("VM status: running");
  vm.type(
      "\x01"
      "c");
  vm.type(
      "\x01"
      "x");
  EXPECT_EQ(vm.wait(), 0);
  EXPECT_TRUE(same_settings(vm.settings(), before));
}

TEST(TerminalTest, IsRestoredAfterASignal) {
  ProgramOnTerminal vm({kVm});
  const termios before = vm.settings();
  while (same_settings(vm.settings(), before)) usleep(1000);
  vm.signal(SIGTERM);
  EXPECT_EQ(vm.wait(), 128 + SIGTERM);
  EXPECT_TRUE(same_settings(vm.settings(), before));
}

TEST(TerminalTest, PanicIsShownAndFails) {
  ProgramOnTerminal vm({kVm});
  const termios before = vm.settings();
  vm.expect(kPrompt);
  vm.type("echo c > /proc/sysrq-trigger\r");
  vm.expect("sysrq triggered crash");
  vm.expect("vm_console: the VM ended without a message from its init");
  EXPECT_EQ(vm.wait(), 125);
  EXPECT_TRUE(same_settings(vm.settings(), before));
}

base::ProcessResult run_script(const std::string& script) {
  const std::string command = "printf '" + script + "' | " + kVm;
  const auto result = base::run_process({"/bin/sh", "-c", command}, {"PATH=/usr/bin:/bin"});
  EXPECT_TRUE(result) << result.error();
  return result.value_or(base::ProcessResult{});
}

TEST(PipeTest, KeysMayComeFromAPipe) {
  const auto result = run_script("lsmod\\nexit 3\\n");
  EXPECT_EQ(result.exit_code, 3) << result.output;
  EXPECT_TRUE(result.output.contains("\nhello ")) << result.output;
}

TEST(PipeTest, EndOfInputEndsTheVm) {
  const auto result = run_script("cd /proc\\n");
  EXPECT_EQ(result.exit_code, 0) << result.output;
  EXPECT_TRUE(result.output.contains("guest:/proc# ")) << result.output;
}

TEST(PipeTest, PoweroffEndsTheVmAtOnce) {
  const auto result = run_script("poweroff; sleep 1000\\n");
  EXPECT_EQ(result.exit_code, 0) << result.output;
}

}  // namespace
}  // namespace kmod::vm
