# SPDX-License-Identifier: MIT OR GPL-2.0-only
# shellcheck shell=bash
#
# Archives of packages with signed indices, for the scripts that source this file after mirror.sh.
#
# scratch.sh and mirror.sh set the other variables.
# shellcheck disable=SC2154

(cd "$project" && ./bazelw build @kmod_test_signing//:root @kmod_archive_tools//:root) || fail "cannot fetch the tools"
external=$(cd "$project" && ./bazelw info output_base 2> /dev/null)/external
sqop=$external/kmod_test_signing/root/usr/bin/sqop
xz=$external/kmod_archive_tools/root/usr/bin/xz

# make_key NAME: creates the certificate NAME.gpg and the secret key NAME.key.
make_key() {
  "$sqop" generate-key "$1 <$1@archive.example>" > "$scratch/$1.key"
  "$sqop" extract-cert < "$scratch/$1.key" | "$sqop" dearmor > "$scratch/$1.gpg"
}

# The index's stanza of a package: stanza NAME VERSION [FIELD]…
stanza() {
  printf 'Package: %s\nVersion: %s\nArchitecture: amd64\nFilename: pool/main/%s_%s_amd64.deb\nSize: 100\nSHA256: %s\n' \
    "$1" "$2" "$1" "$2" "$(echo "$1 $2" | sha256sum | cut -d ' ' -f 1)"
  printf '%s\n' "${@:3}"
  echo
}

# Writes the suite's Release file to standard output: release_file SUITE [FIELD]…
release_file() {
  local folder=$mirror/dists/$1
  printf 'Codename: %s\nDate: %s\n' "$1" "$(LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S UTC')"
  [ $# -eq 1 ] || printf '%s\n' "${@:2}"
  printf 'SHA256:\n %s %s main/binary-amd64/Packages.xz\n' \
    "$(sha256sum < "$folder/main/binary-amd64/Packages.xz" | cut -d ' ' -f 1)" \
    "$(stat -c %s "$folder/main/binary-amd64/Packages.xz")"
}

# Packs an index from standard input and signs the suite: make_suite SUITE KEY [FIELD]…
make_suite() {
  local folder=$mirror/dists/$1
  rm -rf "$folder"
  mkdir -p "$folder/main/binary-amd64"
  "$xz" > "$folder/main/binary-amd64/Packages.xz"
  release_file "$1" "${@:3}" | "$sqop" inline-sign --as clearsigned "$scratch/$2.key" > "$folder/InRelease"
}
