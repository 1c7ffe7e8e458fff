# SPDX-License-Identifier: MIT OR GPL-2.0-only
# shellcheck shell=bash
#
# Checks of the layout, for layout_test.sh. Each takes the root of a git checkout and prints a line
# per fault, which names the file and says what to do.

max_lines=400
max_columns=100

# The tracked and new files of a checkout that match the patterns: list_files ROOT PATTERN...
list_files() {
  local root=$1 file
  shift
  git -C "$root" ls-files -z --cached --others --exclude-standard -- "$@" | sort -zu |
    while IFS= read -r -d '' file; do
      if [ -f "$root/$file" ]; then printf '%s\n' "$file"; fi
    done
}

# Source files that are too long.
check_lengths() {
  local root=$1 file lines
  while IFS= read -r file; do
    lines=$(wc -l < "$root/$file")
    if [ "$lines" -gt "$max_lines" ]; then
      echo "$file has $lines lines: split it, so that no part has more than $max_lines"
    fi
  done < <(list_files "$root" '*.cc' '*.h' '*.c' '*.bzl' '*.sh' '*BUILD.bazel')
}

# The prose of a Markdown file as "LINE<tab>TEXT": without tables, code and the targets of links.
prose_of() {
  awk '
    /^ *(```|~~~)/ { code = !code; next }
    code || /^ *\|/ || /^    / || /^\t/ { next }
    { print FNR "\t" $0 }
  ' "$1" | sed -E 's/\]\([^)]*\)/]/g; s/^([0-9]+\t *)\[[^]]*\]: .*/\1/; s/<https?:[^>]*>//g; s/https?:[^ ]*//g'
}

# Lines of prose in documents that are too wide.
check_columns() {
  local root=$1 file line
  while IFS= read -r file; do
    while IFS= read -r line; do
      echo "$file:${line%%$'\t'*}: the line has more than $max_columns columns: wrap it"
    done < <(prose_of "$root/$file" | LC_ALL=C.UTF-8 grep -E $'^[0-9]+\t'".{$((max_columns + 1)),}")
  done < <(list_files "$root" '*.md')
}

# Private targets that everyone may use.
check_visibility() {
  local root=$1 file
  while IFS= read -r file; do
    grep -nF '//visibility:public' "$root/$file" | while IFS=: read -r line _; do
      echo "$file:$line: a private target is public: list the packages that may use it in \`visibility\`"
    done
  done < <(list_files "$root" 'kmod_rules/private/*BUILD.bazel' 'kmod_rules/private/*BUILD')
}

# Reads the XML of `bazel query`, and prints "PACKAGE PACKAGE:TARGET" for each input of each rule
# that is in another private package.
edges_of_targets() {
  awk -F '"' '
    BEGIN { prefix = "//kmod_rules/private/" }
    function package_of(label) {
      label = substr(label, length(prefix) + 1)
      sub(/:.*/, "", label)
      return label
    }
    /<rule class=/ {
      for (i = 1; i < NF; i++) if ($i ~ / name=$/) rule = $(i + 1)
    }
    /<rule-input name=/ && index($2, prefix) == 1 && index(rule, prefix) == 1 {
      if (package_of($2) != package_of(rule)) {
        print package_of(rule), substr($2, length(prefix) + 1)
      }
    }
  '
}

# The same for the load() statements of the .bzl files of a checkout.
edges_of_loads() {
  local root=$1 file label
  while IFS= read -r file; do
    while IFS= read -r label; do
      file=${file#kmod_rules/private/}
      [ "${label%%:*}" = "${file%/*}" ] || echo "${file%/*} $label"
    done < <(sed -nE 's|^ *(load\()?"//kmod_rules/private/([^"]*\.bzl)",.*|\2|p' "$root/$file")
  done < <(list_files "$root" 'kmod_rules/private/*.bzl')
}

# Checks edges, one per line on standard input, against a table: check_edges TABLE
check_edges() {
  awk '
    NR == FNR {
      if ($0 ~ /^#/ || $0 !~ /:/) next
      from = substr($1, 1, length($1) - 1)
      known[from] = 1
      for (i = 2; i <= NF; i++) allowed[from, $i] = 1
      next
    }
    {
      to = $2
      sub(/:.*/, "", to)
      if (!($1 in known)) {
        print "kmod_rules/private/" $1 " is not in the table of allowed dependencies: add it"
      } else if (to != "base" && !(($1, to) in allowed) && !(($1, $2) in allowed)) {
        print "kmod_rules/private/" $1 " depends on //kmod_rules/private/" $2 \
          ", which the table of allowed dependencies forbids: move the shared code"
      }
    }
  ' "$1" - | sort -u
}
