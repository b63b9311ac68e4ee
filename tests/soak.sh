#!/usr/bin/env bash
# The simulation for as long as asked: bash tests/soak.sh SECONDS [FIRST_SEED] [--postgres]
# With --postgres the hubs' rows lie on a private PostgreSQL (tests/postgres.sh).
# Prints runs, virtual days, faults, combinations and failures; ends with 1 where a promise was broken, and names the seeds, each of
# which is played again with EDGEHUB_SIMULATION_SEED=... dotnet test tests/Scenarios --filter FullyQualifiedName~Simulation.SeedTests
set -uo pipefail
exec </dev/null
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
source installers/prepare.sh
source tests/postgres.sh

postgres="" numbers=()
for word in "$@"; do
  case $word in
    --postgres) postgres=yes ;;
    '' | *[!0-9]*) numbers=() && break ;;
    *) numbers+=("$word") ;;
  esac
done
[ ${#numbers[@]} -ge 1 ] && [ ${#numbers[@]} -le 2 ] || { echo "usage: bash tests/soak.sh SECONDS [FIRST_SEED] [--postgres]" >&2; exit 2; }
need_dotnet || exit 1
out=$(mktemp -d /tmp/edgehub-soak-XXXXXX)
trap 'stop_postgres; rm -rf "$out"' EXIT
export TMPDIR="$out" EDGEHUB_SOAK_SECONDS=${numbers[0]} EDGEHUB_SOAK_FROM=${numbers[1]:-$(date +%s)000} EDGEHUB_SOAK_FAILURES=$out/failing
unset EDGEHUB_TEST_POSTGRES
dotnet build tests/Scenarios -c Release -v quiet --nologo || exit 1
if [ -n "$postgres" ]; then
  need_packages postgresql && start_postgres "$(mktemp -d /tmp/edgehub-postgres-XXXXXX)" off || exit 1
fi
echo "Soaking $EDGEHUB_SOAK_SECONDS s from seed $EDGEHUB_SOAK_FROM${postgres:+ on PostgreSQL}"
dotnet test tests/Scenarios -c Release --no-build --nologo -v quiet --filter FullyQualifiedName~Simulation.SeedTests.Seeds_ --logger "console;verbosity=detailed" |
  grep -vE '^\s*at |^\[xUnit|^A total|^Test run for|Standard Output|^\s*$'
rc=${PIPESTATUS[0]}
if [ -s "$out/failing" ]; then
  cp "$out/failing" soak-failing-seeds.txt
  echo "Failing seeds, kept in soak-failing-seeds.txt: $(tr '\n' ' ' <"$out/failing")"
fi
exit "$rc"
