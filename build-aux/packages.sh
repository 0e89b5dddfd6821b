# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Installs missing Debian packages. Sourced by ./run and ./check.

# packages_in FILE...: the names listed, without remarks.
packages_in () {
  sed -e 's/#.*//' -e '/^[[:space:]]*$/d' -- "$@"
}

# packages_missing NAME...: those of them that are not installed.
packages_missing () {
  local installed
  installed=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' 2>/dev/null | sed -n 's/^.i //p')
  comm -13 <(sort -u <<<"$installed") <(printf '%s\n' "$@" | sort -u)
}

# commands_missing FILE: the packages of those lines "command package" whose command is not on PATH.
commands_missing () {
  local tool package
  while read -r tool package; do
    command -v "$tool" >/dev/null || printf '%s\n' "$package"
  done < <(packages_in "$1")
}

# as_root COMMAND...: runs it as root, by sudo where we are not.
as_root () {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo -- "$@"
  else
    echo "Installing packages needs root, and sudo is not here. As root, run: $*" >&2
    return 1
  fi
}

apt_install () {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=300 \
    install --no-install-recommends "$@" </dev/null
}

# The lists of a fresh machine are empty, and those of an old one name versions that the mirror no longer has.
apt_update () {
  echo "Refreshing the package lists"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 update </dev/null
}

# packages_install NAME...: installs the missing ones, and says which. Does nothing, quickly, when none is missing.
packages_install () {
  local missing
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || {
    echo "This is not a Debian system: install by hand what build-aux/packages names." >&2
    return 0
  }
  mapfile -t missing < <(packages_missing "$@")
  [ "${#missing[@]}" -gt 0 ] || return 0
  echo "Installing: ${missing[*]}"
  if ! compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null; then
    apt_update
    apt_install "${missing[@]}"
  else
    apt_install "${missing[@]}" || { apt_update && apt_install "${missing[@]}"; }
  fi
}

# The meson that Debian ships: another one, first on PATH, may belong to a Python without its modules.
debian_meson () {
  if [ -x /usr/bin/meson ]; then /usr/bin/meson "$@"; else meson "$@"; fi
}
