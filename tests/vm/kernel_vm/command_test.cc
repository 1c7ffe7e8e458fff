// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A kernel_vm that a script uses: --command, and wrong options.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/process.h"

namespace kmod::vm {
namespace {

constexpr const char* kVm = "hello/hello_vm";
constexpr const char* kVmOnAmd64 = "tests/vm/kernel_vm/amd64_vm";
constexpr const char* kVmOfRefusedModule = "tests/vm/kernel_vm/refused_vm";

// The VM needs no environment variable.
base::ProcessResult run(const std::vector<std::string>& command) {
  const auto result = base::run_process(command, {});
  EXPECT_TRUE(result) << result.error();
  return result.value_or(base::ProcessResult{});
}

TEST(CommandTest, GivesOutputAndStatus) {
  const std::string script = std::string(kVm) +
                             " --command='lsmod; echo wrong >&2; test -t 0 || (exit 7)' 2>&1 "
                             ">&3 | while read -r line; do echo \"error: $line\"; done";
  const auto result =
      run({"/bin/sh", "-c",
           "exec 3>&1; " + script + "; " + kVm + " --command='kill -9 $$'; echo status $?"});
  EXPECT_TRUE(result.output.starts_with("Module ")) << result.output;
  EXPECT_TRUE(result.output.contains("\nhello ")) << result.output;
  EXPECT_TRUE(result.output.ends_with("error: wrong\nstatus 137\n")) << result.output;
}

TEST(CommandTest, HasProgramsAndTheirFiles) {
  const auto result =
      run({kVmOnAmd64, "--command=uname -r; cat tests/vm/kernel_vm/data.txt; guest_hello"});
  EXPECT_EQ(result.output, "6.1.0-50-amd64\ndata\nhello from the guest\n");
  EXPECT_EQ(result.exit_code, 5);
}

TEST(CommandTest, LongOutputIsComplete) {
  const auto result = run({kVm, "--command=seq 20000 | tee /tmp/s; wc -l < /tmp/s >&2"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_TRUE(result.output.contains("\n19999\n20000\n")) << result.output.size();
  std::size_t lines = 0;
  for (const char c : result.output) lines += c == '\n' ? 1 : 0;
  EXPECT_EQ(lines, 20001);
}

TEST(CommandTest, RunsEvenIfAModuleIsRefused) {
  const auto result =
      run({kVmOfRefusedModule, "--command=dmesg | grep hello | tail -n 1; lsmod | wc -l"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_TRUE(result.output.starts_with(
      "vm_console: module hello was not loaded: EINVAL (Invalid argument); dmesg may say more\n"))
      << result.output;
  EXPECT_TRUE(result.output.ends_with("hello: times is 99: give a number from 0 to 16\n1\n"))
      << result.output;
}

TEST(CommandTest, PanicIsShownAndFails) {
  const auto result = run({kVm, "--command=echo c > /proc/sysrq-trigger"});
  EXPECT_EQ(result.exit_code, 125);
  EXPECT_TRUE(result.output.starts_with("vm_console: the VM ended without a message from its init"))
      << result.output;
  EXPECT_TRUE(result.output.contains("sysrq triggered crash")) << result.output;
}

// Shares a directory with one file, and runs a command in the VM.
class ShareTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    std::filesystem::remove_all(directory_);
    std::filesystem::create_directories(directory_);
    ASSERT_TRUE(base::write_file(directory_ + "/host", "from the host\n"));
  }

  base::ProcessResult run_with(const std::string& suffix, const std::string& command) {
    return run({GetParam(), "--share=" + directory_ + suffix, "--command=" + command});
  }

  const std::string directory_ = std::string(std::getenv("TEST_TMPDIR")) + "/shared directory";
};

TEST_P(ShareTest, GoesBothWays) {
  const auto result =
      run_with("", "cat /share/host; mkdir /share/new; echo guest > /share/new/file");
  EXPECT_EQ(result.output, "from the host\n");
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(base::read_file(directory_ + "/new/file").value_or("none"), "guest\n");
}

TEST_P(ShareTest, ReadOnlyRefusesToWrite) {
  const auto result =
      run_with(":ro", "cat /share/host; mount -o remount,rw /share; echo guest > /share/file");
  EXPECT_TRUE(result.output.starts_with("from the host\n")) << result.output;
  EXPECT_TRUE(result.output.contains("Read-only file system")) << result.output;
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_FALSE(std::filesystem::exists(directory_ + "/file"));
}

INSTANTIATE_TEST_SUITE_P(Kernels, ShareTest, testing::Values(kVm, kVmOnAmd64),
                         [](const auto& instance) {
                           return instance.param == kVm ? "cloud" : "amd64";
                         });

TEST(ShareFailureTest, NamesTheKernel) {
  const auto result =
      run({kVm, "--share=.", "--kernel-arg=module_blacklist=virtiofs", "--command=echo never"});
  EXPECT_EQ(result.exit_code, 125);
  EXPECT_TRUE(result.output.starts_with(
      "vm_console: --share: the kernel 6.1.0-50-cloud-amd64 cannot mount the host's directory by "
      "virtiofs: ENODEV (No such device). It needs the modules virtiofs and virtio_mmio, built in "
      "or in the attribute modules of its kernel_repository."))
      << result.output;
}

TEST(FlagsTest, WrongFlagsFail) {
  const auto result = run({kVm, "--bogus=1"});
  EXPECT_EQ(result.exit_code, 125);
  EXPECT_EQ(result.output, "vm_console: --bogus is unknown. --help lists the flags.\n");
}

TEST(FlagsTest, HelpSucceeds) {
  const auto result = run({kVm, "--help"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_TRUE(result.output.contains("--share=DIR[:ro]")) << result.output;
}

}  // namespace
}  // namespace kmod::vm
