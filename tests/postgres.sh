# Sourced by tests/run.sh: a private PostgreSQL server, on this machine's loopback alone, in a folder that goes with it.
# Gives: start_postgres FOLDER [fsync], stop_postgres. After the start EDGEHUB_TEST_POSTGRES holds the words of connection.

postgres_folder="" postgres_bin=""

# Runs as the server's own user: PostgreSQL refuses root.
as_postgres() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

# A port that nobody listens at, by asking the system for one.
free_port() { perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1") or exit 1; print $s->sockport'; }

# Arguments: a folder that does not exist yet; "off" takes fsync away (unit tests lose nothing by it, crash tests would).
start_postgres() {
  local folder=$1 sync=${2:-on} port try
  postgres_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
  [ -n "$postgres_bin" ] || { echo "PostgreSQL's programs are missing." >&2; return 1; }
  mkdir -p "$folder" && chmod 755 "$folder" || return 1
  [ "$(id -u)" -eq 0 ] && chown postgres "$folder"
  as_postgres "$postgres_bin/initdb" -D "$folder/data" -U edgehub --auth=trust -E UTF8 --lc-collate=C --lc-ctype=C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1 ||
    { cat "$folder/initdb.log" >&2; return 1; }
  postgres_folder=$folder
  for try in 1 2 3 4 5; do
    port=$(free_port) || return 1
    # Another program may take the port in between: then the next one.
    if as_postgres "$postgres_bin/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -t 60 -s start -o \
      "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories= -c fsync=$sync -c full_page_writes=$sync -c max_connections=300 -c shared_buffers=128MB -c max_wal_size=256MB -c autovacuum_naptime=5min"; then
      export EDGEHUB_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=edgehub;Database=postgres"
      return 0
    fi
  done
  cat "$folder/server.log" >&2
  return 1
}

# Stops the server of this folder, if any, and removes its folder.
stop_postgres() {
  [ -n "$postgres_folder" ] || return 0
  as_postgres "$postgres_bin/pg_ctl" -D "$postgres_folder/data" -m immediate -w -t 30 -s stop 2>/dev/null
  rm -rf "$postgres_folder"
  postgres_folder=""
  unset EDGEHUB_TEST_POSTGRES
}
