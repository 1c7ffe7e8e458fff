// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A kernel_vm in front of a person: on a pseudo-terminal, and with keys from a pipe.

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <string>

#include "kmod_rules/private/base/process.h"
#include "tests/vm/kernel_vm/program_on_terminal.h"

namespace kmod::vm {
namespace {

constexpr const char* kMachine = "hello/hello_vm";
constexpr const char* kPrompt = "guest:/root# ";

TEST(TerminalTest, IsAShellThatAPersonCanWorkIn) {
  ProgramOnTerminal machine({kMachine});
  const termios before = machine.settings();
  const std::string greeting = machine.expect(kPrompt);
  ASSERT_TRUE(greeting.contains("/kmod/modules/hello.ko who=kernel times=2\r\n")) << greeting;
  EXPECT_FALSE(same_settings(machine.settings(), before));

  machine.type("lsmod\r");
  machine.expect("\nhello ");
  machine.type("dmesg | grep -c 'hello: hello, kernel'\r");
  machine.expect("\n2\r\n");
  machine.expect(kPrompt);

  machine.type("stty size; echo $TERM; tty\r");
  machine.expect("\n30 100\r\nxterm\r\n/dev/ttyS0\r\n");
  machine.resize(50, 120);
  // The new size comes by another way than the keys.
  machine.type("until [ \"$(stty size)\" = '50 120' ]; do sleep 0.1; done; echo resized\r");
  machine.expect("\nresized\r\n");

  // Job control: the shell survives what Ctrl-C and Ctrl-Z do to a program.
  machine.type("sh -c 'echo started; sleep 1000; echo resumed; sleep 1000'\r");
  machine.expect("\nstarted\r\n");
  machine.type("\x1a");
  machine.expect("Stopped");
  machine.type("killall sleep; fg\r");
  machine.expect("\nresumed\r\n");
  machine.type("\x03");
  machine.expect(kPrompt);
  machine.type("echo $((40 + 2))\r");
  machine.expect("\n42\r\n");

  machine.type(
      "\x01"
      "c");
  machine.expect("(qemu) ");
  machine.type("info status\r");
  machine.expect("VM status: running");
  machine.type(
      "\x01"
      "c");
  machine.type(
      "\x01"
      "x");
  EXPECT_EQ(machine.wait(), 0);
  EXPECT_TRUE(same_settings(machine.settings(), before));
}

TEST(TerminalTest, IsAsItWasAfterASignal) {
  ProgramOnTerminal machine({kMachine});
  const termios before = machine.settings();
  while (same_settings(machine.settings(), before)) usleep(1000);
  machine.signal(SIGTERM);
  EXPECT_EQ(machine.wait(), 128 + SIGTERM);
  EXPECT_TRUE(same_settings(machine.settings(), before));
}

TEST(TerminalTest, PanicIsShownAndNoSuccess) {
  ProgramOnTerminal machine({kMachine});
  const termios before = machine.settings();
  machine.expect(kPrompt);
  machine.type("echo c > /proc/sysrq-trigger\r");
  machine.expect("sysrq triggered crash");
  machine.expect("vm_console: the machine ended without a word from its init");
  EXPECT_EQ(machine.wait(), 125);
  EXPECT_TRUE(same_settings(machine.settings(), before));
}

base::ProcessResult run_script(const std::string& script) {
  const std::string command = "printf '" + script + "' | " + kMachine;
  const auto result = base::run_process({"/bin/sh", "-c", command}, {"PATH=/usr/bin:/bin"});
  EXPECT_TRUE(result) << result.error();
  return result.value_or(base::ProcessResult{});
}

TEST(PipeTest, KeysMayComeFromAPipe) {
  const auto result = run_script("lsmod\\nexit 3\\n");
  EXPECT_EQ(result.exit_code, 3) << result.output;
  EXPECT_TRUE(result.output.contains("\nhello ")) << result.output;
}

TEST(PipeTest, ItsEndEndsTheMachine) {
  const auto result = run_script("cd /proc\\n");
  EXPECT_EQ(result.exit_code, 0) << result.output;
  EXPECT_TRUE(result.output.contains("guest:/proc# ")) << result.output;
}

TEST(PipeTest, PoweroffEndsTheMachineAtOnce) {
  const auto result = run_script("poweroff; sleep 1000\\n");
  EXPECT_EQ(result.exit_code, 0) << result.output;
}

}  // namespace
}  // namespace kmod::vm
