# SPDX-License-Identifier: MIT OR GPL-2.0-only
# shellcheck shell=bash disable=SC2154
#
# The release archive, for the scripts that use the rules as others do. They source this file after scratch.sh.

release=$scratch/release

# Builds the archive, its checksum and its lines into $release. Their names begin with $release_name.
build_release() {
  local log
  log=$(cd "$project" && ./bazelw build //:release 2>&1) || fail "cannot build //:release:"$'\n'"$log"
  mkdir "$release"
  cp "$project"/bazel-bin/external/kmod_project_files/rules_kmod-*.* "$release"
  release_name=$(basename "$release"/*.md .md)
  (cd "$release" && sha256sum --quiet --check "$release_name.tar.gz.sha256") || fail "the release archive has another checksum"
}

# release_lines FILE: prints the lines for MODULE.bazel or WORKSPACE that come with the archive.
release_lines() {
  awk -v file="$1" '
    /^In / { wanted = index($0, file ":") }
    /^```/ { inside = /python/; next }
    inside && wanted { print }
  ' "$release/$release_name.md" | sed "s|https://example.org|file://$release|"
}
