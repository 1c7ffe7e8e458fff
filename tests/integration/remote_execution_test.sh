#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that every action of hello.ko, of hello_rust.ko and of a VM test runs on a remote worker whose root has
# only a Java runtime and /bin/sh with its libraries, and that the outputs have the same bytes as those of a local
# build. The worker is Bazel's own, compiled from its source.
# Minutes: 6
source "$(dirname "$0")/scratch.sh"

targets=(//hello:hello_ko //hello:hello_rust_ko //tests:qemu_smoke)
tree=$(external_program kmod_remote_worker usr/lib/jvm/java-17-openjdk-amd64/bin/java)
tree=${tree%/usr/lib/jvm/*}
cache_report=$(own_program tests/integration/cache_report)
root=$scratch/root

# The outputs of a local build. In CI, they are already built.
(cd "$project" && ./bazelw build --output_groups=+sbom "${targets[@]}") || fail "cannot build ${targets[*]} here"
here=$(cd "$project" && ./bazelw info output_path 2> /dev/null)

# The worker's root: the shell is a copy, and the directories that the Java runtime needs are mounted.
mkdir -p "$root"/{cas,classes,dev,etc,proc,source,tmp,work} "$root"/usr/{bin,lib,lib64}
for directory in bin lib lib64; do ln -s "usr/$directory" "$root/$directory"; done
cp "$tree/usr/bin/dash" "$root/usr/bin/dash"
ln -s dash "$root/usr/bin/sh"
touch "$root/bazel.jar" "$root"/dev/{null,zero,random,urandom}
source_folder=usr/src/bazel-bootstrap/src/tools/remote/src/main/java/com/google/devtools/build/remote/worker
cp -R "$tree/$source_folder/." "$root/source/"
chmod -R u+w "$root/source"
(cd "$root/source" && "$busybox" patch -p1 -i "$project/tests/integration/remote_worker.patch") ||
  fail "the worker's source is another one than remote_worker.patch is for"

# Runs under the pinned busybox in its own namespaces: mounts the directories, then executes /start below
# the root.
cat > "$scratch/enter" << 'EOS'
set -e
applet() { "$busybox" "$@"; }
for directory in etc usr/lib usr/lib64; do
  applet mount --bind "$tree/$directory" "$root/$directory"
  applet mount -o remount,ro,bind "$root/$directory"
done
applet mount --bind "$tree/usr/share/bazel/A-server.jar" "$root/bazel.jar"
for device in null zero random urandom; do applet mount --bind "/dev/$device" "$root/dev/$device"; done
applet mount -t proc proc "$root/proc"
cd "$root"
exec "$busybox" chroot . /bin/sh /start "$1"
EOS
cat > "$root/start" << 'EOS'
set -e
cd /
java=/usr/lib/jvm/java-17-openjdk-amd64/bin/java
[ -e /classes/com ] ||
  $java -m jdk.compiler/com.sun.tools.javac.Main -nowarn -proc:none -d /classes -cp /bazel.jar /source/*.java /source/http/*.java
exec $java -Xmx512m -cp /classes:/bazel.jar com.google.devtools.build.remote.worker.RemoteWorker \
  --work_path=/work --cas_path=/cas --listen_port="$1" --jobs=2
EOS

# The worker ends with the script, or after 15 minutes, together with the processes that it started.
start_worker() {
  local port
  export busybox root tree
  for port in $(shuf -i 20000-32000 -n 5); do
    timeout 2400 unshare --map-root-user --mount --pid --fork --kill-child "$busybox" sh "$scratch/enter" "$port" > "$scratch/worker.log" 2>&1 &
    local process=$!
    for _ in $(seq 600); do
      kill -0 "$process" 2> /dev/null || break
      if (: < "/dev/tcp/127.0.0.1/$port") 2> /dev/null; then
        worker=grpc://127.0.0.1:$port
        return
      fi
      sleep 0.2
    done
    grep -q 'Address already in use' "$scratch/worker.log" || break
  done
  fail "the remote worker does not start; it needs namespaces of users, mounts and processes (unshare --map-root-user --mount --pid), and a port on loopback:"$'\n'"$(cat "$scratch/worker.log")"
}

# The workspace uses the trees that the checkout has fetched.
fetched=()
while IFS= read -r repository; do
  fetched+=("--override_repository=${repository##*/}=$repository")
done < <(find "$(cd "$project" && ./bazelw info output_base 2> /dev/null)/external" -mindepth 1 -maxdepth 1 -type d \
  \( -name 'kmod_*' -o -name 'debian*' -o -name 'bazel_skylib' -o -name 'rules_*' \))

# remotely COMMAND NAME TARGETS…: runs Bazel with the execution log NAME, and fails unless each spawn ran on
# the worker.
remotely() {
  bazel_in "$scratch/clone" "$1" --repository_cache="$cache" "${fetched[@]}" --remote_executor="$worker" --spawn_strategy=remote \
    --noremote_local_fallback --noremote_accept_cached --execution_log_json_file="$scratch/$2.json" "${@:3}" ||
    fail "something is missing on the worker: $(cat "$scratch/worker.log")"
  "$cache_report" --log="$scratch/$2.json" --only-runner=remote
}

programs=$(cd "$root" && find . -type f -perm -100 ! -path './cas/*' && ls usr/bin)
[ "$programs" = "./usr/bin/dash
dash
sh" ] || fail "the root holds more than a shell: $programs"
start_worker
copy_project "$scratch/clone"
remotely build built --output_groups=+sbom "${targets[@]}"

there=$(scratch_bazel "$scratch/clone" info output_path 2> /dev/null)
compared=0
while IFS= read -r file; do
  cmp "$there/$file" "$here/$file" || fail "$file differs between the worker and this machine"
  compared=$((compared + 1))
done < <(cd "$there" && find . -path './*/bin/*' -type f ! -path '*.runfiles/*' ! -name '*.runfiles_manifest')
[ "$compared" -gt 100 ] || fail "only $compared outputs were compared"
echo "MEASURED: $compared outputs are the same bytes"

# All actions share one copy of each input, so an action that wrote to an input would damage it for all.
(cd "$root/cas/staged" && for file in *; do echo "${file%.x}  $file"; done | sha256sum --check --quiet) ||
  fail "an action has changed its inputs"

# The test's program as a build action: it boots the VM on the worker.
remotely build in_action //tests:qemu_smoke_in_action
expect_log "verdict: pass"

# The test itself. Bazel starts it with its own bash script.
cp "$tree/usr/bin/bash" "$root/usr/bin/bash"
remotely test tested --test_output=all //tests:qemu_smoke
expect_log "1 test passes"
