#!/bin/sh
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Builds a kernel from source, or prepares its tree for modules:
#   build_kernel.sh build TOOLS SOURCE CONFIG... -- TREE IMAGE SYMVERS [VARIABLE=VALUE]...
#   build_kernel.sh prepare TOOLS SOURCE CONFIG... -- DIRECTORY
# Runs the programs of TOOLS alone. SOURCE is an archive with one directory, and each CONFIG has options that differ
# from allnoconfig. `build` writes TREE, an archive of the build tree for modules as distributions pack it, IMAGE, and
# SYMVERS, the Module.symvers of the kernel; the variables are for make, after all others. `prepare` needs no
# compiled kernel: it writes the same tree to DIRECTORY, with an empty Module.symvers and with programs that are linked
# statically.
set -eu

absolute() {
  case $1 in
    /*) echo "$1" ;;
    *) echo "$PWD/$1" ;;
  esac
}

mode=$1
tools=$(absolute "$2")
source=$(absolute "$3")
shift 3

export PATH="$tools/usr/bin" LC_ALL=C
# These find their files by absolute paths.
export BISON_PKGDATADIR="$tools/usr/share/bison" M4="$tools/usr/bin/m4"

top=$PWD
work=$top/kernel_build
mkdir "$work"

config=$work/allnoconfig
config_names=
while [ "$1" != -- ]; do
  cat "$1" >> "$config"
  config_names="${config_names:+$config_names and }$1"
  shift
done
shift

# The source of 1.5 GB has much that a small kernel for x86 never reads.
tar -C "$work" -xf "$source" --strip-components=1 --exclude='*/Documentation/*/*' --exclude='*/arch/[a-wyz]*/*.[chS]' \
  --exclude='*.dts' --exclude='*.dtsi' --exclude='*/drivers/gpu/*.[ch]' --exclude='*/drivers/media/*.[ch]' --exclude='*/drivers/net/*/*.[ch]' \
  --exclude='*/sound/*.[ch]' --exclude='*/tools/testing/*'

# kbuild calls the programs that it builds. They are static, because nothing of the host may be used, and the
# loader of other programs is the host's. libelf needs zlib. Some makefiles of tools/ ignore HOSTCFLAGS, and
# Kconfig tries whether the compiler can link programs, so the compiler's name has the option.
compiler="gcc-12 --sysroot=$tools"
run_make() {
  make -C "$work" -j"$(nproc)" \
    CC="$compiler" HOSTCC="$compiler" YACC=bison LEX=flex SHELL="$tools/usr/bin/sh" CONFIG_SHELL="$tools/usr/bin/sh" \
    HOSTLDFLAGS="-static -lz" \
    KBUILD_BUILD_USER=kbuild KBUILD_BUILD_HOST=kbuild KBUILD_BUILD_TIMESTAMP="Thu Jan  1 00:00:00 UTC 1970" \
    "$@" > "$work/log" 2>&1 || {
    # With several jobs, the last lines are not always those of the error.
    grep -E '(error|\*\*\*)' "$work/log" | head -n 40 >&2
    tail -n 20 "$work/log" >&2
    exit 1
  }
}

configure() {
  run_make KCONFIG_ALLCONFIG="$config" allnoconfig
  grep '^CONFIG_' "$config" | grep -vxF -f "$work/.config" > "$work/lost" || true
  if [ -s "$work/lost" ]; then
    echo "kbuild does not set these options of $config_names, because others that they depend on are not set:" >&2
    cat "$work/lost" >&2
    exit 1
  fi
}

# Links the tree's programs again, without debug information, which has the path of this directory:
# link_programs OPTION...
link_programs() {
  link scripts/basic/fixdep scripts/basic/fixdep.c "$@"
  [ ! -f scripts/genksyms/genksyms ] || link scripts/genksyms/genksyms scripts/genksyms/*.o "$@"
  link scripts/mod/modpost scripts/mod/modpost.o scripts/mod/file2alias.o scripts/mod/sumversion.o "$@"
  link tools/objtool/objtool tools/objtool/objtool-in.o tools/objtool/libsubcmd.a -lelf -lz "$@"
}
link() {
  gcc-12 --sysroot="$tools" -s -Wl,--build-id=none -o "$@"
}

# Writes an archive of the tree to standard output; the options are tar's: pack_tree OPTION...
pack_tree() {
  find .config Makefile Module.symvers arch/x86/Makefile* arch/x86/include include scripts tools/objtool/objtool \
    \( -type f -o -type l \) ! -name '*.o' ! -name '*.cmd' ! -path 'scripts/kconfig/*' ! -path 'scripts/dtc/*' |
    sort > files
  tar -cf - --no-recursion --files-from=files --owner=0 --group=0 --numeric-owner --mtime=@0 --mode=u=rwX,go=rX "$@"
}

build() {
  tree=$(absolute "$1")
  image=$(absolute "$2")
  symvers=$(absolute "$3")
  shift 3
  configure
  run_make bzImage modules modules_prepare "$@"
  cp "$work/arch/x86/boot/bzImage" "$image"
  cp "$work/Module.symvers" "$symvers"
  cd "$work"
  # Distributions ship these programs linked with shared libraries. The linker script of libc has paths from before
  # /lib was merged into /usr.
  mkdir shared
  sed 's,/[^ ]*/,,g' "$tools/usr/lib/x86_64-linux-gnu/libc.so" > shared/libc.so
  link_programs -Lshared
  pack_tree --transform="s,^,usr/src/kernels/$(cat include/config/kernel.release)/,S" > "$tree"
}

prepare() {
  directory=$(absolute "$1")
  configure
  run_make modules_prepare
  cd "$work"
  : > Module.symvers
  link_programs -static
  mkdir -p "$directory"
  pack_tree | tar -C "$directory" -xf -
}

case $mode in
  build) build "$@" ;;
  prepare) prepare "$@" ;;
esac
cd "$top"
rm -rf "$work"
