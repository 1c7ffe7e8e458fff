#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that options of the whole build that are for programs do not change a module, and that macros do.
# Runs alone: it builds in the checkout with other options.
source "$(dirname "$0")/scratch.sh"

build() {
  (cd "$project" && ./bazelw build --symlink_prefix="$scratch/$1-" "${@:2}" //hello:hello_ko) 2>&1 | tee "$scratch/log" ||
    fail "hello.ko does not build with ${*:2}"
  cp "$scratch/$1-bin/hello/hello.ko" "$scratch/$1.ko"
}

build plain
build options --copt=-fsanitize=address --copt=-flto --copt=-fPIC --cxxopt=-std=c++17 --conlyopt=-std=c89 \
  --force_pic --features=asan --features=thin_lto --collect_code_coverage
cmp "$scratch/plain.ko" "$scratch/options.ko" || fail "options for programs changed hello.ko"

build macro --copt=-DHello=Renamed
! cmp -s "$scratch/plain.ko" "$scratch/macro.ko" || fail "a macro did not reach hello.ko"
