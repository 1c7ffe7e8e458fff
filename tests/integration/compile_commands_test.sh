#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that clangd understands C++ and C of modules by the file that compile_commands writes.
# Minutes: 1
source "$(dirname "$0")/scratch.sh"

sources=(hello/hello.cc examples/misc_device/echo.cc examples/mixed/mixed.c examples/mixed/page_size.c)
clangd=$(external_program kmod_lint usr/bin/clangd-19)

# check SOURCE: what clangd finds in a source of the checkout, by the database in $scratch.
check() {
  (cd "$project" && "$clangd" --compile-commands-dir="$scratch" --check="$1") > "$scratch/log" 2>&1
}

# write_database OUTPUT TARGET…: what a person calls.
write_database() {
  (cd "$project" && ./bazelw run //kmod_rules:compile_commands -- --output="$1" "${@:2}") 2>&1 | tee "$scratch/log"
}

write_database "$scratch/compile_commands.json" //hello:hello_ko //examples/misc_device:echo_ko //examples/mixed:mixed_ko
expect_log "$scratch/compile_commands.json has the commands of "
for source in "${sources[@]}"; do
  check "$source" || { cat "$scratch/log"; fail "clangd has errors in $source"; }
  # Without an entry of its own, clangd would take the flags of another file.
  expect_log "Compile command from CDB is:" "/$source" "All checks completed, 0 errors"
done

# The database is what makes it so.
sed -i '/translated_headers/d' "$scratch/compile_commands.json"
expect_failure "clangd without the kernel's headers" check examples/misc_device/echo.cc
expect_log "'linux/fs.h' file not found"

# The bad inputs.
expect_failure "no such directory" write_database /nowhere/compile_commands.json //hello:hello_ko
expect_log "compile_commands: cannot create /nowhere/compile_commands.json: No such file or directory"
expect_failure "no such target" write_database "$scratch/nothing.json" //hello:no_such_ko
expect_log "no such target '//hello:no_such_ko'"
[ ! -e "$scratch/nothing.json" ] || fail "a database of nothing"
