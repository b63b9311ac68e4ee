#!/usr/bin/env bash
# All tests, as the only command on a fresh Debian 12 (root): bash tests/run.sh
# Ends with one line "N passed, N failed, N skipped"; exit 0 only when a test ran and none failed.
set -uo pipefail
exec </dev/null
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
source installers/prepare.sh

results=$(mktemp -d /tmp/edgehub-tests-XXXXXX)
# Whatever tests put into their temporary folders is gone with ours.
export TMPDIR="$results/tmp"
mkdir "$TMPDIR"
passed=0 failed=0 skipped=0 broken=0
running=""

finish() {
  trap - EXIT
  [ -n "$running" ] && kill "$running" 2>/dev/null
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

# Runs one test project that is already built and adds its counts.
run_project() {
  local name=$1 trx="$results/$1.trx" rc=0
  echo "Testing tests/$name"
  timeout --kill-after=30 900 dotnet test "tests/$name" -c Release --no-build --nologo --disable-build-servers -v quiet \
    --results-directory "$results" --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" \
    --blame-hang-timeout 6m --blame-hang-dump-type none &
  running=$!
  wait "$running" || rc=$?
  running=""
  if [ ! -s "$trx" ]; then
    echo "tests/$name gave no results (exit code $rc); counted as one failure" >>"$results/failing"
    failed=$((failed + 1))
    return
  fi
  local total executed good
  total=$(counter "$trx" total) executed=$(counter "$trx" executed) good=$(counter "$trx" passed)
  passed=$((passed + good)) failed=$((failed + executed - good)) skipped=$((skipped + total - executed))
  if [ "$executed" -ne "$good" ]; then
    awk 'BEGIN { RS = "<" } /^UnitTestResult / && /outcome="Failed"/ { match($0, /testName="[^"]*"/); print substr($0, RSTART + 10, RLENGTH - 11) }' "$trx" |
      sed "s/&quot;/\"/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g" >>"$results/failing"
  elif [ "$rc" -ne 0 ]; then
    echo "tests/$name ended with exit code $rc although no test failed: the run was cut short; counted as one failure" >>"$results/failing"
    failed=$((failed + 1))
  fi
}

need_packages ca-certificates libicu72 gcc libc6-dev libsqlite3-dev || give_up "The machine lacks packages that the build needs."
need_dotnet || give_up "No test ran."
build_once EdgeHub.sln || give_up "The build failed; no test ran."
run_project Unit
run_project Scenarios
