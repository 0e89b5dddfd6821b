#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The windows, popovers and pages that test_focus.py leaves out, without a mouse: where Tab goes, by role and name; that the order is
that of reading; that Escape closes and gives the keyboard back to where it came from.

Drives rcp-block-popover, rcp-board-view-blocks, rcp-window-columns, rcp-series-dialog, rcp-overbook-window and rcp-history-dialog."""

import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from desk import Failure, Tap, wait_for  # noqa: E402
from keyboard import TIME, Keyboard  # noqa: E402

BLOCKING = ["push button Meeting", "push button Blocked", "spin button Minutes", "text What for", "push button .*Block Time", "push button Lunch"]
COLUMNS = ["(menu item .+)*", "menu item Choose Columns…", "menu item Edit Column Sets…", "menu item Everyone"]
HISTORY = ["push button Copy the history", "list item .+, .+"]
REPEATING = ["push button .*Book 5 Visits", "spin button Every", "push button Unit", "spin button Visits",
             r"((?:list item|check box) \w+, \d+ \w+, \d?\d:\d\d.*)*", "push button .*Cancel"]

OVERBOOKING = ["push button Previous Day", "push button Next Day", r"list item \d?\d:\d\d.* with .*, .* has .*", ".*", "push button .*Cancel"]


class Rounds(Keyboard):
    def hear_again(self, wanted):
        wait_for(f"{wanted!r} to have the keyboard again", lambda: self.ears.listen() == wanted)

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

    # The board.

    def blocking_time(self):
        self.walk_to(", free, ", "Down")
        self.popover("b", "^Block Time$", BLOCKING)

    def columns_menu(self):
        self.walk_to("^Columns$")
        self.popover("Return", "Choose Columns", COLUMNS, "Down")
        self.walk_to(TIME)

    def history(self):
        self.find_visit("Confirmed|Booked")
        self.dialog("h", "^History", HISTORY)

    # What is opened from the booking window.

    def in_booking(self, key, landmark, wanted):
        begin = self.ears.listen()
        self.hand.key("n")
        wait_for("the window", lambda: len(self.hand.windows()) == 2)
        self.hand.focus()
        self.choose_patient()
        self.dialog(key, landmark, wanted)
        self.hand.key("Escape")
        wait_for("the booking to close", lambda: len(self.hand.windows()) == 1)
        self.hand.focus()
        self.hear_again(begin)

    def overbooking(self):
        self.in_booking("alt+o", "Full times", OVERBOOKING)

    def repeating(self):
        self.in_booking("alt+r", "Repeat", REPEATING)


def main():
    tap = Tap()
    rounds = Rounds()
    for step in (rounds.blocking_time, rounds.history, rounds.repeating, rounds.overbooking, rounds.columns_menu):
        if not tap.run(step.__name__.replace("_", " "), step):
            rounds.desk.picture("failed-" + step.__name__)
            break
    rounds.stop()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
