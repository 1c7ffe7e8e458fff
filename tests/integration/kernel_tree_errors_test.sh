#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that the fetch of a `kernel_tree` refuses what is not a complete kernel, says by name what lacks, and
# what to do.
source "$(dirname "$0")/scratch.sh"

workspace=$scratch/workspace
mkdir -p "$workspace/package/linux"
parts=(Makefile Module.symvers arch/x86/module.lds include/config/auto.conf include/config/kernel.release
  include/generated/autoconf.h include/generated/utsrelease.h scripts/basic/fixdep scripts/mod/modpost)

# Makes a made-up kernel: make_tree DIRECTORY
make_tree() {
  local part
  for part in "${parts[@]}"; do
    mkdir -p "$1/$(dirname "$part")"
    echo "# made up" > "$1/$part"
  done
  echo 1 > "$1/include/config/kernel.release"
}

declarations=
targets=()
declare -A expected
# Declares a kernel_tree and what its fetch says: refuse NAME 'ATTRIBUTES' TEXT…
refuse() {
  local name=$1 attributes=$2
  shift 2
  declarations+="
kernel_tree(
    name = \"$name\",
    compiler = \"gcc-12\",
    tools = \"@kmod_kbuild_gcc12//:root\",
    $attributes
)
"
  targets+=("@$name//:kernel")
  expected[$name]=$(printf '%s\n' "$@")
}

which="Give exactly one of path (an absolute path), directory or archive (labels), and url."
refuse no_source "" "no_source: no attribute names the kernel. $which"
refuse two_sources 'path = "/a", archive = "//:archive.tar",' "two_sources: path and archive are given. $which"
refuse no_sha256 'url = "http://mirror.invalid/a.tar",' "no_sha256: url is given without sha256"
refuse relative_path 'path = "linux",' "relative_path: path is linux, and must be absolute."
refuse absent 'path = "/nowhere/linux",' "absent: /nowhere/linux does not exist. Name the directory or the archive"

echo "no archive" > "$workspace/damaged.rpm"
refuse damaged 'archive = "//:damaged.rpm",' "damaged: unpack_tree.sh failed" "bsdtar cannot unpack damaged.rpm. It takes tar, cpio and zip archives, .rpm and .deb."

# A kernel that was configured and not built: everything that lacks is named at once.
echo "CONFIG_OBJTOOL=y" > "$workspace/package/linux/.config"
echo "CONFIG_MODVERSIONS=y" >> "$workspace/package/linux/.config"
echo 'exports_files(["linux"])' > "$workspace/package/BUILD.bazel"
refuse unprepared 'directory = "//package:linux",' "unprepared: the kernel in . is not complete. It lacks" \
  "  Makefile: this is not a kernel build directory; copy that of the kernel's source, or name another build_directory." \
  "  include/config/auto.conf: without it, kbuild does not know how the kernel is configured; run \`make modules_prepare\` in it." \
  "  include/generated/autoconf.h: " "  include/generated/utsrelease.h: " \
  "  Module.symvers: without it, the kernel's symbols are unknown" "\`make modules_prepare\` does not write it, \`make\` does." \
  "  arch/x86/module.lds or scripts/module.lds: " "  scripts/basic/fixdep: " "  scripts/mod/modpost: " \
  "  scripts/genksyms/genksyms: " "  tools/objtool/objtool: without it, a module has neither unwind data nor return sites; run "

mkdir "$scratch/empty"
refuse nothing "path = \"$scratch/empty\"," "nothing: no kernel was built here: no directory has include/config/auto.conf or include/generated/autoconf.h"

make_tree "$scratch/two/a"
make_tree "$scratch/two/b"
refuse two_kernels "path = \"$scratch/two\"," "two_kernels: kernels were built in several directories: a, b. Name one of them in the attribute build_directory."
refuse no_directory "path = \"$scratch/two\", build_directory = \"c\"," "no_directory: there is no directory c in the tree."
refuse other_release "path = \"$scratch/two\", build_directory = \"b\", release = \"2\"," \
  "other_release: release is 2, and include/config/kernel.release says 1."

make_tree "$scratch/no_release"
rm "$scratch/no_release/include/config/kernel.release"
refuse no_release "path = \"$scratch/no_release\"," "no_release: include/config/kernel.release is not there or empty, so the release of the kernel is unknown. Name it in the attribute release"

make_tree "$scratch/outside/obj"
printf 'include /home/me/linux/Makefile\ninclude ../linux/Makefile\nexport KBUILD_OUTPUT = /home/me/obj\n' > "$scratch/outside/obj/Makefile"
mkdir "$scratch/outside/linux"
touch "$scratch/outside/linux/Makefile"
refuse outside "path = \"$scratch/outside\"," \
  "outside: obj/Makefile takes files from outside the tree: \`include /home/me/linux/Makefile\`, \`export KBUILD_OUTPUT = /home/me/obj\`. Add these files"

make_tree "$scratch/configuration"
echo "CONFIG_CFI=y" > "$scratch/configuration/include/config/auto.conf"
refuse configuration "path = \"$scratch/configuration\"," "configuration: the kernel's configuration has CONFIG_CFI ("

make_tree "$scratch/compiler"
echo "CONFIG_CC_VERSION_TEXT=gcc (GCC) 13.2.1 20231205" > "$scratch/compiler/include/config/auto.conf"
refuse compiler "path = \"$scratch/compiler\"," \
  "compiler: the kernel was built with gcc 13 (gcc (GCC) 13.2.1 20231205, says its CONFIG_CC_VERSION_TEXT), and gcc-12 of its tools is gcc 12"

# A program whose libraries are not in the package set: rpm, of librpm.
make_tree "$scratch/libraries"
rpm=$(external_program kmod_rpm usr/bin/rpm)
install -m 755 "${rpm%/*}/.wrapped/rpm" "$scratch/libraries/scripts/mod/modpost"
refuse libraries "path = \"$scratch/libraries\"," \
  "libraries: these programs of the kernel do not run with the libraries of the package set \"kernel_tree_libraries\": scripts/mod/modpost." \
  "name it in the attributes lock and package_set."

# What all of them come to if nothing else is wrong.
make_tree "$scratch/kbuild"
refuse kbuild "path = \"$scratch/kbuild\"," "kbuild: kbuild of 1 cannot compile a module of one empty C file with gcc-12:"

cat > "$workspace/WORKSPACE" << EOS
workspace(name = "test")

local_repository(
    name = "rules_kmod",
    path = "$project",
)

load("@rules_kmod//kmod_rules:repositories.bzl", "kernel_tree", "kmod_repositories")

kmod_repositories()
$declarations
EOS
echo "build --repository_cache=$cache" > "$workspace/.bazelrc"
touch "$workspace/BUILD.bazel"
mapfile -t trees < <(fetched_trees @kmod_bsdtar//:root @kmod_kbuild_gcc12//:root)

expect_failure "kernels that are not complete" bazel_in "$workspace" build --keep_going "${trees[@]}" "${targets[@]}"
for name in "${!expected[@]}"; do
  while IFS= read -r text; do
    expect_log "$text"
  done <<< "${expected[$name]}"
done
echo "${#expected[@]} kernels refused"
