#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The driver of the ui tests itself: keys and clicks arrive in the real window, letters with accents too, windows without a
window manager get the keyboard, and everything pressed is counted once."""

import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from Xlib import X  # noqa: E402

from desk import Desk, Failure, Practice, Tap, wait_for  # noqa: E402
from ears import Ears, middle_of  # noqa: E402
from hand import Count, Hand  # noqa: E402

NOW = "2026-11-23T09:26:00Z"
TIME = r"^\d?\d:\d\d to \d?\d:\d\d, "
STRANGER = {"resourceType": "Patient", "name": [{"use": "official", "family": "Łukaszewicz", "given": ["Zoë"]}],
            "birthDate": "1969-02-14", "gender": "female"}


class Driver:
    def __init__(self):
        self.practice = Practice(["--sample", "--date", NOW, "--time-zone", "UTC"])
        status, _ = self.practice.record.request("POST", "Patient", STRANGER)
        if status != 201:
            raise Failure(f"the record answered {status}")
        self.ears = Ears()
        self.desk = Desk(["--server", "unix:" + self.practice.socket, "--now", NOW])
        self.hand = Hand()

    def stop(self):
        self.desk.stop()
        self.practice.stop()

    def expect(self, task, **counts):
        if self.hand.count(task) != Count(**counts):
            raise Failure(f"{task} counted {self.hand.count(task)}")

    def the_first_key_reaches_the_board(self):
        self.ears.wait_focus(TIME)
        first = self.ears.name
        self.ears.forget()
        with self.hand.task("walk"):
            self.hand.key("Down", "Down")
        self.ears.wait_focus(TIME)
        wait_for("another visit", lambda: self.ears.listen() != first and len(self.ears.heard) == 2)
        self.expect("walk", keys=2)

    def a_dialog_gets_the_keyboard(self):
        with self.hand.task("find"):
            self.hand.key("ctrl+k")
            wait_for("a second window", lambda: len(self.hand.windows()) == 2)
            self.hand.type("łukaszewicz Zoë")
            self.desk.find("^Łukaszewicz, ")
            self.hand.key("Return")
        self.expect("find", keys=2, letters=15)
        wait_for("one window", lambda: len(self.hand.windows()) == 1)
        self.desk.find("New _Visit")
        # What X did with the focus of a window that went is no affair of the person who types on.
        self.hand.display.set_input_focus(X.PointerRoot, X.RevertToPointerRoot, X.CurrentTime)
        self.hand.key("shift+F9")  # bound to nothing
        if self.hand.display.get_input_focus().focus != self.hand.windows()[-1]:
            raise Failure("typed into a window without the input focus")
        self.hand.key("ctrl+k")
        wait_for("a second window again", lambda: len(self.hand.windows()) == 2)
        self.hand.key("Escape")
        wait_for("one window again", lambda: len(self.hand.windows()) == 1)

    def a_click_reaches_what_lies_there(self):
        chip = self.desk.find(TIME, "push button")
        name = chip.name
        with self.hand.task("click"):
            self.hand.click(*middle_of(chip))
        self.expect("click", presses=1)
        patient = name.split(", ")[1]
        wait_for(f"the visit of {patient}", lambda: self.desk.find_all(re.escape(patient), root=self.desk.find("^Visit$", "filler")))

    def an_unknown_key_is_told(self):
        try:
            self.hand.key("Retrun")
        except ValueError as error:
            if "Retrun" in str(error):
                return
        raise Failure("a key that is not was pressed")


def main():
    tap = Tap()
    driver = Driver()
    for step in (driver.the_first_key_reaches_the_board, driver.a_dialog_gets_the_keyboard,
                 driver.a_click_reaches_what_lies_there, driver.an_unknown_key_is_told):
        tap.run(step.__name__.replace("_", " "), step)
    driver.stop()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
