#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader finds: everything that one can work has a name, a visit says all of itself, Tab goes through a screen
in its order and comes round. Read over the accessibility bus in the real window."""

import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from desk import Desk, Failure, Practice, Tap, wait_for  # noqa: E402

import pyatspi  # noqa: E402  after desk, which keeps a warning of the accessibility bus from ending the test

NOW = "2026-11-23T09:26:00Z"
TIME = r"\d?\d:\d\d to \d?\d:\d\d"


class Spoken:
    def __init__(self):
        self.practice = Practice(["--sample", "--date", NOW, "--time-zone", "UTC"])
        self.desk = Desk(["--server", "unix:" + self.practice.socket, "--now", NOW], {"TZ": "UTC"})
        self.desk.find(TIME, "push button")

    def stop(self):
        # However the program ends, its record does not outlive the test.
        try:
            self.desk.quit()
        finally:
            self.desk.stop()
            self.practice.stop()

    def expect_names(self):
        nameless = self.desk.list_nameless()
        if nameless:
            raise Failure(f"without a name: {nameless}")

    def board(self):
        self.expect_names()

    def visits(self):
        names = [node.name for node in self.desk.find_all(TIME, "push button")]
        if len(names) < 20:
            raise Failure(f"only {len(names)} visits")
        for name in names:
            wanted = (TIME, r"\w+, \w+", r"(Dr\.|with |free)", r"(Booked|Confirmed|Arrived|Seen|room|provider|come|seen|free|Checked)")
            missing = [part for part in wanted if not re.search(part, name)]
            if missing and ", free, " not in name:
                raise Failure(f"{name!r} lacks {missing}")

    def dialog(self, keys, name):
        self.desk.keys(keys)
        self.desk.find(name)
        self.expect_names()
        self.desk.keys("Escape")

    def focused(self):
        for node in self.desk.walk():
            try:
                if node.getState().contains(pyatspi.STATE_FOCUSED) and node.getRoleName() not in ("frame", "window", "application"):
                    return node.getRoleName() + " " + (node.name or "")
            except Exception:
                continue
        return None

    def tab_order(self):
        """Tab leaves the board, visits at least four other places, and comes back to it."""
        begin = wait_for("something to have the keyboard", self.focused)
        seen = []
        for _ in range(40):
            self.desk.keys("Tab")
            seen.append(self.focused())
            if seen[-1] == begin:
                break
        else:
            raise Failure(f"Tab does not come back to {begin!r}: {seen}")
        print(f"# {seen}", flush=True)
        if len({place for place in seen if place}) < 5:
            raise Failure(f"Tab finds only {seen}")


def main():
    tap = Tap()
    spoken = Spoken()
    tap.run("everything on the board has a name", spoken.board)
    tap.run("each visit says time, patient, provider and state", spoken.visits)
    tap.run("Tab goes round", spoken.tab_order)
    tap.run("everything in Find has a name", lambda: spoken.dialog("ctrl+k", "Find a Patient"))
    tap.run("everything in the booking window has a name", lambda: spoken.dialog("ctrl+n", "^New Visit$"))
    tap.run("everything in the print window has a name", lambda: spoken.dialog("ctrl+p", "Day Sheets"))
    spoken.stop()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
