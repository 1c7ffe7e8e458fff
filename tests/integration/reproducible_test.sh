#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Every output of every target is the same bytes from a second build that finds everything otherwise:
# path (beyond ASCII), output base, user, HOME (with a space), host name, clock, time zone, locale,
# umask, variables, number of jobs, sandbox. Faults that are there on purpose are found and named.
# own_module_test.sh gives the same command to a user's own workspace.
source "$(dirname "$0")/scratch.sh"

# The paths below bazel-out/CONFIGURATION/bin of the log's files that differ.
different_files() {
  sed -n -E 's|^(  )?[^ ]+/bin/([^ :]+)( differs:)?$|\2|p' "$scratch/log" | sort
}

# The first build is the one that is there already, of the checkout itself; its actions are not run
# again. With caches of the user's own, it may come from anywhere.
status=0
(cd "$project" && ./bazelw run //kmod_rules:check_reproducible -- --jobs=8 --explain=8 \
  //... //tests/reproducibility/seeded:clocked_ko //tests/reproducibility/seeded:placed_ko) 2>&1 | tee "$scratch/log" || status=$?
[ "$status" -eq 1 ] || fail "the faults that are there on purpose should give 1, not $status"
# The variations that this machine must allow are in the test, so that none gets lost unseen.
if grep -F "not varied" "$scratch/log"; then
  fail "this machine does not let the second build differ from the first in the above"
fi
seeded=tests/reproducibility/seeded
[ "$(different_files)" = "$seeded/_objs/placed/placed.o
$seeded/build_path.h
$seeded/build_time.h
$seeded/clocked.ko
$seeded/clocked.stripped.ko
$seeded/placed.ko
$seeded/placed.stripped.ko
$seeded/placed_ko.cxx.o" ] || fail "these differ: $(different_files)"
expect_log "build_path.h differs:" "#define BUILD_PATH" \
  "placed.ko differs:" "section .rodata.str1.1, offset " ", in a constant that init_module() uses" \
  "clocked.ko differs:" "section .init.text, offset " ", in clocked_init()"

# The seconds of a line like: first:  #define BUILD_TIME 1700000000
build_time() {
  sed -n -E "s|^ *$1: +#define BUILD_TIME ([0-9]+)\$|\\1|p" "$scratch/log"
}
days=$((($(build_time second) - $(build_time first)) / 86400))
[ "$days" -ge 366 ] || fail "the clock of the second build was only $days days later"
[ "$(grep -c "/größerer-Pfad/" "$scratch/log")" -gt 0 ] || fail "the path of the second build is ASCII"

# No path of this machine is in what one installs or debugs with.
(cd "$project" && ./bazelw build //hello:hello_ko //hello:hello_c_ko)
outputs=$project/bazel-bin/hello
for output in hello.ko hello.stripped.ko hello.Module.symvers hello_c.ko hello_c.stripped.ko hello_ko.cxx.o; do
  [ -e "$outputs/$output" ] || fail "there is no $output"
done
output_base=$(cd "$project" && ./bazelw info output_base 2> /dev/null)
if grep -lF -e "$project/" -e "$output_base" -r "$outputs"/*.ko "$outputs"/*.symvers "$outputs"/*.o; then
  fail "these outputs hold a path of this machine"
fi
