#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks `kernel_tree` with a kernel that this project builds from Debian's source: hello builds for it, to the same
# code from an archive, an .rpm, a .deb and a directory of the same tree, and passes its test in a VM with that
# kernel's image. Without an image, hello builds, and a test says what is missing. A lane of its own, because building a
# kernel takes minutes: KMOD_ALL_LANES=1 tests/integration/run kernel_tree. kernel_tree_errors_test.sh needs none.
source "$(dirname "$0")/scratch.sh"

[ -n "${KMOD_ALL_LANES:-}" ] || skip "it takes minutes; set KMOD_ALL_LANES=1 to run it"
source "$(dirname "$0")/mirror.sh"
source "$(dirname "$0")/small_kernel.sh"

# As distributions ship it: a link of lib/modules leads to the build directory.
unpacked=$scratch/unpacked
mkdir "$unpacked"
tar -C "$unpacked" -xf "$workspace/kernel.tar"
build=$(cd "$unpacked" && echo usr/src/kernels/*)
release=${build##*/}
mkdir -p "$unpacked/lib/modules/$release"
ln -s "/$build" "$unpacked/lib/modules/$release/build"

cat > "$scratch/kernel.spec" << EOS
Name: kernel-devel
Version: 1
Release: 1
Summary: Build tree for modules
License: GPL-2.0-only
AutoReqProv: no
%description
Build tree for modules.
%install
cp -a $unpacked/. %{buildroot}
%files
/$build
/lib/modules/$release
EOS
rpmbuild=$(external_program kmod_rpm usr/bin/rpmbuild)
RPM_CONFIGDIR=${rpmbuild%/bin/*}/lib/rpm "$rpmbuild" -bb --target x86_64 --nodeps \
  --define "_topdir $scratch/rpm" --define "_tmppath $scratch" --define "_dbpath $scratch/rpmdb" \
  --define "__os_install_post %{nil}" --define "_build_id_links none" --define "_binary_payload w3.zstdio" \
  "$scratch/kernel.spec" > "$scratch/log" 2>&1 || fail "rpmbuild:"$'\n'"$(cat "$scratch/log")"
cp "$scratch/rpm/RPMS/x86_64/kernel-devel-1-1.x86_64.rpm" "$workspace/kernel.rpm"
make_deb kernel "$unpacked"
cp "$mirror/pool/kernel.deb" "$workspace/kernel.deb"

cat > "$workspace/WORKSPACE" << EOS
workspace(name = "test")

local_repository(
    name = "rules_kmod",
    path = "$project",
)

load("@rules_kmod//kmod_rules:repositories.bzl", "kernel_tree", "kmod_repositories")

kmod_repositories()

[
    kernel_tree(
        name = name,
        archive = archive,
        compiler = "gcc-12",
        image = "//:bzImage",
        tools = "@kmod_kbuild_gcc12//:root",
    )
    for name, archive in {
        "of_archive": "//:kernel.tar",
        "of_deb": "//:kernel.deb",
        "of_rpm": "//:kernel.rpm",
    }.items()
]

kernel_tree(
    name = "of_directory",
    compiler = "gcc-12",
    path = "$unpacked",
    tools = "@kmod_kbuild_gcc12//:root",
)
EOS
write_hello of_archive of_deb of_directory of_rpm
cat > "$workspace/.bazelrc" << EOS
build --repository_cache=$cache
build --incompatible_enable_cc_toolchain_resolution
build --coverage_report_generator=@bazel_tools//tools/test:coverage_support
build --nosandbox_debug
EOS
mapfile -t trees < <(fetched_trees //hello:hello_ko //tests:qemu_smoke @kmod_bsdtar//:root)

bazel_in "$workspace" build "${trees[@]}" //:hello_of_archive //:hello_of_deb //:hello_of_directory //:hello_of_rpm
# Debug information names the repository of the kernel, and the build ID, 20 bytes, is a hash over all.
for kernel in of_deb of_directory of_rpm; do
  different=$(cmp -l "$workspace/bazel-bin/hello_of_archive/hello.stripped.ko" "$workspace/bazel-bin/hello_$kernel/hello.stripped.ko" 2>&1 | wc -l) || true
  [ "$different" -le 20 ] || fail "hello for the kernel $kernel is not that for of_archive: $different bytes differ"
done
tr '\0' '\n' < "$workspace/bazel-bin/hello_of_archive/hello.ko" | grep -aF "vermagic=$release mod_unload modversions" > /dev/null ||
  fail "hello is not for $release"

bazel_in "$workspace" test "${trees[@]}" --test_output=all //:hello_of_archive_test //:hello_of_rpm_test
expect_log "Linux version $release" "hello: hello, kernel"

expect_failure "a test without an image" bazel_in "$workspace" test "${trees[@]}" //:hello_of_directory_test
expect_log "of_directory: this kernel has no image to boot. Give the attribute image to the declaration of of_directory"
