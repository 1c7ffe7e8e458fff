# SPDX-License-Identifier: MIT OR GPL-2.0-only
# shellcheck shell=dash
#
# Makes the programs of an unpacked tree relocatable: wrap.sh ROOT
# Runs under the pinned busybox, whose applets are the only programs in PATH.
#
# Each dynamic executable moves to .wrapped/ in its directory. A /bin/sh script replaces it and starts
# it with the loader and libraries of the tree, which it finds relative to itself. A link to such an
# executable becomes a script as well, because a shell script cannot follow the link by which it was
# called. An executable that lacks a library in the tree is removed, so that it cannot use a library
# of the host.
set -eu

top=$(cd "$1" && pwd -P)
loader=usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2
libraries="usr/lib/x86_64-linux-gnu usr/lib"

# Before glibc 2.33, a loader cannot set the program's own name, which GCC finds its parts by.
# shellcheck disable=SC2016 # for the wrapper
argv0='--argv0 "$0"'
prefix=
if [ -e "$top/$loader" ] && ! "$top/$loader" --help 2>&1 | grep -q -e --argv0; then
  argv0=
  # shellcheck disable=SC2016 # for the wrapper
  [ ! -d "$top/usr/lib/gcc" ] || prefix='export GCC_EXEC_PREFIX="$root/usr/lib/gcc/"'
fi

is_dynamic() {
  case ${1##*/} in
    *.so | *.so.*) return 1 ;;
  esac
  head -c 4096 "$1" | grep -q 'ld-linux-x86-64\.so\.2'
}

# write_wrapper FILE EXECUTABLE: both are absolute and below $top.
write_wrapper() {
  up=
  dir=${1%/*}
  while [ "$dir" != "$top" ]; do
    up=$up/..
    dir=${dir%/*}
  done
  path=
  for library in $libraries; do
    path="$path\$root/$library:"
  done
  rm -f "$1"
  # --inhibit-cache: libraries must not come from the host's ld.so.cache.
  cat > "$1" <<EOS
#!/bin/sh
unset LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT
root=\${0%/*}$up
${prefix:+$prefix
}exec "\$root/$loader" --inhibit-cache --library-path "${path%:}" ${argv0:+$argv0 }"\$root/${2#"$top"/}" "\$@"
EOS
  chmod 755 "$1"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

find "$top" -type f -perm -100 | while IFS= read -r file; do
  if is_dynamic "$file"; then echo "$file"; fi
done > "$work/executables"

# Links are resolved before an executable moves.
find "$top" -type l | while IFS= read -r link; do
  printf '%s\t%s\n' "$(realpath "$link")" "$link"
done > "$work/links"

[ ! -s "$work/executables" ] || [ -e "$top/$loader" ] || {
  echo "the package set has programs but no $loader: add libc6 to it" >&2
  exit 1
}

library_path=
for library in $libraries; do
  library_path="$library_path$top/$library:"
done

while IFS= read -r file; do
  wrapped=${file%/*}/.wrapped/${file##*/}
  if "$top/$loader" --inhibit-cache --library-path "${library_path%:}" --list "$file" > "$work/needed" 2>&1 &&
    ! grep '=>' "$work/needed" | grep -qv "=> $top/"; then
    mkdir -p "${wrapped%/*}"
    mv "$file" "$wrapped"
    write_wrapper "$file" "$wrapped"
  else
    wrapped=
    rm -f "$file"
  fi
  awk -F '\t' -v file="$file" '$1 == file { print $2 }' "$work/links" > "$work/aliases"
  while IFS= read -r link; do
    if [ -n "$wrapped" ]; then write_wrapper "$link" "$wrapped"; else rm -f "$link"; fi
  done < "$work/aliases"
done < "$work/executables"
