# Sourced by tests/run.sh and installers/quickstart.sh: makes a fresh Debian 12 ready to build, and nothing more.
# Gives: need_packages PACKAGE..., need_dotnet, build_once. Builds leave no server process behind.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1
export DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8

# Installs the Debian packages that are missing; asks nothing, and touches nothing when all are there.
need_packages() {
  command -v dpkg-query >/dev/null || return 0
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  echo "Installing: ${missing[*]}"
  if [ "$(id -u)" -ne 0 ]; then
    echo "These packages are missing and only root can install them: apt-get install ${missing[*]}" >&2
    return 1
  fi
  apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# The .NET SDK 10 must be on the PATH; it is not a Debian package, so we say how to get it instead of guessing.
need_dotnet() {
  if ! command -v dotnet >/dev/null && [ -x "$HOME/.dotnet/dotnet" ]; then
    export PATH="$HOME/.dotnet:$PATH" DOTNET_ROOT="$HOME/.dotnet"
  fi
  if command -v dotnet >/dev/null && dotnet --list-sdks | grep -q '^10\.'; then return 0; fi
  cat >&2 <<'TEXT'
The .NET SDK 10 is missing. Install it, then run this again:
  curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0
  export PATH="$HOME/.dotnet:$PATH"
TEXT
  return 1
}

# Restores what the lock files name and builds Release once. Argument: a solution or project.
build_once() {
  echo "Restoring $1"
  dotnet restore "$1" --locked-mode --disable-build-servers -v quiet || return 1
  echo "Building $1 (Release)"
  dotnet build "$1" -c Release --no-restore --disable-build-servers -v quiet --nologo -clp:NoSummary \
    -nodeReuse:false -p:UseSharedCompilation=false || return 1
}
