#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks the layout of the project: length of source files, width of documents, visibility of private
# targets and dependencies between private packages. Each check must also find the faults of a tree
# that breaks the rules.
source "$(dirname "$0")/scratch.sh"
source "$(dirname "$0")/layout/checks.sh"

allowed=$project/tests/integration/layout/allowed.txt

# Prints "PACKAGE LABEL" for each dependency between private packages: dependencies_of ROOT
dependencies_of() {
  (cd "$1" && "$project/bazelw" "${startup[@]}" query --output=xml //kmod_rules/private/... 2> "$scratch/query.log") \
    > "$scratch/query.xml" || fail "bazel query in $1:"$'\n'"$(cat "$scratch/query.log")"
  grep -q '<rule class=' "$scratch/query.xml" || fail "bazel query found no rule in $1"
  edges_of_targets < "$scratch/query.xml"
  edges_of_loads "$1"
}

# Fails unless the text has exactly these lines: expect_lines TEXT LINE...
expect_lines() {
  local text=$1
  shift
  [ "$text" = "$(printf '%s\n' "$@")" ] ||
    fail "the checks of a bad tree should print:"$'\n'"$(printf '%s\n' "$@")"$'\n'"and not:"$'\n'"$text"
}

# A tree that breaks every rule, next to files that are at the limit.
bad=$scratch/bad
mkdir -p "$bad"/kmod_rules/private/{base,kernel,module/link,vm/wire,surplus} "$bad/docs"
git -C "$bad" init --quiet
touch "$bad/WORKSPACE"
(cd "$bad" && seq 401 | sed 's|^|// |' > long.cc && seq 400 | sed 's|^|// |' > limit.cc && seq 401 > long.txt)
{
  printf 'x%.0s' {1..101} && echo
  printf 'ü%.0s' {1..100} && echo
  printf '| %s |\n\n' "$(printf 'x%.0s' {1..101})"
  printf '    %s\n\n' "$(printf 'x%.0s' {1..101})"
  # shellcheck disable=SC2016 # Markdown, not a command
  printf '```\n%s\n```\n' "$(printf 'x%.0s' {1..101})"
  printf '[link](https://example.org/%s)\n' "$(printf 'x%.0s' {1..101})"
  printf 'A [link](a.md) %s\n' "$(printf 'x%.0s' {1..91})"
  printf 'A [link](a.md) %s\n' "$(printf 'x%.0s' {1..92})"
} > "$bad/docs/wide.md"
cat > "$bad/kmod_rules/private/base/BUILD.bazel" << 'EOS'
filegroup(
    name = "base",
    srcs = ["//kmod_rules/private/vm/wire"],
    visibility = ["//visibility:public"],
)
EOS
cat > "$bad/kmod_rules/private/vm/wire/BUILD.bazel" << 'EOS'
filegroup(
    name = "wire",
    srcs = ["//kmod_rules/private/module/link"],
    visibility = ["//kmod_rules:__subpackages__"],
)
EOS
cat > "$bad/kmod_rules/private/module/link/BUILD.bazel" << 'EOS'
filegroup(
    name = "link",
    visibility = ["//kmod_rules:__subpackages__"],
)
EOS
cat > "$bad/kmod_rules/private/surplus/BUILD.bazel" << 'EOS'
filegroup(
    name = "surplus",
    srcs = ["//kmod_rules/private/base"],
)
EOS
cat > "$bad/kmod_rules/private/kernel/kernel.bzl" << 'EOS'
load("//kmod_rules/private/base:text.bzl", "good")
load("//kmod_rules/private/module/link:link.bzl", "bad")
EOS

expect_lines "$(check_lengths "$bad")" "long.cc has 401 lines: split it, so that no part has more than 400"
expect_lines "$(check_columns "$bad")" \
  "docs/wide.md:1: the line has more than 100 columns: wrap it" \
  "docs/wide.md:12: the line has more than 100 columns: wrap it"
expect_lines "$(check_visibility "$bad")" \
  "kmod_rules/private/base/BUILD.bazel:4: a private target is public: list the packages that may use it in \`visibility\`"
startup=(--output_user_root="$scratch/bazel" --batch)
expect_lines "$(dependencies_of "$bad" | check_edges "$allowed")" \
  "kmod_rules/private/base depends on //kmod_rules/private/vm/wire:wire, which the table of allowed dependencies forbids: move the shared code" \
  "kmod_rules/private/kernel depends on //kmod_rules/private/module/link:link.bzl, which the table of allowed dependencies forbids: move the shared code" \
  "kmod_rules/private/surplus is not in the table of allowed dependencies: add it" \
  "kmod_rules/private/vm/wire depends on //kmod_rules/private/module/link:link, which the table of allowed dependencies forbids: move the shared code"

# The project itself.
startup=()
edges=$(dependencies_of "$project")
faults=$(
  check_lengths "$project"
  check_columns "$project"
  check_visibility "$project"
  check_edges "$allowed" <<< "$edges"
)
if [ -n "$faults" ]; then fail "the layout has faults:"$'\n'"$faults"; fi
echo "the layout is right: $(wc -l <<< "$edges") dependencies between private packages are allowed"
