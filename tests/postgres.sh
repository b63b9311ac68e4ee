# Sourced by tests/run.sh: private PostgreSQL servers, on this machine's loopback alone, in folders that go with them.
# Gives: start_postgres FOLDER [fsync], stop_postgres; has_citus, start_citus FOLDER; serve_postgres FOLDER for who has no shell.
# After a start EDGEHUB_TEST_POSTGRES holds the words of connection.

postgres_folder="" postgres_bin=""

# The newest server's programs; looked for when they are needed, for they may be installed after this was sourced.
find_postgres() {
  [ -n "$postgres_bin" ] || postgres_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
  [ -n "$postgres_bin" ]
}

# Runs as the server's own user: PostgreSQL refuses root.
as_postgres() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

# A port that nobody listens at, by asking the system for one.
free_port() { perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1") or exit 1; print $s->sockport'; }

control() { as_postgres "$postgres_bin/pg_ctl" -D "$1/data" -l "$1/server.log" -w -t 60 -s "${@:2}"; }

# A server in a folder that does not exist yet; its port stands in server_port. Further arguments: fsync, more options.
start_server() {
  local folder=$1 sync=$2 more=${3:-} try
  find_postgres || { echo "PostgreSQL's programs are missing." >&2; return 1; }
  mkdir -p "$folder" && chmod 755 "$folder" || return 1
  [ "$(id -u)" -eq 0 ] && chown postgres "$folder"
  as_postgres "$postgres_bin/initdb" -D "$folder/data" -U edgehub --auth=trust -E UTF8 --lc-collate=C --lc-ctype=C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1 ||
    { cat "$folder/initdb.log" >&2; return 1; }
  for try in 1 2 3 4 5; do
    server_port=$(free_port) || return 1
    echo "-c listen_addresses=127.0.0.1 -c port=$server_port -c unix_socket_directories= -c fsync=$sync -c full_page_writes=$sync -c max_connections=300 -c shared_buffers=128MB -c max_wal_size=256MB -c autovacuum_naptime=5min $more" >"$folder/options"
    # Another program may take the port in between: then the next one.
    control "$folder" start -o "$(cat "$folder/options")" && return 0
  done
  cat "$folder/server.log" >&2
  return 1
}

# Arguments: a folder that does not exist yet; "off" takes fsync away (unit tests lose nothing by it, crash tests would).
start_postgres() {
  start_server "$1" "${2:-on}" || return 1
  postgres_folder=$1
  export EDGEHUB_TEST_POSTGRES="Host=127.0.0.1;Port=$server_port;Username=edgehub;Database=postgres"
}

# Stops the servers of this folder, if any, and removes it.
stop_postgres() {
  [ -n "$postgres_folder" ] || return 0
  local data
  for data in "$postgres_folder"/data "$postgres_folder"/*/data; do
    [ -e "$data/postmaster.pid" ] && as_postgres "$postgres_bin/pg_ctl" -D "$data" -m immediate -w -t 30 -s stop 2>/dev/null
  done
  rm -rf "$postgres_folder"
  postgres_folder=""
  unset EDGEHUB_TEST_POSTGRES EDGEHUB_TEST_CITUS_WORKERS
}

# SIGKILL to the server's first process: the others end when they notice, and what they had not committed is gone.
kill_server() { kill -9 "$(head -1 "$1/data/postmaster.pid")"; }

# After a kill the memory of the old server may be in use for a moment.
start_again() {
  local try
  for try in $(seq 1 100); do
    control "$1" start -o "$(cat "$1/options")" 2>/dev/null && return 0
    sleep 0.1
  done
  cat "$1/server.log" >&2
  return 1
}

# For a program that is no shell: a server of its own, its words of connection on the first line; then commands line by line
# (restart, kill, start), each answered with a line, until the input ends.
serve_postgres() {
  trap '' TERM INT
  start_postgres "$1" "${2:-on}" >&2 || return 1
  echo "$EDGEHUB_TEST_POSTGRES"
  local command
  while read -r command; do
    case $command in
      restart) control "$1" restart -m fast >&2 ;;
      kill) kill_server "$1" ;;
      start) start_again "$1" ;;
      *) false ;;
    esac && echo done || echo "failed: $command"
  done
  stop_postgres
}

# Whether the server's programs have the extension Citus. Arguments, for a test of this: other folders than the server's.
has_citus() {
  find_postgres || return 1
  [ -e "${1:-$("$postgres_bin/pg_config" --sharedir)/extension}/citus.control" ] && [ -e "${2:-$("$postgres_bin/pg_config" --pkglibdir)}/citus.so" ]
}

# A coordinator and two workers. EDGEHUB_TEST_CITUS_WORKERS names the workers; the tests join them for each of their databases.
start_citus() {
  local folder=$1 name workers=""
  mkdir -p "$folder" && chmod 755 "$folder" || return 1
  postgres_folder=$folder
  for name in worker1 worker2 coordinator; do
    start_server "$folder/$name" off "-c shared_preload_libraries=citus -c max_prepared_transactions=300 -c citus.max_shared_pool_size=-1" || return 1
    [ "$name" = coordinator ] || workers="$workers${workers:+,}127.0.0.1:$server_port"
  done
  export EDGEHUB_TEST_CITUS_WORKERS=$workers EDGEHUB_TEST_POSTGRES="Host=127.0.0.1;Port=$server_port;Username=edgehub;Database=postgres"
}
