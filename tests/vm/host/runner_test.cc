// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The runner around the verdict: its command line, QEMU's command line and process, its reports.

#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/vm/host/host_tsc.h"
#include "kmod_rules/private/vm/host/qemu_command.h"
#include "kmod_rules/private/vm/host/qemu_process.h"
#include "kmod_rules/private/vm/host/runner_options.h"

namespace kmod::vm {
namespace {

using Arguments = std::vector<base::Argument>;

Arguments needed() {
  return {{"qemu", "q"}, {"kernel", "k"}, {"initramfs", "i"}, {"module", "hello"}};
}

RunnerOptions options_with(const Arguments& more) {
  Arguments arguments = needed();
  arguments.insert(arguments.end(), more.begin(), more.end());
  const auto options = parse_runner_options(arguments);
  EXPECT_TRUE(options) << options.error();
  return options.value_or(RunnerOptions{});
}

std::string error_of(const base::Argument& argument) {
  Arguments arguments = needed();
  arguments.push_back(argument);
  const auto options = parse_runner_options(arguments);
  return options ? "" : options.error();
}

TEST(RunnerOptionsTest, UnderstandsAll) {
  const RunnerOptions options = options_with({{"qemu-data", "d1"},
                                              {"qemu-data", "d2"},
                                              {"qemu-modules", "m"},
                                              {"module", "other:EINVAL"},
                                              {"reload", "3"},
                                              {"program", "p1"},
                                              {"program", "p2"},
                                              {"program-arg", "-v"},
                                              {"manifest", "list"},
                                              {"expect", "a=b"},
                                              {"expect", "*c"},
                                              {"forbid", "d"},
                                              {"allow", "e"},
                                              {"reason", "old"},
                                              {"allow", "f"},
                                              {"reason", "odd"},
                                              {"allow-taint", "P"},
                                              {"accel", "kvm"},
                                              {"machine", "q35"},
                                              {"cpus", "2"},
                                              {"memory-mib", "512"},
                                              {"kernel-arg", "quiet"},
                                              {"symbolizer", "a2l"},
                                              {"demangler", "filt"},
                                              {"kernel-build-directory", "/usr/src/x"},
                                              {"symbols", "hello:a/hello.ko"},
                                              {"symbols", "other:b:c.ko"},
                                              {"timeout-s", "9"},
                                              {"boot-timeout-s", "3"},
                                              {"run-timeout-s", "2"}});
  EXPECT_EQ(options.qemu_data, (std::vector<std::string>{"d1", "d2"}));
  EXPECT_EQ(options.expectation,
            (Expectation{.modules = {{"hello", 0}, {"other", 22}},
                         .programs = {"p1", "p2"},
                         .reloads = 3,
                         .lines = {Pattern("a=b"), Pattern("*c")},
                         .forbidden = {Pattern("d")},
                         .allowed = {{Pattern("e"), "old"}, {Pattern("f"), "odd"}},
                         .allowed_taint = kTaintExpected | 1}));
  EXPECT_EQ(options.program_arguments, std::vector<std::string>{"-v"});
  EXPECT_EQ(options.manifest, "list");
  EXPECT_TRUE(options_with({{"keep", "yes"}}).expectation.keep);
  EXPECT_EQ(options.accelerator, Accelerator::kKvm);
  EXPECT_EQ(options.symbolizer, "a2l");
  EXPECT_EQ(options.demangler, "filt");
  EXPECT_EQ(options.kernel_build_directory, "/usr/src/x");
  EXPECT_EQ(options.symbols,
            (std::vector<SymbolFile>{{"hello", "a/hello.ko"}, {"other", "b:c.ko"}}));
  EXPECT_EQ(options.timeout_ms, 9'000);
  EXPECT_EQ(options.boot_timeout_ms, 3'000);
  EXPECT_EQ(choose_limits(options, "")->run_ms, 2'000);
  EXPECT_EQ(choose_limits(options_with({}), "")->run_ms, std::nullopt);
}

TEST(RunnerOptionsTest, SaysWhatIsWrong) {
  EXPECT_EQ(
      error_of({"bogus", "1"}),
      "--bogus=1: is unknown; kmod_rules/private/vm/host/runner_options.h lists what there is");
  EXPECT_EQ(error_of({"cpus", "0"}), "--cpus=0: has to be a number from 1 to 64");
  EXPECT_EQ(error_of({"memory-mib", "1G"}), "--memory-mib=1G: has to be a number from 96 to 65536");
  EXPECT_EQ(error_of({"timeout-s", ""}), "--timeout-s=: has to be a number from 1 to 86400");
  EXPECT_EQ(error_of({"accel", "hvf"}), "--accel=hvf: there are tcg, which always works, and kvm");
  EXPECT_EQ(error_of({"machine", "virt"}), "--machine=virt: there are microvm, pc and q35");
  EXPECT_EQ(error_of({"module", "hello"}),
            "--module=hello: the module is there already; one cannot be loaded twice");
  EXPECT_EQ(error_of({"module", ":EINVAL"}),
            "--module=:EINVAL: has to begin with the name of a module");
  EXPECT_EQ(error_of({"module", "x:EODD"}),
            "--module=x:EODD: \"EODD\" is not the name of an errno; write it as in errno(3), such "
            "as EINVAL");
  EXPECT_EQ(error_of({"expect", ""}),
            "--expect=: an empty text says nothing; give the text of the line");
  EXPECT_EQ(error_of({"forbid", ""}),
            "--forbid=: an empty text says nothing; give the text of the line");
  EXPECT_EQ(error_of({"allow", "x"}),
            "--allow=x: has to be followed by --reason=<why it is harmless>");
  EXPECT_EQ(error_of({"reason", "x"}),
            "--reason=x: has to follow the --allow that it gives reasons for");
  EXPECT_EQ(error_of({"keep", "no"}), "--keep=no: there is only yes");
  EXPECT_EQ(error_of({"program", ""}), "--program=: has to have a value");
  EXPECT_EQ(error_of({"qemu", "again"}), "--qemu=again: was already given as q");
  EXPECT_EQ(error_of({"kernel-arg", ""}), "--kernel-arg=: has to have a value");
  for (const char* symbols : {"hello", "hello:", ":a.ko"}) {
    EXPECT_EQ(error_of({"symbols", symbols}),
              "--symbols=" + std::string(symbols) +
                  ": has to be a module's name, a colon and the path of its .ko");
  }
  EXPECT_EQ(error_of({"allow-taint", "z"}),
            "--allow-taint=z: 'z' is not a taint letter; the kernel's are PFSRMBUDAWCIOELKXTNJ");
  for (std::size_t i = 0; i < needed().size(); ++i) {
    Arguments arguments = needed();
    arguments.erase(arguments.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_TRUE(parse_runner_options(arguments).error().ends_with(" is missing"));
  }
}

TEST(RunnerOptionsTest, ChoosesLimits) {
  const auto limits = [](const Arguments& more, const std::string& test_timeout) {
    const auto chosen = choose_limits(options_with(more), test_timeout);
    EXPECT_TRUE(chosen) << chosen.error();
    return std::pair(chosen->total_ms, chosen->boot_ms);
  };
  EXPECT_EQ(limits({}, ""), std::pair(60'000L, 60'000L));
  EXPECT_EQ(limits({}, "300"), std::pair(295'000L, 60'000L));
  EXPECT_EQ(limits({}, "8"), std::pair(6'000L, 6'000L));
  EXPECT_EQ(limits({{"timeout-s", "20"}}, "300"), std::pair(20'000L, 20'000L));
  EXPECT_EQ(limits({{"boot-timeout-s", "5"}}, "300"), std::pair(295'000L, 5'000L));
  EXPECT_EQ(limits({{"accel", "kvm"}}, "300"), std::pair(295'000L, 15'000L));
  EXPECT_EQ(choose_limits(options_with({}), "soon").error(),
            "the environment's TEST_TIMEOUT is \"soon\", which is no number of seconds");
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

TEST(QemuCommandTest, IsExactlyThis) {
  const RunnerOptions options =
      options_with({{"qemu-data", "d1"}, {"qemu-data", "d2"}, {"kernel-arg", "slub_debug=FZP"}});
  EXPECT_EQ(
      joined(qemu_command(options, 2'600'000)),
      "q -nodefaults -no-user-config -no-reboot -display none -nic none -machine microvm "
      "-accel tcg -cpu max -smp 1 -m 256 -chardev socket,id=console,fd=3 -serial "
      "chardev:console -chardev socket,id=channel,fd=4 -device "
      "isa-serial,chardev=channel,index=1 -kernel k -initrd i -append console=ttyS0 "
      "earlyprintk=ttyS0 panic=-1 "
      "reboot=t log_buf_len=1M slub_debug=FZPU page_poison=1 init_on_free=1 watchdog_thresh=5 "
      "softlockup_panic=1 sysctl.kernel.hung_task_timeout_secs=30 "
      "hung_task_panic=1 cryptomgr.notests=1 panic_on_warn=1 tsc=reliable tsc_early_khz=2600000 "
      "slub_debug=FZP -L d1 -L d2");
}

TEST(QemuCommandTest, AWarningThatIsAllowedDoesNotEndTheMachine) {
  const RunnerOptions options = options_with({{"allow", "WARNING: x"}, {"reason", "known"}});
  EXPECT_TRUE(joined(qemu_command(options, 1)).contains(" panic_on_warn=0 "));
}

TEST(QemuCommandTest, KvmIsUsedOnlyWhenAskedFor) {
  const RunnerOptions options = options_with({{"accel", "kvm"}, {"machine", "pc"}, {"cpus", "2"}});
  const std::string command = joined(qemu_command(options, 2'600'000));
  EXPECT_NE(command.find("-machine pc -accel kvm -cpu max -smp 2"), std::string::npos);
  EXPECT_EQ(command.find("tsc"), std::string::npos);
}

TEST(QemuCommandTest, EnvironmentIsBuilt) {
  EXPECT_EQ(qemu_environment(options_with({})), (std::vector<std::string>{"LC_ALL=C", "TZ=UTC0"}));
  EXPECT_EQ(qemu_environment(options_with({{"qemu-modules", "m"}})),
            (std::vector<std::string>{"LC_ALL=C", "TZ=UTC0", "QEMU_MODULE_DIR=m"}));
}

TEST(HostTscTest, IsTheSameTwice) {
  const auto first = measure_host_tsc_khz();
  const auto second = measure_host_tsc_khz();
  ASSERT_EQ(first.has_value(), second.has_value());
  if (first) EXPECT_NEAR(*first, *second, *first / 100.0);
}

std::string read_to_end(int fd) {
  std::string text;
  char buffer[256];
  for (ssize_t size = 0; (size = read(fd, buffer, sizeof(buffer))) > 0;) {
    text.append(buffer, static_cast<std::size_t>(size));
  }
  return text;
}

QemuExit wait_for_exit(QemuProcess& process) {
  for (;;) {
    if (const auto exit = process.poll_exit()) return *exit;
    usleep(1000);
  }
}

std::expected<QemuProcess, std::string> shell(const std::string& script) {
  return QemuProcess::start({"/bin/sh", "-c", script}, {"ONLY=this"});
}

TEST(QemuProcessTest, GetsItsStreamsAndItsEnvironmentAlone) {
  auto process =
      shell("echo console >&3; echo channel >&4; echo out; echo err >&2; echo $ONLY$HOME");
  ASSERT_TRUE(process) << process.error();
  EXPECT_EQ(read_to_end(process->console()), "console\n");
  EXPECT_EQ(read_to_end(process->channel()), "channel\n");
  EXPECT_EQ(read_to_end(process->output()), "out\nerr\nthis\n");
  const QemuExit exit = wait_for_exit(*process);
  EXPECT_FALSE(exit.signalled);
  EXPECT_EQ(exit.code, 0);
}

TEST(QemuProcessTest, TellsHowItEnded) {
  auto failed = shell("exit 3");
  ASSERT_TRUE(failed);
  EXPECT_EQ(wait_for_exit(*failed).code, 3);
  auto killed = shell("kill -SEGV $$");
  ASSERT_TRUE(killed);
  const QemuExit exit = wait_for_exit(*killed);
  EXPECT_TRUE(exit.signalled);
  EXPECT_EQ(exit.code, SIGSEGV);
}

TEST(QemuProcessTest, NamesAProgramThatIsNotThere) {
  const auto process = QemuProcess::start({"/no/such/qemu"}, {});
  ASSERT_FALSE(process);
  EXPECT_EQ(process.error(),
            "QEMU cannot be started: /no/such/qemu: ENOENT (No such file or directory)");
}

TEST(QemuProcessTest, DoesNotOutliveItsObject) {
  pid_t pid = 0;
  {
    auto process = shell("echo $$ >&3; exec sleep 1000");
    ASSERT_TRUE(process);
    char text[32] = {};
    ASSERT_GT(read(process->console(), text, sizeof(text) - 1), 0);
    pid = static_cast<pid_t>(std::stol(text));
    ASSERT_EQ(kill(pid, 0), 0);
  }
  EXPECT_EQ(kill(pid, 0), -1);
}

TEST(LineSplitterTest, SplitsWhatComesInPieces) {
  base::LineSplitter splitter;
  EXPECT_EQ(splitter.feed("one\r\ntw"), std::vector<std::string>{"one"});
  EXPECT_EQ(splitter.feed("o\n\nthr"), (std::vector<std::string>{"two", ""}));
  EXPECT_TRUE(splitter.has_unfinished());
  EXPECT_EQ(splitter.take(), "thr");
  EXPECT_FALSE(splitter.has_unfinished());
}

}  // namespace
}  // namespace kmod::vm
