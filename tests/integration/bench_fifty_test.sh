#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks the benchmark of many modules at a small size: it prints a row for each change, and both ways build every
# module from the same functions. The program itself counts the modules that each build changes. No time is checked.
# Minutes: 2
source "$(dirname "$0")/scratch.sh"

functions_of() { "$nm" --defined-only --format=just-symbols "$1" | grep -E '^(m[0-9]+_|init_module|cleanup_module)' | sort; }
nm=$(external_program kmod_clang usr/bin/llvm-nm-19)

program=$(own_program bench/fifty)
options=()
while IFS= read -r option; do options+=("--bazel-option=$option"); done < <(fetched_trees //hello:hello_ko)
run_fifty() {
  BUILD_WORKSPACE_DIRECTORY=$project "$program" --modules=2 --rounds=1 --edits=1 --scratch="$scratch/work" \
    --bazel-option=--repository_cache="$cache" --tools-option=--disk_cache="$external_results" "${options[@]}" "$@" 2>&1 | tee "$scratch/log"
}
run_fifty --bazel="$project/bazelw" || fail "the benchmark fails"
expect_log "2 modules of 1 C and 4 C++ files" "all from nothing" "one C++ file edited" "one C file edited" \
  "nothing to do" "the header of all edited" "analysis of all: " "MiB"

bin=$(echo "$scratch"/work/bazel/*/execroot/*/bazel-out/k8-fastbuild/bin)
for module in m000 m001; do
  by_make=$(functions_of "$scratch"/work/make/r*/"$module/$module.ko")
  by_bazel=$(functions_of "$bin"/r*/"$module/$module.ko")
  [ "$(grep -c "^${module}_f[0-3]\$" <<< "$by_make")" -eq 4 ] || fail "make's $module.ko lacks a C++ function: $by_make"
  [ "$by_make" = "$by_bazel" ] || fail "$module.ko has other functions by make, $by_make, than by Bazel, $by_bazel"
done

# A Bazel that builds no modules.
printf '#!/bin/sh\ncase "$*" in *:modules*) exit 0 ;; esac\nexec "%s/bazelw" "$@"\n' "$project" > "$scratch/idle_bazel"
chmod +x "$scratch/idle_bazel"
expect_failure "a Bazel that builds nothing" run_fifty --bazel="$scratch/idle_bazel"
expect_log "all from nothing, by Bazel: " " has 0 modules, of which 0 changed, instead of 2 and 2"
