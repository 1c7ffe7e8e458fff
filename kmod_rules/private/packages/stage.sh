# SPDX-License-Identifier: MIT OR GPL-2.0-only
# shellcheck shell=dash
#
# Unpacks one package into a folder of its own: stage.sh STAGES NAME VERSION PACKAGE.deb
# Runs under the pinned busybox, whose applets are the only programs on the PATH.
#
# A package in a folder of its own cannot write through what another one left. What leads out of the
# tree or has no place in one is refused by name; the folder has /bin, /sbin, /lib and /lib64 merged
# into /usr, and no documentation (the copyright files stay).
set -eu

stage=$1/$2
package="$2 $3"
deb=$4

refuse() {
  echo "package $package $1." >&2
  echo "The file has the sha256 of the lock, so it is the lock that names a bad package: check it with" >&2
  echo "  bazel run @rules_kmod//kmod_rules:update_lock -- --check" >&2
  exit 1
}

# Names one a line become a list; what is no character to print is shown as one.
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

# busybox takes what leads out of the folder off the names of members, and says what it took off. The
# name as it was is found in the archive itself.
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
  # Only root can make a device, so this is where other users learn of it.
  devices=$(dpkg-deb -c "$deb" 2> /dev/null | awk '/^[bcp]/ { print $NF }' | list)
  [ -z "$devices" ] || refuse "holds device nodes or pipes, which have no place in a tree of tools: $devices"
  refuse "cannot be unpacked: $said"
}

# A hard link counts only if its other names are in the package as well.
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
  [ -z "$odd" ] || refuse "holds device nodes or pipes, which have no place in a tree of tools: $odd"
  odd=$(cd "$stage" && find . -type f -perm +6000 | list)
  [ -z "$odd" ] || refuse "holds set-user-id or set-group-id files, which have no place in a tree of tools: $odd"
  refuse_hard_links
}

# What follows writes and deletes below these folders.
refuse_linked_folders() {
  for dir in usr usr/bin usr/sbin usr/lib usr/lib64 usr/share usr/share/doc; do
    [ ! -L "$stage/$dir" ] ||
      refuse "has a link in place of the folder $dir, to $(readlink "$stage/$dir" | list), and other packages have files in that folder"
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

leave_documentation_out() {
  if [ -d "$stage/usr/share/doc" ]; then
    # A link there stands for the whole folder of a package, with the copyright file of another one.
    find "$stage/usr/share/doc" -mindepth 2 \( -type f -o -type l \) ! -name copyright -exec rm -f {} +
  fi
  for dir in man info locale lintian bug; do
    rm -rf "$stage/usr/share/${dir:?}"
  done
}

unpack
refuse_odd_files
refuse_linked_folders
leave_documentation_out
merge_usr
rm -f "$deb"
