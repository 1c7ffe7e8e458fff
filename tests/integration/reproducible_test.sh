#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that every output has the same bytes in a second build whose environment differs: path (with letters
# beyond ASCII), output base, user, HOME (with a space), host name, clock, time zone, locale, umask, variables,
# number of jobs, sandbox. The command must find and name seeded faults. own_module_test.sh runs the same command
# in a user's workspace.
#
# These are all outputs of //..., except that each program for the host is compiled once. Actions run the tools of
# kmod_rules, so the second build compiles these in the configuration of actions. It does not compile them and
# their libraries again as the targets that unit tests link, by the same toolchain with the same flags; and it does
# not build the unit tests, which are not part of any delivery.
# Minutes: 15
source "$(dirname "$0")/scratch.sh"

# Prints the files that differ according to the log, as paths below bazel-out/CONFIGURATION/bin.
different_files() {
  sed -n -E 's|^(  )?[^ ]+/bin/([^ :]+)( differs:)?$|\2|p' "$scratch/log" | sort
}

# query EXPRESSION: prints the labels of targets of the checkout.
query() {
  (cd "$project" && ./bazelw query "$1" 2> "$scratch/query") || fail "no targets: $1: $(cat "$scratch/query")"
}

# The programs of kmod_rules that people run, or a test, and no action of //...
by_hand=(//kmod_rules:{add_kernel,check_reproducible,compare_outputs,compile_commands,fill_distdir,update_lock}
  //kmod_rules/private/release:write_release_archive //kmod_rules/private/vm/snapshot:make_snapshot)
programs='kind("cc_binary rule", //kmod_rules/...)'
mapfile -t left_out < <(query "kind(\"cc_(library|test) rule\", //...) + $programs + kind(\"alias rule\", //kmod_rules:all) - set(${by_hand[*]})")
[ ${#left_out[@]} -gt 100 ] || fail "query found only these libraries and programs: ${left_out[*]}"

# The first build is that of the checkout, whose actions do not run again. With the user's caches, its
# outputs may come from elsewhere.
status=0
(cd "$project" && ./bazelw run //kmod_rules:check_reproducible -- --jobs=8 --explain=8 --scratch="$scratch/second" \
  //... //tests/reproducibility/seeded:clocked_ko //tests/reproducibility/seeded:placed_ko "${left_out[@]/#/-}") 2>&1 |
  tee "$scratch/log" || status=$?
[ "$status" -eq 1 ] || fail "the faults that are there on purpose should give 1, not $status"
# The test lists the variations that this machine must allow, so that none is omitted unnoticed.
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

# Each program of kmod_rules was compiled by the second build, for actions or for people.
second=$(echo "$scratch"/second/*/output_base/execroot/*/bazel-out)
while IFS= read -r program; do
  path=${program#//}
  path=${path/://}
  [ -e "$second/host/bin/$path" ] || [ -e "$second/k8-fastbuild/bin/$path" ] ||
    fail "no action runs $program, so it was not compared. Add it to by_hand in ${0##*/}."
done < <(query "$programs")

# Prints the seconds of a line such as: first:  #define BUILD_TIME 1700000000
build_time() {
  sed -n -E "s|^ *$1: +#define BUILD_TIME ([0-9]+)\$|\\1|p" "$scratch/log"
}
days=$((($(build_time second) - $(build_time first)) / 86400))
[ "$days" -ge 366 ] || fail "the clock of the second build was only $days days later"
[ "$(grep -c "/größerer-Pfad/" "$scratch/log")" -gt 0 ] || fail "the path of the second build is ASCII"

# Installed files and debug information contain no path of this machine.
(cd "$project" && ./bazelw build //hello:hello_ko //hello:hello_c_ko)
outputs=$project/bazel-bin/hello
for output in hello.ko hello.stripped.ko hello.Module.symvers hello_c.ko hello_c.stripped.ko hello_ko.cxx.o; do
  [ -e "$outputs/$output" ] || fail "there is no $output"
done
output_base=$(cd "$project" && ./bazelw info output_base 2> /dev/null)
if grep -lF -e "$project/" -e "$output_base" -r "$outputs"/*.ko "$outputs"/*.symvers "$outputs"/*.o; then
  fail "these outputs hold a path of this machine"
fi
