#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Translates the headers of each kernel to C++, compiles and links all that C++ sees of them, and runs the
# examples that use them on each. Prints how much that is. A lane of its own, because each kernel takes minutes:
# KMOD_ALL_LANES=1 tests/integration/run kernel_headers
source "$(dirname "$0")/scratch.sh"

[ -n "${KMOD_ALL_LANES:-}" ] || skip "it takes minutes; set KMOD_ALL_LANES=1 to run it"
cd "$project"
tests=$(./bazelw query 'tests(//tests/headers:all) union kind(_build_test, //tests/headers:all)' 2> /dev/null)
[ "$(wc -w <<< "$tests")" -gt 4 ] || fail "these are not the tests of all kernels: $tests"
# shellcheck disable=SC2086 # one label a word
./bazelw test $tests || fail "the headers of not all kernels can be used from C++"

# The bodies of static inline functions, in C++ and in C.
tests_of_inlines=$(./bazelw query 'tests(//tests/headers/inlines:all)' 2> /dev/null)
[ "$(wc -w <<< "$tests_of_inlines")" -ge 6 ] || fail "these are not the tests of all kernels: $tests_of_inlines"
# shellcheck disable=SC2086 # one label a word
./bazelw test $tests_of_inlines || fail "not all functions are the same in C++ and in C"

# What modules say about themselves.
tests_of_info=$(./bazelw query 'tests(//tests/headers/module_info:all)' 2> /dev/null)
[ "$(wc -w <<< "$tests_of_info")" -ge 6 ] || fail "these are not the tests of all kernels: $tests_of_info"
# shellcheck disable=SC2086 # one label a word
./bazelw test $tests_of_info || fail "not all kernels have the .modinfo of C"

# The table of docs/kernel_headers.md, by the reports of the translations that the tests needed.
outputs=$(./bazelw info execution_root 2> /dev/null)/bazel-out/host/bin
kernels=()
for test in $tests; do
  kernel=${test#//tests/headers:}
  kernel=${kernel%_test}
  [[ $kernel == debian* ]] || continue # a test of the translation
  kernels+=("$kernel")
  report=$outputs/external/$kernel/translated_headers.report.txt
  [ -s "$report" ] || fail "the report of $kernel is not there: $report"
  echo "MEASURED: $kernel: $(grep -v '^left out' "$report" | tr '\t' ' ' | paste -sd, | sed 's/,/, /g'), headers left out $(grep -c '^left out' "$report")"
done

examples=$(./bazelw query 'tests(siblings(attr(deps, "//runtime:kernel_headers",
  //examples/... union //tests/headers/per_cpu:all)))' 2> /dev/null)
[ "$(wc -w <<< "$examples")" -ge 8 ] || fail "these are not the tests of the examples: $examples"
for kernel in "${kernels[@]}"; do
  options=("--//kmod_rules:kernel=@$kernel//:kernel")
  for what in headers image modules options; do options+=("--//kmod_rules:kernel_$what=@$kernel//:$what"); done
  # shellcheck disable=SC2086 # one label a word
  ./bazelw test "${options[@]}" $examples //tests/headers/host/... || fail "not all examples pass on $kernel"
  echo "MEASURED: $kernel: $(wc -w <<< "$examples") tests of examples pass"
done
