#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The windows, popovers and pages that test_focus.py leaves out, without a mouse: where Tab goes, by role and name; that the order is
that of reading; that Escape closes and gives the keyboard back to where it came from.

Drives rcp-block-popover, rcp-board-view-blocks, rcp-window-columns, rcp-series-dialog, rcp-overbook-window, rcp-history-dialog,
rcp-cover-window, rcp-columns-dialog, rcp-sets-dialog, rcp-patient-panel, rcp-flags-box and rcp-sidebar."""

import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from desk import Failure, Tap, wait_for  # noqa: E402
from keyboard import HEADER, MONTH, SILENT, TIME, Keyboard  # noqa: E402

import pyatspi  # noqa: E402

BLOCKING = ["push button Meeting", "push button Blocked", "spin button Minutes", "text What for", "push button .*Block Time", "push button Lunch"]
COLUMNS = ["(menu item .+)*", "menu item Choose Columns…", "menu item Edit Column Sets…", "menu item Everyone"]
CHOOSING = ["push button .*Show", SILENT, "combo box One Column for Each of the", "push button .*All or None", r"(check box .+, .+)*", "push button .*Cancel"]
SETS = ["push button Move Down, Downtown", "push button Delete, Downtown", SILENT, "push button Move Up, Riverside", "push button Move Down, Riverside",
        "push button Delete, Riverside", r"((?:push button (?:Move Up|Move Down|Delete), \w+|silent))*"]
FLAG = ["push button .*Cancel", "combo box Category", SILENT]
PANEL = ["push button .*Edit…", "push button .*History", "(list item .+, .+)*", "push button .*Insurance…", "(list item .+, .+)*", *HEADER, *MONTH, "(list item .+)*", "push button " + TIME + ".*",
         "push button Close Panel", "push button .*Add Flag…", "push button .*New Visit"]
HISTORY = ["push button Copy the history", "list item .+, .+"]
INSURANCE = ["push button Previous Day", "push button Next Day", r"list item \d?\d:\d\d · .+, No insurance is known for that day\."]
REPEATING = ["push button .*Book 5 Visits", "spin button Every", "push button Unit", "spin button Visits",
             r"((?:list item|check box) \w+, \d+ \w+, \d?\d:\d\d.*)*", "push button .*Cancel"]

OVERBOOKING = ["push button Previous Day", "push button Next Day", r"list item \d?\d:\d\d.* with .*, .* has .*", ".*", "push button .*Cancel"]


class Rounds(Keyboard):
    # The board.

    def blocking_time(self):
        self.walk_to(", free, ", "Down")
        self.popover("b", "^Block Time$", BLOCKING)

    def columns_menu(self):
        self.walk_to("^Columns$")
        self.popover("Return", "Choose Columns", COLUMNS, "Down")
        self.walk_to(TIME)

    def choose_in_menu(self, item):
        self.hand.key("Return")
        self.desk.find("Choose Columns")
        self.hear(0.5)
        self.walk_to(item, "Down")
        self.hand.key("Return")

    def columns_dialogs(self):
        """Chosen in a menu: the keyboard is at its button again, and a screen reader is told so."""
        self.walk_to("^Columns$")
        for item, landmark, wanted in (("Choose Columns", "All or None", CHOOSING), ("Edit Column Sets", "^Delete, Downtown$", SETS)):
            self.dialog(lambda name=item: self.choose_in_menu(name), landmark, wanted)
        self.walk_to(TIME)

    # The patient.

    def patient_panel(self):
        """Forth and back: it is left on both sides, and nothing in it is passed over. What was gone by in the sidebar is not chosen."""
        begin = self.ears.listen()
        self.hand.key("ctrl+k")
        wait_for("the window", lambda: len(self.hand.windows()) == 2)
        self.hand.focus()
        self.hand.type("garcia, elena")
        self.desk.find("^Garc.a, Elena")
        self.hand.key("Return")
        wait_for("the window to go", lambda: len(self.hand.windows()) == 1)
        self.hand.focus()
        self.ears.wait_focus("New Visit$")
        self.desk.find("^Mobile Phone")  # the visits are there by then, too
        self.desk.find("Seen", "label")
        self.expect_round(PANEL)
        chosen = [node.name for node in self.desk.find_all("^(Board|Waiting Now|Wait List|Downtown|Riverside|Rooms|Devices)", "list item")
                  if node.getState().contains(pyatspi.STATE_SELECTED)]
        if chosen != ["Board"]:
            raise Failure(f"the sidebar shows {chosen}")
        back = [self.press("shift+Tab") for _ in range(3)]
        if not all(re.search(wanted, stop) for wanted, stop in zip(("Add Flag", "Close Panel", TIME), back)):
            raise Failure(f"back from New Visit are {back}")
        self.walk_to("Add Flag")
        self.dialog("Return", "It is shown wherever", FLAG)
        self.hand.key("Escape")
        self.ears.wait_focus(begin)

    def history(self):
        self.find_visit("Confirmed|Booked")
        self.dialog("h", "^History", HISTORY)

    def insurance_list(self):
        """A list of many is one stop; from row to row go the arrows."""
        self.dialog("ctrl+i", "^Insurance Tomorrow$", INSURANCE, (lambda: self.desk.find("^No insurance|No insurance is known"),))

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
    for step in (rounds.blocking_time, rounds.patient_panel, rounds.history, rounds.insurance_list, rounds.repeating, rounds.overbooking, rounds.columns_menu, rounds.columns_dialogs):
        if not tap.run(step.__name__.replace("_", " "), step):
            rounds.desk.picture("failed-" + step.__name__)
            break
    rounds.stop()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
