#!/usr/bin/env bash
# All tests, as the only command on a fresh Debian 12 (root): bash tests/run.sh
# Ends with one line "N passed, N failed, N skipped"; exit 0 only when a test ran and none failed.
set -uo pipefail
exec </dev/null
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
source installers/prepare.sh
source tests/postgres.sh

results=$(mktemp -d /tmp/edgehub-tests-XXXXXX)
# Whatever tests put into their temporary folders is gone with ours.
export TMPDIR="$results/tmp"
mkdir "$TMPDIR"
passed=0 failed=0 skipped=0 broken=0
running=""

finish() {
  trap - EXIT
  [ -n "$running" ] && kill "$running" 2>/dev/null
  stop_postgres
  [ -s "$results/failing" ] && { echo "Failed:"; sed 's/^/  /' "$results/failing"; }
  rm -rf "$results"
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ] && [ "$broken" -eq 0 ] && [ "$passed" -gt 0 ]
  exit $?
}
trap finish EXIT
trap 'broken=1; exit 1' INT TERM
give_up() { echo "$1" >&2; broken=1; exit 1; }

# One attribute of the results file's <Counters …/>.
counter() { grep -o '<Counters [^>]*' "$1" | head -1 | sed -n "s/.* $2=\"\([0-9]*\)\".*/\1/p"; }

# Runs one test project that is already built and adds its counts. Arguments: project, filter, and what stands behind the names of
# failing tests where the project runs a second time.
run_project() {
  local name=$1 filter=$2 again=${3:-} rc=0
  local trx="$results/$name${again:+-again}.trx"
  echo "Testing tests/$name${again:+ ($again)}"
  timeout --kill-after=30 900 dotnet test "tests/$name" -c Release --no-build --nologo --disable-build-servers -v quiet \
    --filter "$filter" --results-directory "$results" --logger "trx;LogFileName=${trx##*/}" --logger "console;verbosity=minimal" \
    --blame-hang-timeout 6m --blame-hang-dump-type none &
  running=$!
  wait "$running" || rc=$?
  running=""
  if [ ! -s "$trx" ]; then
    echo "tests/$name${again:+ ($again)} gave no results (exit code $rc); counted as one failure" >>"$results/failing"
    failed=$((failed + 1))
    return
  fi
  perl -0777 -ne 'my %took; while (/<UnitTestResult [^>]*>/g) { my $head = $&; my ($name) = $head =~ /testName="([^"(]*)/; my ($h, $m, $t) = $head =~ /duration="(\d+):(\d+):([\d.]+)"/ or next; $took{$name =~ s/.*Tests\.//r} += $h * 3600 + $m * 60 + $t }
    my @slow = (sort { $took{$b} <=> $took{$a} } keys %took)[0 .. 11]; print "Slowest: ", join(", ", map { sprintf("%s %.0f s", $_, $took{$_}) } grep { defined } @slow), "\n"' "$trx"
  local total executed good
  total=$(counter "$trx" total) executed=$(counter "$trx" executed) good=$(counter "$trx" passed)
  passed=$((passed + good)) failed=$((failed + executed - good)) skipped=$((skipped + total - executed))
  if [ "$executed" -ne "$good" ]; then
    # Each failing test's name, and the first lines of what it said.
    perl -0777 -ne 'while (/<UnitTestResult ([^>]*outcome="Failed"[^>]*)>(.*?)<\/UnitTestResult>/sg) {
      my ($head, $body) = ($1, $2); my ($name) = $head =~ /testName="([^"]*)"/; my ($said) = $body =~ /<Message>(.*?)<\/Message>/s;
      $said = join("\n      ", grep { defined } (split /\r?\n/, $said // "")[0 .. 7]);
      my $line = "$name'"${again:+ ($again)}"'\n      " . substr($said, 0, 2000) . "\n";
      $line =~ s/&#x[AD];/ /g; $line =~ s/&quot;/"/g; $line =~ s/&lt;/</g; $line =~ s/&gt;/>/g; $line =~ s/&amp;/&/g; print $line; }' "$trx" >>"$results/failing"
  elif [ "$rc" -ne 0 ]; then
    echo "tests/$name${again:+ ($again)} ended with exit code $rc although no test failed: the run was cut short; counted as one failure" >>"$results/failing"
    failed=$((failed + 1))
  fi
}

need_packages ca-certificates libicu72 gcc libc6-dev libsqlite3-dev perl postgresql chromium-headless-shell fonts-noto-cjk pcscd libpcsclite1 vsmartcard-vpcd vsmartcard-vpicc python3-pycryptodome pcsc-tools || give_up "The machine lacks packages that the build needs."
need_dotnet || give_up "No test ran."
build_once EdgeHub.sln || give_up "The build failed; no test ran."
unset EDGEHUB_TEST_POSTGRES
run_project Unit "Engine!=Postgres"
run_project Scenarios "Engine!=Postgres"
run_project Browser "FullyQualifiedName~Browser"

# Everything that rests on the hub's store runs a second time, on a private PostgreSQL. Not again: what is only so of a file
# (Engine=Sqlite, each with its reason beside it), and the morning, which is about clinics.
on_postgres() {
  local project=$1 sync=$2 filter=$3
  if start_postgres "$(mktemp -d /tmp/edgehub-postgres-XXXXXX)" "$sync"; then
    run_project "$project" "$filter" "on PostgreSQL"
  else
    echo "tests/$project (on PostgreSQL) did not run: the server did not start; counted as one failure" >>"$results/failing"
    failed=$((failed + 1))
  fi
  stop_postgres
}
on_postgres Unit off "(FullyQualifiedName~Tests.Unit.Hub|FullyQualifiedName~Tests.Unit.Postgres|FullyQualifiedName~Sync.Store|FullyQualifiedName~Sync.GroupCommitWriter|FullyQualifiedName~Sync.Migrations|FullyQualifiedName~Sync.FullDisk)&Engine!=Sqlite"
# Processes are killed here: the disk is waited for.
on_postgres Scenarios on "(FullyQualifiedName~Scenarios.Ingest|FullyQualifiedName~Scenarios.Joined|FullyQualifiedName~Scenarios.Postgres|FullyQualifiedName~Scenarios.Thousand|FullyQualifiedName~Simulation.SeedTests.Seeds_)&Engine!=Sqlite"

# Where the server has the extension Citus, the hub's store tests run on a coordinator and two workers too.
if has_citus; then
  if start_citus "$(mktemp -d /tmp/edgehub-citus-XXXXXX)"; then
    run_project Unit "(FullyQualifiedName~Hub.HubStoreTests|FullyQualifiedName~Hub.JournalIngestTests|FullyQualifiedName~Hub.Ledger|FullyQualifiedName~Hub.RegionFirstTests|FullyQualifiedName~Hub.Settlement.SettlerTests|FullyQualifiedName~Hub.VerifyTests|FullyQualifiedName~Tests.Unit.Postgres)&Engine!=Sqlite" "on Citus"
  else
    echo "tests/Unit (on Citus) did not run: its servers did not start; counted as one failure" >>"$results/failing"
    failed=$((failed + 1))
  fi
  stop_postgres
else
  echo "Skipped: the hub's store tests on Citus; the extension is not among the server's (${postgres_bin:-no server})."
fi
