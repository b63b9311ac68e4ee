#!/usr/bin/env bash
# Changes the rules in small ways and asks whether a test notices: bash tests/mutation.sh CountyPackage [more rooms | all]
# Rooms: Benefit and the schemes' folders. Needs what tests/run.sh needs; a room takes a quarter of an hour to an hour. Not part of tests/run.sh.
# What survived is listed, then the score; the same stands in .run/mutation/ROOM/reports.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source installers/prepare.sh

all=(Benefit CountyPackage CrossRegion PrimaryCareChoice GpServices OutcomeContracts)
rooms=("$@")
[ "${#rooms[@]}" -gt 0 ] || { echo "Name a room, or all: ${all[*]}" >&2; exit 2; }
[ "${rooms[0]}" = all ] && rooms=("${all[@]}")

need_packages ca-certificates libicu72
need_dotnet
(cd tests/Mutation && dotnet tool restore)
for room in "${rooms[@]}"; do
  folder="Schemes/$room"
  [ "$room" = Benefit ] && folder=Benefit
  [ -d "shared/Rules/$folder" ] || { echo "No room $room; right would be one of ${all[*]}" >&2; exit 2; }
  out="$PWD/.run/mutation/$room"
  rm -rf "$out"
  # Templates to try a rule are held by a table of their own results; names and words by tests of their own.
  (cd tests/Mutation && dotnet tool run dotnet-stryker --mutate "**/$folder/*.cs" --mutate '!**/*Descriptor*.cs' --mutate '!**/*Articles.cs' --output "$out")
done
