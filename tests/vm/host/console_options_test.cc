// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The command line of vm_console, that of its QEMU, and the keys that QEMU acts on.

#include "kmod_rules/private/vm/host/console_options.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "kmod_rules/private/vm/host/qemu_command.h"
#include "kmod_rules/private/vm/host/terminal.h"

namespace kmod::vm {
namespace {

std::string directory() { return std::filesystem::canonical(std::getenv("TEST_TMPDIR")); }

base::Result<ConsoleOptions> parse(const std::vector<std::string>& more) {
  std::vector<std::string> command = {"--qemu=q", "--kernel=k", "--initramfs=i", "--virtiofsd=v"};
  command.insert(command.end(), more.begin(), more.end());
  ConsoleOptions options;
  KMOD_TRY(console_flags(options, directory()).parse(command));
  complete_options(options);
  return options;
}

std::string error_of(const std::string& argument) {
  const auto options = parse({argument});
  return options ? "" : options.error();
}

TEST(ConsoleOptionsTest, UnderstandsAll) {
  std::filesystem::create_directories(directory() + "/a");
  const auto options = parse({"--share=a:ro", "--gdb=4321", "--gdb-wait", "--kernel-arg=x",
                              "--cpus=1", "--cpus=2", "--memory-mib=512", "--accel=kvm",
                              "--command=lsmod", "--symbols=hello:/proc/self/exe"});
  ASSERT_TRUE(options) << options.error();
  EXPECT_EQ(options->share, (Share{directory() + "/a", true}));
  EXPECT_EQ(options->machine.gdb_port, 4321);
  EXPECT_TRUE(options->gdb_wait);
  EXPECT_EQ(options->machine.cpus, 2);
  EXPECT_EQ(options->machine.memory_mib, 512);
  EXPECT_EQ(options->machine.accelerator, Accelerator::kKvm);
  EXPECT_EQ(options->machine.kernel_arguments.back(), "x");
  EXPECT_EQ(options->command, "lsmod");
  ASSERT_EQ(options->symbols.size(), 1);
  EXPECT_EQ(options->symbols[0].module, "hello");
  EXPECT_EQ(options->symbols[0].file, std::filesystem::canonical("/proc/self/exe"));
}

TEST(ConsoleOptionsTest, HasDefaults) {
  const auto options = parse({});
  ASSERT_TRUE(options) << options.error();
  EXPECT_FALSE(options->share);
  EXPECT_FALSE(options->machine.gdb_port);
  EXPECT_FALSE(options->command);
  EXPECT_EQ(parse({"--gdb"})->machine.gdb_port, 1234);
  EXPECT_EQ(parse({"--gdb-wait"})->machine.gdb_port, 1234);
  EXPECT_EQ(parse({"--gdb-wait", "--gdb=0"})->machine.gdb_port, 0);
  EXPECT_EQ(parse({"--share=."})->share, (Share{directory(), false}));
}

TEST(ConsoleOptionsTest, SaysWhatIsWrong) {
  EXPECT_EQ(error_of("--bogus=1"), "--bogus is unknown. --help lists the flags.");
  EXPECT_EQ(error_of("lsmod"), "lsmod is not a flag: each begins with --");
  EXPECT_EQ(error_of("--share=none"), "--share=none cannot be shared: No such file or directory");
  EXPECT_EQ(error_of("--share=/proc/self/exe"), "--share=/proc/self/exe is not a directory");
  EXPECT_EQ(error_of("--share=:ro"), "--share=:ro has to name a directory, as DIR or DIR:ro");
  EXPECT_EQ(parse({"--share=.", "--share=/"}).error(), "--share=/ is a second --share");
  for (const std::string port : {"x", "70000", "-1", "1x"}) {
    EXPECT_EQ(error_of("--gdb=" + port),
              "--gdb=" + port + " has to be a port from 1 to 65535, or 0 for any that is free");
  }
  EXPECT_EQ(error_of("--gdb-wait=1"), "--gdb-wait=1 has a value, and --gdb-wait takes none");
  EXPECT_EQ(error_of("--command="), "--command= has an empty value");
  EXPECT_TRUE(error_of("--command=" + std::string(60'001, 'x'))
                  .ends_with("x… is longer than 60000 bytes; put it into a script in a directory "
                             "that --share gives"));
  EXPECT_EQ(error_of("--cpus=0"), "--cpus=0 has to be a number from 1 to 64");
  EXPECT_EQ(error_of("--symbols=hello"),
            "--symbols=hello has to be two texts with \":\" between them");
  EXPECT_EQ(error_of("--symbols=hello:none"),
            "--symbols=hello:none cannot be read: No such file or directory");
  ConsoleOptions options;
  EXPECT_EQ(console_flags(options, "/").parse({"--qemu=q", "--kernel=k", "--initramfs=i"}).error(),
            "--virtiofsd=PROGRAM is missing: the server of --share; the rule sets it");
}

std::string command_line(const std::vector<std::string>& more) {
  const auto options = parse(more);
  EXPECT_TRUE(options) << options.error();
  std::string text;
  for (const std::string& word : qemu_command(options->machine, 2'600'000)) text += word + " ";
  return text;
}

TEST(ConsoleQemuCommandTest, FollowsTheOptions) {
  const std::string plain = command_line({});
  EXPECT_TRUE(plain.contains(" -chardev socket,id=console,fd=3,mux=on ")) << plain;
  EXPECT_TRUE(plain.contains(" -mon chardev=console ")) << plain;
  EXPECT_FALSE(plain.contains("gdb")) << plain;
  EXPECT_FALSE(plain.contains("vhost")) << plain;
  // A VM that a person or a debugger uses outlives a warning and a long stop.
  EXPECT_TRUE(plain.contains(" panic_on_warn=0 softlockup_panic=0 hung_task_panic=0")) << plain;

  const std::string full =
      command_line({"--share=.", "--gdb=99", "--command=x", "--memory-mib=300"});
  EXPECT_FALSE(full.contains("mux")) << full;
  EXPECT_TRUE(full.contains(" -gdb tcp:127.0.0.1:99 ")) << full;
  EXPECT_TRUE(
      full.contains(" -object memory-backend-memfd,id=memory,share=on,size=300M -machine "
                    "memory-backend=memory -chardev socket,id=share,fd=5 -device "
                    "vhost-user-fs-device,chardev=share,tag=share "))
      << full;
}

TEST(EscapeWatchTest, KnowsCtrlAX) {
  const auto left = [](const std::vector<std::string>& keys) {
    EscapeWatch watch;
    for (const std::string& piece : keys) watch.feed(piece);
    return watch.left();
  };
  EXPECT_TRUE(left({"ls\r\x01x"}));
  EXPECT_TRUE(left({"\x01", "x"}));
  EXPECT_FALSE(left({"x"}));
  EXPECT_FALSE(left({"\x01\x01x"}));
  EXPECT_TRUE(left({"\x01\x01\x01x"}));
  EXPECT_FALSE(
      left({"\x01"
            "cx"}));
}

}  // namespace
}  // namespace kmod::vm
