#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks a user's workspace, which has the release archive of rules_kmod as an external repository: README.md's
# first module builds there for two kernels, and its library builds unchanged for the host; the crate of docs/rust.md
# builds for a kernel and for its unit tests. A module with its own C builds for a kernel that the workspace declares.
# Minutes: 7
source "$(dirname "$0")/scratch.sh"
source "$(dirname "$0")/release.sh"

workspace=$scratch/workspace
mkdir -p "$workspace"

# The files are those of the workspace in consumer/, and a page shows them: each code block that follows a line
# "`NAME`:" is a file of that name.
#
# take_files PAGE FOLDER FILE…: copies files of consumer/FOLDER, which the page shows, into the workspace.
take_files() {
  local page=$1 folder=$2 consumer=$project/tests/integration/consumer/$2 shown=$scratch/shown/$2 file
  shift 2
  mkdir -p "$shown" "$workspace/$folder"
  awk -v out="$shown" '
    /^`[^`]+`:$/ { name = substr($0, 2, length($0) - 3); next }
    /^```/ { if (inside) { inside = 0; close(out "/" name); name = "" } else if (name) inside = 1; next }
    inside { print > (out "/" name) }
  ' "$project/$page"
  for file in "$@"; do
    diff -u "$consumer/$file" "$shown/$file" || fail "$page does not show $file as it is in tests/integration/consumer/$folder"
    cp "$consumer/$file" "$workspace/$folder/"
  done
}
take_files README.md . WORKSPACE MODULE.bazel BUILD.bazel first.cc .bazelrc
take_files docs/rust.md rust BUILD.bazel greeter.rs
build_release
{
  echo 'workspace(name = "first")'
  release_lines WORKSPACE
} > "$workspace/WORKSPACE"
# A machine may have no network for the coverage report generator that Bazel 4 loads for every test. The tools
# compile in a third less time without optimization.
cat >> "$workspace/.bazelrc" << EOF
build --repository_cache=$cache
build --coverage_report_generator=@bazel_tools//tools/test:coverage_support
build --host_compilation_mode=fastbuild
build --nosandbox_debug
EOF

# All targets: not the library for the host, which then builds when it is named. This executes every action, and
# leaves the results to other scripts.
bazel_in "$workspace" build --disk_cache="$external_results" --noremote_accept_cached //...
[ -e "$workspace/bazel-bin/first.ko" ] || fail "bazel build //... does not build first.ko"
[ ! -e "$workspace/bazel-bin/_objs/first/first.o" ] || fail "bazel build //... compiles //:first for the host"
bazel_in "$workspace" build //:first_ko //:first
[ -e "$workspace/bazel-bin/_objs/first/first.o" ] || fail "bazel build //:first does not compile it for the host"
modinfo() {
  tr '\0' '\n' < "$workspace/bazel-bin/first.stripped.ko" | grep -a "^$1=" || fail "first.stripped.ko has no $1"
}
modinfo 'vermagic' | grep -qF 6.1.0-50-cloud-amd64
modinfo 'license' | grep -qF 'Dual MIT/GPL'

bazel_in "$workspace" build --@rules_kmod//kmod_rules:kernel=@debian12_amd64//:kernel //:first_ko
modinfo 'vermagic' | grep -qF '6.1.0-50-amd64 SMP'

bazel_in "$workspace" test //:first_test //rust:greeter_test
[ -e "$workspace/bazel-bin/rust/greeter.ko" ] || fail "bazel build //... does not build greeter.ko"

# The error without the line of .bazelrc that README.md requires.
expect_failure "no toolchain resolution" \
  bazel_in "$workspace" build --noincompatible_enable_cc_toolchain_resolution //:first_ko
expect_log "//:first_ko: the host's toolchain would compile its C++" \
  "build --incompatible_enable_cc_toolchain_resolution"

# A kernel that the workspace declares, with its own lock, as docs/kernels.md describes.
sed 's/"debian12_cloud_amd64"/"my_kernel"/' "$project/kmod_rules/packages.lock.json" > "$workspace/my.lock.json"
cat >> "$workspace/WORKSPACE" << 'EOS'

