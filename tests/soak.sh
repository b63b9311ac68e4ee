#!/usr/bin/env bash
# The simulation for as long as asked: bash tests/soak.sh SECONDS [FIRST_SEED]
# Prints runs, virtual days, faults, combinations and failures; ends with 1 where a promise was broken, and names the seeds, each of
# which is played again with EDGEHUB_SIMULATION_SEED=... dotnet test tests/Scenarios --filter FullyQualifiedName~Simulation.SeedTests
set -uo pipefail
exec </dev/null
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
source installers/prepare.sh

seconds=${1:-}
case $seconds in
  '' | *[!0-9]*) echo "usage: bash tests/soak.sh SECONDS [FIRST_SEED]" >&2; exit 2 ;;
esac
need_dotnet || exit 1
out=$(mktemp -d /tmp/edgehub-soak-XXXXXX)
trap 'rm -rf "$out"' EXIT
export TMPDIR="$out" EDGEHUB_SOAK_SECONDS=$seconds EDGEHUB_SOAK_FROM=${2:-$(date +%s)000} EDGEHUB_SOAK_FAILURES=$out/failing
echo "Soaking $seconds s from seed $EDGEHUB_SOAK_FROM"
dotnet build tests/Scenarios -c Release -v quiet --nologo || exit 1
dotnet test tests/Scenarios -c Release --no-build --nologo -v quiet --filter FullyQualifiedName~Simulation.SeedTests.Seeds_ --logger "console;verbosity=detailed" |
  grep -vE '^\s*at |^\[xUnit|^A total|^Test run for|Standard Output|^\s*$'
rc=${PIPESTATUS[0]}
if [ -s "$out/failing" ]; then
  cp "$out/failing" soak-failing-seeds.txt
  echo "Failing seeds, kept in soak-failing-seeds.txt: $(tr '\n' ' ' <"$out/failing")"
fi
exit "$rc"
