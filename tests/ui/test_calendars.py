#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A provider's own calendar in the whole program, with a real Evolution Data Server: it is chosen in Preferences, what is in it
keeps the column, what comes into it comes to the board, and what it kept is known when it cannot be read any more.

Drives rcp-calendars-page, rcp-calendar-row, rcp-desk-calendars, rcp-calendar-choice, rcp-calendars-module and rcp-free-time.
"""

import glob
import os
import re
import stat
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from desk import Desk, Failure, Practice, Tap, has_room, role_of, wait_for  # noqa: E402

import pyatspi  # noqa: E402

NOW = "2026-11-23T14:26:00Z"  # 9:26 on a Monday in New York
SOURCE = """[Data Source]
DisplayName=Private
Enabled=true
Parent=local-stub

[Calendar]
BackendName=local
Color=#62a0ea
"""
EVENT = "BEGIN:VEVENT\r\nUID:lunch\r\nDTSTART:20261123T150000Z\r\nDTEND:20261123T160000Z\r\nSUMMARY:Dentist, Alba Quevedo\r\nEND:VEVENT\r\n"
CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n" + EVENT + "END:VCALENDAR\r\n"


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


class Calendars:
    def __init__(self):
        write(os.path.join(os.environ["XDG_CONFIG_HOME"], "evolution/sources/private.source"), SOURCE)
        write(os.path.join(os.environ["XDG_DATA_HOME"], "evolution/calendar/private/calendar.ics"), CALENDAR)
        self.practice = Practice(["--sample", "--date", NOW, "--time-zone", "America/New_York"])
        self.desk = None

    def start(self, environment=None):
        self.log = os.path.join(os.environ["XDG_CACHE_HOME"], "reception.log")
        # Of one run to the next the settings stay.
        self.desk = Desk(["--server", "unix:" + self.practice.socket, "--now", NOW],
                         {"GSETTINGS_BACKEND": "keyfile", "G_MESSAGES_DEBUG": "all", **(environment or {})}, self.log)
        wait_for("visits on the board", lambda: self.desk.find_all(r"^\d+:\d\d to \d+:\d\d, ", "push button"))

    def stop(self):
        if self.desk:
            self.desk.stop()
        self.practice.stop()

    def focused_node(self):
        for node in self.desk.walk():
            try:
                if node.getState().contains(pyatspi.STATE_FOCUSED) and role_of(node) == "push button":
                    return node
            except Exception:  # gone while it was read
                continue
        return None

    def focused(self):
        node = self.focused_node()
        return node.name if node else ""

    def settled(self):
        """What has the keyboard once that does not change any more."""
        before = None
        for _ in range(50):
            name = self.focused()
            if name and name == before:
                break
            before = name
            time.sleep(0.3)
        return before

    def go_down(self, wanted):
        """From the first stop of the first column, by keys, to the first that is called so. None where there is none."""
        self.desk.keys("Escape")
        self.desk.keys(*["Left"] * 12, "Home")
        name = self.settled()
        for _ in range(60):
            if re.search(wanted, name or ""):
                return name
            self.desk.keys("Down")
            before = name
            for _ in range(40):  # the last stop stays the last
                name = self.focused()
                if name and name != before:
                    break
                time.sleep(0.05)
            else:
                return None
        return None

    # The steps, in order.

    def no_module_before_it_is_wanted(self):
        self.start()
        time.sleep(2.5)
        with open(f"/proc/{self.desk.process.pid}/maps", encoding="utf-8") as maps:
            if "libecal" in maps.read():
                raise Failure("libecal is loaded, though nobody has chosen a calendar")

    def choose(self):
        self.desk.keys("ctrl+comma")
        self.desk.find("^Preferences$", "label")
        self.desk.keys("alt+7")
        self.desk.find("^Calendars of Providers$")
        row = self.desk.find("^Private$")
        self.desk.find("On this computer")
        if not row:
            raise Failure("no calendar is listed")
        heads = [node.name for node in self.desk.find_all(r"^Dr\. ", "list item") if has_room(node)]
        if not heads:
            raise Failure("no provider is listed")
        self.desk.picture("preferences-calendars")
        self.desk.walk_to(f"^{re.escape(heads[0])}$", "list item")
        self.desk.keys("Return")
        # The floor has the switches of folded rows as well, newer releases of GTK have not.
        switch = self.desk.find(f"^Private keeps the time of {re.escape(heads[0])}")
        self.desk.act(switch, "toggle" if self.has_action(switch, "toggle") else "click")
        wait_for("the choice to be told", lambda: self.desk.find_all("1 calendar keeps time"))
        self.desk.picture("preferences-calendars-chosen")
        self.desk.keys("Escape")
        wait_for("one window", lambda: self.desk.application.childCount == 1)

    @staticmethod
    def has_action(node, name):
        actions = node.queryAction()
        return name in [actions.getName(i) for i in range(actions.nActions)]

    def is_busy_on_the_board(self):
        name = wait_for("busy time on the board", lambda: self.go_down("Busy"))
        if not re.match(r"10:00 to 11:00, Busy, Dr\. ", name):
            raise Failure(f"the busy time is called {name!r}")
        self.desk.picture("board-busy")

    def new_event_comes(self):
        """The keyboard rests on a free time; what is said of it changes when a phone writes an event."""
        if not self.go_down(r"^9:00 to 9:15, free, "):
            raise Failure("9:00 is not free")
        stop = self.focused_node()
        subprocess.run([os.environ["PUT_EVENT"], "private", "more", "20261123T140000Z", "15"], check=True, timeout=60)
        written = time.monotonic()
        wait_for("the new event", lambda: stop.name.startswith("9:00 to 9:15, Busy, "))
        print(f"# on the board {time.monotonic() - written:.2f} s after it was written", flush=True)

    def known_when_it_cannot_be_read(self):
        self.desk.quit()
        self.desk.stop()
        file = os.path.join(os.environ["XDG_DATA_HOME"], "reception", "busy-times")
        if stat.S_IMODE(os.stat(file).st_mode) != 0o600:
            raise Failure(f"{file} can be read by others")
        self.start({"RECEPTION_CALENDARS": "/nowhere/reception-calendars.so"})
        wait_for("what was known", lambda: self.go_down(r"^10:00 to 11:00, Busy, as of 9:26, Dr\. "))
        self.desk.picture("board-busy-as-of")
        self.desk.keys("ctrl+comma")
        self.desk.find("^Preferences$", "label")
        self.desk.keys("alt+7")
        self.desk.find("^No Calendars$")
        self.desk.find("is not installed")
        self.desk.find("^Try Again$", "push button")
        self.desk.picture("preferences-calendars-none")

    def keeps_words_to_itself(self):
        for folder in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            for path in glob.glob(os.path.join(os.environ[folder], "**"), recursive=True):
                if "/evolution/" in path or not os.path.isfile(path):
                    continue
                with open(path, "rb") as file:
                    if b"Quevedo" in file.read():
                        raise Failure(f"{path} holds words of an event")


def main():
    tap = Tap()
    calendars = Calendars()
    try:
        for name in ("no_module_before_it_is_wanted", "choose", "is_busy_on_the_board", "new_event_comes",
                     "known_when_it_cannot_be_read", "keeps_words_to_itself"):
            if not tap.run(name, getattr(calendars, name)):
                print(f"# {calendars.desk.loud_lines()}", flush=True)
                break
    finally:
        calendars.stop()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
