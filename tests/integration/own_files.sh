# SPDX-License-Identifier: MIT OR GPL-2.0-only
# shellcheck shell=bash
#
# Sourced by the lint scripts of this directory: the project's own files and pinned tools. Changes to
# the root of the checkout.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# Fills the array own_files with the files, tracked or new, that match patterns of git. Fails if no file
# matches, because a lint tool without files would succeed.
find_own_files() {
  local file
  own_files=()
  while IFS= read -r -d '' file; do
    # Deleted, but not committed yet.
    if [ -f "$file" ]; then own_files+=("$file"); fi
  done < <(git ls-files -z --cached --others --exclude-standard -- "$@" | sort -zu)
  [ ${#own_files[@]} -gt 0 ] || fail "git knows no file here that matches $*"
}

# Prints the path of a program of the pinned lint tools.
lint_tool() {
  local log tool
  log=$(./bazelw build @kmod_lint//:root 2>&1) || fail "cannot fetch the lint tools:"$'\n'"$log"
  tool=$(./bazelw info output_base 2> /dev/null)/external/kmod_lint/root/usr/bin/$1
  [ -x "$tool" ] ||
    fail "the pinned lint tools have no $1. It or a library of it is missing in the set \"lint\" of kmod_rules/packages.lock.json."
  echo "$tool"
}
