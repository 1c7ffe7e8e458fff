# SPDX-License-Identifier: MIT OR GPL-2.0-only
# shellcheck shell=bash
#
# Bazel 7.7 in its own root directory, for the scripts that source this file after scratch.sh. The root
# is made of packages of Debian's next release and kept in the user's cache: $second_root. Its suite is rolling,
# so its packages are not locked, and an archive whose index has expired is accepted.
#
# scratch.sh sets the other variables, and the calling scripts use them.
# shellcheck disable=SC2034,SC2154

second_suite=forky
second_root=${XDG_CACHE_HOME:-$HOME/.cache}/rules_kmod/bazel-$second_suite

# Each script starts without outputs. With this cache, only the first of them compiles the tools.
second_outputs=$second_root.outputs
mkdir -p "$second_outputs"

# Prints the first package mirror: that of KMOD_MIRROR, else of apt's configuration.
first_mirror() {
  (cd "$project" && ./bazelw build @kmod_mirrors//:mirrors.txt) > /dev/null 2>&1 || return 1
  head -n 1 "$(cd "$project" && ./bazelw info output_base 2> /dev/null)/external/kmod_mirrors/mirrors.txt"
}

# Makes the root, unless it is there. Scripts that run at the same time make it once.
make_second_root() {
  local lock start=$SECONDS
  exec {lock}> "$second_root.lock"
  flock "$lock"
  if [ -e "$second_root/usr/bin/bazel" ]; then
    echo "MEASURED: the root of the second Bazel was in the cache"
  else
    bootstrap_second_root
    echo "MEASURED: $((SECONDS - start)) s to make the root of the second Bazel, $(du -sm "$second_root" | cut -f 1) MB"
  fi
  exec {lock}>&-
}

bootstrap_second_root() {
  local address
  [ "$(id -u)" -eq 0 ] || skip "making the root of the second Bazel takes root"
  if ! command -v mmdebstrap > /dev/null; then
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends mmdebstrap > "$scratch/log" 2>&1 < /dev/null ||
      skip "there is no mmdebstrap to make the root of the second Bazel, and apt-get cannot install it"
  fi
  address=$(first_mirror)
  [ -n "$address" ] || skip "no package mirror is known to make the root of the second Bazel from"
  rm -rf "$second_root.new"
  mkdir -p "${second_root%/*}"
  # zip is for Bazel's script that starts tests: it packs the outputs of a test with it.
  mmdebstrap --variant=apt --mode=root --format=directory \
    --dpkgopt=force-unsafe-io \
    --aptopt='APT::Install-Recommends false' --aptopt='Acquire::Check-Valid-Until false' \
    --include=bazel-bootstrap,zip "$second_suite" "$second_root.new" "$address" > "$scratch/log" 2>&1 || {
    tail -n 20 "$scratch/log" >&2
    rm -rf "$second_root.new"
    skip "suite $second_suite of the mirror cannot be made into a root with bazel-bootstrap"
  }
  mv "$second_root.new" "$second_root"
}

# in_second_root WORKSPACE ARGUMENT…: runs the second Bazel in a workspace below $scratch or the checkout. The root
# sees these two directories and the caches.
in_second_root() {
  local workspace=$1
  shift
  # shellcheck disable=SC2016 # the inner shell's variables
  unshare --mount --propagation private bash -c '
    root=$1; workspace=$2; repository_cache=$3; project=$4; scratch=$5; outputs=$6; shift 6
    for place in /dev /proc /sys "$repository_cache" "$project" "$scratch" "$outputs"; do
      mkdir -p "$root$place"
      mount --rbind "$place" "$root$place"
    done
    # Names of mirrors are looked up as on the host.
    for file in /etc/hosts /etc/resolv.conf; do
      if [ -e "$file" ]; then cat "$file" > "$root$file"; fi
    done
    exec chroot "$root" /usr/bin/env -i HOME="$scratch" TMPDIR="$scratch" PATH=/usr/bin:/bin LC_ALL=C.UTF-8 \
      ${KMOD_MIRROR:+"KMOD_MIRROR=$KMOD_MIRROR"} \
      /bin/sh -c "cd \"\$1\" && shift && exec bazel \"\$@\"" sh "$workspace" "$@"
  ' bash "$second_root" "$workspace" "$cache" "$project" "$scratch" "$second_outputs" \
    --output_user_root="$scratch/second" --host_jvm_args=-DBAZEL_TRACK_SOURCE_DIRECTORIES=1 "$@"
}

# second_bazel WORKSPACE COMMAND ARGUMENT…: runs the second Bazel and copies its output to $scratch/log.
second_bazel() {
  local workspace=$1 command=$2
  shift 2
  second_workspaces["$workspace"]=1
  in_second_root "$workspace" "$command" --repository_cache="$cache" --disk_cache="$second_outputs" \
    --host_compilation_mode=fastbuild --curses=no --color=no --show_progress_rate_limit=60 "$@" 2>&1 | tee "$scratch/log"
}

declare -A second_workspaces
stop_second_bazel() {
  local workspace
  for workspace in "${!second_workspaces[@]}"; do
    in_second_root "$workspace" shutdown > /dev/null 2>&1 || true
  done
  clean_up
}
trap stop_second_bazel EXIT

# Behavior that later versions of Bazel have by default. docs/design/bazel.md says which two are missing, and why.
second_future=(
  --incompatible_autoload_externally=
  --incompatible_auto_exec_groups
  --incompatible_disable_native_repo_rules
  --incompatible_disable_target_provider_fields
  --incompatible_no_implicit_file_export
  --incompatible_use_plus_in_repo_names
)

# Options for MODULE.bazel without a network. The root's own configuration overrides the modules that the
# distribution has; those that it does not have are empty modules of a registry in this directory.
second_module_options=(
  --enable_bzlmod
  --noenable_workspace
  --registry="file://$project/tests/integration/registry"
  --lockfile_mode=off
)

# Options for a WORKSPACE without a network. Bazel appends the declaration of rules_python to each.
second_workspace_options=(
  --noenable_bzlmod
  --enable_workspace
  --override_repository=rules_python=/usr/share/bazel/rules/python
)

# compare_with_second WORKSPACE: fails unless hello's modules and bill of materials, as the second Bazel built
# them in the workspace, are those that the Bazel of this checkout builds.
compare_with_second() {
  local log output seen=0
  log=$(cd "$project" && ./bazelw build //hello:hello_ko //hello:hello_c_ko //hello:hello_rust_ko 2>&1) || fail "cannot build hello:"$'\n'"$log"
  for output in hello/hello{,_c,_rust}{,.stripped}.ko; do
    cmp "$project/bazel-bin/$output" "$1/bazel-bin/$output" || fail "$output differs between the two versions of Bazel"
    seen=$((seen + 1))
  done
  echo "the same bytes: $seen modules"
}
