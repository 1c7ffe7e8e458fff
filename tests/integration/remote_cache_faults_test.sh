#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that a build with a faulty remote cache gives the right bytes or reports what is wrong. It also
# shows the one fault that a client cannot notice: a result forged by a user with the right to write.
# Minutes: 2
source "$(dirname "$0")/scratch.sh"
source "$(dirname "$0")/cache_server.sh"

clone=$scratch/clone
server=$scratch/server
module=$clone/bazel-bin/hello/hello.ko
mapfile -t trees < <(fetched_trees //hello:hello_ko)

# build CACHE-ADDRESS OPTIONS…: builds the module with one CppCompile, one KmodLink and one Kbuild action. The
# first time, the tools and the runtime come from the cache as well.
build() {
  local address=$1
  shift
  rm -rf "$clone"/bazel-out/*/bin/hello
  SECONDS=0
  bazel_in "$clone" build "${cached[@]}" "${trees[@]}" --remote_cache="$address" "$@" //hello:hello_ko
}

# is_right WHAT FROM: fails unless the module has the bytes of the first build and comes from FROM.
is_right() {
  echo "$1: $SECONDS s"
  cmp "$module" "$scratch/hello.ko" || fail "$1: hello.ko has wrong bytes"
  grep -F "processes: " "$scratch/log" | grep -qF "$2" || fail "$1: the results are not: $2: $(grep -F 'process' "$scratch/log")"
  [ "$SECONDS" -lt 120 ] || fail "$1: the build took $SECONDS s"
}

# another_cache NAME: copies the filled cache.
another_cache() {
  mkdir -p "$scratch/$1"
  cp -R "$server/data" "$scratch/$1/data"
}

# blob FILE: prints the file's name in a cache.
blob() {
  echo "cas/$(sha256sum < "$1" | cut -d ' ' -f 1)"
}

# result CACHE FILE: prints the path of the only result in the cache that refers to the file.
result() {
  local found
  found=$(grep -lF "$(sha256sum < "$2" | cut -d ' ' -f 1)" "$scratch/$1"/data/ac/*) || fail "no result has $2"
  [ "$(wc -l <<< "$found")" -eq 1 ] || fail "several results have $2: $found"
  echo "$found"
}

fill_cache "$server"
copy_project "$clone"
build "$cache_address"
mkdir "$scratch/good"
cp "$module" "$scratch/hello.ko"
cp "$clone"/bazel-out/*/bin/hello/_objs/hello/hello.o "$scratch/good/compiled"
cp "$clone/bazel-bin/hello/hello_ko.cxx.o" "$scratch/good/linked"
build "$cache_address"
is_right "a good cache" "3 remote cache hit"
stop_cache

build "$cache_address"
is_right "a cache that is down" "3 linux-sandbox"
expect_log "WARNING: Reading from Remote Cache"

start_cache "$scratch/dying"
(
  until [ "$(requests "$scratch/dying" PUT 201)" -gt 0 ]; do sleep 0.05; done
  kill "$cache_process"
) &
build "$cache_address"
is_right "a cache that dies" "3 linux-sandbox"
expect_log "WARNING: Writing to Remote Cache"

start_cache "$scratch/broken" "return 500;"
build "$cache_address"
is_right "a cache that answers 500" "3 linux-sandbox"
stop_cache

another_cache slow
start_cache "$scratch/slow" "limit_rate 100k;"
build "$cache_address"
is_right "a slow cache" "3 remote cache hit"
kill -STOP "$(< "$scratch/slow/nginx.pid")"
build "$cache_address" --remote_timeout=1 --remote_upload_local_results=false
is_right "a cache that takes calls and does not answer" "3 linux-sandbox"
expect_log "DownloadTimeoutException"
stop_cache

# A full disk: the server stores its data on a small file system that only it sees.
mkdir -p "$scratch/full/data"
# shellcheck disable=SC2016 # expanded by the inner shell
start_cache "$scratch/full" "dav_methods PUT; create_full_put_path on;" \
  unshare --map-root-user --mount sh -c 'mount -t tmpfs -o size=64k none "$0/data" && exec "$@"' "$scratch/full"
build "$cache_address"
is_right "a full disk" "3 linux-sandbox"
[ "$(requests "$scratch/full" PUT 500)" -gt 0 ] || fail "the disk was never full"
stop_cache

# Three ways in which a blob does not match its digest.
another_cache damaged
printf '\xff' | dd of="$scratch/damaged/data/$(blob "$scratch/good/compiled")" bs=1 conv=notrunc status=none
truncate -s -1 "$scratch/damaged/data/$(blob "$scratch/good/linked")"
rm "$scratch/damaged/data/$(blob "$scratch/hello.ko")"
start_cache "$scratch/damaged"
build "$cache_address"
is_right "a blob with another byte, one cut off, one gone" "3 linux-sandbox"
stop_cache

# Bazel ignores a result that it cannot parse. The result of another action, or one without outputs, fails
# the build. A build that does not read results replaces them.
another_cache nonsense
linked=$(result nonsense "$scratch/good/linked")
head -c 100 /dev/urandom > "$(result nonsense "$scratch/good/compiled")"
cp "$linked" "$(result nonsense "$scratch/hello.ko")"
start_cache "$scratch/nonsense"
expect_failure "another action's result" build "$cache_address"
expect_log "output 'hello/hello.ko' was not created" "Building kernel module hello/hello.ko"
: > "$linked"
expect_failure "an empty result" build "$cache_address"
expect_log "output 'hello/hello_ko.cxx.o' was not created" "Linking the C++ of kernel module //hello:hello_ko failed"
build "$cache_address" --noremote_accept_cached
is_right "nonsense, not accepted" "3 linux-sandbox"
build "$cache_address"
is_right "nonsense, overwritten" "3 remote cache hit"
stop_cache

# A forged result: it names another module, whose blob is correct. A client cannot notice that, as
# docs/remote_cache.md says.
another_cache forged
sed 's/hello, %s/HELLO, %s/' "$scratch/hello.ko" > "$scratch/other.ko"
cp "$scratch/other.ko" "$scratch/forged/data/$(blob "$scratch/other.ko")"
target=$(result forged "$scratch/hello.ko")
target=ac/${target##*/}
forgery=$scratch/forgery
good=$(blob "$scratch/hello.ko")
other=$(blob "$scratch/other.ko")
sed "s/${good#cas/}/${other#cas/}/" "$scratch/forged/data/$target" > "$forgery"

# put PATH FILE HEADER…: uploads the file and prints the status of the answer.
put() {
  local address=${cache_address#http://} status
  exec 3<> "/dev/tcp/${address/://}"
  {
    printf 'PUT /%s HTTP/1.0\r\nContent-Length: %s\r\n' "$1" "$(stat -c %s "$2")"
    printf '%s\r\n' "${@:3}" ''
    cat "$2"
  } >&3
  read -r _ status _ <&3
  exec 3>&-
  echo "$status"
}

# The defense is the right to write: all clients may read this cache, and only those with the secret may
# write.
printf 'ci:{PLAIN}secret\n' > "$scratch/forged/passwords"
start_cache "$scratch/forged" "dav_methods PUT; create_full_put_path on;
  limit_except GET { auth_basic cache; auth_basic_user_file passwords; }"
[ "$(put "$target" "$forgery")" -eq 401 ] || fail "somebody without credentials could forge a result"
build "$cache_address"
is_right "a cache that refuses a forged result" "3 remote cache hit"

# The same for a build: without the secret, it does not upload its results.
sed -i 's/: give a number/: give me a number/' "$clone/hello/hello.cc"
build "$cache_address"
[ "$(requests "$scratch/forged" PUT 401)" -gt 1 ] || fail "nothing was refused"
[ "$(requests "$scratch/forged" PUT '20.')" -eq 0 ] || fail "a build without credentials wrote to the cache"
expect_log "WARNING: Writing to Remote Cache"
credentials=$(printf 'ci:secret' | base64)
build "$cache_address" --remote_header="Authorization=Basic $credentials"
[ "$(requests "$scratch/forged" PUT '20.')" -gt 0 ] || fail "a build with credentials did not write to the cache"
sed -i 's/: give me a number/: give a number/' "$clone/hello/hello.cc"

# With the secret, the forgery succeeds.
[ "$(put "$target" "$forgery" "Authorization: Basic $credentials")" -eq 204 ] || fail "the forged result was refused"
build "$cache_address"
cmp "$module" "$scratch/other.ko" || fail "Bazel noticed the forged result: say so in docs/remote_cache.md"

# A build that does not read results gives the right bytes, and replaces the forged result.
build "$cache_address" --remote_header="Authorization=Basic $credentials" --noremote_accept_cached
is_right "a forged result, not accepted" "3 linux-sandbox"
build "$cache_address"
is_right "a forged result, overwritten" "3 remote cache hit"
