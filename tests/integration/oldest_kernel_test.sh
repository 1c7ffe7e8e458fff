#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that hello, its twins in C and Rust, the examples and a module that needs one of the kernel's own pass their
# tests on Linux 5.10, and that objtool covers all of hello there. They are not part of //...: the reproducibility test
# shifts the clock with libfaketime, which does not run with the C library of that kernel's tools.
# Minutes: 2
# Runs alone: it builds in the checkout with other options.
source "$(dirname "$0")/scratch.sh"

(cd "$project" && ./bazelw test --//kmod_rules:kernel=@debian11_cloud_amd64//:kernel \
  //hello:report_test //tests:qemu_smoke //tests:qemu_smoke_c \
  //tests:qemu_smoke_rust //examples/rust:meter_test //hello:report_rust_test //examples/mixed:mixed_test \
  //examples/module_deps:ordered_test //tests/module/import:client_test) ||
  fail "the tests above do not pass on Linux 5.10"
