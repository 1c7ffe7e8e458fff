#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Every BUILD and .bzl file is formatted, and buildifier warns of nothing in it.
source "$(dirname "$0")/own_files.sh"

version=8.2.1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# buildifier is in no Debian package; its npm package holds the released program.
if ! command -v npm > /dev/null; then
  if [ "$(id -u)" -eq 0 ]; then as_root=(); else as_root=(sudo); fi
  {
    "${as_root[@]}" apt-get update &&
      "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends npm
  } > "$scratch/log" 2>&1 || fail "cannot install npm, with which buildifier comes:"$'\n'"$(tail -n 20 "$scratch/log")"
fi
npm install --prefix "$scratch" --no-audit --no-fund "@bazel/buildifier@$version" > "$scratch/log" 2>&1 ||
  fail "npm cannot install buildifier $version:"$'\n'"$(tail -n 20 "$scratch/log")"

without=(
  # Unit tests load private functions; users have no reason to.
  -bzl-visibility
  # Where these want rules_cc to define CcInfo and cc_common, the pinned rules_cc has no such file.
  -native-cc-common
  -native-cc-info
  # A validator takes `fail` as a parameter, so that a test can call it; buildifier takes that for
  # the built-in, which does not return.
  -unreachable
)
find_own_files '*.bzl' '*.bazel' '*.BUILD' WORKSPACE
"$scratch/node_modules/.bin/buildifier" --mode=check --lint=warn \
  --warnings="$(IFS=, && echo "${without[*]}")" "${own_files[@]}" ||
  fail "buildifier $version found the above. buildifier FILE formats one."
echo "buildifier found nothing in ${#own_files[@]} files"
