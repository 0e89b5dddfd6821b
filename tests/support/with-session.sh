#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# with-session.sh PROGRAM [ARGUMENT...]
#
# Runs one test program in a world of its own: a virtual screen, a session bus, a home and XDG folders, all gone
# afterwards. What the test may have besides is named in the environment:
#   SERVICES="a b"   D-Bus services that the bus may start, by name (org.a11y.Bus, org.freedesktop.secrets)
#   KEYRING=unlocked starts a keyring that is open and empty
#   SCREEN=none      no virtual screen; or a size as 1280x800x24
set -eu

here=$(cd "$(dirname "$0")" && pwd)
# Socket paths end at 107 bytes: the folder's name stays short whatever TMPDIR says.
world=$(mktemp -d /tmp/rcp.XXXXXX)
screen_pid=

finish () {
  status=$?
  trap - EXIT
  if [ -n "$screen_pid" ]; then
    kill "$screen_pid" 2>/dev/null || true
    wait "$screen_pid" 2>/dev/null || true
  fi
  rm -rf "$world" 2>/dev/null || { sleep 0.2; rm -rf "$world"; } || true
  exit "$status"
}
trap finish EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

# Xvfb says itself, on file descriptor 3, which display it took: no fixed number, no fixed sleep.
start_screen () {
  Xvfb -displayfd 3 -screen 0 "$1" -nolisten tcp -noreset 3>"$world/display" >"$world/screen.log" 2>&1 &
  screen_pid=$!
  tries=600
  until [ -s "$world/display" ]; do
    tries=$((tries - 1))
    if [ "$tries" -eq 0 ] || ! kill -0 "$screen_pid" 2>/dev/null; then
      echo "Bail out! Xvfb did not start: $(cat "$world/screen.log")"
      exit 99
    fi
    sleep 0.05
  done
  DISPLAY=:$(cat "$world/display")
  export DISPLAY
}

mkdir "$world/home" "$world/config" "$world/data" "$world/cache" "$world/state" "$world/services"
mkdir -m 700 "$world/run"
for service in ${SERVICES:-}; do
  cp "/usr/share/dbus-1/services/$service.service" "$world/services/"
done
# Pictures are to look the same everywhere: one font, nothing that moves or blinks.
mkdir "$world/config/gtk-4.0"
cat > "$world/config/gtk-4.0/settings.ini" <<INI
[Settings]
gtk-font-name=Cantarell 11
gtk-enable-animations=0
gtk-cursor-blink=0
INI
sed "s#@SERVICES@#$world/services#" "$here/session.conf.in" > "$world/session.conf"

unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS XAUTHORITY || true
export HOME="$world/home" XDG_CONFIG_HOME="$world/config" XDG_DATA_HOME="$world/data"
export XDG_CACHE_HOME="$world/cache" XDG_STATE_HOME="$world/state" XDG_RUNTIME_DIR="$world/run"
export GSETTINGS_BACKEND="${GSETTINGS_BACKEND:-memory}" GIO_USE_VFS="${GIO_USE_VFS:-local}"
export GDK_BACKEND=x11 GSK_RENDERER="${GSK_RENDERER:-cairo}"

case ${SCREEN:-1280x800x24} in
  none) unset DISPLAY || true ;;
  *) start_screen "${SCREEN:-1280x800x24}" ;;
esac

# The services are programs of others: warnings are fatal for our test only, not for them, and what they say is no TAP.
exec 3>&1
debug=${G_DEBUG:-}
unset G_DEBUG || true
status=0
# shellcheck disable=SC2016 # the inner shell expands these
dbus-run-session --config-file="$world/session.conf" -- sh -c '
  debug=$1; shift
  if [ "${KEYRING:-}" = unlocked ]; then
    printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
    # It says that it is ready before its name is on the bus.
    gdbus wait --session --timeout 10 org.freedesktop.secrets
  fi
  [ -z "$debug" ] || export G_DEBUG="$debug"
  exec "$@" >&3 3>&-' sh "$debug" "$@" >&2 || status=$?
exit "$status"
