#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# A workspace of one's own, with rules_kmod as an external repository: README.md's first module builds
# there, against either kernel, and a library without any change builds for the host as well.
source "$(dirname "$0")/scratch.sh"

workspace=$scratch/workspace
mkdir -p "$workspace"

# The files are those of README.md, so that it cannot be wrong: each code block that follows a line
# "`NAME`:" is a file of that name.
awk -v out="$workspace" '
  /^`[^`]+`:$/ { name = substr($0, 2, length($0) - 3); next }
  /^```/ { if (inside) { inside = 0; close(out "/" name); name = "" } else if (name) inside = 1; next }
  inside { print > (out "/" name) }
' "$project/README.md"
for file in WORKSPACE BUILD.bazel first.cc .bazelrc; do
  [ -s "$workspace/$file" ] || fail "README.md shows no $file"
done
sed -i "s|/path/to/rules_kmod|$project|" "$workspace/WORKSPACE"
echo "build --repository_cache=$cache" >> "$workspace/.bazelrc"

bazel_in "$workspace" build //:first_ko //:first
modinfo() {
  tr '\0' '\n' < "$workspace/bazel-bin/first.stripped.ko" | grep -a "^$1=" || fail "first.stripped.ko has no $1"
}
modinfo 'vermagic' | grep -qF 6.1.0-50-cloud-amd64
modinfo 'license' | grep -qF 'Dual MIT/GPL'

bazel_in "$workspace" build --@rules_kmod//kmod_rules:kernel=@debian12_amd64//:kernel //:first_ko
modinfo 'vermagic' | grep -qF '6.1.0-50-amd64 SMP'

bazel_in "$workspace" test //:first_test
