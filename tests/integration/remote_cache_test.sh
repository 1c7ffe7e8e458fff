#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that a second clone, at another path and of another user, executes no action and no test that
# the first clone executed. After an edit, exactly the affected actions run.
# Minutes: 4
source "$(dirname "$0")/scratch.sh"
source "$(dirname "$0")/cache_server.sh"

edited=(//hello:hello_ko //tests:qemu_smoke)
second=$scratch/another-clone-at-a-longer-path
fill_cache "$scratch/server"

# run_in CLONE NAME BAZEL-ARGUMENTS…: runs Bazel in the clone and writes the execution log NAME.
run_in() {
  local clone=$1 name=$2
  shift 2
  SECONDS=0
  bazel_in "$clone" test "${cached[@]}" --execution_log_json_file="$scratch/$name.json" "$@"
  echo "$name: $SECONDS s"
}

# report NAME OPTIONS…: fails unless the build of that name executed exactly what the options say. It then
# prints for each miss how the action differs from that of the first clone. (Reading that clone's log takes
# seconds, so it happens only on failure.)
report() {
  local name=$1
  shift
  "$cache_report" --log="$scratch/$name.json" "$@" && return
  "$cache_report" --log="$scratch/$name.json" --before="$scratch/server/fill.json" || true
  fail "$name: see above"
}

# as_another_user COMMAND…: runs the command with another user's environment.
as_another_user() {
  HOME=$scratch/home USER=somebody LOGNAME=somebody LANG=C.UTF-8 LC_ALL=C TZ=Asia/Kolkata CFLAGS=-O3 PATH=$PATH:/opt/bin "$@"
}

# The second clone fetches its own packages, before the builds that are compared.
new_clone "$second"
mkdir -p "$scratch/home"
as_another_user bazel_in "$second" clean --expunge
as_another_user bazel_in "$second" build --nobuild --repository_cache="$cache" "${targets[@]}"
as_another_user run_in "$second" reuse "${targets[@]}"
# Nothing is executed, and the build uses a cached result of each kind of action.
report reuse --cached=KmodLink:1 --cached=Kbuild:7 --cached=Initramfs:2 --cached=VmSnapshot:1 --cached=TestRunner:1
report reuse --before="$scratch/server/fill.json" --same-results

# edit FILE SED-EXPRESSION: edits a file of the second clone, and fails if it does not change.
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

# A new line in a header: debug information holds the line numbers below it.
edit runtime/kmod/parameter.h '3s|^|// One line more.\n|'
run_in "$second" header "${edited[@]}"
report header \
  --executed=CppCompile:1 --executed=KmodLink:1 --executed=Kbuild:1 --executed=Initramfs:1 --executed=TestRunner:1
cp "$scratch/before" "$second/runtime/kmod/parameter.h"

# A changed comment in a header: the files that include it are compiled again, to the same objects, so the
# later actions are in the cache. Only the test runs again, because it has the header for its reports.
edit runtime/kmod/parameter.h 's|^// Context: any|// Context: every|'
run_in "$second" comment "${edited[@]}"
report comment --executed=CppCompile:1 --executed=TestRunner:1 \
  --cached=KmodLink:1 --cached=Kbuild:1 --cached=Initramfs:1
cp "$scratch/before" "$second/runtime/kmod/parameter.h"

# With flags of its own, a library does not use the precompiled headers of the standard library, so its debug
# information differs. Another flag then compiles it again, to the same object.
edit hello/BUILD.bazel '0,/    srcs = \["hello.cc"\],/s||&\n    copts = ["-DNOBODY_ASKS_FOR_IT"],|'
original=$(mktemp -p "$scratch")
cp "$scratch/before" "$original"
run_in "$second" own_flag "${edited[@]}"
report own_flag --executed=CppCompile:1 --executed=KmodLink:1 --executed=Kbuild:1 --executed=Initramfs:1 --executed=TestRunner:1
edit hello/BUILD.bazel 's|-DNOBODY_ASKS_FOR_IT|-DNOBODY_ASKS_FOR_THIS|'
run_in "$second" flag "${edited[@]}"
report flag --executed=CppCompile:1
cp "$original" "$second/hello/BUILD.bazel"

# Another kernel: all actions for a kernel run again, and no action for the host. These are the standard library's
# headers, hello.cc and the nine C++ files of the runtime, its four C shims and its constants, the module, kmod_watch,
# the index of the kernel's own modules, the guest's initramfs, the VM that was booted before, and the test.
run_in "$second" kernel --//kmod_rules:kernel=@debian12_amd64//:kernel "${edited[@]}"
report kernel --executed=StandardLibrary:1 --executed=CppCompile:10 --executed=KmodLink:1 --executed=Kbuild:7 \
  --executed=Depmod:1 --executed=Initramfs:1 --executed=VmSnapshot:1 --executed=TestRunner:1

# Without the right to write, such as for a pull request, a build reads the cache and does not change it.
puts=$(requests "$scratch/server" PUT 201)
edit hello/hello.cc 's/: give a number/: do give a number/'
run_in "$second" read_only --remote_upload_local_results=false "${edited[@]}"
report read_only \
  --executed=CppCompile:1 --executed=KmodLink:1 --executed=Kbuild:1 --executed=Initramfs:1 --executed=TestRunner:1
[ "$(requests "$scratch/server" PUT 201)" -eq "$puts" ] || fail "a build that may not write wrote to the cache"
