#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job, end to end in the real window: from the first run on imported patients to a visit booked, moved and
cancelled; after each step the record is asked over HTTP what it holds.

Drives rcp-window, rcp-welcome-page, rcp-practice-page, rcp-find-dialog, rcp-find-view, rcp-found-row,
rcp-patient-panel, rcp-booking-dialog, rcp-booking-dialog-book, rcp-wish-pane, rcp-offer-row, rcp-row, rcp-visit-panel, rcp-cancel-dialog,
rcp-application and rcp-board-view.
"""

import glob
import json
import lzma
import os
import re
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from desk import DEADLINE, Desk, Failure, Record, Tap, wait_for  # noqa: E402

NOW = "2026-11-23T14:26:00Z"  # a Monday
HERE = os.path.dirname(os.path.abspath(__file__))


def open_text(path):
    return lzma.open(path, "rt") if path.endswith(".xz") else open(path, encoding="utf-8")


def choose_data():
    """The Synthea roster where the shared data is there; else the small one of the project."""
    shared = os.environ.get("RECEPTION_SHARED_DATA", os.path.join(HERE, "../../../shared/data"))
    roster = os.path.join(shared, "fhir-synthea/synthea-2025-1000-roster")
    return roster if os.path.isdir(roster) else os.path.join(HERE, "../data/roster")


def choose_patient(folder):
    """A living patient whose birth date is his or hers alone, so that Find must give exactly one."""
    patients, dates = [], {}
    for path in sorted(glob.glob(os.path.join(folder, "Patient*"))):
        with open_text(path) as lines:
            for line in lines:
                patient = json.loads(line)
                dates[patient.get("birthDate")] = dates.get(patient.get("birthDate"), 0) + 1
                patients.append(patient)
    for patient in patients:
        alive = "deceasedDateTime" not in patient and "deceasedBoolean" not in patient
        if alive and dates[patient["birthDate"]] == 1 and patient["birthDate"] < "2000":
            return patient
    raise Failure("no such patient in the data")


class Morning:
    def __init__(self):
        self.data = choose_data()
        self.patient = choose_patient(self.data)
        self.family = self.patient["name"][0]["family"]
        self.chip = rf"\d?\d:\d\d to \d?\d:\d\d, {self.family},"
        self.folder = tempfile.mkdtemp(prefix="rcp-import-")
        for path in os.listdir(self.data):
            shutil.copy(os.path.join(self.data, path), self.folder)
        self.desk = None
        self.record = None
        self.visit = None

    def stop(self):
        if self.desk is not None:
            self.desk.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    # The steps, in order.

    def first_run_offers_three_ways(self):
        self.log = os.path.join(self.folder, "..", os.path.basename(self.folder) + ".log")
        # Everything that can be logged is, so that the last step can look for the patient in it.
        # GTK's file chooser (gio, libcloudproviders) does not free all that it made, and fast call stacks cannot tell that
        # from ours: of the sanitizers, leaks are left to the tests of the windows.
        self.desk = Desk(["--now", NOW], {"G_MESSAGES_DEBUG": "all",
                                          "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"}, self.log)
        for way in ("[Ss]ample", "[Pp]ractice", "[Cc]onnect|[Ss]erver"):
            self.desk.find(way)
        self.desk.picture("welcome")

    def practice_from_imported_patients(self):
        desk = self.desk
        desk.press(desk.find("Start a Practice", "list item"))
        desk.find("Name of the Clinic")
        desk.picture("new-practice")
        name = desk.find("Name of the Clinic", "text")
        name.queryEditableText().setTextContents("Elm Street Clinic")
        desk.click("Choose .*Folder")
        wait_for("the file chooser", lambda: desk.find_all("Select|Open|Choose", "push button") and desk.application.childCount > 1)
        # The slash opens the entry. What is typed behind it, the completion of newer releases mixes with its own.
        desk.type("/")
        entry = wait_for("the entry of the file chooser", lambda: desk.find_all("", "text", desk.application[1]))[0]
        entry.queryEditableText().setTextContents(self.folder)
        desk.keys("Return")
        wait_for("the file chooser to close", lambda: desk.application.childCount == 1)
        desk.find("^" + re.escape(self.folder) + "$")
        desk.click("Start")
        self.record = Record(wait_for("the socket of the record", self._find_socket))
        wait_for("schedules of providers", lambda: self.record.search("Schedule?_count=200"))
        wait_for("published slots", lambda: self.record.get("Slot?_summary=count&status=free")["total"] > 1000, 2 * DEADLINE)
        desk.keys("F5")
        desk.picture("board-empty")

    def _find_socket(self):
        found = glob.glob(os.path.join(os.environ["XDG_RUNTIME_DIR"], "**", "*"), recursive=True)
        sockets = [path for path in found if "reception" in path and os.path.exists(path) and not os.path.isfile(path)
                   and not os.path.isdir(path)]
        return sockets[0] if sockets else None

    def find_by_birth_date(self):
        desk = self.desk
        year, month, day = self.patient["birthDate"].split("-")
        months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
        desk.keys("ctrl+k")
        desk.find("^Find a patient$")
        desk.type(f"{int(day)} {months[int(month) - 1]} {year}")
        row = desk.find(self.family + ",")
        desk.picture("find")
        if str(int(year)) not in row.name:
            raise Failure(f"the row does not say the birth date: {row.name}")
        desk.keys("Return")
        desk.click_near("^Patient$", "New _Visit")

    def book(self):
        desk = self.desk
        desk.find("Book .* with", "push button")
        desk.picture("booking")
        desk.keys("Return")
        desk.find("_Done")
        desk.picture("booked")
        visits = self.visits()
        if len(visits) != 1 or visits[0]["status"] != "booked":
            raise Failure(f"the record holds {[visit['status'] for visit in visits]}")
        self.visit = visits[0]
        code = next(i["value"] for i in self.visit["identifier"] if i["system"] == "urn:reception:confirmation")
        desk.find(code)
        self.expect_slots(self.visit, "busy")
        desk.keys("Return")
        desk.gone("_Done")

    def visit_is_on_the_board(self):
        chip = self.desk.find(self.chip, "push button")
        self.desk.act(chip, "visit.open")
        self.desk.find("^Visit$", "filler")
        self.desk.picture("board-visit")

    def move(self):
        desk = self.desk
        desk.click("_Move…", desk.find("^Visit$", "filler"))
        desk.find("Move to .* with", "push button")
        first = desk.find("Move to .* with", "push button").name
        desk.keys("Down", "Down")
        wait_for("the arrow keys to choose", lambda: desk.find("Move to .* with", "push button").name != first)
        desk.picture("move")
        desk.keys("Return")
        desk.find("_Done")
        desk.keys("Return")
        desk.gone("_Done")
        visits = self.visits()
        if len(visits) != 1 or visits[0]["id"] != self.visit["id"]:
            raise Failure("a move must keep the one visit")
        if visits[0]["start"] == self.visit["start"] and visits[0]["slot"] == self.visit["slot"]:
            raise Failure("the visit did not move")
        new_slots = {slot["reference"] for slot in visits[0]["slot"]}
        self.expect_slots(visits[0], "busy")
        for slot in self.visit["slot"]:
            if slot["reference"] not in new_slots:
                self.expect_slot(slot["reference"], "free")
        self.visit = visits[0]

    def cancel(self):
        desk = self.desk
        chip = desk.find(self.chip, "push button")
        desk.act(chip, "visit.open")
        desk.click("_Cancel…", desk.find("^Visit$", "filler"))
        desk.find("Cancel the Visit")
        desk.picture("cancel")
        desk.click("Cancel Visit|_Cancel Visit")
        wait_for("the record to say cancelled", lambda: self.visits()[0]["status"] == "cancelled")
        visit = self.visits()[0]
        if not visit["cancelationReason"]["coding"][0]["code"]:
            raise Failure("a cancelled visit needs its reason")
        for slot in self.visit["slot"]:
            self.expect_slot(slot["reference"], "free")
        wait_for("the visit to leave the board", lambda: not desk.find_all(self.chip, "push button"))
        desk.picture("board-after")

    def quits(self):
        """The program ends by itself and well, and takes the record that it started along."""
        self.desk.quit()
        wait_for("the record to end", lambda: not glob.glob(os.path.join(os.environ["XDG_RUNTIME_DIR"], "reception", "*")))

    def the_patient_is_in_no_log_and_no_file(self):
        self.desk.stop()
        self.desk = None
        words = [self.family.encode(), self.patient["birthDate"].encode(), self.patient["id"].encode()]
        paths = [self.log]
        for variable in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "HOME"):
            for folder, _, files in os.walk(os.environ[variable]):
                paths += [os.path.join(folder, name) for name in files if ".db" not in name]
        if os.path.getsize(self.log) == 0:
            raise Failure("nothing was logged, so nothing was proved")
        for path in paths:
            if not os.path.isfile(path):
                continue
            with open(path, "rb") as file:
                content = file.read()
            if any(word in content or word in path.encode() for word in words):
                raise Failure(f"{os.path.basename(path)} tells of the patient")
        os.remove(self.log)

    # What the record holds.

    def visits(self):
        return self.record.search(f"Appointment?patient=Patient/{self.patient['id']}")

    def expect_slot(self, reference, status):
        slot = self.record.get(reference)
        if slot["status"] != status:
            raise Failure(f"{reference} is {slot['status']}, not {status}")

    def expect_slots(self, visit, status):
        if not visit.get("slot"):
            raise Failure("the visit names no slot")
        for slot in visit["slot"]:
            self.expect_slot(slot["reference"], status)


def main():
    tap = Tap()
    morning = Morning()
    steps = [morning.first_run_offers_three_ways, morning.practice_from_imported_patients, morning.find_by_birth_date,
             morning.book, morning.visit_is_on_the_board, morning.move, morning.cancel, morning.quits,
             morning.the_patient_is_in_no_log_and_no_file]
    going = True
    for step in steps:
        name = step.__name__.replace("_", " ")
        if going:
            going = tap.run(name, step)
            if not going and morning.desk is not None:
                morning.desk.picture("failed-" + step.__name__)
                morning.desk.dump()
        else:
            tap.run(name, lambda: (_ for _ in ()).throw(Failure("a step before it failed")))
    morning.stop()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
