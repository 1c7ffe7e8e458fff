#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that the project's code for a kernel includes the headers that it uses: it compiles without the precompiled
# headers of the standard library, which have all names. A file that lacks an #include must fail.
# Minutes: 1
# Runs alone: it builds in the checkout.
source "$(dirname "$0")/scratch.sh"

build() { (cd "$project" && ./bazelw build --features=-precompiled_standard_library "$@") 2>&1 | tee "$scratch/log"; }

expect_failure "a file without an #include" build //tests/toolchains/standard_library:forgetful_object
expect_log "no template named 'optional' in namespace 'std'"

# The modules alone compile all that code. What tests and other kernels add are further compilations of the same files,
# with the same headers of the standard library.
mapfile -t modules < <(cd "$project" && ./bazelw query 2> "$scratch/log" \
  'kind("kernel_(module|objects) rule", //hello:hello_ko + //examples/... + //tests/libraries/... + //tests/runtime/...)
  except attr("tags", "\bmanual\b", //...)')
[ ${#modules[@]} -gt 20 ] || fail "query finds only these modules: ${modules[*]} $(cat "$scratch/log")"
build "${modules[@]}"