load("@rules_kmod//kmod_rules:repositories.bzl", "kernel_repository")

kernel_repository(
    name = "my_kernel",
    build_directory = "usr/src/linux-headers-6.1.0-50-cloud-amd64",
    compiler = "gcc-12",
    image = "@debian12_cloud_amd64_image//:root/boot/vmlinuz-6.1.0-50-cloud-amd64",
    lock = "//:my.lock.json",
    package_set = "my_kernel",
    release = "6.1.0-50-cloud-amd64",
    tools = "@kmod_kbuild_gcc12//:root",
)
EOS
mkdir -p "$workspace/kernels" "$workspace/ticks"
cat > "$workspace/kernels/BUILD.bazel" << 'EOS'
package(default_visibility = ["//visibility:public"])

alias(
    name = "mine",
    actual = "@my_kernel//:kernel",
)

alias(
    name = "image",
    actual = "@my_kernel//:image",
)

alias(
    name = "modules",
    actual = "@my_kernel//:modules",
)

alias(
    name = "platform",
    actual = "@my_kernel_toolchain//:platform",
)
EOS
# The module's class is in a library that the module depends on indirectly.
cat > "$workspace/ticks/BUILD.bazel" << 'EOS'
load("@rules_cc//cc:defs.bzl", "cc_library")
load("@rules_kmod//kmod_rules:defs.bzl", "kernel_c_library", "kernel_module", "kernel_module_test", "kernel_vm")

kernel_c_library(
    name = "clock",
    srcs = ["clock.c"],
    hdrs = ["clock.h"],
)

cc_library(
    name = "ticks",
    srcs = ["ticks.cc"],
    hdrs = [
        "unused.h",
        "used.h",
    ],
    deps = [
        ":clock",
        "@rules_kmod//runtime",
    ],
)

cc_library(
    name = "all",
    deps = [":ticks"],
)

kernel_module(
    name = "ticks_ko",
    kernel = "//kernels:mine",
    license = "Dual MIT/GPL",
    module_name = "ticks",
    deps = [":all"],
)

# The same module for another kernel, in the same package.
kernel_module(
    name = "ticks_amd64_ko",
    kernel = "@debian12_amd64//:kernel",
    license = "Dual MIT/GPL",
    module_name = "ticks",
    deps = [":all"],
)

kernel_module_test(
    name = "ticks_test",
    expect = ["ticks: 250 ticks a second"],
    kernel = "//kernels:mine",
    modules = {":ticks_ko": ""},
)

kernel_vm(
    name = "ticks_vm",
    kernel = "//kernels:mine",
    modules = {":ticks_ko": ""},
)
EOS
cat > "$workspace/ticks/clock.h" << 'EOS'
#ifdef __cplusplus
extern "C" {
#endif
int ticks_a_second(void);
#ifdef __cplusplus
}
#endif
EOS
cat > "$workspace/ticks/clock.c" << 'EOS'
#include "ticks/clock.h"

#include <linux/jiffies.h>

int ticks_a_second(void) { return HZ; }
EOS
echo "constexpr int unused = 1;" > "$workspace/ticks/unused.h"
echo "constexpr int used = 1;" > "$workspace/ticks/used.h"
cat > "$workspace/ticks/ticks.cc" << 'EOS'
#include "kmod/module.h"
#include "kmod/print.h"
#include "ticks/clock.h"
#include "ticks/used.h"

static_assert(used == 1);

class Ticks {
 public:
  static kmod::Result<Ticks> create() {
    pr_info("%d ticks a second\n", ticks_a_second());
    return kmod::Result<Ticks>(std::in_place);
  }
};

KMOD_MODULE(Ticks);
EOS
bazel_in "$workspace" test //ticks:ticks_test
bazel_in "$workspace" build //ticks:ticks_ko //ticks:ticks_amd64_ko
[ -e "$workspace/bazel-bin/ticks/ticks_ko/ticks.ko" ] || fail "there is no ticks_ko/ticks.ko"
[ -e "$workspace/bazel-bin/ticks/ticks_amd64_ko/ticks.ko" ] || fail "there is no ticks_amd64_ko/ticks.ko"

