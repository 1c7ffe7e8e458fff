// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The runner without the verdict: its command line, the command line and process of QEMU, reports.

#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/vm/host/qemu_command.h"
#include "kmod_rules/private/vm/host/qemu_process.h"
#include "kmod_rules/private/vm/host/runner_options.h"

namespace kmod::vm {
namespace {

using Arguments = std::vector<std::string>;

// A plan that loads two modules and runs two programs.
const std::string& plan_file() {
  static const std::string path = [] {
    const std::string file = testing::TempDir() + "/runner.plan";
    EXPECT_TRUE(base::write_file(file,
                                 "module hello /hello.ko\n"
                                 "module other /other.ko\n"
                                 "program p1 /p1\n"
                                 "program p2 /p2\n"
                                 "reload 3\n"
                                 "keep\n"));
    return file;
  }();
  return path;
}

Arguments needed() { return {"--qemu=q", "--kernel=k", "--initramfs=i", "--plan=" + plan_file()}; }

base::Result<RunnerOptions> parse(const Arguments& arguments) {
  RunnerOptions options;
  KMOD_TRY(runner_flags(options).parse(arguments));
  KMOD_TRY(complete_options(options));
  return options;
}

RunnerOptions options_with(const Arguments& more) {
  Arguments arguments = needed();
  arguments.insert(arguments.end(), more.begin(), more.end());
  const auto options = parse(arguments);
  EXPECT_TRUE(options) << options.error();
  return options.value_or(RunnerOptions{});
}

std::string error_of(const std::string& argument) {
  Arguments arguments = needed();
  arguments.push_back(argument);
  const auto options = parse(arguments);
  return options ? "" : options.error();
}

TEST(RunnerOptionsTest, UnderstandsAll) {
  const RunnerOptions options = options_with({"--qemu-data=d1",
                                              "--qemu-data=d2",
                                              "--qemu-modules=m",
                                              "--load-error=EINVAL",
                                              "--program-arg=-v",
                                              "--manifest=list",
                                              "--expect=a=b",
                                              "--expect=*c",
                                              "--forbid=d",
                                              "--allow=e",
                                              "--reason=old",
                                              "--allow=f",
                                              "--reason=odd",
                                              "--allow-taint=P",
                                              "--accel=kvm",
                                              "--machine=q35",
                                              "--cpus=1",
                                              "--cpus=2",
                                              "--memory-mib=512",
                                              "--kernel-arg=quiet",
                                              "--symbolizer=a2l",
                                              "--demangler=filt",
                                              "--kernel-build-directory=/usr/src/x",
                                              "--symbols=hello:a/hello.ko",
                                              "--symbols=other:b:c.ko",
                                              "--timeout-s=9",
                                              "--boot-timeout-s=3",
                                              "--run-timeout-s=2"});
  EXPECT_EQ(options.machine.qemu_data, (std::vector<std::string>{"d1", "d2"}));
  EXPECT_EQ(options.expectation,
            (Expectation{.modules = {{"hello", 0}, {"other", 22}},
                         .programs = {"p1", "p2"},
                         .reloads = 3,
                         .keep = true,
                         .lines = {Pattern("a=b"), Pattern("*c")},
                         .forbidden = {Pattern("d")},
                         .allowed = {{Pattern("e"), "old"}, {Pattern("f"), "odd"}},
                         .allowed_taint = kTaintExpected | 1}));
  EXPECT_EQ(options.program_arguments, std::vector<std::string>{"-v"});
  EXPECT_EQ(options.manifest, "list");
  EXPECT_EQ(options.machine.accelerator, Accelerator::kKvm);
  EXPECT_EQ(options.machine.cpus, 2);
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

TEST(RunnerOptionsTest, KnowsWhetherAPersonChoseALimit) {
  EXPECT_FALSE(choose_limits(options_with({}), "300")->is_given);
  for (const char* limit : {"--timeout-s=9", "--boot-timeout-s=9", "--run-timeout-s=9"}) {
    EXPECT_TRUE(choose_limits(options_with({limit}), "300")->is_given) << limit;
  }
}

TEST(RunnerOptionsTest, SaysWhatIsWrong) {
  EXPECT_EQ(error_of("--bogus=1"), "--bogus is unknown. --help lists the flags.");
  EXPECT_EQ(error_of("--cpus=0"), "--cpus=0 has to be a number from 1 to 64");
  EXPECT_EQ(error_of("--memory-mib=1G"), "--memory-mib=1G has to be a number from 96 to 65536");
  EXPECT_EQ(error_of("--timeout-s="), "--timeout-s= has to be a number from 1 to 86400");
  EXPECT_EQ(error_of("--accel=hvf"), "--accel=hvf has to be one of tcg, kvm");
  EXPECT_EQ(error_of("--machine=virt"), "--machine=virt has to be one of microvm, pc, q35");
  EXPECT_EQ(error_of("--load-error=EODD"),
            "--load-error=EODD cannot be used: \"EODD\" is not the name of an errno; write it as "
            "in errno(3), such as EINVAL");
  EXPECT_EQ(error_of("--expect="), "--expect= is empty; give the text of the line");
  EXPECT_EQ(error_of("--forbid="), "--forbid= is empty; give the text of the line");
  EXPECT_EQ(error_of("--allow="), "--allow= is empty; give the text of the line");
  EXPECT_EQ(error_of("--allow=x"),
            "--allow=x has to be followed by --reason=TEXT, which says why it is harmless");
  EXPECT_EQ(error_of("--reason=x"),
            "--reason=x has to follow the --allow that it gives the reason for");
  EXPECT_EQ(error_of("--qemu=again"), "--qemu=again is a second --qemu");
  EXPECT_EQ(error_of("--kernel-arg="), "--kernel-arg= has an empty value");
  for (const char* symbols : {"hello", "hello:", ":a.ko"}) {
    EXPECT_EQ(error_of("--symbols=" + std::string(symbols)),
              "--symbols=" + std::string(symbols) + " has to be two texts with \":\" between them");
  }
  EXPECT_EQ(error_of("--allow-taint=z"),
            "--allow-taint=z cannot be used: 'z' is not a taint letter; the kernel's are "
            "PFSRMBUDAWCIOELKXTNJ");
  for (std::size_t i = 0; i < needed().size(); ++i) {
    Arguments arguments = needed();
    const std::string flag = arguments[i].substr(0, arguments[i].find('='));
    arguments.erase(arguments.begin() + static_cast<std::ptrdiff_t>(i));
    const std::string error = parse(arguments).error();
    EXPECT_TRUE(error.starts_with(flag) && error.contains(" is missing: ")) << error;
  }
}

TEST(RunnerOptionsTest, NamesThePlanThatItCannotRead) {
  Arguments arguments = needed();
  arguments.back() = "--plan=/no/such/plan";
  EXPECT_EQ(parse(arguments).error(), "cannot open /no/such/plan: No such file or directory");
  const std::string file = testing::TempDir() + "/empty.plan";
  ASSERT_TRUE(base::write_file(file, "keep\n"));
  arguments.back() = "--plan=" + file;
  EXPECT_TRUE(parse(arguments).error().starts_with(file + ": the plan names no module"));
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
  EXPECT_EQ(limits({"--timeout-s=20"}, "300"), std::pair(20'000L, 20'000L));
  EXPECT_EQ(limits({"--boot-timeout-s=5"}, "300"), std::pair(295'000L, 5'000L));
  EXPECT_EQ(limits({"--accel=kvm"}, "300"), std::pair(295'000L, 15'000L));
  for (const std::string text : {"soon", "0", "-1"}) {
    EXPECT_EQ(
        choose_limits(options_with({}), text).error(),
        "the environment's TEST_TIMEOUT is \"" + text + "\", which is not a number of seconds");
  }
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

TEST(QemuCommandTest, IsExactlyThis) {
  const RunnerOptions options =
      options_with({"--qemu-data=d1", "--qemu-data=d2", "--kernel-arg=slub_debug=FZP"});
  EXPECT_EQ(
      joined(qemu_command(options.machine, 2'600'000)),
      "q -nodefaults -no-user-config -no-reboot -display none -nic none -machine microvm "
      "-accel tcg -cpu max -smp 1 -m 256 -chardev socket,id=console,fd=3 -serial "
      "chardev:console -chardev socket,id=channel,fd=4 -device "
      "isa-serial,chardev=channel,index=1 -kernel k -initrd i -append console=ttyS0 "
      "earlyprintk=ttyS0 panic=-1 "
      "reboot=t log_buf_len=1M slub_debug=FZPU page_poison=1 init_on_free=1 watchdog_thresh=5 "
      "softlockup_panic=1 sysctl.kernel.hung_task_timeout_secs=30 "
      "hung_task_panic=1 cryptomgr.notests=1 panic_on_warn=1 tsc=reliable tsc_early_khz=2600000 "
      "slub_debug=FZP printk.time=1 console_msg_format=syslog -L d1 -L d2");
}

TEST(QemuCommandTest, AnAllowedWarningDoesNotEndTheVm) {
  const RunnerOptions options = options_with({"--allow=WARNING: x", "--reason=known"});
  EXPECT_TRUE(joined(qemu_command(options.machine, 1)).contains(" panic_on_warn=0 "));
}

// Where a person reads the console.
TEST(QemuCommandTest, OnlyTestsHavePrioritiesOnTheConsole) {
  EXPECT_FALSE(joined(qemu_command(Machine{}, 1)).contains("console_msg_format"));
}

TEST(QemuCommandTest, KvmIsUsedOnlyWhenAskedFor) {
  const RunnerOptions options = options_with({"--accel=kvm", "--machine=pc", "--cpus=2"});
  const std::string command = joined(qemu_command(options.machine, 2'600'000));
  EXPECT_NE(command.find("-machine pc -accel kvm -cpu max -smp 2"), std::string::npos);
  EXPECT_EQ(command.find("tsc"), std::string::npos);
}

TEST(QemuCommandTest, EnvironmentIsBuilt) {
  EXPECT_EQ(qemu_environment(options_with({}).machine),
            (std::vector<std::string>{"LC_ALL=C", "TZ=UTC0"}));
  EXPECT_EQ(qemu_environment(options_with({"--qemu-modules=m"}).machine),
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

TEST(QemuProcessTest, GetsItsStreamsAndOnlyItsEnvironment) {
  auto process =
      shell("echo console >&3; echo channel >&4; echo out; echo err >&2; echo $ONLY$HOME");
  ASSERT_TRUE(process) << process.error();
  EXPECT_EQ(read_to_end(process->console()), "console\n");
  EXPECT_EQ(read_to_end(process->channel()), "channel\n");
  EXPECT_EQ(read_to_end(process->output()), "out\nerr\nthis\n");
  const QemuExit exit = wait_for_exit(*process);
  EXPECT_FALSE(exit.signaled);
  EXPECT_EQ(exit.code, 0);
}

TEST(QemuProcessTest, TellsHowItEnded) {
  auto failed = shell("exit 3");
  ASSERT_TRUE(failed);
  EXPECT_EQ(wait_for_exit(*failed).code, 3);
  auto killed = shell("kill -SEGV $$");
  ASSERT_TRUE(killed);
  const QemuExit exit = wait_for_exit(*killed);
  EXPECT_TRUE(exit.signaled);
  EXPECT_EQ(exit.code, SIGSEGV);
}

TEST(QemuProcessTest, NamesAMissingProgram) {
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
