#!/usr/bin/env bash
# Changes the rules in small ways and asks whether a test notices: bash tests/mutation.sh CountyPackage [more rooms | all]
# Rooms: Root (the files of shared/Rules itself) and its folders. Needs what tests/run.sh needs; about five minutes to set up, then half a
# second a mutant: half an hour for `all`, which is one run. Not part of tests/run.sh.
# What survived is listed, then the score; the same stands in .run/mutation/reports; shared/docs/mutation.md says what was found.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source installers/prepare.sh

rooms=(Root Benefit Calendars Ids Netting Payment States Statistics CountyPackage CrossRegion PrimaryCareChoice GpServices OutcomeContracts)
asked=("$@")
[ "${#asked[@]}" -gt 0 ] || { echo "Name rooms, or all: ${rooms[*]}" >&2; exit 2; }
[ "${asked[0]}" = all ] && asked=("${rooms[@]}")

mutate=()
for room in "${asked[@]}"; do
  if [ "$room" = Root ]; then mutate+=(--mutate '*.cs')
  elif [ -d "shared/Rules/Schemes/$room" ]; then mutate+=(--mutate "Schemes/$room/*.cs")
  elif [ -d "shared/Rules/$room" ]; then mutate+=(--mutate "$room/*.cs")
  else echo "No room $room; right would be one of ${rooms[*]}" >&2; exit 2
  fi
done

need_packages ca-certificates libicu72
need_dotnet
out="$PWD/.run/mutation"
rm -rf "$out"
mkdir -p "$out/tmp"
export TMPDIR="$out/tmp" # the tool names the active mutant in a file there
cd tests/Mutation
dotnet tool restore
# Templates to try a rule are held by a table of their own results; names and words by tests of their own.
dotnet tool run dotnet-stryker "${mutate[@]}" --mutate '!**/*Descriptor*.cs' --mutate '!**/*Articles.cs' --output "$out" --skip-version-check
