#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that the files of the host that each kind of action reads or runs are exactly those of
# host_files.txt. The script runs an action of each kind under strace, in a copy of what Bazel built. It
# omits what the host's /bin/sh opens when it starts, because that depends on the host.
# Minutes: 2
# Runs alone: it copies the outputs of the checkout.
source "$(dirname "$0")/scratch.sh"

targets=(//hello:hello_ko //kmod_rules/private/reproducibility:locales //tests:qemu_smoke //kmod_rules/private/vm/initramfs:write_initramfs.stripped
  //:release //tests/module/import:vendor_bus //tests/module/set:plain //tests/vm/stock_modules/by_label:loop
  //hello:hello_rust_ko //examples/rust:ring_test //kmod_rules:vm_snapshot)
strace=$(external_program kmod_strace usr/bin/strace)
(cd "$project" && ./bazelw build --output_groups=+sbom "${targets[@]}") || fail "cannot build ${targets[*]}"
execution_root=$(cd "$project" && ./bazelw info execution_root 2> /dev/null)
output_base=$(cd "$project" && ./bazelw info output_base 2> /dev/null)
install_base=$(cd "$project" && ./bazelw info install_base 2> /dev/null)

# The script traces every mnemonic of the project, except those without a process and those of tests that
# run the programs of other actions.
known=" CcStrip ClangPlugin CppCompile CppLink Depmod FindStockModule ImportModule Initramfs Kbuild KernelHeaders KmodLink KmodSbom Localedef ModuleArchive ReleaseArchive Rustc StandardLibrary TestRunner VmSnapshot
 ExecutableSymlink Fail FileWrite Middleman SourceSymlinkManifest Symlink SymlinkTree
 Damage ExpectFailure Genrule ImportKbuild JoinFiles LargeFile PlainKbuild TestInAction UnhermeticHeader VendorObject "
mnemonics=$(cd "$project" && ./bazelw aquery --noinclude_commandline --noinclude_artifacts 'deps(//...)' 2> "$scratch/log" |
  sed -n 's/^  Mnemonic: //p' | sort -u) || fail "cannot list the actions: $(cat "$scratch/log")"
for mnemonic in $mnemonics; do
  [[ $known =~ [[:space:]]${mnemonic}[[:space:]] ]] ||
    fail "actions of mnemonic $mnemonic are new. Trace one of them in ${0##*/}."
done

# The directory in which actions run: outputs are copies, all other files are Bazel's links.
work=$scratch/work
mkdir -p "$work"
for entry in "$execution_root"/*; do
  [ "${entry##*/}" = bazel-out ] || ln -s "$entry" "$work/${entry##*/}"
done
# Without the links to files that tests need, a quarter of a million, and without the file systems of their guests,
# most of the bytes. No action reads them, and the one test that runs here gets its links below.
runfiles=bazel-out/k8-fastbuild/bin/tests/qemu_smoke.runfiles
(cd "$execution_root" && tar -cf - --exclude='*.runfiles' --exclude='*.initramfs.cpio' --exclude='*.state' \
  bazel-out/*/bin/{examples,external,hello,kmod_rules,runtime,tests,toolchains}) 2> "$scratch/log" | tar -C "$work" -xf -
cp -R --no-dereference "$execution_root/$runfiles" "$work/$runfiles"
snapshot=bazel-out/k8-fastbuild/bin/kmod_rules/private/vm/vm_snapshot.initramfs.cpio
cp "$execution_root/$snapshot" "$work/$snapshot"
runfiles=$work/$runfiles
chmod -R u+w "$work/bazel-out"

# Paths that are not files of the host: directories that Bazel made, as strace prints them, without links.
inside=
for place in "$work" "$output_base" "$install_base" "$project" "$scratch"; do
  inside+="${inside:+|}$(realpath "$place")"
done

# Programs that Bazel's script for tests calls. Not every host has all of them.
mkdir "$scratch/programs"
while IFS= read -r applet; do ln -s "$busybox" "$scratch/programs/$applet"; done < <("$busybox" --list)

# host_files VARIABLE=VALUE… -- COMMAND…: prints each file of the host that the command opens, by its resolved path, each
# link that it reads, and each program that it starts by an absolute path. Where hosts differ, it prints what they share.
# Leaves out what depends on time: malloc() of the C library reads overcommit_memory when a thread's heap shrinks.
host_files() {
  local environment=()
  while [ "$1" != -- ]; do
    environment+=(-E "$1")
    shift
  done
  shift
  rm -f "$scratch"/trace.*
  (cd "$work" && env -i "$strace" -ff --seccomp-bpf -qq -y -s 4096 -e signal=none -e status=successful \
    -e trace=open,openat,openat2,creat,execve,execveat,readlink,readlinkat "${environment[@]}" -o "$scratch/trace" "$@") \
    > "$scratch/output" 2>&1 || fail "$* fails under strace: $(tail -n 20 "$scratch/output")"
  cat "$scratch"/trace.* | sed -nE -e 's/^(open|openat|openat2|creat)\(.* = [0-9]+<(.*)>(\(deleted\))?$/\2/p' \
    -e 's/^(execve|execveat|readlink|readlinkat)\(([A-Z_]+(<[^>]*>)?, )?"(\/[^"]*)".*/\4/p' |
    sed -E -e "s#^$scratch/programs/#a program of the host's: #" -e "\#^($inside)(/|\$)#d" -e 's#^/proc/[0-9]+#/proc/PID#' -e 's#^/proc/PID/task/[0-9]+#/proc/PID/task/TID#' \
      -e '\#^/proc/sys/vm/overcommit_memory$#d' -e 's#^/proc/self/fd/[0-9]+#/proc/self/fd#' -e 's#^/sys/.*#/sys#' \
      -e 's#^/(etc|usr/lib)/(os-release|lsb-release|redhat-release|debian_version)$#what names the distribution#' | sort -u
}

host_files -- /bin/sh -c : > "$scratch/shell"
host_files -- /bin/bash -c : > "$scratch/bash"

# record KIND SHELL VARIABLE=VALUE… -- COMMAND…: records the command's files, without those of the shell's start.
record() {
  local kind=$1 shell=$2
  shift 2
  host_files "$@" | comm -23 - "$scratch/$shell" | sed "s/^/$kind: /" >> "$scratch/found"
}

# record_action KIND QUERY: runs the one action that the query finds.
record_action() {
  local environment=() command=()
  (cd "$project" && ./bazelw aquery --output=text "$2") > "$scratch/actions" 2> "$scratch/log" || fail "no action: $2: $(cat "$scratch/log")"
  [ "$(grep -c '^action ' "$scratch/actions")" -eq 1 ] || fail "not one action, but $(grep -c '^action ' "$scratch/actions"): $2"
  IFS=$'\n' read -r -d '' -a environment < <(sed -nE 's/^  Environment: \[(.*)\]$/\1/p' "$scratch/actions" | sed 's/, /\n/g' && printf '\0')
  # Bazel prints the command for a shell, with the contents of the parameter file and then with the file.
  eval "command=($(sed -nE '/^  Command Line: \(exec /,/\)$/ { s/^  Command Line: \(exec //; s/\)$//; s/\\$//; /^ *@.*[.]params *$/!p; }' "$scratch/actions"))"
  record "$1" shell "${environment[@]}" -- "${command[@]}"
}

module='deps(//hello:hello_ko)'
test='deps(//tests:qemu_smoke)'
strip='deps(//kmod_rules/private/vm/initramfs:write_initramfs.stripped)'
record_action "CppCompile for the kernel" "mnemonic(CppCompile, outputs('.*-ST-.*/hello/_objs/hello/hello[.]o', $module))"
record_action "CppCompile for the host" "mnemonic(CppCompile, outputs('.*/_objs/write_initramfs/write_initramfs[.]o', $test))"
record_action "CppLink of a library" "outputs('.*host/.*/private/base/libbase[.]a', $module)"
record_action "CppLink of a program" "outputs('.*/kmod_rules/private/vm/initramfs/write_initramfs', $test)"
record_action "CcStrip" "mnemonic(CcStrip, outputs('.*/write_initramfs[.]stripped', $strip))"
record_action "KmodLink" "mnemonic(KmodLink, $module)"
record_action "Kbuild of a module" "outputs('.*/hello/hello[.]ko', $module)"
record_action "Kbuild of objects" "outputs('.*/runtime/_kbuild/alloc_shim/shim/alloc[.]o', $module)"
record_action "KmodSbom" "mnemonic(KmodSbom, outputs('.*/k8-fastbuild/bin/hello/hello[.]spdx[.]json', $module))"
record_action "Initramfs" "mnemonic(Initramfs, outputs('.*/tests/qemu_smoke[.]initramfs[.]cpio', $test))"
record_action "VmSnapshot" "mnemonic(VmSnapshot, deps(//kmod_rules:vm_snapshot))"
record_action "Depmod" "mnemonic(Depmod, outputs('.*/k8-fastbuild/bin/.*', $test))"
record_action "FindStockModule" "mnemonic(FindStockModule, outputs('.*/k8-fastbuild/bin/.*', //tests/vm/stock_modules/by_label:loop))"
record_action "ImportModule" "mnemonic(ImportModule, outputs('.*/k8-fastbuild/bin/tests/module/import/vendor_bus/vendor_bus[.]ko', deps(//tests/module/import:vendor_bus)))"
record_action "ModuleArchive" "mnemonic(ModuleArchive, deps(//tests/module/set:plain))"
record_action "ReleaseArchive" "mnemonic(ReleaseArchive, deps(//:release))"
record_action "ClangPlugin" "mnemonic(ClangPlugin, outputs('.*/k8-fastbuild/bin/.*', deps(//kmod_rules:translator_plugin)))"
record_action "KernelHeaders" "mnemonic(KernelHeaders, outputs('.*/host/bin/.*', deps(//tests/headers:debian12_cloud_amd64_proof)))"
record_action "StandardLibrary for the kernel" "mnemonic(StandardLibrary, outputs('.*/standard_library[.]pcm', $module))"
record_action "StandardLibrary for the host" "mnemonic(StandardLibrary, outputs('.*/hosted_standard_library[.]pcm', $module))"
record_action "Rustc for the kernel" "mnemonic(Rustc, outputs('.*/hello/hello_rust/.*', deps(//hello:hello_rust_ko)))"
record_action "Rustc of unit tests" "mnemonic(Rustc, outputs('.*/ring_test[.]program', deps(//examples/rust:ring_test)))"
record_action "Localedef" "mnemonic(Localedef, deps(//kmod_rules/private/reproducibility:locales))"

# The test's program alone, then as Bazel starts it.
mkdir -p "$scratch/tmp"
record "VM test" shell TEST_TMPDIR="$scratch/tmp" TEST_SRCDIR="$runfiles" -- /bin/sh -c "cd '$runfiles/rules_kmod' && exec tests/qemu_smoke"
record "TestRunner" bash PATH="$scratch/programs" TZ=UTC0 RUNFILES_DIR="$runfiles" TEST_SRCDIR="$runfiles" TEST_WORKSPACE=rules_kmod \
  TEST_TMPDIR="$scratch/tmp" XML_OUTPUT_FILE="$scratch/tmp/test.xml" TEST_TARGET=//tests:qemu_smoke USER=nobody EXPERIMENTAL_SPLIT_XML_GENERATION=1 \
  TEST_UNDECLARED_OUTPUTS_DIR="$scratch/tmp/outputs" TEST_UNDECLARED_OUTPUTS_MANIFEST="$scratch/tmp/manifest" \
  TEST_UNDECLARED_OUTPUTS_ANNOTATIONS_DIR="$scratch/tmp/annotations" \
  -- external/bazel_tools/tools/test/test-setup.sh tests/qemu_smoke

list=$project/tests/integration/host_files.txt
grep -v '^#' "$list" | sort -u > "$scratch/listed"
sort -u "$scratch/found" -o "$scratch/found"
new=$(comm -13 "$scratch/listed" "$scratch/found")
gone=$(comm -23 "$scratch/listed" "$scratch/found")
[ -z "$new" ] || fail "an action opens what it did not open before. Mend it, or say why not in docs/hermeticity.md and in ${list##*/}:"$'\n'"$new"
[ -z "$gone" ] || fail "no action opens these any more. Take them out of ${list##*/} and docs/hermeticity.md:"$'\n'"$gone"
cat "$scratch/found"
