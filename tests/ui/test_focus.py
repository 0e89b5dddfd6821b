#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each screen without a mouse: where Tab goes, by role and name, as a screen reader hears it; that a dialog gives the keyboard back;
that what was done is said aloud (rcp-announcer.c, rcp-window-tell.c, rcp-spoken-row.c, rcp-tab-stop.c); and what a booking costs."""

import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from desk import Failure, Tap, wait_for  # noqa: E402
from keyboard import DAY, HEADER, MONTH, OFFER, SILENT, TIME, VISIT, WISHES, Keyboard  # noqa: E402

MOST_STROKES = 12

PANEL = ["push button Close Panel", "push button .+, .+", "push button .*", "push button .*", r"push button .*Move…", r"push button .*Cancel…",
         "push button Other", "list item Mon, 23 Nov, .*, .+", "list item Status, .+", "list item Provider, .+", "(list item .+, .+)*"]
FIND = ["scroll pane ", "entry Find a patient"]
ORDER = ["push button .*Earliest First", "push button .*Best First"]
BOOKING = ["push button Why", "push button .*Overbook…", "push button Add", "push button .*Repeat…", "push button .*Put on Wait List", "push button .*Cancel", "push button .*Book .* with .*",
           "list item Elena García", "push button Another patient", "combo box Visit", SILENT, *WISHES, *ORDER, OFFER]
MOVING = ["push button Why", "push button .*Put on Wait List", "push button .*Cancel", "push button .*Move to .* with .*", "list item .+", *WISHES, *ORDER, OFFER]
CANCELLING = [SILENT, "push button .*Keep", "push button .*Cancel Visit", "combo box Reason", SILENT]
REGISTERING = [*[SILENT] * 3, "combo box Sex", *[SILENT] * 4, "combo box Preferred Contact", "check box Do Not Contact",
               *[SILENT] * 5, "combo box Language", SILENT, "check box Interpreter Needed", *[SILENT] * 4, "combo box General Practitioner", "push button .*Cancel",
               "push button .*Register", *[SILENT] * 4]
PRINTING = ["push button Whose", "scroll pane ", "push button .*Save as PDF…", "push button .*Print…", "push button What to Print"]
# Their last page, where no payer is asked.
PREFERENCES = ["combo box Payers Are Asked", "list item Insurance"]
SHORTCUTS = ["list item Previous or next day, week or month, Page.Up, .+", "list item Today, T, .+", "(list item .+, .+)*", "entry Search the keys"]


class Focus(Keyboard):
    # Screens.

    def board(self):
        self.expect_round(HEADER + MONTH + ["(list item .*)*", VISIT])

    def panel(self):
        self.find_visit("Confirmed|Booked")
        self.hand.key("Return")
        self.desk.find("^Visit$", "filler")
        self.expect_round(PANEL + HEADER + MONTH + ["(list item .*)*", VISIT])
        self.hand.key("Escape")

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
            self.wait_booked()
            self.hand.key("Return")
            wait_for("the window to go", lambda: len(self.hand.windows()) == 1)
        count = self.hand.count("booking")
        print(f"# {count.keys} keystrokes, {count.letters} letters, {count.presses} pointer presses", flush=True)
        if count.keys > MOST_STROKES or count.presses:
            raise Failure(f"a booking takes {count}")
        if len(self.visits_of_elena()) != before + 1:
            raise Failure("the record has no more visits than before")

    # Which opening suits best, and why.

    def open_openings_of_elena(self):
        self.hand.key("n")
        wait_for("the window", lambda: len(self.hand.windows()) == 2)
        self.hand.focus()
        self.choose_patient()
        self.desk.find("Book .* with", "push button")

    def an_enter_waits_for_the_openings(self):
        """While they are searched anew the keyboard goes to none of those of before, whose Enter would book nothing, but waits where they
        will be. The record does not answer in that time."""
        self.open_openings_of_elena()
        self.walk_to("^Urgent$")
        self.practice.pause()
        try:
            self.hand.key("space")
            self.walk_to("Best First$")
            stops = [self.press("Tab"), self.press("Return")]
        finally:
            self.practice.resume()
        if any(re.search(OFFER, one) for one in stops):
            raise Failure(f"{stops} have the keyboard before the openings are there")
        self.ears.wait_focus(OFFER[len("list item "):])
        self.hand.key("Return")
        self.wait_booked()
        self.hand.key("Return")
        wait_for("the window to go", lambda: len(self.hand.windows()) == 1)
        self.hand.focus()
        self.expect_news("^Undone", "ctrl+z")

    def why_an_opening_suits(self):
        """The reasons are a list that is read row by row; Escape closes them and not the window."""
        self.open_openings_of_elena()
        self.hand.key("y")
        self.desk.find("^Why .* with ")
        rows = self.desk.find_all(r"^.+: .+, \d+ of \d+$", "list item")
        points = [int(re.search(r"(\d+) of \d+$", one.name)[1]) for one in rows]
        total = int(re.search(r"(\d+) of 100", self.desk.find(r"^Together \d+ of 100$").name)[1])
        if len(rows) < 5 or sum(points) != total:
            raise Failure(f"{[one.name for one in rows]} make {total}")
        self.hand.key("Escape")
        self.ears.wait_focus(OFFER[len("list item "):])
        if len(self.hand.windows()) != 2:
            raise Failure("Escape closed the window")
        self.hand.key("Escape")
        wait_for("the window to go", lambda: len(self.hand.windows()) == 1)
        self.hand.focus()

    def the_best_with_one_key(self):
        """Booked, and the next two are named; the record has it."""
        before = len(self.visits_of_elena())
        self.open_openings_of_elena()
        self.hand.key("ctrl+b")
        self.desk.find("The Next Best")
        self.hand.key("Return")
        wait_for("the window to go", lambda: len(self.hand.windows()) == 1)
        self.hand.focus()
        if len(self.visits_of_elena()) != before + 1:
            raise Failure("the record has no more visits than before")

    # What a visit takes along.

    def choose_visit_type(self, name):
        """In the wish beside the openings; they are sorted by name."""
        names = sorted(one["name"] for one in self.practice.record.search("HealthcareService?active=true&_count=100"))
        self.walk_to("^Visit$")
        self.hand.key("Return")
        self.hear(5)
        self.hand.key("Home", *["Down"] * names.index(name), "Return")
        self.ears.wait_focus("^Visit$")

    def slots(self, visit):
        return [self.practice.record.get(one["reference"]) for one in visit["slot"]]

    def a_booking_takes_what_it_needs(self):
        """An ECG needs the device: its time is held with that of the provider, and free again with the first undo."""
        before = {visit["id"] for visit in self.visits_of_elena()}
        self.hand.key("n")
        wait_for("the window", lambda: len(self.hand.windows()) == 2)
        self.hand.focus()
        self.choose_patient()
        self.choose_visit_type("ECG")
        self.wait_openings()
        self.walk_to(OFFER[len("list item "):])
        self.hand.key("Return")
        self.wait_booked()
        self.hand.key("Return")
        wait_for("the window to go", lambda: len(self.hand.windows()) == 1)
        self.hand.focus()
        visit = next(one for one in self.visits_of_elena() if one["id"] not in before)
        devices = [one["actor"]["reference"] for one in visit["participant"] if one["actor"]["reference"].startswith("Device/sample-g-ecg-")]
        taken = self.slots(visit)
        held = [one for one in taken if one["schedule"]["reference"].startswith("Schedule/sample-c-ecg-")]
        if len(devices) != 1 or len(held) != 2 or len(taken) != 4 or any(one["status"] != "busy" for one in taken):
            raise Failure(f"{devices} with {[(one['schedule']['reference'], one['start'], one['status']) for one in taken]}")
        self.expect_news("^Undone", "ctrl+z")
        wait_for("the times to be free again", lambda: all(one["status"] == "free" for one in self.slots(visit)))
        if self.practice.record.get("Appointment/" + visit["id"])["status"] not in ("cancelled", "entered-in-error"):
            raise Failure("the visit stands")

    def visits_of_elena(self):
        patient = self.practice.record.search("Patient?family=Garc%C3%ADa&given=Elena")[0]
        return self.practice.record.search(f"Appointment?patient=Patient/{patient['id']}&status=booked&_count=100")


def main():
    tap = Tap()
    keyboard = Focus()
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
            ("the shortcuts", lambda: keyboard.dialog("question", "Keyboard Shortcuts", SHORTCUTS))):
        tap.run(name, step)
    for step in (keyboard.steps_are_said, keyboard.what_is_not_possible_is_said, keyboard.a_move_by_the_arrows_is_said, keyboard.a_cancelled_visit_is_said,
                 keyboard.a_booking_in_few_strokes, keyboard.a_booking_takes_what_it_needs, keyboard.an_enter_waits_for_the_openings,
                 keyboard.why_an_opening_suits, keyboard.the_best_with_one_key):
        tap.run(step.__name__.replace("_", " "), step)
    keyboard.stop()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
