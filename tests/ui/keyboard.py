# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk that is worked by the keyboard alone, and listened to: where Tab goes, by role and name as a screen reader hears it, and
what is announced. For test_focus.py and test_rounds.py."""

import re
import time

from desk import Desk, Failure, Practice, has_room, role_of, wait_for
from ears import Ears
from hand import Hand

from gi.repository import Atspi
import pyatspi  # noqa: E402  after desk, which keeps a warning of the accessibility bus from ending the test

NOW = "2026-11-23T09:26:00Z"
TIME = r"\d?\d:\d\d to \d?\d:\d\d, "
VISIT = "push button " + TIME + ".*"
DAY = r"push button Monday, 23 November 2026"
# The floor is silent about the text of an AdwEntryRow; what is newer says the title of the row.
SILENT = "silent"
SAID_OR_SILENT = f"(?:{SILENT}|text .+)"
MOST_STOPS = 90
# One comes from the same round of its main loop as the key may; two are enough, and one more costs a millisecond.
ANSWERS = 3

HEADER = ["push button Sidebar", "push button New Visit", "push button Previous Day", "push button Today", "push button Next Day",
          DAY, "push button Day", "push button Week", "push button Month", "push button Agenda",
          "push button Columns", "push button Find", "push button Main Menu"]
MONTH = ["push button Previous Month", "push button Next Month", DAY + ", today"]

WISHES = ["push button Routine", "push button Urgent", "push button Today Only", "push button Any", "push button Morning",
          "push button Afternoon", "push button Evening", "list item From", "push button Today", "combo box Specialty",
          "combo box Provider", "check box Speaks the Language, .+"]
OFFER = r"list item \w+, \d+ \w+, \d?\d:\d\d, .+"


def as_pattern(stop):
    """One stop, or any number of them where it is in brackets with a star."""
    if stop.startswith("("):
        return stop[:-2].replace(SILENT, SAID_OR_SILENT) + "\n)*"
    return f"(?:{SAID_OR_SILENT if stop == SILENT else stop}\n)"


class News:
    """What is announced: an alert that comes with other words, or an announcement where the platform has one."""

    def __init__(self):
        self.said = []
        self._listener = Atspi.EventListener.new(self._on_event)
        for event in ("object:property-change:accessible-name", "object:announcement"):
            self._listener.register(event)

    def _on_event(self, event):
        try:
            if event.type.startswith("object:announcement"):
                self.said.append(event.any_data)
            elif role_of(event.source) == "alert":
                self.said.append(event.source.name)
        except Exception:  # gone before it was asked
            return


class Keyboard:
    def __init__(self):
        self.practice = Practice(["--sample", "--date", NOW, "--time-zone", "UTC"])
        self.ears = Ears()
        self.news = News()
        self.desk = Desk(["--server", "unix:" + self.practice.socket, "--now", NOW])
        self.hand = Hand()
        self.desk.find(TIME, "push button")
        self.desk.find("^Previous Month$")  # the sidebar comes after the first frame
        wait_for("the board to have the keyboard", lambda: re.search(TIME, self.press("Down")), pause=0.5)

    def stop(self):
        self.desk.stop()
        self.practice.stop()

    # Listening.

    def hear(self, deadline=None):
        """What got the keyboard since the last key: in that time, or before the program answers what it is asked after the key. It takes
        both in their order, and a key that says nothing costs no waiting; the keyboard often goes by another widget first."""
        known = len(self.ears.heard)
        if deadline is None:
            for _ in range(ANSWERS):
                self.desk.ask()
                self.ears.listen()
            return self.ears.heard[-1] if len(self.ears.heard) > known else SILENT
        end = time.monotonic() + deadline
        while time.monotonic() < end:
            self.ears.listen()
            if len(self.ears.heard) > known:
                time.sleep(0.03)
                self.ears.listen()
                return self.ears.heard[-1]
            time.sleep(0.01)
        return SILENT

    def press(self, key):
        self.ears.listen()
        self.hand.key(key)
        return self.hear()

    def go_round(self, key="Tab"):
        """Where Tab stops until it comes to its first stop that is heard again."""
        stops = [self.press(key)]
        for _ in range(MOST_STOPS):
            stop = self.press(key)
            first = next((one for one in stops if one != SILENT), None)
            if stop == first:
                self.press("shift+Tab")  # back to where it began
                return stops
            stops.append(stop)
        raise Failure(f"{key} does not come round: {stops}")

    def expect_round(self, wanted, key="Tab"):
        """wanted: a regular expression for each stop, from the one after the first that has the keyboard."""
        stops = self.go_round(key)
        print(f"# {stops}", flush=True)
        if wanted is not None and stops[0] != SILENT:
            # A round ends before its first stop that is heard: here that is the first of all.
            wanted = wanted[:len(wanted) - next((i for i, one in enumerate(wanted) if one != SILENT), 0)]
        if wanted is not None and not re.fullmatch("".join(as_pattern(one) for one in wanted), "\n".join(stops) + "\n"):
            raise Failure(f"{key} goes to {stops}, not {wanted}")
        for stop in stops:
            if re.search(r" (Adw|Rcp|GtkToggle|GtkButton|GtkList|GtkBox)\w*$|button $|item $|box $", stop):
                raise Failure(f"{stop!r} has no name")

    def expect_names(self):
        """Also of what the floor says nothing of as it gets the keyboard. What lies below a dialog was looked at without it."""
        nameless = self.desk.list_nameless(self.desk.topmost())
        if nameless:
            raise Failure(f"without a name: {nameless}")

    def find_visit(self, state):
        """Goes down the board to a visit in that state."""
        for _ in range(60):
            if re.search(TIME + f".*{state}", self.ears.listen()):
                return self.ears.name
            self.press("Down")
        raise Failure(f"no visit is {state}")

    def wait_booked(self):
        """The booking tells so in its own window; on the board many a visit is booked, and what is not shown yet is in the tree as well."""
        def is_booked():
            windows = [self.desk.application[i] for i in range(1, self.desk.application.childCount)]
            return any(has_room(one) for window in windows if window is not None for one in self.desk.find_all("^Booked$", root=window))
        wait_for("the booking", is_booked)

    def wait_openings(self):
        """For those of the wish as it is now: until they are read nothing can be booked, and Enter books nothing that nobody has seen."""
        def are_read():
            buttons = self.desk.find_all("Book .* with", "push button", root=self.desk.topmost())
            return any(one.getState().contains(pyatspi.STATE_SENSITIVE) for one in buttons)
        wait_for("the openings to be read", are_read)

    def choose_patient(self):
        self.hand.type("garcia, elena")
        self.desk.find("^Garc.a, Elena")
        self.hand.key("Return")
        self.ears.wait_focus(r"^\w+, \d+ \w+, \d?\d:\d\d, ")

    def dialog(self, key, landmark, wanted, before=()):
        """Opens it by a key, or by steps, goes round, closes it: and the keyboard is where it was."""
        begin = self.ears.listen()
        windows = len(self.hand.windows())
        if callable(key):
            key()
        else:
            self.hand.key(key)
        wait_for("a window", lambda: len(self.hand.windows()) > windows)
        self.hand.focus()
        wait_for(f"{landmark!r} in it", lambda: self.desk.find_all(landmark, root=self.desk.topmost()))
        for step in before:
            step()
        self.hear(0.5)
        try:
            self.expect_round(wanted)
            self.expect_names()
        finally:
            self.hand.key("Escape")
            wait_for("the window to go", lambda: len(self.hand.windows()) == windows)
        # As a window manager would, also where the window that goes takes the focus along a moment later. Somebody who had the keyboard
        # all along, and lost the window alone, need not be told again.
        try:
            wait_for(f"{begin!r} to have the keyboard again",
                     lambda: self.hand.focus() or self.ears.listen() == begin or self.desk.has_keyboard(begin))
        except Failure as failure:
            raise Failure(f"{failure}, heard {self.ears.heard[-4:]}, {self.ears.reads()!r} has it") from failure

    def hear_again(self, wanted):
        try:
            wait_for(f"{wanted!r} to have the keyboard again", lambda: self.ears.listen() == wanted)
        except Failure as failure:
            raise Failure(f"{failure}, heard {self.ears.heard[-4:]}") from failure

    def walk_to(self, pattern, key="Tab"):
        """By one key, until what has the keyboard is called so."""
        for _ in range(80):
            if re.search(pattern, self.ears.listen()):
                return self.ears.name
            self.press(key)
        raise Failure(f"{key} does not lead to {pattern!r}")

    def popover(self, key, landmark, wanted, step="Tab"):
        """Is part of its window: Escape closes it, and the keyboard is where it was."""
        begin = self.ears.listen()
        self.hand.key(key)
        self.desk.find(landmark)
        self.hear(0.5)
        try:
            self.expect_round(wanted, step)
            self.expect_names()
        finally:
            self.hand.key("Escape")
        self.hear_again(begin)
