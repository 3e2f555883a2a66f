#!/bin/sh
# A private PostgreSQL for tests and benches: its own cluster on a Unix socket, fsync on.
#   tools/postgres.sh start [FOLDER]   makes and starts it, prints the URI for LINLI_TEST_POSTGRES
#   tools/postgres.sh stop  [FOLDER]   stops it; the cluster stays
# FOLDER is build/pg by default. As root the server runs as the user `postgres`.
set -eu
command=${1:-}
root=$(cd "$(dirname "$0")/.." && pwd)
folder=${2:-$root/build/pg}
binaries=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$binaries" ]; then
  echo "PostgreSQL is not installed: apt-get install postgresql" >&2
  exit 1
fi

# A socket's path is limited to 107 bytes and the server's user must reach the folder.
socket=/tmp/linli-pg-$(printf %s "$folder" | cksum | cut -d ' ' -f 1)
if [ "$(id -u)" = 0 ]; then
  cluster=/var/tmp/linli-pg-$(printf %s "$folder" | cksum | cut -d ' ' -f 1)
  as_server() { (cd / && runuser -u postgres -- "$@"); }
else
  cluster=$folder
  as_server() { "$@"; }
fi
uri="postgresql://linli@/linli?host=$socket"

running() { as_server "$binaries/pg_ctl" -D "$cluster" status >/dev/null 2>&1; }

case $command in
  start)
    as_server mkdir -p "$cluster" "$socket"
    if [ ! -f "$cluster/PG_VERSION" ]; then
      as_server "$binaries/initdb" -D "$cluster" -U linli -A trust -E UTF8 --locale=C.UTF-8 \
        >/dev/null
    fi
    if ! running; then
      as_server "$binaries/pg_ctl" -D "$cluster" -w -l "$cluster/server.log" start -o "\
-c listen_addresses='' -c unix_socket_directories='$socket' -c max_connections=200 \
-c fsync=on -c synchronous_commit=on" >/dev/null
      as_server "$binaries/createdb" -h "$socket" -U linli linli 2>/dev/null || true
    fi
    echo "$uri"
    ;;
  stop)
    if running; then as_server "$binaries/pg_ctl" -D "$cluster" -m fast -w stop >/dev/null; fi
    ;;
  *)
    sed -n '2,5p' "$0" | sed 's/^# \{0,1\}//' >&2
    exit 2
    ;;
esac
