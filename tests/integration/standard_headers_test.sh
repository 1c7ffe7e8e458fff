#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that the project's code for a kernel includes the headers that it uses: it compiles without the precompiled
# headers of the standard library, which have all names. A file that lacks an #include must fail.
# Runs alone: it builds in the checkout.
source "$(dirname "$0")/scratch.sh"

build() { (cd "$project" && ./bazelw build --features=-precompiled_standard_library "$@") 2>&1 | tee "$scratch/log"; }

expect_failure "a file without an #include" build //tests/toolchains/standard_library:forgetful_object
expect_log "no template named 'optional' in namespace 'std'"

build //hello:hello_ko //examples/... //tests/libraries/... //tests/runtime/...
