# SPDX-License-Identifier: MIT OR GPL-2.0-only
# shellcheck shell=bash
#
# A small mirror of made-up packages on loopback, for the scripts that source it after scratch.sh.
# $mirror is its folder, $mirror_address its address.
#
# scratch.sh sets the other variables, and the calling scripts use them.
# shellcheck disable=SC2034,SC2154

mirror=$scratch/mirror
mkdir -p "$mirror/pool"

# $1: the name in the archive, $2: the file.
ar_member() {
  printf '%-16s%-12s%-6s%-6s%-8s%-10s`\n' "$1" 0 0 0 100644 "$(stat -c %s "$2")"
  cat "$2"
  [ $(($(stat -c %s "$2") % 2)) -eq 0 ] || echo
}

# Prints a valid package name: package_name NAME
package_name() {
  printf '%s' "$1" | tr 'A-Z_~' 'a-z--'
}

# Makes a package from an archive of its files and puts it into the mirror's pool:
# pack_deb NAME DATA.tar.gz [VERSION]
pack_deb() {
  local work
  work=$(mktemp -d "$scratch/deb.XXXXXX")
  echo 2.0 > "$work/debian-binary"
  printf 'Package: %s\nVersion: %s\nArchitecture: amd64\n' "$(package_name "$1")" "${3:-1}" > "$work/control"
  tar -C "$work" -czf "$work/control.tar.gz" ./control
  {
    printf '!<arch>\n'
    ar_member debian-binary "$work/debian-binary"
    ar_member control.tar.gz "$work/control.tar.gz"
    ar_member data.tar.gz "$2"
  } > "$mirror/pool/$1.deb"
}

# Makes a package from a folder: make_deb NAME FOLDER [VERSION]
make_deb() {
  local data
  data=$(mktemp "$scratch/data.XXXXXX")
  tar -C "$2" --owner=0 --group=0 -czf "$data" .
  pack_deb "$1" "$data" "${3:-}"
}

# Prints the lock's entry of a package in the pool: lock_entry NAME
lock_entry() {
  printf '{"name": "%s", "version": "1", "architecture": "amd64", "path": "pool/%s.deb", "size": %s, "sha256": "%s"}' \
    "$(package_name "$1")" "$1" "$(stat -c %s "$mirror/pool/$1.deb")" "$(sha256sum < "$mirror/pool/$1.deb" | cut -d ' ' -f 1)"
}

# Prints a lock with one set: write_lock SET [NAME]… > FILE. Without names, the set has one package, which
# has the set's name.
write_lock() {
  local set=$1 names=("${@:2}") members='' entries='' name
  [ ${#names[@]} -gt 0 ] || names=("$set")
  for name in "${names[@]}"; do
    members+=${members:+, }\"$(package_name "$name")\"
    entries+=${entries:+, }$(lock_entry "$name")
  done
  printf '{"sets": {"%s": [%s]}, "packages": [%s]}\n' "$set" "$members" "$entries"
}

# Starts the server; it ends with the script, or with its time limit.
start_mirror() {
  local port
  for port in $(shuf -i 20000-60000 -n 20); do
    timeout 2400 "$busybox" httpd -f -p "127.0.0.1:$port" -h "$mirror" 2> /dev/null &
    local server=$!
    sleep 0.2
    if kill -0 "$server" 2> /dev/null; then
      mirror_address=http://127.0.0.1:$port
      return
    fi
  done
  fail "no free port for the mirror"
}

# Writes a workspace that has the project's rules and the given declarations:
# write_workspace FOLDER 'declarations'
write_workspace() {
  mkdir -p "$1"
  cat > "$1/WORKSPACE" << EOS
workspace(name = "test")

local_repository(
    name = "rules_kmod",
    path = "$project",
)

load("@rules_kmod//kmod_rules:repositories.bzl", "kernel_repository", "kmod_repositories", "sysroot_repository")

kmod_repositories()

$2
EOS
  cat > "$1/BUILD.bazel" << 'EOS'
exports_files(["tree.BUILD"])
EOS
  echo 'exports_files(["root"], visibility = ["//visibility:public"])' > "$1/tree.BUILD"
  cat > "$1/.bazelrc" << EOS
build --repository_cache=$cache
EOS
}
