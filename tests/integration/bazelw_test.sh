#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks which Bazel bazelw starts, and its message if it finds no Bazel. bazelw runs with a PATH of
# scripts that print their names.
set -euo pipefail

project=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# program DIRECTORY NAME [EXIT STATUS]: a script that prints its name and its arguments.
program() {
  mkdir -p "$scratch/$1"
  printf '#!/bin/sh\necho "%s: $*"\nexit %s\n' "$2" "${3:-0}" > "$scratch/$1/$2"
  chmod +x "$scratch/$1/$2"
}

# The programs that bazelw itself calls.
for tool in env mktemp rm tail; do
  mkdir -p "$scratch/base"
  ln -s "$(command -v "$tool")" "$scratch/base/$tool"
done
program as_root id
printf '#!/bin/sh\necho 0\n' > "$scratch/as_root/id"
program as_user id
printf '#!/bin/sh\necho 1000\n' > "$scratch/as_user/id"

# expect NAME EXPECTED STATUS PATH-FOLDERS [VARIABLE=VALUE]
expect() {
  local name=$1 expected=$2 status=$3 path='' folder got=0
  for folder in $4; do
    path=$path:$scratch/$folder
  done
  env -i PATH="${path#:}" ${5:+"$5"} /bin/sh "$project/bazelw" build //x "a b" > "$scratch/out" 2>&1 || got=$?
  [ "$got" -eq "$status" ] || fail "$name: exit status $got instead of $status: $(cat "$scratch/out")"
  grep -qF -- "$expected" "$scratch/out" || fail "$name: it does not say \"$expected\" but: $(cat "$scratch/out")"
}

program bazelisk bazelisk
program bazel bazel
program own my-bazel
program sudo sudo
program apt apt-get

expect "\$BAZEL comes first" "my-bazel: build //x a b" 0 "base bazelisk bazel own" "BAZEL=$scratch/own/my-bazel"
expect "\$BAZEL by name" "my-bazel: build //x a b" 0 "base bazelisk bazel own" BAZEL=my-bazel
expect "a \$BAZEL that is not there" "\$BAZEL is nowhere, and there is no such program" 1 "base bazel" BAZEL=nowhere
expect "bazelisk before bazel" "bazelisk: build //x a b" 0 "base bazelisk bazel"
expect "bazel" "bazel: build //x a b" 0 "base bazel"
expect "no Bazel, no apt" "there is no Bazel here, and no apt-get to install one. Install Bazel 4.2.3" 1 "base as_root"
expect "no Bazel, no right to install" "installing bazel-bootstrap takes root or sudo. Install Bazel" 1 "base as_user apt"

# This apt-get installs a bazel in a directory of PATH.
mkdir -p "$scratch/installs"
cat > "$scratch/installs/apt-get" << EOS
#!/bin/sh
echo "apt-get \$*" >> "$scratch/calls"
case \$1 in
  install) printf '#!/bin/sh\necho "installed bazel: \$*"\n' > "$scratch/installs/bazel"; /bin/chmod +x "$scratch/installs/bazel" ;;
esac
EOS
chmod +x "$scratch/installs/apt-get"
expect "no Bazel, root" "installed bazel: build //x a b" 0 "base as_root installs"
grep -qF "bazelw: no Bazel found: installing Debian's bazel-bootstrap with apt-get" "$scratch/out" || fail "it does not say what it installs"
[ "$(cat "$scratch/calls")" = "apt-get update
apt-get install --yes --no-install-recommends bazel-bootstrap" ] || fail "it calls: $(cat "$scratch/calls")"
rm "$scratch/installs/bazel"

# A user other than root needs sudo.
cat > "$scratch/sudo/sudo" << EOS
#!/bin/sh
echo "sudo \$*" >> "$scratch/sudo-calls"
exec "\$@"
EOS
expect "no Bazel, sudo" "installed bazel: build //x a b" 0 "base as_user sudo installs"
grep -q "^sudo env DEBIAN_FRONTEND=noninteractive apt-get install" "$scratch/sudo-calls" || fail "it does not use sudo: $(cat "$scratch/sudo-calls")"
rm "$scratch/installs/bazel"

program broken apt-get 100
expect "apt-get fails" "apt-get could not install bazel-bootstrap (Debian 12 has it). Install Bazel" 1 "base as_root broken"
