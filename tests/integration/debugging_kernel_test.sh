#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Builds the kernel debian12_debug_amd64 and runs what needs it: faults that only this kernel sees, each with its
# verdict, and modules without one. A lane of its own, because building a kernel takes minutes:
# KMOD_ALL_LANES=1 tests/integration/run debugging_kernel
# Runs alone: it builds in the checkout.
source "$(dirname "$0")/scratch.sh"

[ -n "${KMOD_ALL_LANES:-}" ] || skip "it takes minutes; set KMOD_ALL_LANES=1 to run it"
start=$SECONDS
(cd "$project" && ./bazelw build @debian12_debug_amd64//:image @debian12_debug_amd64//:symvers > "$scratch/log" 2>&1) ||
  fail "cannot build the kernel:"$'\n'"$(cat "$scratch/log")"
echo "MEASURED: $((SECONDS - start)) s until the kernel was built or taken from a cache"
(cd "$project" && ./bazelw test --keep_going //tests/vm_faults/debugging:faults //tests/vm_faults/debugging:sound) ||
  fail "not all tests end as they should on debian12_debug_amd64"
