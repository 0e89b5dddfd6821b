#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# runtime.sh   makes a stand-in of the GNOME 48 runtime and SDK, and prints the folder of the Flatpak installation
#
# The stand-in is the Debian 13 of tree.sh, which has the same releases of GNOME's libraries, as Flatpak wants a runtime
# to be. It proves the manifest, the permissions and what is installed; it is not what users install. It is made once,
# in the cache folder of tree.sh, in an installation of its own: about 1.5 GB. Flatpak's installations of the system and
# of the user are not touched. Exits with 77 and says why where it cannot be had.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cache=${RECEPTION_PLATFORMS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/reception-platforms}
# shellcheck source=build-aux/fetch.sh
. "$here/../fetch.sh"

command -v flatpak > /dev/null || skip 'no flatpak'
command -v flatpak-builder > /dev/null || skip 'no flatpak-builder'
tree=$("$here/tree.sh") || { status=$?; echo "$tree"; exit "$status"; }
stand_in=$cache/flatpak-$(cat "$root/build-aux/packages" "$here/packages-debian-13" "$0" | sha256sum | cut -c1-12)
new=$cache/new-runtime

# Flatpak's own world: no bus and no folder of the person who runs this.
flatpak_apart ()
{
  SCREEN=none SERVICES='' FLATPAK_USER_DIR="$new/installation" "$root/tests/support/with-session.sh" flatpak "$@" >&2
}

# What the GNOME runtime has not, the manifest brings: json-c, libical, and of Evolution Data Server all.
take_out_modules ()
{
  find "$1" \( -name 'libjson-c.*' -o -name json-c -o -name json-c.pc -o -iname 'libical*' \
    -o -name 'libecal-*' -o -name 'libedata*' -o -name 'libebackend-*' -o -name 'libebook-*' -o -name 'libcamel-*' \
    -o -name 'camel-*' -o -iname 'evolution-*' -o -iname 'org.gnome.evolution*' \) -prune -exec rm -rf {} +
  glib-compile-schemas "$1/share/glib-2.0/schemas"
}

# runtime_of NAME: the tree as a runtime. Flatpak brings its own users, hosts and ids of machines.
runtime_of ()
{
  mkdir -p "$new/$1/files" "$new/$1/export" "$new/$1/var"
  cp -al "$tree/usr" "$new/$1/usr"
  cp -a "$tree/etc" "$new/$1/usr/etc"
  find "$new/$1/usr" -perm /7000 ! -type l -exec chmod a-st {} +
  for gone in shadow gshadow passwd group shadow- gshadow- passwd- group- machine-id resolv.conf hostname hosts mtab apt
  do
    rm -rf "$new/$1/usr/etc/$gone"
  done
  chmod -R u+rwX,go+rX "$new/$1/usr/etc"
  take_out_modules "$new/$1/usr"
  cat > "$new/$1/metadata" << METADATA
[Runtime]
name=org.gnome.$1
runtime=org.gnome.Platform/$(flatpak --default-arch)/48
sdk=org.gnome.Sdk/$(flatpak --default-arch)/48
METADATA
}

# What a program is built with is not there when it runs.
take_out_tools ()
{
  rm -rf "$1/include" "$1/src" "$1/lib/gcc" "$1/libexec/gcc" "$1/share/cmake" "$1/share/cmake-3.31" "$1/share/gir-1.0"
  rm -f "$1"/bin/*gcc* "$1"/bin/*g++* "$1"/bin/cc "$1"/bin/cmake "$1"/bin/ninja "$1"/bin/meson
  find "$1" \( -name '*.a' -o -name '*.pc' -o -name '*.la' \) -exec rm -f {} +
}

make_stand_in ()
{
  echo "Making a stand-in of the GNOME 48 runtime in $stand_in" >&2
  rm -rf "$cache"/flatpak-* "$new"
  mkdir -p "$new"
  runtime_of Sdk
  runtime_of Platform
  take_out_tools "$new/Platform/usr"
  for name in Sdk Platform
  do
    flatpak_apart build-export --runtime --disable-sandbox "$new/repo" "$new/$name" 48
    rm -rf "${new:?}/$name"
  done
  flatpak_apart --user remote-add --no-gpg-verify stand-in "$new/repo"
  flatpak_apart --user install -y --noninteractive stand-in org.gnome.Sdk//48 org.gnome.Platform//48
  flatpak_apart --user remote-delete --force stand-in
  mv "$new/installation" "$stand_in"
  rm -rf "$new"
}

fetch_alone "$cache"
[ -d "$stand_in" ] || make_stand_in
exec 9>&-
echo "$stand_in"
