#!/usr/bin/env bash
# Runs a command with real servers beside it: private PostgreSQL and Redis on free ports in a throw-away folder, and the
# path of a Chromium. Servers that it did not start are never touched; what it started is gone when it ends.
#
#   scripts/services.sh run -- make test-go     run a command with the servers
#   scripts/services.sh check                   say what is there, install nothing
#
# The command sees WINNOW_TEST_POSTGRES_URL, WINNOW_TEST_REDIS_URL, CHROMIUM_PATH (when there is one) and
# CI_REQUIRE_SERVICES=1. Missing parts are installed by apt-get where it is there and we may; otherwise PostgreSQL and
# Redis run in Docker; otherwise one line says what to install. Needs bash ≥ 3.2.
set -euo pipefail

readonly pg_least=15 redis_least=7
readonly pg_image=postgres:17-alpine redis_image=redis:7-alpine

folder='' pg_bin='' redis_bin='' chromium=''
pg_up='' redis_pid='' child='' containers='' policy_made=''

say() { printf 'services: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# ---- what is on this machine -------------------------------------------------------------------------------------

# major VERSION-TEXT: the first whole number of a version such as "postgres (PostgreSQL) 15.18".
major() { printf '%s\n' "$1" | sed -n 's/[^0-9]*\([0-9][0-9]*\).*/\1/p' | head -n 1; }

find_postgres() {
  local dir
  pg_bin=''
  for dir in "${PG_BIN:-}" "$(pg_config --bindir 2>/dev/null || true)" \
    /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin \
    /usr/local/bin /usr/bin; do
    [ -n "$dir" ] && [ -x "$dir/initdb" ] && [ -x "$dir/pg_ctl" ] && [ -x "$dir/postgres" ] || continue
    if [ "$(major "$("$dir/postgres" --version)")" -ge "$pg_least" ]; then
      pg_bin=$dir
      return 0
    fi
  done
  return 1
}

find_redis() {
  local name version
  redis_bin=''
  for name in redis-server valkey-server; do
    command -v "$name" >/dev/null 2>&1 || continue
    version=$("$name" --version | sed -n 's/.*v=\([0-9.]*\).*/\1/p')
    if [ "$(major "${version:-0}")" -ge "$redis_least" ]; then
      redis_bin=$(command -v "$name")
      return 0
    fi
  done
  return 1
}

find_chromium() {
  local name
  chromium=''
  for name in "${CHROMIUM_PATH:-}" chromium chromium-browser google-chrome-stable google-chrome \
    "$HOME"/.cache/ms-playwright/chromium-*/chrome-linux*/chrome \
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; do
    [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 || continue
    chromium=$(command -v "$name")
    return 0
  done
  return 1
}

docker_answers() { command -v docker >/dev/null 2>&1 && docker info >/dev/null 2>&1; }

# ---- installing --------------------------------------------------------------------------------------------------

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
  command -v apt-get >/dev/null 2>&1 || return 1
  [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

# Debian starts a server when it installs one; this answer to its question keeps it from doing so.
hold_servers() {
  [ -e /usr/sbin/policy-rc.d ] && return 0
  printf '#!/bin/sh\nexit 101\n' | as_root tee /usr/sbin/policy-rc.d >/dev/null
  as_root chmod 755 /usr/sbin/policy-rc.d
  policy_made=yes
}

release_servers() {
  [ -z "$policy_made" ] || as_root rm -f /usr/sbin/policy-rc.d
  policy_made=''
}

install_packages() {
  local log
  log=$(mktemp)
  say "installing $* (apt-get)"
  hold_servers
  if ! { as_root apt-get update -q && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"; } >"$log" 2>&1; then
    tail -n 3 "$log" >&2
    say "apt-get could not install $*"
  fi
  rm -f "$log"
  release_servers
}

install_missing() {
  local missing=''
  find_postgres || missing="$missing postgresql"
  find_redis || missing="$missing redis-server"
  find_chromium || missing="$missing chromium"
  [ -n "$missing" ] && may_install || return 0
  # One by one: where one package does not exist, the others still come.
  for package in $missing; do install_packages "$package"; done
  find_postgres || true
  find_redis || true
  find_chromium || true
}

# ---- PostgreSQL --------------------------------------------------------------------------------------------------

free_port() {
  local port
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    port=$((20000 + RANDOM % 40000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      printf '%s\n' "$port"
      return 0
    fi
  done
  die 'no free port was found between 20000 and 60000'
}

# PostgreSQL refuses to run as root: then it runs as the user postgres, else nobody.
pg_user() { if id postgres >/dev/null 2>&1; then printf 'postgres\n'; else printf 'nobody\n'; fi; }

as_pg() {
  if [ "$(id -u)" != 0 ]; then
    "$@"
  elif command -v runuser >/dev/null 2>&1; then
    runuser -u "$(pg_user)" -- "$@"
  else
    su -s /bin/sh "$(pg_user)" -c 'exec "$0" "$@"' -- "$@"
  fi
}

start_postgres() {
  local port dir=$folder/pg
  mkdir "$dir"
  [ "$(id -u)" != 0 ] || chown "$(pg_user)" "$dir"
  (cd / && as_pg "$pg_bin/initdb" -D "$dir/data" -U winnow -A trust -E UTF8 --locale=C.UTF-8 -N) >"$folder/initdb.log" 2>&1 ||
    (cd / && rm -rf "$dir/data" && as_pg "$pg_bin/initdb" -D "$dir/data" -U winnow -A trust -E UTF8 --locale=C -N) >>"$folder/initdb.log" 2>&1 ||
    { tail -n 5 "$folder/initdb.log" >&2; die 'initdb failed'; }
  for _ in 1 2 3 4 5; do
    port=$(free_port)
    if (cd / && as_pg "$pg_bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 60 start -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300") >/dev/null 2>&1; then
      pg_up=yes
      export WINNOW_TEST_POSTGRES_URL="postgres://winnow@127.0.0.1:$port/postgres?sslmode=disable"
      say "$("$pg_bin/postgres" --version | sed 's/.*) //; s/^/PostgreSQL /') on 127.0.0.1:$port"
      return 0
    fi
  done
  tail -n 5 "$dir/log" >&2
  die 'PostgreSQL did not start'
}

# ---- Redis -------------------------------------------------------------------------------------------------------

start_redis() {
  local port dir=$folder/redis
  mkdir "$dir"
  for _ in 1 2 3 4 5; do
    port=$(free_port)
    "$redis_bin" --port "$port" --bind 127.0.0.1 --save '' --appendonly no --dir "$dir" >"$dir/log" 2>&1 </dev/null &
    redis_pid=$!
    for _ in $(seq 100); do
      kill -0 "$redis_pid" 2>/dev/null || break
      if grep -q 'Ready to accept connections' "$dir/log"; then
        export WINNOW_TEST_REDIS_URL="redis://127.0.0.1:$port"
        say "$("$redis_bin" --version | sed -n 's/.*v=\([0-9.]*\).*/Redis \1/p') on 127.0.0.1:$port"
        return 0
      fi
      sleep 0.1
    done
    kill "$redis_pid" 2>/dev/null || true
    redis_pid=''
  done
  tail -n 5 "$dir/log" >&2
  die 'Redis did not start'
}

# ---- Docker ------------------------------------------------------------------------------------------------------

# docker_start IMAGE PORT ARG…: starts a container and prints its host port; its id goes to a file, as this runs in a subshell.
docker_start() {
  local image=$1 port=$2 id
  shift 2
  id=$(docker run -d --rm -p "127.0.0.1::$port" "$@" "$image") || return 1
  printf '%s\n' "$id" >>"$folder/containers"
  docker port "$id" "$port/tcp" | sed -n 's/.*://p' | head -n 1
}

wait_in_container() {
  local id
  id=$(tail -n 1 "$folder/containers")
  for _ in $(seq 120); do
    docker exec "$id" "$@" >/dev/null 2>&1 && return 0
    sleep 0.5
  done
  die "the container of $1 did not become ready"
}

docker_postgres() {
  local port
  say "PostgreSQL ≥ $pg_least is not installed: using Docker ($pg_image)"
  port=$(docker_start "$pg_image" 5432 -e POSTGRES_USER=winnow -e POSTGRES_HOST_AUTH_METHOD=trust -e POSTGRES_DB=postgres --tmpfs /var/lib/postgresql/data) || die "Docker could not start $pg_image"
  wait_in_container pg_isready -h 127.0.0.1 -U winnow
  export WINNOW_TEST_POSTGRES_URL="postgres://winnow@127.0.0.1:$port/postgres?sslmode=disable"
}

docker_redis() {
  local port
  say "Redis ≥ $redis_least is not installed: using Docker ($redis_image)"
  port=$(docker_start "$redis_image" 6379) || die "Docker could not start $redis_image"
  wait_in_container redis-cli ping
  export WINNOW_TEST_REDIS_URL="redis://127.0.0.1:$port"
}

# ---- the whole ---------------------------------------------------------------------------------------------------

stop_all() {
  trap '' INT TERM HUP
  [ -z "$child" ] || kill -TERM -- "-$child" 2>/dev/null || true
  release_servers
  [ -z "$pg_up" ] || (cd / && as_pg "$pg_bin/pg_ctl" -D "$folder/pg/data" -m immediate -w -t 20 stop) >/dev/null 2>&1 || true
  if [ -n "$redis_pid" ]; then
    kill "$redis_pid" 2>/dev/null || true
    wait "$redis_pid" 2>/dev/null || true
  fi
  if [ -n "$folder" ] && [ -f "$folder/containers" ]; then
    containers=$(cat "$folder/containers")
    # shellcheck disable=SC2086 # a list of ids
    docker rm -f $containers >/dev/null 2>&1 || true
  fi
  [ -z "$folder" ] || rm -rf "$folder"
}

start_all() {
  install_missing
  folder=$(mktemp -d "${TMPDIR:-/tmp}/winnow-services.XXXXXX")
  chmod 711 "$folder"
  : >"$folder/containers"
  if [ -n "$pg_bin" ]; then
    start_postgres
  elif docker_answers; then
    docker_postgres
  else
    die "install PostgreSQL ≥ $pg_least (Debian: apt-get install postgresql; macOS: brew install postgresql@17) or start Docker"
  fi
  if [ -n "$redis_bin" ]; then
    start_redis
  elif docker_answers; then
    docker_redis
  else
    die "install Redis ≥ $redis_least (Debian: apt-get install redis-server; macOS: brew install redis) or start Docker"
  fi
  if [ -n "$chromium" ]; then
    export CHROMIUM_PATH=$chromium
    say "Chromium $chromium"
  else
    say 'no Chromium: browser tests cannot run; install chromium or set CHROMIUM_PATH'
  fi
  export CI_REQUIRE_SERVICES=1
}

run() {
  [ "${1:-}" != -- ] || shift
  [ $# -gt 0 ] || die 'say what to run: scripts/services.sh run -- COMMAND…'
  trap stop_all EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  trap 'exit 129' HUP
  start_all
  # The command gets a process group of its own, so that a signal ends it with all its children; we wait for it in the
  # background, since bash answers no signal while a foreground command runs.
  set -m
  if [ -t 0 ]; then "$@" </dev/null & else "$@" <&0 & fi
  child=$!
  set +m
  local status=0
  wait "$child" || status=$?
  child=''
  exit "$status"
}

check() {
  local status=0
  if find_postgres; then say "PostgreSQL: $("$pg_bin/postgres" --version) in $pg_bin"; else say "PostgreSQL ≥ $pg_least: missing"; status=1; fi
  if find_redis; then say "Redis: $redis_bin"; else say "Redis ≥ $redis_least: missing"; status=1; fi
  if find_chromium; then say "Chromium: $chromium"; else say 'Chromium: missing'; status=1; fi
  if docker_answers; then say 'Docker: answers'; else say 'Docker: does not answer'; fi
  return "$status"
}

case "${1:-}" in
  run) shift; run "$@" ;;
  check) check ;;
  *) sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
