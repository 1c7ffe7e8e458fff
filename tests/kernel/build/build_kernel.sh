#!/bin/sh
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Builds a kernel: build_kernel.sh TOOLS SOURCE CONFIG TREE IMAGE
# Runs the programs of TOOLS alone. SOURCE is an archive with one directory, and
# CONFIG has the options that differ from allnoconfig. Writes TREE, an archive of the build tree for modules as
# distributions pack it, and IMAGE.
set -eu

top=$PWD
tools=$top/$1
source=$top/$2
config=$top/$3
tree=$top/$4
image=$top/$5

export PATH="$tools/usr/bin" LC_ALL=C
# These find their files by absolute paths.
export BISON_PKGDATADIR="$tools/usr/share/bison" M4="$tools/usr/bin/m4"

work=$top/kernel_build
mkdir "$work"
cd "$work"

# The source of 1.5 GB has much that a small kernel for x86 never reads.
tar -xf "$source" --strip-components=1 --exclude='*/Documentation/*/*' --exclude='*/arch/[a-wyz]*/*.[chS]' \
  --exclude='*.dts' --exclude='*.dtsi' --exclude='*/drivers/gpu/*.[ch]' --exclude='*/drivers/media/*.[ch]' --exclude='*/drivers/net/*.[ch]' \
  --exclude='*/sound/*.[ch]' --exclude='*/tools/testing/*'

# kbuild calls the programs that it builds. They are static, because nothing of the host may be used, and the
# loader of other programs is the host's. libelf needs zlib. Some makefiles of tools/ ignore HOSTCFLAGS, and
# Kconfig tries whether the compiler can link programs, so the compiler's name has the option.
compiler="gcc-12 --sysroot=$tools"
run_make() {
  make -j"$(nproc)" "$@" \
    CC="$compiler" HOSTCC="$compiler" YACC=bison LEX=flex SHELL="$tools/usr/bin/sh" CONFIG_SHELL="$tools/usr/bin/sh" \
    HOSTLDFLAGS="-static -lz" \
    KBUILD_BUILD_USER=kbuild KBUILD_BUILD_HOST=kbuild KBUILD_BUILD_TIMESTAMP="Thu Jan  1 00:00:00 UTC 1970" \
    > log 2>&1 || {
    tail -n 40 log >&2
    exit 1
  }
}

run_make KCONFIG_ALLCONFIG="$config" allnoconfig
grep '^CONFIG_' "$config" | grep -vxF -f .config > lost || true
if [ -s lost ]; then
  echo "kbuild does not set these options of $3, because others that they depend on are not set:" >&2
  cat lost >&2
  exit 1
fi
run_make bzImage modules modules_prepare
cp arch/x86/boot/bzImage "$image"

# Distributions ship these programs linked with shared libraries. The linker script of libc has paths from before
# /lib was merged into /usr.
mkdir shared
sed 's,/[^ ]*/,,g' "$tools/usr/lib/x86_64-linux-gnu/libc.so" > shared/libc.so
link() {
  gcc-12 --sysroot="$tools" -Lshared -s -Wl,--build-id=none -o "$@"
}
link scripts/basic/fixdep scripts/basic/fixdep.c
link scripts/genksyms/genksyms scripts/genksyms/*.o
link scripts/mod/modpost scripts/mod/modpost.o scripts/mod/file2alias.o scripts/mod/sumversion.o
link tools/objtool/objtool tools/objtool/objtool-in.o tools/objtool/libsubcmd.a -lelf

release=$(cat include/config/kernel.release)
find .config Makefile Module.symvers arch/x86/Makefile* arch/x86/include include scripts tools/objtool/objtool \
  \( -type f -o -type l \) ! -name '*.o' ! -name '*.cmd' ! -path 'scripts/kconfig/*' ! -path 'scripts/dtc/*' |
  sort > files
tar -cf "$tree" --no-recursion --files-from=files --transform="s,^,usr/src/kernels/$release/,S" \
  --owner=0 --group=0 --numeric-owner --mtime=@0 --mode=u=rwX,go=rX
cd "$top"
rm -rf "$work"
