#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each screen without a mouse: where Tab goes, by role and name, as a screen reader hears it; that a dialog gives the keyboard back;
that what was done is said aloud (rcp-announcer.c, rcp-window-tell.c, rcp-spoken-row.c, rcp-tab-stop.c); and what a booking costs."""

import os
import re
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from desk import Desk, Failure, Practice, Tap, role_of, wait_for  # noqa: E402
from ears import Ears  # noqa: E402
from hand import Hand  # noqa: E402

from gi.repository import Atspi  # noqa: E402

NOW = "2026-11-23T09:26:00Z"
TIME = r"\d?\d:\d\d to \d?\d:\d\d, "
VISIT = "push button " + TIME + ".*"
DAY = r"push button Monday, 23 November 2026"
# The floor is silent about the text of an AdwEntryRow.
SILENT = "silent"
MOST_STROKES = 12

HEADER = ["push button Sidebar", "push button New Visit", "push button Previous Day", "push button Today", "push button Next Day",
          DAY, "push button Day", "push button Week", "push button Columns", "push button Find", "push button Main Menu"]
MONTH = ["push button Previous Month", "push button Next Month", DAY + ", today"]
PANEL = ["push button Close Panel", "push button .+, .+", "push button .*", "push button .*", r"push button .*Move…", r"push button .*Cancel…",
         "push button Other", "list item Mon, 23 Nov, .*, .+", "list item Status, .+", "list item Provider, .+", "(list item .+, .+)*"]


WISHES = ["push button Routine", "push button Urgent", "push button Today Only", "push button Any", "push button Morning",
          "push button Afternoon", "push button Evening", "list item From", "push button Today", "combo box Specialty",
          "combo box Provider"]
OFFER = r"list item \w+, \d+ \w+, \d?\d:\d\d, .+"
FIND = ["scroll pane ", "entry Find a patient"]
BOOKING = ["push button .*Overbook…", "push button Add", "push button .*Repeat…", "push button .*Put on Wait List", "push button .*Cancel", "push button .*Book .* with .*",
           "list item Elena García", "push button Another patient", "combo box Visit", SILENT, *WISHES, OFFER]
MOVING = ["push button .*Put on Wait List", "push button .*Cancel", "push button .*Move to .* with .*", "list item .+", *WISHES, OFFER]
CANCELLING = [SILENT, "push button .*Keep", "push button .*Cancel Visit", "combo box Reason", SILENT]
REGISTERING = [*[SILENT] * 3, "combo box Sex", *[SILENT] * 4, "combo box Preferred Contact", "list item Do Not Contact",
               "check box .*Do Not Contact", *[SILENT] * 5, "combo box Language", SILENT, "list item Interpreter Needed",
               "check box .*Interpreter Needed", *[SILENT] * 4, "combo box General Practitioner", "push button .*Cancel",
               "push button .*Register", *[SILENT] * 4]
PRINTING = ["push button Whose", "scroll pane ", "push button .*Save as PDF…", "push button .*Print…", "push button What to Print"]
PREFERENCES = ["scroll pane ", "list item No Longer Fits"]
SHORTCUTS = ["page tab _2", "page tab _3", "push button GtkImage", "page tab _1"]  # GTK's own


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

    def hear(self, deadline=1.5):
        """What got the keyboard since the last key."""
        known = len(self.ears.heard)
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
        for _ in range(60):
            stop = self.press(key)
            first = next((one for one in stops if one != SILENT), None)
            if stop == first:
                self.press("shift+Tab")  # back to where it began
                return stops
            stops.append(stop)
        raise Failure(f"{key} does not come round: {stops}")

    def expect_round(self, wanted):
        """wanted: a regular expression for each stop, from the one after the first that has the keyboard."""
        stops = self.go_round()
        print(f"# {stops}", flush=True)
        if not re.fullmatch("".join(f"(?:{one}\n)" if not one.startswith("(") else one[:-2] + "\n)*" for one in wanted), "\n".join(stops) + "\n"):
            raise Failure(f"Tab goes to {stops}, not {wanted}")
        for stop in stops:
            if re.search(r" (Adw|Rcp|GtkToggle|GtkButton|GtkList|GtkBox)\w*$|button $|item $|box $", stop):
                raise Failure(f"{stop!r} has no name")

    def find_visit(self, state):
        """Goes down the board to a visit in that state."""
        for _ in range(60):
            if re.search(TIME + f".*{state}", self.ears.listen()):
                return self.ears.name
            self.press("Down")
        raise Failure(f"no visit is {state}")

    # Screens.

    def board(self):
        self.expect_round(HEADER + MONTH + ["(list item .*)*", VISIT])

    def panel(self):
        self.find_visit("Confirmed|Booked")
        self.hand.key("Return")
        self.desk.find("^Visit$", "filler")
        self.expect_round(PANEL + HEADER + MONTH + ["(list item .*)*", VISIT])
        self.hand.key("Escape")

    def dialog(self, key, landmark, wanted, before=()):
        """Opens it by a key, goes round, closes it: and the keyboard is where it was."""
        begin = self.ears.listen()
        windows = len(self.hand.windows())
        self.hand.key(key)
        wait_for("a window", lambda: len(self.hand.windows()) > windows)
        self.hand.focus()
        self.desk.find(landmark)
        for step in before:
            step()
        self.hear(0.5)
        try:
            self.expect_round(wanted)
        finally:
            self.hand.key("Escape")
            wait_for("the window to go", lambda: len(self.hand.windows()) == windows)
        self.hand.focus()
        wait_for(f"{begin!r} to have the keyboard again", lambda: self.ears.listen() == begin)

    # What is said of what was done.

    def expect_news(self, pattern, *keys):
        self.ears.listen()
        known = len(self.news.said)
        self.hand.key(*keys)
        wait_for(f"{pattern!r} to be said", lambda: self.ears.listen() is None or any(re.search(pattern, one) for one in self.news.said[known:]))

    def steps_are_said(self):
        name = self.find_visit("Confirmed|Booked").split(", ")[1]
        self.expect_news(f"^{name}, .*: Arrived", "a")
        self.expect_news(f"^Undone: {name}, .*", "ctrl+z")

    def what_is_not_possible_is_said(self):
        self.hand.key("Home")
        self.find_visit("Seen|With the provider")
        self.expect_news("^Not possible: the status is", "m")

    def a_move_by_the_arrows_is_said(self):
        name = self.find_visit("Confirmed|Booked").split(", ")[1]
        self.expect_news(f"^{name}, .*: {TIME[:-2]} with ", "ctrl+x", "Down")
        self.hand.key("Escape")
        self.ears.wait_focus(TIME)

    def a_cancelled_visit_is_said(self):
        name = self.find_visit("Confirmed|Booked").split(", ")[1]
        self.hand.key("Delete")
        wait_for("the dialog", lambda: len(self.hand.windows()) == 2)
        self.desk.find("Cancel the Visit")
        self.expect_news(f"{name}, .* cancelled", "alt+c")
        wait_for("the dialog to go", lambda: len(self.hand.windows()) == 1)
        self.expect_news(f"^Undone: .*{name}", "ctrl+z")

    # What it costs.

    def a_booking_in_few_strokes(self):
        """For a patient that is known: the strokes beside the letters of the name; the record has the visit."""
        before = len(self.visits_of_elena())
        with self.hand.task("booking"):
            self.hand.key("n")
            wait_for("the window", lambda: len(self.hand.windows()) == 2)
            self.hand.focus()
            self.hand.type("garcia, elena")
            self.desk.find("^Garc.a, Elena")
            self.hand.key("Return")
            self.desk.find("Book .* with", "push button")
            self.ears.wait_focus(OFFER[len("list item "):])
            self.hand.key("Return")
            self.desk.find("_Done")
            self.hand.key("Return")
            wait_for("the window to go", lambda: len(self.hand.windows()) == 1)
        count = self.hand.count("booking")
        print(f"# {count.keys} keystrokes, {count.letters} letters, {count.presses} pointer presses", flush=True)
        if count.keys > MOST_STROKES or count.presses:
            raise Failure(f"a booking takes {count}")
        if len(self.visits_of_elena()) != before + 1:
            raise Failure("the record has no more visits than before")

    def visits_of_elena(self):
        patient = self.practice.record.search("Patient?family=Garc%C3%ADa&given=Elena")[0]
        return self.practice.record.search(f"Appointment?patient=Patient/{patient['id']}&status=booked&_count=100")

    def choose_patient(self):
        self.hand.type("garcia, elena")
        self.desk.find("^Garc.a, Elena")
        self.hand.key("Return")
        self.ears.wait_focus(r"^\w+, \d+ \w+, \d?\d:\d\d, ")


def main():
    tap = Tap()
    keyboard = Keyboard()
    for name, step in (
            ("the board", keyboard.board),
            ("the side panel", keyboard.panel),
            ("finding a patient", lambda: keyboard.dialog("ctrl+k", "Find a Patient", FIND)),
            ("booking", lambda: keyboard.dialog("n", "^New Visit$", BOOKING, [keyboard.choose_patient])),
            ("moving", lambda: keyboard.dialog("m", "^Move", MOVING)),
            ("cancelling", lambda: keyboard.dialog("Delete", "Cancel the Visit", CANCELLING)),
            ("registering", lambda: keyboard.dialog("ctrl+shift+n", "Register", REGISTERING)),
            ("printing", lambda: keyboard.dialog("ctrl+p", "Day Sheets", PRINTING)),
            ("preferences", lambda: keyboard.dialog("ctrl+comma", "Visit Types", PREFERENCES, [lambda: keyboard.press("End")])),
            ("the shortcuts", lambda: keyboard.dialog("question", "Shortcuts", SHORTCUTS))):
        tap.run(name, step)
    for step in (keyboard.steps_are_said, keyboard.what_is_not_possible_is_said, keyboard.a_move_by_the_arrows_is_said, keyboard.a_cancelled_visit_is_said,
                 keyboard.a_booking_in_few_strokes):
        tap.run(step.__name__.replace("_", " "), step)
    keyboard.stop()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
