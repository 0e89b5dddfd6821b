#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample clinic in the real window: days turn by keys and come back, a visit is booked by keys alone, and pictures
are taken, two of which stand in README.md."""

import datetime
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from desk import Desk, Failure, Practice, Tap, wait_for  # noqa: E402

NOW = "2026-11-23T14:26:00Z"  # 9:26 on a Monday in New York


class Clinic:
    def __init__(self):
        self.practice = Practice(["--sample", "--date", NOW, "--time-zone", "America/New_York"])
        self.desk = Desk(["--server", "unix:" + self.practice.socket, "--now", NOW])

    def stop(self):
        """Also after a step that failed: no record may stay behind."""
        self.desk.stop()
        if self.practice.process.poll() is None:
            self.practice.stop()

    def chips(self):
        return self.desk.find_all(r"^\d+:\d\d to \d+:\d\d, ", "push button")

    def board_shows_the_day(self):
        chips = wait_for("visits on the board", self.chips)
        for chip in chips:
            # Time, patient, type, provider, state: what a screen reader says of a visit.
            if len(chip.name.split(", ")) < 5 or "Dr. " not in chip.name:
                raise Failure(f"a visit says only {chip.name!r}")
        self.desk.picture("sample-board")

    def pages_turn_the_day_and_back(self):
        start = datetime.date(2026, 11, 23)
        for key, day in (("Next", start + datetime.timedelta(1)), ("Next", start + datetime.timedelta(2)),
                         ("Prior", start + datetime.timedelta(1)), ("Prior", start)):
            self.desk.keys(key)
            self.desk.find(day.strftime("%A, ") + str(day.day), "label")
            wait_for("its visits", self.chips)

    def book_by_keys_alone(self):
        patients = self.practice.record.search("Patient?_count=1&_sort=_id")
        name = patients[0]["name"][0]
        before = len(self.practice.record.search(f"Appointment?patient=Patient/{patients[0]['id']}&status=booked"))
        self.desk.keys("ctrl+k")
        self.desk.find("^Find a patient$")
        self.desk.type(f"{name['given'][0]} {name['family']}")
        self.desk.find("^" + re.escape(name["family"]) + ", ")
        self.desk.keys("Return")
        self.desk.find("New _Visit")
        self.desk.picture("sample-patient")
        self.desk.keys("Return")
        self.desk.find("Book .* with", "push button")
        self.desk.picture("sample-booking")
        self.desk.keys("Return")
        self.desk.find("_Done")
        print("# 4 keys beyond the name: Ctrl+K, Enter, Enter, Enter")
        self.desk.picture("sample-booked")
        self.desk.keys("Return")
        self.desk.gone("_Done")
        after = self.practice.record.search(f"Appointment?patient=Patient/{patients[0]['id']}&status=booked")
        if len(after) != before + 1:
            raise Failure(f"{len(after)} booked visits in the record, not {before + 1}")
        self.desk.picture("sample-after")

    def second_start(self, *arguments):
        """The exit status of another start, which hands its arguments to the one that runs, and what it said."""
        done = subprocess.run([os.environ["RECEPTION"], *arguments], capture_output=True, text=True, timeout=60, check=False)
        return done.returncode, done.stderr

    def a_link_shows_its_visit(self):
        """rcp-application-verbs: links and verbs, over the command line."""
        visit = self.practice.record.search("Appointment?date=ge2026-11-25&status=booked&_sort=date&_count=1&_include=Appointment:patient")[0]
        status, said = self.second_start("reception:visit/" + visit["id"])
        if status != 0:
            raise Failure(f"the link ended with {status}: {said}")
        self.desk.find("Wednesday, 25", "label")
        self.desk.find(re.escape(next(code["value"] for code in visit["identifier"] if "confirmation" in code["system"])))
        status, said = self.second_start("Garcia, Maria")
        if status != 2 or "Garcia" in said or "link" not in said:
            raise Failure(f"an argument that is no link ended with {status}: {said}")
        status, said = self.second_start("--find")
        self.desk.find("^Find a patient$")
        self.desk.keys("Escape")
        self.desk.gone("^Find a patient$")

    def record_goes_away_and_comes_back(self):
        self.practice.process.kill()
        self.practice.process.wait()
        self.desk.find("[Nn]ot connected|[Nn]o connection|[Cc]ould not")
        self.desk.picture("sample-not-connected")
        if not self.chips():
            raise Failure("what was read before must stay on the board")


def main():
    tap = Tap()
    clinic = Clinic()
    steps = [clinic.board_shows_the_day, clinic.pages_turn_the_day_and_back, clinic.book_by_keys_alone,
             clinic.a_link_shows_its_visit, clinic.record_goes_away_and_comes_back]
    for step in steps:
        if not tap.run(step.__name__.replace("_", " "), step):
            clinic.desk.picture("failed-" + step.__name__)
    clinic.stop()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
