# SPDX-License-Identifier: MIT OR GPL-2.0-only
# shellcheck shell=dash
#
# Unpacks or copies a kernel's build tree: unpack_tree.sh BSDTAR SOURCE TREE
# Runs under the pinned busybox. SOURCE is a directory, or an archive in any format that bsdtar reads, such as
# an .rpm. The tree of a whole kernel has gigabytes that a build of modules never reads: objects, and sources
# besides headers and those of scripts.
set -eu

bsdtar=$1
source=$2
tree=$3

# unpack FILE DIRECTORY
unpack() {
  "$bsdtar" -xf "$1" -C "$2" --no-same-owner --no-same-permissions \
    --exclude '*.o' --exclude '*.a' --exclude '*.ko' --exclude '.git' || {
    echo "bsdtar cannot unpack ${1##*/}. It takes tar, cpio and zip archives, .rpm and .deb." >&2
    exit 1
  }
}

mkdir -p "$tree"
if [ -d "$source" ]; then
  "$bsdtar" -C "$source" -cf - --exclude '*.o' --exclude '*.a' --exclude '*.ko' --exclude '.git' . > "$tree.tar"
  source=$tree.tar
fi
unpack "$source" "$tree"
rm -f "$tree.tar"

# A .deb is an archive of two archives.
if [ -f "$tree/debian-binary" ]; then
  for data in "$tree"/data.tar*; do
    unpack "$data" "$tree"
  done
  rm -f "$tree"/debian-binary "$tree"/control.tar* "$tree"/data.tar*
fi

chmod -R u+rwX "$tree"
find "$tree" -type f -name '*.[cS]' ! -path '*/scripts/*' ! -path '*/include/*' -exec rm -f {} +
find "$tree" ! -type d ! -type f ! -type l -exec rm -f {} +
