#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Runs the faults of a kernel on the kernels on which //... does not. A lane of its own, because it takes minutes:
# KMOD_ALL_LANES=1 tests/integration/run kernel_faults
# Runs alone: it builds in the checkout with other options.
source "$(dirname "$0")/scratch.sh"

[ -n "${KMOD_ALL_LANES:-}" ] || skip "it takes minutes; set KMOD_ALL_LANES=1 to run it"
for kernel in debian12_amd64 debian12_rt_amd64 debian14_cloud_amd64; do
  if (cd "$project" && ./bazelw query "@$kernel//:packages_that_left_the_mirrors" > /dev/null 2>&1); then
    echo "MEASURED: $kernel was skipped, because its packages are gone from the mirrors"
    continue
  fi
  (cd "$project" && ./bazelw test --keep_going "//tests/vm_faults:faults_on_$kernel") || fail "not all faults end as they should on $kernel"
done
