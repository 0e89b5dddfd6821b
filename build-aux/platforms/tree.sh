#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# tree.sh              makes a Debian 13 in a folder, and prints its path
# tree.sh COMMAND...   runs COMMAND in it, without a network, on this checkout
#
# It is made once from Debian's packages, about 400 MB to download and 1.5 GB on the disk, in the cache folder:
# ~/.cache/reception-platforms, or what RECEPTION_PLATFORMS_CACHE says. Nothing of it is installed on this machine; to be
# rid of it delete the folder. It is made anew when the lists of packages change. Exits with 77 and says why where it
# cannot be had.
#
# In the tree the checkout is /reception/main, for reading only, and its folder build-debian-13 is for writing.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cache=${RECEPTION_PLATFORMS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/reception-platforms}
# shellcheck source=build-aux/fetch.sh
. "$here/../fetch.sh"

packages=$(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$root/build-aux/packages" "$root/build-aux/packages-test" \
  "$here/packages-debian-13" | sort -u | paste -s -d,)
tree=$cache/debian-13-$(printf %s "$packages" | sha256sum | cut -c1-12)

# The mirror that this machine takes Debian from.
mirror ()
{
  apt-get indextargets --format "\$(REPO_URI)" 'Origin: Debian' 'Identifier: Packages' 'Component: main' |
    grep -v security | head -n 1
}

# The tree comes as an archive and is unpacked by ourselves: so it is ours also where we are not root.
# shellcheck disable=SC2016 # mmdebstrap expands $1 in its hooks
make_tree ()
{
  uri=$(mirror)
  [ -n "$uri" ] || skip 'no Debian mirror is set up on this machine'
  rm -rf "$cache"/debian-13-* "$cache/new"
  mkdir -p "$cache/new/tree"
  echo "Making a Debian 13 in $tree" >&2
  fetch_limits='2700 900'
  fetch 'Debian 13' "$cache/tree.log" mmdebstrap --mode=auto --variant=minbase --format=tar --components=main \
    --include="$packages" --aptopt='APT::Install-Recommends "false"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --customize-hook='mkdir -p "$1/usr/src/reception" "$1/reception/main" "$1/reception/shared"' \
    --customize-hook='chroot "$1" sh -c "cd /usr/src/reception &&
      apt-get source -q --download-only --tar-only json-c libical3 evolution-data-server"' \
    trixie "$cache/new/tree.tar" "deb $uri trixie main" "deb-src $uri trixie main"
  tar -C "$cache/new/tree" --no-same-owner --exclude='./dev/*' -xf "$cache/new/tree.tar"
  mv "$cache/new/tree" "$tree"
  rm -rf "$cache/new"
}

command -v mmdebstrap > /dev/null || skip 'no mmdebstrap to make a Debian 13 with'
command -v bwrap > /dev/null || skip 'no bubblewrap to run a Debian 13 with'
bwrap --ro-bind / / --dev /dev --unshare-net true 2> /dev/null || skip 'bubblewrap may make no sandbox here'
fetch_alone "$cache"
[ -d "$tree" ] || make_tree
exec 9>&-
if [ $# -eq 0 ]
then
  echo "$tree"
  exit 0
fi

shared=${RECEPTION_SHARED_DATA:-$root/../shared/data}
mkdir -p "$root/build-debian-13"
exec bwrap --ro-bind "$tree" / --dev /dev --proc /proc --perms 1777 --tmpfs /tmp --tmpfs /run --tmpfs /root \
  --ro-bind "$root" /reception/main --bind "$root/build-debian-13" /reception/main/build-debian-13 \
  --ro-bind-try "$shared" /reception/shared --chdir /reception/main \
  --unshare-net --unshare-pid --die-with-parent --clearenv \
  --setenv PATH /usr/bin:/usr/sbin --setenv HOME /root --setenv LC_ALL C.UTF-8 \
  --setenv RECEPTION_SHARED_DATA /reception/shared \
  "$@"
