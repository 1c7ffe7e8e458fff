#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# A second clone, somewhere else and by somebody else, executes nothing that the first has executed:
# no action, and no test. After an edit, exactly those actions run that have to.
source "$(dirname "$0")/scratch.sh"
source "$(dirname "$0")/cache_server.sh"

edited=(//hello:hello_ko //tests:qemu_smoke)
second=$scratch/another-clone-at-a-longer-path
fill_cache "$scratch/server"

# run_in CLONE NAME BAZEL-ARGUMENTS…: with the execution log NAME.
run_in() {
  local clone=$1 name=$2
  shift 2
  SECONDS=0
  bazel_in "$clone" test "${cached[@]}" --execution_log_json_file="$scratch/$name.json" "$@"
  echo "$name: $SECONDS s"
}

# report NAME OPTIONS…: exactly what the options say has been executed by the build of that name. If not,
# it is said for each miss in what it differs from what the first clone executed. (Reading the log of
# that takes seconds, so not always.)
report() {
  local name=$1
  shift
  "$cache_report" --log="$scratch/$name.json" "$@" && return
  "$cache_report" --log="$scratch/$name.json" --before="$scratch/server/fill.json" || true
  fail "$name: see above"
}

# as_another_user COMMAND…: what a machine's users differ in.
as_another_user() {
  HOME=$scratch/home USER=somebody LOGNAME=somebody LANG=C.UTF-8 LC_ALL=C TZ=Asia/Kolkata CFLAGS=-O3 PATH=$PATH:/opt/bin "$@"
}

# It fetches everything itself, but before what is compared.
new_clone "$second"
mkdir -p "$scratch/home"
as_another_user bazel_in "$second" clean --expunge
as_another_user bazel_in "$second" build --nobuild --repository_cache="$cache" "${targets[@]}"
as_another_user run_in "$second" reuse "${targets[@]}"
# Executed is nothing; of each kind of action, some result was used.
report reuse --cached=KmodLink:1 --cached=Kbuild:5 --cached=Initramfs:1 --cached=TestRunner:1
report reuse --before="$scratch/server/fill.json" --same-results

# edit FILE SED-EXPRESSION: in the second clone; fails if nothing changes.
edit() {
  cp "$second/$1" "$scratch/before"
  sed -i "$2" "$second/$1"
  if cmp -s "$scratch/before" "$second/$1"; then fail "$1 has nothing to edit by $2"; fi
}

edit hello/hello.cc 's/: give a number/: give me a number/'
run_in "$second" source "${edited[@]}"
report source --before="$scratch/server/fill.json" \
  --executed=CppCompile:1 --executed=KmodLink:1 --executed=Kbuild:1 --executed=Initramfs:1 --executed=TestRunner:1 |
  tee "$scratch/log"
expect_log "executed (linux-sandbox): CppCompile " "    input hello/hello.cc was "
cp "$scratch/before" "$second/hello/hello.cc"

# A line more in a header: the lines below have other numbers, which debug information holds.
edit runtime/kmod/parameter.h '3s|^|// One line more.\n|'
run_in "$second" header "${edited[@]}"
report header \
  --executed=CppCompile:1 --executed=KmodLink:1 --executed=Kbuild:1 --executed=Initramfs:1 --executed=TestRunner:1
cp "$scratch/before" "$second/runtime/kmod/parameter.h"

# Another word in a comment of a header: what includes it is compiled, into the same object. What follows
# is in the cache, and the test, which has the header for its reports, is the only other one to run.
edit runtime/kmod/parameter.h 's|^// Context: any|// Context: every|'
run_in "$second" comment "${edited[@]}"
report comment --executed=CppCompile:1 --executed=TestRunner:1 \
  --cached=KmodLink:1 --cached=Kbuild:1 --cached=Initramfs:1
cp "$scratch/before" "$second/runtime/kmod/parameter.h"

edit hello/BUILD.bazel '0,/    srcs = \["hello.cc"\],/s||&\n    copts = ["-DNOBODY_ASKS_FOR_IT"],|'
run_in "$second" flag "${edited[@]}"
report flag --executed=CppCompile:1
cp "$scratch/before" "$second/hello/BUILD.bazel"

# Another kernel: everything that is for a kernel, and nothing that is for the host. That is hello.cc and the
# eight files of the runtime in C++, its four shims in C and the module, the image of the guest and the test.
run_in "$second" kernel --//kmod_rules:kernel=@debian12_amd64//:kernel "${edited[@]}"
report kernel \
  --executed=CppCompile:9 --executed=KmodLink:1 --executed=Kbuild:5 --executed=Initramfs:1 --executed=TestRunner:1

# Without the right to write, such as for a pull request, a build reads the cache and leaves it alone.
puts=$(requests "$scratch/server" PUT 201)
edit hello/hello.cc 's/: give a number/: do give a number/'
run_in "$second" read_only --remote_upload_local_results=false "${edited[@]}"
report read_only \
  --executed=CppCompile:1 --executed=KmodLink:1 --executed=Kbuild:1 --executed=Initramfs:1 --executed=TestRunner:1
[ "$(requests "$scratch/server" PUT 201)" -eq "$puts" ] || fail "a build that may not write wrote to the cache"
