#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that every BUILD and .bzl file is formatted, and that buildifier has no warning about it.
source "$(dirname "$0")/own_files.sh"

version=8.2.1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Debian has no package of buildifier; its npm package contains the released program.
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
  # Unit tests load private functions.
  -bzl-visibility
  # These want CcInfo and cc_common from a file that the pinned rules_cc does not have.
  -native-cc-common
  -native-cc-info
  # Validators have a parameter `fail`, for tests; buildifier mistakes it for the built-in function,
  # which does not return.
  -unreachable
)
find_own_files '*.bzl' '*.bazel' '*.BUILD' WORKSPACE
"$scratch/node_modules/.bin/buildifier" --mode=check --lint=warn \
  --warnings="$(IFS=, && echo "${without[*]}")" "${own_files[@]}" ||
  fail "buildifier $version found the above. buildifier FILE formats one."
echo "buildifier found nothing in ${#own_files[@]} files"
