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

# Prints the source and the key of each compilation that a test needs, with the options: compilations OPTION…
compilations() {
  (cd "$project" && ./bazelw aquery --noinclude_artifacts "$@" 'mnemonic(CppCompile, deps(//tests:qemu_smoke))') 2> "$scratch/log" |
    sed -nE "s/^action '(Compiling .*)'$/\1/p; s/^ *ActionKey: //p" | paste - - | sort || fail "cannot list the compilations"
}

# No option recompiles the tools of actions, the runner of the VM and its init.
compilations > "$scratch/plain"
compilations --copt=-fsanitize=address --copt=-DMACRO --cxxopt=-std=c++17 --linkopt=-fsanitize=address --force_pic > "$scratch/options"
changed=$(comm -13 "$scratch/plain" "$scratch/options" | cut -f 1)
grep -q 'hello/hello.cc' <<< "$changed" || fail "a macro does not reach hello.cc, so the comparison proves nothing"
! grep -v -e 'Compiling hello/' -e 'Compiling runtime/' <<< "$changed" || fail "options of the build recompile the tools above"
