# SPDX-License-Identifier: MIT OR GPL-2.0-only
# shellcheck shell=bash
#
# A remote cache on loopback, and builds that use it, for the scripts that source it after scratch.sh:
# nginx with WebDAV, the simplest cache that people run. $cache_address is where it listens.
#
# scratch.sh sets what is not set here, and the scripts use what is not used here.
# shellcheck disable=SC2034,SC2154

nginx=$(external_program kmod_cache_server usr/sbin/nginx)
cache_report=$(own_program tests/integration/cache_report)

# Every build of these scripts: as CI does it with a cache.
cached=(--config=ci --config=remote-cache --repository_cache="$cache")

# write_server_config FOLDER PORT [what `location /` holds]: how nginx serves FOLDER/data.
write_server_config() {
  mkdir -p "$1/data" "$1/temporary"
  cat > "$1/nginx.conf" << EOS
# Not nobody, whom a namespace of users may not have. Without root, it is left out of account.
user root root;
daemon off;
master_process off;
worker_processes 1;
pid nginx.pid;
error_log stderr error;
events { worker_connections 256; }
http {
  log_format plain '\$request_method \$uri \$status';
  # An upload is renamed to its place, so it has to lie on the same file system.
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

# start_cache FOLDER [what `location /` holds] [words before the command]: serves FOLDER/data; the server
# ends with the script, or after twenty minutes. Sets cache_address and cache_process.
start_cache() {
  local folder=$1 port
  for port in $(shuf -i 20000-60000 -n 20); do
    write_server_config "$folder" "$port" "${2-dav_methods PUT; create_full_put_path on;}"
    timeout 1200 "${@:3}" "$nginx" -p "$folder" -c nginx.conf 2>> "$folder/errors" &
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

# stop_cache: ends the server that was started last.
stop_cache() {
  kill "$cache_process" 2> /dev/null || true
  wait "$cache_process" 2> /dev/null || true
}

# How many requests of the method the server in FOLDER answered with the status: requests FOLDER METHOD STATUS
requests() {
  grep -cE "^$2 .* $3\$" "$1/requests" || true
}

# new_clone FOLDER: a checkout whose user has named the cache, as docs/remote_cache.md says.
new_clone() {
  copy_project "$1"
  echo "build:remote-cache --remote_cache=$cache_address" > "$1/user.bazelrc"
}

# What the first clone builds and tests. The test writes test.xml itself: where one does not, Bazel does
# it by an action that has the test's seconds among its arguments.
targets=(//hello:hello_ko //hello:hello //runtime //tests:qemu_smoke)

# fill_cache FOLDER: starts the cache that the first clone fills, and leaves the clone's execution log
# in FOLDER/fill.json. One script of a run of all does it for the others.
fill_cache() {
  local folder=$1 filled=${KMOD_SHARED:-$scratch}/filled trees puts
  mkdir -p "$folder"
  if [ -e "$filled" ]; then
    cp -R "$filled"/. "$folder"
    start_cache "$folder"
    return
  fi
  start_cache "$folder"
  new_clone "$scratch/first"
  mapfile -t trees < <(fetched_trees "${targets[@]}")
  [ ${#trees[@]} -gt 0 ] || fail "nothing is fetched"
  SECONDS=0
  bazel_in "$scratch/first" test "${cached[@]}" "${trees[@]}" --execution_log_json_file="$folder/fill.json" "${targets[@]}"
  echo "the first clone: $SECONDS s"
  puts=$(requests "$folder" PUT 201)
  [ "$puts" -gt 200 ] || fail "the first clone put only $puts files into the cache"
  (cd "$scratch/first" && "$project/bazelw" --output_user_root="$scratch/bazel" shutdown)
  mkdir "$filled.new"
  cp -R "$folder/data" "$folder/fill.json" "$filled.new"
  mv "$filled.new" "$filled"
}
