# SPDX-License-Identifier: MIT OR GPL-2.0-only
# shellcheck shell=bash
#
# A remote cache on loopback, and builds that use it, for the scripts that source it after scratch.sh:
# nginx with WebDAV, the simplest common setup. $cache_address is where it listens.
#
# scratch.sh sets the other variables, and the calling scripts use them.
# shellcheck disable=SC2034,SC2154

nginx=$(external_program kmod_cache_server usr/sbin/nginx)
cache_report=$(own_program tests/integration/cache_report)

# The options with which every build of these scripts uses the cache, as CI does.
cached=(--config=ci --config=remote-cache --repository_cache="$cache")

# write_server_config FOLDER PORT [DIRECTIVES]: prints a configuration with which nginx serves FOLDER/data.
# DIRECTIVES are those of `location /`.
write_server_config() {
  mkdir -p "$1/data" "$1/temporary"
  cat > "$1/nginx.conf" << EOS
# nginx would switch to the user nobody, which a user namespace may not have. Without root, nginx ignores
# this line.
user root root;
daemon off;
master_process off;
worker_processes 1;
pid nginx.pid;
error_log stderr error;
events { worker_connections 256; }
http {
  log_format plain '\$request_method \$uri \$status';
  # nginx renames an upload to its final name, so both must be on the same file system.
  client_body_temp_path data/.uploads;
  proxy_temp_path temporary;
  fastcgi_temp_path temporary;
  uwsgi_temp_path temporary;
  scgi_temp_path temporary;
  client_max_body_size 0;
  default_type application/octet-stream;
  server {
    listen 127.0.0.1:$2;
    root data;
    access_log requests plain;
    location / { ${3-dav_methods PUT; create_full_put_path on;} }
  }
}
EOS
}

# start_cache FOLDER [DIRECTIVES] [WORDS]: serves FOLDER/data. WORDS precede the command. The server ends with
# the script, or with its time limit. Sets cache_address and cache_process.
start_cache() {
  local folder=$1 port
  for port in $(shuf -i 20000-60000 -n 20); do
    write_server_config "$folder" "$port" "${2-dav_methods PUT; create_full_put_path on;}"
    timeout 2400 "${@:3}" "$nginx" -p "$folder" -c nginx.conf 2>> "$folder/errors" &
    cache_process=$!
    for _ in $(seq 50); do
      if [ -s "$folder/nginx.pid" ]; then
        cache_address=http://127.0.0.1:$port
        return
      fi
      kill -0 "$cache_process" 2> /dev/null || break
      sleep 0.1
    done
  done
  fail "the cache server does not start: $(cat "$folder/errors")"
}

# stop_cache: stops the server that was started last.
stop_cache() {
  kill "$cache_process" 2> /dev/null || true
  wait "$cache_process" 2> /dev/null || true
}

# requests FOLDER METHOD STATUS: prints how many requests of METHOD the server in FOLDER answered with STATUS.
requests() {
  grep -cE "^$2 .* $3\$" "$1/requests" || true
}

# new_clone FOLDER: makes a checkout whose user.bazelrc names the cache, as docs/remote_cache.md says.
new_clone() {
  copy_project "$1"
  echo "build:remote-cache --remote_cache=$cache_address" > "$1/user.bazelrc"
}

# What the first clone builds and tests. The test writes test.xml itself: for other tests, Bazel writes it
# with an action that has the duration of the test among its arguments.
targets=(//hello:hello_ko //hello:hello //runtime //tests:qemu_smoke)

# fill_cache FOLDER: starts a cache, lets a first clone fill it, and leaves the clone's execution log in
# FOLDER/fill.json. When several scripts run, the first one fills the cache for all of them.
fill_cache() {
  local folder=$1 shared=${KMOD_SHARED:-$scratch} lock
  mkdir -p "$folder"
  exec {lock}> "$shared/filling"
  flock "$lock"
  if [ ! -e "$shared/filled" ]; then fill_first_cache "$shared/filled"; fi
  exec {lock}>&-
  cp -R "$shared/filled"/. "$folder"
  start_cache "$folder"
}

# fill_first_cache FOLDER: has a first clone fill a cache, and leaves its data and the execution log in FOLDER.
fill_first_cache() {
  local folder=$scratch/first-server trees puts
  mkdir "$folder"
  start_cache "$folder"
  new_clone "$scratch/first"
  mapfile -t trees < <(fetched_trees "${targets[@]}")
  [ ${#trees[@]} -gt 0 ] || fail "nothing is fetched"
  SECONDS=0
  bazel_in "$scratch/first" test "${cached[@]}" "${trees[@]}" --execution_log_json_file="$folder/fill.json" "${targets[@]}"
  echo "the first clone: $SECONDS s"
  puts=$(requests "$folder" PUT 201)
  [ "$puts" -gt 200 ] || fail "the first clone put only $puts files into the cache"
  scratch_bazel "$scratch/first" shutdown
  stop_cache
  mkdir "$1.new"
  cp -R "$folder/data" "$folder/fill.json" "$1.new"
  mv "$1.new" "$1"
}
