#!/usr/bin/env bash
# Fetches the vendored files anew: bash shared/Pages/Assets/refresh.sh [version]. Look at the difference before you commit it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
version=${1:-2.0.11}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
(cd "$folder" && npm pack --silent "htmx.org@$version" >/dev/null && tar xzf "htmx.org-$version.tgz")
cp "$folder/package/dist/htmx.min.js" htmx.min.js
cp "$folder/package/LICENSE" htmx.LICENSE.txt
chmod 644 htmx.min.js htmx.LICENSE.txt
sha256sum htmx.min.js
