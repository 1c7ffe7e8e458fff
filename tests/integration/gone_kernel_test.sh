#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# A kernel whose packages the mirrors have dropped: Bazel skips the targets that need it, in C and in C++, and says how
# to move the pins; everything else passes. .ci/count_tests counts a skipped test as neither passed nor failed. The
# kernel is back as soon as its packages are. Without the command that moves the pins, the fetch fails.
# Minutes: 2
source "$(dirname "$0")/scratch.sh"

workspace=$scratch/workspace
mkdir -p "$workspace" "$scratch/mirror"
mapfile -t trees < <(fetched_trees //hello:hello_ko //tests:qemu_smoke)
command="bazel run @rules_kmod//kmod_rules:add_kernel -- --name=living --update"

# write_lock [PACKAGE]: writes the lock of the kernel. The mirrors have dropped the packages with names that begin so.
write_lock() {
  sed -e 's/"debian13_cloud_amd64/"living/' -e 's/"debian13_kernel_tools"/"living_tools"/' \
    ${1:+-e "/\"name\": \"$1/,/\"sha256\"/ { s/[.]deb\"/.gone.deb\"/; s/\"sha256\": \"[0-9a-f]*\"/\"sha256\": \"$(printf '1%.0s' {1..64})\"/ }"} \
    "$project/kmod_rules/debian13_kernel.lock.json" > "$workspace/living.lock.json"
}

write_workspace() {
  cat > "$workspace/WORKSPACE" << EOS
workspace(name = "test")

local_repository(
    name = "rules_kmod",
    path = "$project",
)

load("@rules_kmod//kmod_rules:repositories.bzl", "debian_kernel", "kmod_repositories")

kmod_repositories()

debian_kernel(
    name = "living",
    compiler = "gcc-14",
    lock = "//:living.lock.json",
    release = "6.12.117+deb13-cloud-amd64",
    update_command = "$1",
)
EOS
}

cat > "$workspace/BUILD.bazel" << 'EOS'
load("@rules_cc//cc:defs.bzl", "cc_library")
load("@rules_kmod//kmod_rules:defs.bzl", "kernel_module", "kernel_module_set", "kernel_module_test")

kernel_module(
    name = "c_ko",
    srcs = ["c.c"],
    module_name = "c",
    tags = ["manual"],
)

cc_library(
    name = "cxx",
    srcs = ["cxx.cc"],
    tags = ["manual"],
    deps = ["@rules_kmod//runtime"],
)

kernel_module(
    name = "cxx_ko",
    kernel = "@living//:kernel",
    license = "Dual MIT/GPL",
    module_name = "cxx",
    deps = [":cxx"],
)

kernel_module_test(
    name = "boot_test",
    kernels = ["@living//:kernel"],
    modules = {":c_ko": ""},
)

kernel_module_set(
    name = "set",
    kernels = ["@living//:kernel"],
    modules = [":c_ko"],
)

sh_test(
    name = "other_test",
    srcs = ["other_test.sh"],
)
EOS
printf '#include <linux/module.h>\nMODULE_LICENSE("Dual MIT/GPL");\n' > "$workspace/c.c"
: > "$workspace/cxx.cc"
printf '#!/bin/sh\n' > "$workspace/other_test.sh"
chmod +x "$workspace/other_test.sh"

# run_bazel COMMAND ARGUMENT…
run_bazel() {
  bazel_in "$workspace" "$1" --repository_cache="$cache" --repo_env=KMOD_MIRROR="file:$scratch/mirror" "${trees[@]}" \
    --incompatible_enable_cc_toolchain_resolution --coverage_report_generator=@bazel_tools//tools/test:coverage_support "${@:2}"
}

# expect_counts LINE…: fails unless .ci/count_tests prints these lines for the last test command.
expect_counts() {
  local counts
  counts=$("$project/.ci/count_tests" "$scratch/events") || fail ".ci/count_tests fails"
  [ "$counts" = "$(printf '%s\n' "$@")" ] || fail ".ci/count_tests prints"$'\n'"$counts"
}

# expect_skipped PACKAGE PATTERNS REASON…: tests the patterns while a package is gone.
expect_skipped() {
  local patterns lines=() reason
  read -r -a patterns <<< "$2"
  write_lock "$1"
  run_bazel test --build_event_json_file="$scratch/events" "${patterns[@]}" || fail "a kernel without $1 turns the build red"
  expect_log "//:boot_test_living" "SKIPPED" "//:other_test"
  for reason in "${@:3}"; do
    lines+=("skipped: $reason is gone from the mirrors. Move the pins: $command")
  done
  expect_counts "${lines[@]}" "1 passed, 0 failed, 1 skipped"
}

release=6.12.117+deb13-cloud-amd64
write_workspace "$command"
expect_skipped "linux-headers-$release" "-- //..." "living: package linux-headers-$release 6.12.117-1"
expect_failure "a module for a kernel that is gone" run_bazel build //:cxx_ko
expect_log "@living//:packages_that_left_the_mirrors"
expect_skipped gcc-14-x86-64 "-- //..." "living: the compiler gcc-14"

# Modules need no image.
expect_skipped "linux-image-$release" "-- //... -//:cxx_ko -//:set -//:set_living" "living_image: package linux-image-$release 6.12.117-1"
run_bazel build --nobuild //:cxx_ko || fail "a kernel without its image is no kernel"

write_lock
run_bazel build --nobuild //:cxx_ko //:boot_test_living || fail "the kernel is not back with its packages"

write_lock "linux-headers-$release"
write_workspace ""
expect_failure "a kernel that does not change" run_bazel test //...
expect_log "living: package linux-headers-$release 6.12.117-1 cannot be downloaded" "the package is gone from the mirror"
