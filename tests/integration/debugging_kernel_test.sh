#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Builds the kernels debian12_debug_amd64 and debian12_kcsan_amd64 and runs what needs them: faults that only these
# kernels see, each with its verdict, modules without one, and two examples. A lane of its own, because building a
# kernel takes minutes: KMOD_ALL_LANES=1 tests/integration/run debugging_kernel
# Runs alone: it builds in the checkout.
source "$(dirname "$0")/scratch.sh"

[ -n "${KMOD_ALL_LANES:-}" ] || skip "it takes minutes; set KMOD_ALL_LANES=1 to run it"
for kernel in debian12_debug_amd64 debian12_kcsan_amd64; do
  start=$SECONDS
  (cd "$project" && ./bazelw build "@$kernel//:image" "@$kernel//:symvers" > "$scratch/log" 2>&1) ||
    fail "cannot build the kernel:"$'\n'"$(cat "$scratch/log")"
  echo "MEASURED: $((SECONDS - start)) s until $kernel was built or taken from a cache"
done

# A module in C for a kernel with KASAN and UBSAN has the same bytes whatever the sandbox's name is.
build_module() {
  (cd "$project" && ./bazelw build "$@" //tests/vm_faults/debugging:memory_access_ko \
    --//kmod_rules:kernel=@debian12_debug_amd64//:kernel > "$scratch/log" 2>&1) ||
    fail "cannot build the module:"$'\n'"$(cat "$scratch/log")"
}
build_module
module=$project/bazel-bin/tests/vm_faults/debugging/memory_access.ko
cp "$module" "$scratch/first.ko"
rm -f "$module"
# Not from a cache.
build_module --disk_cache= --remote_cache=
cmp "$scratch/first.ko" "$module" || fail "memory_access.ko has other bytes when it is built again"
grep -qF "/proc/self/fd/3/memory_access" "$module" || fail "memory_access.ko does not have the path of its source, so this test proves nothing"

(cd "$project" && ./bazelw test --keep_going //tests/vm_faults/debugging:faults //tests/vm_faults/debugging:sound) ||
  fail "not all tests end as they should on the debugging kernels"

# PCI, interrupts and networks of the kernel.
(cd "$project" && ./bazelw test --keep_going --test_timeout=600 --//kmod_rules:kernel=@debian12_debug_amd64//:kernel \
  //examples/edu:edu_test //examples/loopback:loopback_test) ||
  fail "not all examples pass on debian12_debug_amd64"
