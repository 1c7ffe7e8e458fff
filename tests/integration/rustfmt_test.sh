#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that every file of Rust is formatted as .rustfmt.toml says. The pinned rustfmt formats a file.
source "$(dirname "$0")/own_files.sh"

# rustfmt follows mod, so a file of a crate that does not compile, which names one that is missing, is apart.
find_own_files '*.rs' ':!tests/rust/failures/missing_file.rs'
log=$(./bazelw build @kmod_rust//:root 2>&1) || fail "cannot fetch rustfmt:"$'\n'"$log"
rustfmt=$(./bazelw info output_base 2> /dev/null)/external/kmod_rust/root/usr/bin/rustfmt
[ -x "$rustfmt" ] || fail "the pinned Rust has no rustfmt: the set \"rust\" of kmod_rules/packages.lock.json lacks it"
"$rustfmt" --check "${own_files[@]}" || fail "the files above are not formatted. $rustfmt FILE formats a file."
echo "${#own_files[@]} files are formatted"
