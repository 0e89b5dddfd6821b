#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A provider's calendar of ten thousand events: how long the window is without its busy time, and what that costs; beside GNOME
Calendar, where it is installed, in the same world and on the same file. Prints `name value unit`.

"filled" and "live" are seen from inside (bench-calendars.c). What is seen from outside is measured alike for both programs: "settled" is
when the program and Evolution Data Server have come to rest, counted from when the window can be seen. Evolution Data Server
begins anew for each run. With names of parts as arguments ("inside", "outside", "work"): these alone."""

import datetime
import os
import shutil
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from desk import Practice, end_with_parent, wait_for  # noqa: E402

from gi.repository import Gio, GLib  # noqa: E402

EVENTS = 10000
DAYS_BACK = 30
EVERY = 30  # minutes from one to the next
QUIET = 3.0  # seconds of rest that end a measurement
REST = 0.02  # of a processor
IDLE = 10.0
TICK = os.sysconf("SC_CLK_TCK")
CALENDAR = "crowd"
SOURCE = """[Data Source]
DisplayName=Crowd
Enabled=true
Parent=local-stub

[Calendar]
BackendName=local
Color=#62a0ea
Selected=true
"""
ZONE = """BEGIN:VTIMEZONE
TZID:America/New_York
BEGIN:DAYLIGHT
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
END:STANDARD
END:VTIMEZONE
"""


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def make_calendar(today):
    """Short events, day and night, that do not touch one another: each is one busy time."""
    at = datetime.datetime.combine(today - datetime.timedelta(days=DAYS_BACK), datetime.time(0))
    lines = ["BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n", ZONE]
    for number in range(EVENTS):
        end = at + datetime.timedelta(minutes=10)
        lines.append(f"BEGIN:VEVENT\nUID:event-{number}\nDTSTAMP:20260101T000000Z\nSUMMARY:Round {number}\n"
                     f"DTSTART;TZID=America/New_York:{at:%Y%m%dT%H%M%S}\nDTEND;TZID=America/New_York:{end:%Y%m%dT%H%M%S}\n"
                     f"LOCATION:Ward {number % 40}\nEND:VEVENT\n")
        at += datetime.timedelta(minutes=EVERY)
    lines.append("END:VCALENDAR\n")
    write(os.path.join(os.environ["XDG_CONFIG_HOME"], f"evolution/sources/{CALENDAR}.source"), SOURCE)
    write(os.path.join(os.environ["XDG_DATA_HOME"], f"evolution/calendar/{CALENDAR}/calendar.ics"), "".join(lines).replace("\n", "\r\n"))


def list_servers():
    """The processes of Evolution Data Server on the bus of this world."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)

    def ask(method, parameters):
        return bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method, parameters, None,
                             Gio.DBusCallFlags.NONE, 5000, None).unpack()[0]
    pids = set()
    for name in ask("ListNames", None):
        if name.startswith("org.gnome.evolution.dataserver."):
            try:
                pids.add(ask("GetConnectionUnixProcessID", GLib.Variant("(s)", (name,))))
            except GLib.Error:  # gone meanwhile
                continue
    return pids


def end_servers():
    for pid in list_servers():
        os.kill(pid, signal.SIGTERM)
    wait_for("Evolution Data Server to end", lambda: not list_servers())


def read_work(pid):
    """Seconds of a processor that a process has worked; 0 when it has ended."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            fields = file.read().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICK


def read_peak(pid):
    with open(f"/proc/{pid}/status", encoding="utf-8") as file:
        for line in file:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0.0


def is_seen(pid):
    return subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(pid)], capture_output=True, text=True).stdout.strip()


def wait_for_rest(pid):
    """When they rest for a while: the moment at which that began."""
    samples = []
    while True:
        now = time.monotonic()
        samples.append((now, read_work(pid) + sum(read_work(server) for server in list_servers())))
        while now - samples[0][0] > QUIET:
            if samples[-1][1] - samples[0][1] <= REST * QUIET:
                return samples[0][0]
            samples.pop(0)
        time.sleep(0.1)


def measure(name, command, environment=None):
    end_servers()
    log = open(os.path.join(os.environ["XDG_CACHE_HOME"], name + ".log"), "wb")
    process = subprocess.Popen(command, env={**os.environ, **(environment or {})}, stdout=log, stderr=log, preexec_fn=end_with_parent)
    wait_for("the window", lambda: process.poll() is not None or is_seen(process.pid), pause=0.02)
    seen = time.monotonic()
    rest = wait_for_rest(process.pid)
    print(f"calendars.{name}.settled {(rest - seen) * 1000:.0f} ms")
    print(f"calendars.{name}.work {read_work(process.pid):.2f} s")
    print(f"calendars.{name}.server-work {sum(map(read_work, list_servers())):.2f} s")
    print(f"calendars.{name}.peak-memory {read_peak(process.pid):.0f} MB")
    before = read_work(process.pid), time.monotonic()
    time.sleep(IDLE)
    print(f"calendars.{name}.idle {(read_work(process.pid) - before[0]) / (time.monotonic() - before[1]) * 100:.2f} %", flush=True)
    process.terminate()
    process.wait(30)
    log.close()


def forget():
    shutil.rmtree(os.path.join(os.environ["XDG_DATA_HOME"], "reception"), ignore_errors=True)


def set_up(schema, key, value):
    subprocess.run(["gsettings", "set", schema, key, value], check=True)


def run_inside(arguments):
    end_servers()
    subprocess.run([sys.argv[1], *arguments], check=True, timeout=300)


def measure_inside(practice, now):
    for view in ("day", "week", "month"):
        forget()
        run_inside(["fill", practice.socket, now, view, f"first-{view}"])
        run_inside(["fill", practice.socket, now, view, f"known-{view}"])


def measure_reception(practice, now):
    own = "org.frontdesk.Reception"
    for view in ("week", "month"):
        forget()
        for kind in ("first", "known"):
            set_up(own, "session-view", view)
            measure(f"reception-{kind}-{view}", [os.environ["RECEPTION"], "--server", "unix:" + practice.socket, "--now", now])


def measure_gnome_calendar():
    program = shutil.which("gnome-calendar")
    if not program:
        print("# SKIP gnome-calendar: it is not installed")
        return
    for view in ("week", "month"):
        set_up("org.gnome.calendar", "active-view", view)
        measure(f"gnome-calendar-{view}", [program])


def main():
    # GNOME Calendar knows no other day than today. On a Saturday or Sunday nobody works in the sample clinic.
    today = datetime.date.today()
    today += datetime.timedelta(days=(7 - today.weekday()) if today.weekday() > 4 else 0)
    now = f"{today}T14:26:00Z"
    make_calendar(today)
    practice = Practice(["--sample", "--date", now, "--time-zone", "America/New_York"])
    parts = sys.argv[2:] or ["inside", "outside", "work"]
    try:
        run_inside(["choose", practice.socket, now, "choose"])
        if "inside" in parts:
            measure_inside(practice, now)
        if "outside" in parts:
            measure_reception(practice, now)
            measure_gnome_calendar()
        if "work" in parts:
            run_inside(["work", practice.socket, now, "work"])
    finally:
        practice.stop()


main()
