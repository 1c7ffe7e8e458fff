# SPDX-License-Identifier: MIT OR GPL-2.0-only
# shellcheck shell=bash
#
# Sourced by the scripts of this directory: a scratch directory, functions that run Bazel in it, and checks.
# $project is the checkout under test. $scratch is a directory that is removed when the script ends.
set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
scratch=$(mktemp -d)
# shellcheck disable=SC2034 # the scripts use it
cache=$(cd "$project" && ./bazelw info repository_cache 2> /dev/null)

# Results of actions in workspaces that have rules_kmod as an external repository, for scripts that do not test how
# tools are compiled: only the first of a run compiles them.
# shellcheck disable=SC2034 # the scripts use it
external_results=${KMOD_SHARED:-$scratch}/external_results

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# Ends the script as one that cannot run here, with the reason: tests/integration/run counts it as skipped.
skip() {
  echo "$*" >&2
  exit 77
}

# scratch_bazel WORKSPACE ARGUMENT…: runs Bazel with these startup options, command and arguments. It shares only the
# repository cache, which is keyed by sha256, with the Bazel of the checkout. Its server ends too soon for Java's
# optimizing compiler to be worth its time: analyzing hello takes 3.9 s of a processor instead of 6.8.
scratch_bazel() {
  local workspace=$1
  shift
  (cd "$workspace" && "$project/bazelw" --output_user_root="$scratch/bazel" --host_jvm_args=-XX:TieredStopAtLevel=1 "$@")
}

# bazel_in WORKSPACE ARGUMENT…: the same, and copies the output to $scratch/log.
bazel_in() {
  scratch_bazel "$@" 2>&1 | tee "$scratch/log"
}

# Fails unless the last log contains each text.
expect_log() {
  local text
  for text in "$@"; do
    grep -qF -- "$text" "$scratch/log" || fail "the log does not contain: $text"
  done
}

# expect_failure DESCRIPTION COMMAND…: fails unless the command fails, and not by its time limit.
expect_failure() {
  local what=$1 status=0
  shift
  "$@" || status=$?
  [ "$status" -ne 0 ] || fail "$what: it should have failed"
  [ "$status" -lt 124 ] || fail "$what: exit status $status"
}

# Puts busybox into the repository cache, so that the mirrors of tests do not need it.
(cd "$project" && ./bazelw build @kmod_busybox//:bin/busybox > /dev/null 2>&1) || fail "cannot fetch busybox"
busybox=$(cd "$project" && ./bazelw info output_base 2> /dev/null)/external/kmod_busybox/bin/busybox
export busybox

# Prints the path of a program of a pinned tree: external_program REPOSITORY PATH
external_program() {
  local log program
  log=$(cd "$project" && ./bazelw build "@$1//:root" 2>&1) || fail "cannot fetch $1:"$'\n'"$log"
  program=$(cd "$project" && ./bazelw info output_base 2> /dev/null)/external/$1/root/$2
  [ -x "$program" ] || fail "$1 has no $2. It or a library of it is missing in kmod_rules/packages.lock.json."
  echo "$program"
}

# Builds a program of this project and prints its path: own_program PACKAGE[:NAME]
own_program() {
  local log
  log=$(cd "$project" && ./bazelw build "//$1" 2>&1) || fail "cannot build //$1:"$'\n'"$log"
  case $1 in
    *:*) echo "$project/bazel-bin/${1/://}" ;;
    *) echo "$project/bazel-bin/$1/${1##*/}" ;;
  esac
}

# copy_project DIR: copies the files of the checkout, with local changes, into a new workspace.
copy_project() {
  mkdir -p "$1"
  (cd "$project" && git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf -) | tar -C "$1" -xf -
}

# fetched_trees TARGET…: prints options with which a build in another workspace uses the trees that this
# checkout has fetched for the targets. Unpacking them again takes longer than most tests.
fetched_trees() {
  local external log marker tree
  log=$(cd "$project" && ./bazelw build --nobuild "$@" 2>&1) || fail "cannot fetch what $* need:"$'\n'"$log"
  external=$(cd "$project" && ./bazelw info output_base 2> /dev/null)/external
  for marker in "$external"/@*.marker; do
    tree=${marker##*/@}
    tree=${tree%.marker}
    if [ -d "$external/$tree/root" ]; then echo "--override_repository=$tree=$external/$tree"; fi
  done
}

clean_up() {
  local workspace
  for workspace in "$scratch"/*/; do
    if [ -e "$workspace/WORKSPACE" ]; then
      scratch_bazel "$workspace" shutdown > /dev/null 2>&1 || true
    fi
  done
  # shellcheck disable=SC2046 # a list of process numbers
  kill $(jobs -p) 2> /dev/null || true
  chmod -R u+w "$scratch" 2> /dev/null || true
  rm -rf "$scratch"
}
trap clean_up EXIT