# A header that the compiler did not read is not an input, even if it is declared.
echo "// changed" >> "$workspace/ticks/unused.h"
bazel_in "$workspace" build --subcommands //ticks:ticks_ko
if grep -F "Compiling ticks/ticks.cc" "$scratch/log"; then
  fail "a header that nothing includes makes Bazel compile again"
fi
echo "// changed" >> "$workspace/ticks/used.h"
bazel_in "$workspace" build --subcommands //ticks:ticks_ko
expect_log "Compiling ticks/ticks.cc"

# An interactive VM with a kernel that is declared without `modules`.
bazel_in "$workspace" run //ticks:ticks_vm -- --command='dmesg | grep ticks'
expect_log "ticks: 250 ticks a second"
status=0
bazel_in "$workspace" run //ticks:ticks_vm -- --share=ticks --command=true || status=$?
[ "$status" -eq 125 ] || fail "a share on a kernel without modules: exit status $status"
expect_log "--share: the kernel 6.1.0-50-cloud-amd64 cannot mount the host's directory by virtiofs" \
  "attribute modules of its kernel_repository"

# The report of a crash has lines of both workspaces: the runtime's and the user's.
mkdir -p "$workspace/crash"
cat > "$workspace/crash/BUILD.bazel" << 'EOS'
load("@rules_cc//cc:defs.bzl", "cc_library")
load("@rules_kmod//kmod_rules:defs.bzl", "kernel_module", "kernel_module_test")

cc_library(
    name = "crash",
    srcs = ["crash.cc"],
    deps = ["@rules_kmod//runtime"],
)

kernel_module(
    name = "crash_ko",
    license = "Dual MIT/GPL",
    module_name = "crash",
    deps = [":crash"],
)

kernel_module_test(
    name = "crash_test",
    modules = {":crash_ko": ""},
)
EOS
cat > "$workspace/crash/crash.cc" << 'EOS'
#include "kmod/module.h"

class Crash {
 public:
  static kmod::Result<Crash> create() {
    __builtin_abort();
  }
};

KMOD_MODULE(Crash);
EOS
expect_failure "a module that crashes" bazel_in "$workspace" test --test_output=all //crash:crash_test
expect_log "external/rules_kmod/runtime/shim/bug.c:12" "    > 12 |   BUG();" \
  "Crash::create()" "crash/crash.cc:6  (inlined)" "    > 6 |     __builtin_abort();"

# Another build, with one job and in a sandbox, gives the same bytes. The command starts Bazel without the options of
# scratch_bazel, so they stand in .bazelrc.
echo "startup --output_user_root=$scratch/bazel --host_jvm_args=-XX:TieredStopAtLevel=1" >> "$workspace/.bazelrc"
(cd "$workspace" && "$project/bazelw" run @rules_kmod//kmod_rules:check_reproducible -- \
  --spawn-strategy=sandboxed --scratch="$scratch/second" //:first_ko //ticks:ticks_ko) 2>&1 | tee "$scratch/log"
expect_log ": all the same"
if grep -F "not varied" "$scratch/log"; then
  fail "this machine does not let the second build differ from the first in the above"
fi
for output in first.ko first.stripped.ko ticks/ticks_ko/ticks.ko; do
  [ -e "$(echo "$scratch"/second/*/output_base/execroot/*/bazel-out/k8-fastbuild/bin)/$output" ] || fail "there is no second $output"
done

# Bazel fetched only the trees that the targets need, because no test was built.
for tree in kmod_qemu kmod_symbolizer kmod_googletest kmod_faketime kmod_locale debian12_amd64 debian12_cloud_amd64_image; do
  [ ! -e "$(echo "$scratch"/second/*/output_base/external)/$tree" ] || fail "$tree was fetched, and nothing needs it"
done
