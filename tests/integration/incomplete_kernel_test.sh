#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that the fetch of a kernel refuses a set of packages that lacks a part, and names the part. It
# also refuses a configuration that modules cannot follow, another compiler than the kernel's, flags of kbuild
# that the flag table does not know, and a kbuild that cannot compile.
source "$(dirname "$0")/scratch.sh"
source "$(dirname "$0")/mirror.sh"

build=usr/src/linux-headers-1
parts=(Makefile Module.symvers arch/x86/module.lds include/config/auto.conf include/generated/autoconf.h
  include/generated/utsrelease.h scripts/basic/fixdep scripts/genksyms/genksyms scripts/mod/modpost
  tools/objtool/objtool)

# Makes a tree with all parts except the given one.
kernel_tree() {
  local part
  for part in "${parts[@]}"; do
    mkdir -p "$1/$build/$(dirname "$part")"
    [ "$part" = "${2:-}" ] || printf '%s\n' CONFIG_MODVERSIONS=y CONFIG_OBJTOOL=y > "$1/$build/$part"
  done
}

declarations=
declare -A names
for part in "${parts[@]}" none; do
  name=kernel_$(basename "$part" | tr . _)
  names[$part]=$name
  kernel_tree "$scratch/$name" "$part"
  make_deb "$name" "$scratch/$name"
  declarations+="
kernel_repository(
    name = \"$name\",
    build_directory = \"$build\",
    compiler = \"gcc\",
    image = \"//:no_image\",
    lock = \"//:$name.json\",
    package_set = \"$name\",
    release = \"1\",
    tools = \"@tools//:root\",
)
"
done

# A script in place of make, which records the command that the test wants.
mkdir -p "$scratch/tools/usr/bin"
cat > "$scratch/tools/usr/bin/make" << 'EOS'
#!/bin/sh
for word in "$@"; do
  case $word in
    M=*) module=${word#M=} ;;
  esac
done
. "${0%/*}/answer"
EOS
chmod +x "$scratch/tools/usr/bin/make"
: > "$scratch/tools/usr/bin/answer"
make_deb tools "$scratch/tools"
declarations+='
sysroot_repository(
    name = "tools",
    build_file = "//:tree.BUILD",
    lock = "//:tools.json",
    package_set = "tools",
)
'
write_workspace "$scratch/workspace" "$declarations"
for name in tools "${names[@]}"; do
  write_lock "$name" > "$scratch/workspace/$name.json"
done
start_mirror

fetch() {
  bazel_in "$scratch/workspace" build --repo_env=KMOD_MIRROR="$mirror_address" "@$1//:kernel"
}

for part in "${parts[@]}"; do
  name=${names[$part]}
  expect_failure "a kernel without $part" fetch "$name"
  expect_log "$name: the package set \"$name\" is not a complete kernel: $build lacks $part" \
    "Add the packages that hold the kernel's headers and its build tools to the set"
done

printf '%s\n' CONFIG_CFI_CLANG=y CONFIG_MODVERSIONS=y CONFIG_GENDWARFKSYMS=y > "$scratch/kernel_none/$build/include/config/auto.conf"
make_deb kernel_none "$scratch/kernel_none"
write_lock kernel_none > "$scratch/workspace/kernel_none.json"
expect_failure "a configuration that modules cannot follow" fetch kernel_none
expect_log "kernel_none: the kernel's configuration has CONFIG_CFI_CLANG (" ", CONFIG_GENDWARFKSYMS (" \
  "Choose a kernel that is configured without them."

# A kernel is built with the compiler that built it, or another one of its major version.
echo 'CONFIG_CC_VERSION_TEXT="gcc (GCC) 12.2.0"' > "$scratch/kernel_none/$build/include/config/auto.conf"
make_deb kernel_none "$scratch/kernel_none"
write_lock kernel_none > "$scratch/workspace/kernel_none.json"
expect_failure "tools without the kernel's compiler" fetch kernel_none
expect_log "kernel_none: tools, @tools//:root, has no program gcc. Name the compiler that built the kernel in the attributes compiler and tools: gcc (GCC) 12.2.0"

printf '#!/bin/sh\necho "gcc (GCC) 11.4.0"\n' > "$scratch/tools/usr/bin/gcc"
chmod +x "$scratch/tools/usr/bin/gcc"
make_deb tools "$scratch/tools"
write_lock tools > "$scratch/workspace/tools.json"
expect_failure "another compiler" fetch kernel_none
expect_log "kernel_none: the kernel was built with gcc 12 (gcc (GCC) 12.2.0, says its CONFIG_CC_VERSION_TEXT), and gcc of its tools is gcc 11" \
  "Name a compiler of the same major version in the attributes compiler and tools."

printf '#!/bin/sh\necho "gcc (GCC) 12.3.0"\n' > "$scratch/tools/usr/bin/gcc"
make_deb tools "$scratch/tools"
write_lock tools > "$scratch/workspace/tools.json"

expect_failure "a kbuild that cannot compile" fetch kernel_none
expect_log "kernel_none: kbuild of 1 cannot compile a module of one empty C file with gcc:"

# shellcheck disable=SC2016 # the script `make` expands it
echo 'echo "cmd_probe.o := gcc -O2 -mnew-mitigation=all -c -o probe.o probe.c" > "$module/.probe.o.cmd"' > "$scratch/tools/usr/bin/answer"
make_deb tools "$scratch/tools"
write_lock tools > "$scratch/workspace/tools.json"
expect_failure "a flag that the table does not know" fetch kernel_none
expect_log "kernel_none: kbuild compiles with -mnew-mitigation=all, and the flag table does not have it." \
  "kmod_rules/private/kernel/flag_table.bzl"

# shellcheck disable=SC2016 # the script `make` expands it
echo 'echo "cmd_probe.o := gcc -O2 -c -o probe.o probe.c ; ./tools/objtool/objtool --orc probe.o" > "$module/.probe.o.cmd"' > "$scratch/tools/usr/bin/answer"
make_deb tools "$scratch/tools"
write_lock tools > "$scratch/workspace/tools.json"
fetch kernel_none
grep -F 'cxx_flags = ["-O2"]' "$scratch"/bazel/*/external/kernel_none/BUILD.bazel || fail "the flags are not what kbuild said"
grep -F 'objtool_args = ["--orc"]' "$scratch"/bazel/*/external/kernel_none/BUILD.bazel || fail "objtool's options are not what kbuild said"

cat >> "$scratch/workspace/WORKSPACE" << 'EOS'
sysroot_repository(
    name = "pruned",
    build_file = "//:tree.BUILD",
    keep = [
        "usr/bin",
        "usr/nowhere",
    ],
    lock = "//:tools.json",
    package_set = "tools",
    wrap = False,
)
EOS
expect_failure "a folder to keep that is not there" \
  bazel_in "$scratch/workspace" build --repo_env=KMOD_MIRROR="$mirror_address" @pruned//:all
expect_log "pruned: keep names usr/nowhere, and the package set \"tools\" has no such directory."
