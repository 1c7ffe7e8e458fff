# SPDX-License-Identifier: MIT OR GPL-2.0-only
# shellcheck shell=dash
#
# Unpacks one package into its own directory: stage.sh STAGES NAME VERSION PACKAGE.deb
# Runs under the pinned busybox, whose applets are the only programs in PATH.
#
# A package in its own directory cannot write through links of another package. Files that lead out of
# the tree, and kinds of files that a tree of tools must not have, are refused by name. In the result,
# /bin, /sbin, /lib and /lib64 are merged into /usr, and documentation is removed except copyright
# files.
set -eu

stage=$1/$2
package="$2 $3"
deb=$4

refuse() {
  echo "package $package $1." >&2
  echo "The file has the sha256 of the lock, so the lock names a bad package. Check the lock with" >&2
  echo "  bazel run @rules_kmod//kmod_rules:update_lock -- --check" >&2
  exit 1
}

# Turns lines with names into a list, with control characters in visible form.
list() {
  tr '\n' ' ' | cat -v | sed 's/ *$//; s/ /, /g'
}

# The raw bytes of the archive inside the package.
data_tar() {
  member=$(ar t "$deb" | grep '^data\.tar' | head -n 1)
  case $member in
    *.gz) ar p "$deb" "$member" | gunzip ;;
    *.xz) ar p "$deb" "$member" | unxz ;;
    *.bz2) ar p "$deb" "$member" | bunzip2 ;;
    *) ar p "$deb" "$member" ;;
  esac
}

# busybox removes a prefix that leads out of the directory from the names of members, and prints the
# prefix. The original name is in the archive itself.
refuse_outside() {
  prefix=$(echo "$1" | sed -n "s/.*removing leading '\(.*\)' from member names.*/\1/p" | head -n 1)
  [ -n "$prefix" ] || return 0
  dpkg-deb -c "$deb" 2> /dev/null | awk -v prefix="$prefix" '{
    sub(/^([^ ]+ +){5}/, ""); sub(/ -> .*/, ""); print prefix $0
  }' > "$stage.names"
  refuse "holds $(data_tar | tr '\0' '\n' | grep -xF -f "$stage.names" | head -n 1), which is outside the tree"
}

unpack() {
  mkdir -p "$stage"
  status=0
  said=$(dpkg-deb -x "$deb" "$stage" 2>&1) || status=$?
  [ "$status" -ne 0 ] || [ -n "$said" ] || return 0
  refuse_outside "$said"
  # Only root can create a device, so for other users dpkg-deb fails here.
  devices=$(dpkg-deb -c "$deb" 2> /dev/null | awk '/^[bcp]/ { print $NF }' | list)
  [ -z "$devices" ] || refuse "holds device nodes or pipes, which a tree of tools must not have: $devices"
  refuse "cannot be unpacked: $said"
}

# All names of a hard link must be in the package.
refuse_hard_links() {
  find "$stage" -type f -links +1 | while IFS= read -r file; do
    # shellcheck disable=SC2046 # two numbers
    set -- $(stat -c '%i %h' "$file")
    [ "$(find "$stage" -inum "$1" | wc -l)" -eq "$2" ] || echo "${file#"$stage"/}"
  done > "$stage.links"
  [ ! -s "$stage.links" ] ||
    refuse "holds hard links to files that are not its own: $(list < "$stage.links")"
}

refuse_odd_files() {
  find "$stage" -name '*[[:cntrl:]]*' -o ! -type d ! -type l \( ! -type f -o -perm +6000 -o -links +1 \) > "$stage.odd"
  [ -s "$stage.odd" ] || return 0
  odd=$(cd "$stage" && find . -name '*[[:cntrl:]]*' | list)
  [ -z "$odd" ] || refuse "holds names with control characters: $odd"
  odd=$(cd "$stage" && find . ! -type d ! -type l ! -type f | list)
  [ -z "$odd" ] || refuse "holds device nodes or pipes, which a tree of tools must not have: $odd"
  odd=$(cd "$stage" && find . -type f -perm +6000 | list)
  [ -z "$odd" ] || refuse "holds set-user-id or set-group-id files, which a tree of tools must not have: $odd"
  refuse_hard_links
}

# The functions below write and delete in these directories.
refuse_linked_directories() {
  for dir in usr usr/bin usr/sbin usr/lib usr/lib64 usr/share usr/share/doc; do
    [ ! -L "$stage/$dir" ] ||
      refuse "has a link instead of the directory $dir, to $(readlink "$stage/$dir" | list), and other packages have files in that directory"
  done
}

# Debian 12 expects a merged /usr, and some of its packages still ship files outside it.
merge_usr() {
  for dir in bin sbin lib lib64; do
    if [ -d "$stage/$dir" ] && [ ! -L "$stage/$dir" ]; then
      mkdir -p "$stage/usr/$dir"
      cp -a "$stage/$dir/." "$stage/usr/$dir/"
      rm -rf "${stage:?}/$dir"
    fi
  done
}

remove_documentation() {
  if [ -d "$stage/usr/share/doc" ]; then
    # A link there replaces the directory of a package, and leads to the copyright file of another one.
    find "$stage/usr/share/doc" -mindepth 2 \( -type f -o -type l \) ! -name copyright -exec rm -f {} +
  fi
  for dir in man info locale lintian bug; do
    rm -rf "$stage/usr/share/${dir:?}"
  done
}

unpack
refuse_odd_files
refuse_linked_directories
remove_documentation
merge_usr
rm -f "$deb"
