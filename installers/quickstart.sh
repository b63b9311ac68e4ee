#!/usr/bin/env bash
# The main job on one machine, as the only command on a fresh Debian 12: bash installers/quickstart.sh
# A county's hub and five clinics; a morning on which the line is cut and comes back; the month's settlement, checked.
# Ends with OK, or with NOT OK and exit code 1. Everything it leaves lies in .run/quickstart. Options are handed on:
#   bash installers/quickstart.sh --population 20000 --visits 10
#   bash installers/quickstart.sh --store "Host=127.0.0.1;Username=edgehub;Database=morning"     the hub on PostgreSQL, in an empty database
#   bash installers/quickstart.sh --stay     afterwards one clinic's desk stays open, until Ctrl-C
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# A process that is killed (-9) on purpose cannot clean up behind it: no debugging pipes, and temporary folders of our own,
# the build's too.
export DOTNET_EnableDiagnostics=0 TMPDIR="$PWD/.run/tmp"
rm -rf "$TMPDIR" && mkdir -p "$TMPDIR"
source installers/prepare.sh

need_packages ca-certificates libicu72
# A virtual card reader for the desk that stays open; without it the agent's simulated reader stands in.
case " $* " in *" --stay "*) need_packages pcscd libpcsclite1 vsmartcard-vpcd || echo "No virtual card reader then; the simulated one stays." ;; esac
need_dotnet
echo "Building the hub, the agent and the morning; a first build takes a minute or two."
build_once installers/quickstart.slnf
# From here on one process: it stops what it started by id, on Ctrl-C too.
exec dotnet installers/quickstart/bin/Release/net10.0/EdgeHub.Quickstart.dll --root "$PWD" "$@" </dev/null
