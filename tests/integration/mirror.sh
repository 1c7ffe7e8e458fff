# SPDX-License-Identifier: MIT OR GPL-2.0-only
# shellcheck shell=bash
#
# A small mirror of made-up packages on loopback, for the scripts that source it after scratch.sh.
# $mirror is its folder, $mirror_address its address.
#
# scratch.sh sets what is not set here, and the scripts use what is not used here.
# shellcheck disable=SC2034,SC2154

mirror=$scratch/mirror
mkdir -p "$mirror/pool"

# $1: the name in the archive, $2: the file.
ar_member() {
  printf '%-16s%-12s%-6s%-6s%-8s%-10s`\n' "$1" 0 0 0 100644 "$(stat -c %s "$2")"
  cat "$2"
  [ $(($(stat -c %s "$2") % 2)) -eq 0 ] || echo
}

# Makes a package of a folder: make_deb NAME FOLDER. It lands in the mirror's pool.
make_deb() {
  local work
  work=$(mktemp -d "$scratch/deb.XXXXXX")
  echo 2.0 > "$work/debian-binary"
  (cd "$work" && mkdir control && tar -czf control.tar.gz -C control .)
  tar -C "$2" --owner=0 --group=0 -czf "$work/data.tar.gz" .
  {
    printf '!<arch>\n'
    ar_member debian-binary "$work/debian-binary"
    ar_member control.tar.gz "$work/control.tar.gz"
    ar_member data.tar.gz "$work/data.tar.gz"
  } > "$mirror/pool/$1.deb"
}

# The lock's entry of a package of the pool: lock_entry NAME
lock_entry() {
  printf '{"name": "%s", "version": "1", "architecture": "amd64", "path": "pool/%s.deb", "size": %s, "sha256": "%s"}' \
    "$1" "$1" "$(stat -c %s "$mirror/pool/$1.deb")" "$(sha256sum < "$mirror/pool/$1.deb" | cut -d ' ' -f 1)"
}

# Writes a lock of one set of one package: write_lock NAME > FILE
write_lock() {
  printf '{"sets": {"%s": ["%s"]}, "packages": [%s]}\n' "$1" "$1" "$(lock_entry "$1")"
}

# Starts the server; it ends with the script, or after ten minutes.
start_mirror() {
  local port
  for port in $(shuf -i 20000-60000 -n 20); do
    timeout 600 "$busybox" httpd -f -p "127.0.0.1:$port" -h "$mirror" 2> /dev/null &
    local server=$!
    sleep 0.2
    if kill -0 "$server" 2> /dev/null; then
      mirror_address=http://127.0.0.1:$port
      return
    fi
  done
  fail "no free port for the mirror"
}

# A workspace that declares what its argument says, below the project's rules:
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
