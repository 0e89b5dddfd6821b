#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A new patient at the desk, by the keyboard: nobody is found, one like it exists, both are looked at side by side; then the
record is asked over HTTP what it holds.

Drives rcp-patient-dialog, rcp-field-row, rcp-compare-view, rcp-patient-text, rcp-flags-box, rcp-patient-panel, rcp-find-view,
rcp-window-patients, and rcp-booking-dialog and rcp-number-text as far as patients are concerned.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from desk import Desk, Failure, Practice, Tap, wait_for  # noqa: E402

NOW = "2026-11-23T14:26:00Z"
MARIA = {"resourceType": "Patient", "name": [{"use": "official", "family": "Zubiarraga", "given": ["Maria"]}],
         "birthDate": "1978-12-03", "gender": "female", "telecom": [{"system": "phone", "use": "mobile", "value": "+12075550110"}]}


class Registration:
    def __init__(self):
        self.practice = Practice(["--sample", "--date", NOW])
        self.record = self.practice.record
        status, self.maria = self.record.request("POST", "Patient", MARIA)
        if status != 201:
            raise Failure(f"the record answered {status}")
        self.desk = Desk(["--server", "unix:" + self.practice.socket, "--now", NOW])

    def stop(self):
        self.desk.stop()
        self.practice.stop()

    def zubiarragas(self):
        return self.record.search("Patient?family=Zubiarraga")

    def nobody_is_found_and_one_is_registered(self):
        desk = self.desk
        desk.find("providers", None)
        desk.keys("ctrl+k")
        desk.find("^Find a patient$")
        desk.type("zubiarraga rosalinda")
        desk.find("Register .zubiarraga rosalinda.", "push button")
        desk.picture("patient-nobody")
        desk.keys("Return")
        desk.find("Register a Patient")
        # The first field has the focus, and what was guessed is selected: the desk knows better which name is which.
        desk.type("Zubiarraga\tMari\t\t12/3/1978\t")
        desk.find("in the record", "label")
        desk.picture("patient-form")

    def both_are_shown_side_by_side(self):
        desk = self.desk
        desk.keys("ctrl+Return")
        desk.find("Use This Patient", "push button")
        row = desk.find("^Birth Date: .*Same$")
        if "1978" not in row.name:
            raise Failure(f"the row says {row.name}")
        desk.find("^Given Names: Mari; Maria: Similar$")
        desk.picture("patient-compare")
        if len(self.zubiarragas()) != 1:
            raise Failure("something was saved before anybody decided")

    def registered_anyway_with_a_reason(self):
        desk = self.desk
        desk.keys("ctrl+Return")  # without a reason nothing happens
        if len(self.zubiarragas()) != 1:
            raise Failure("registered without a reason")
        desk.keys("Tab")
        desk.type("a cousin")
        desk.keys("Return")
        desk.gone("Use This Patient")
        patients = wait_for("a second one in the record", lambda: len(self.zubiarragas()) == 2 and self.zubiarragas())
        new = next(patient for patient in patients if patient["id"] != self.maria["id"])
        if new["birthDate"] != "1978-12-03" or not any(i["system"] == "urn:reception:mrn" for i in new["identifier"]):
            raise Failure(f"the record holds {new}")
        provenance = self.record.search(f"Provenance?target=Patient/{new['id']}")
        if [one["reason"][0]["text"] for one in provenance] != ["a cousin"]:
            raise Failure(f"the record says {provenance}")
        desk.find("^Patient$", "filler")
        desk.picture("patient-panel")

    def the_one_that_exists_is_used_instead(self):
        desk = self.desk
        desk.keys("ctrl+shift+n")
        desk.find("Register a Patient")
        desk.type("Zubiarraga\tMaria\t\t3 Dec 1978\t\t207 555 0110")
        desk.keys("ctrl+Return")
        desk.find("Use This Patient", "push button")
        desk.keys("Return")
        desk.gone("Use This Patient")
        if len(self.zubiarragas()) != 2:
            raise Failure("a third patient was made")
        wait_for("Maria in the panel", lambda: desk.find_all("Maria Zubiarraga", "label"))

    def changed_by_keyboard(self):
        desk = self.desk
        desk.click("_Edit…")
        desk.find("_Save", "push button")
        desk.keys("Tab", "Tab")
        desk.type("Mari\t")
        desk.keys("ctrl+Return")
        wait_for("the record to know the name that she goes by",
                 lambda: any(name.get("use") == "usual" for name in self.record.get("Patient/" + self.maria["id"])["name"]))

    def a_flag_is_added_and_ended(self):
        desk = self.desk
        desk.click("Add _Flag…")
        desk.find("What Must Be Seen", "text")
        desk.type("Falls easily")
        desk.keys("Return")
        desk.find("Safety: Falls easily")
        desk.picture("patient-flag")
        desk.click("End .Safety: Falls easily.")
        desk.gone("Safety: Falls easily")
        flags = self.record.search(f"Flag?patient=Patient/{self.maria['id']}")
        if [flag["status"] for flag in flags] != ["inactive"]:
            raise Failure(f"the record holds {flags}")

    def registered_from_the_booking(self):
        """Nobody of that name: registered over the booking, and the booking goes on with the new patient."""
        desk = self.desk
        desk.keys("Escape", "ctrl+n")
        desk.find("^Name, phone, birth date, MRN or code$|^Find a patient$")
        desk.type("Quezada Ines")
        desk.find("Register .Quezada Ines.", "push button")
        desk.keys("Return")
        desk.find("Register a Patient")
        desk.type("Quezada\tInes\t\t5 Mar 1990\t\t207 555 0123")
        desk.keys("ctrl+Return")
        desk.find("New Visit for Ines Quezada")
        desk.find("^Openings$")
        wait_for("her in the record", lambda: len(self.record.search("Patient?family=Quezada")) == 1)
        desk.picture("booking-registered")
        desk.keys("Escape")
        desk.gone("New Visit for Ines Quezada")

    def a_number_is_read_as_it_is_written_here(self):
        desk = self.desk
        desk.keys("ctrl+k")
        desk.find("^Find a patient$")
        desk.type("quezada")
        desk.find(r"Quezada, Ines, .*\(207\)\s555-0123")
        desk.keys("Escape")
        desk.gone(r"\(207\)\s555-0123$")

    def flags_are_seen_while_booking(self):
        desk = self.desk
        status, _flag = self.record.request("POST", "Flag", {
            "resourceType": "Flag", "status": "active", "code": {"text": "Bites"}, "subject": {"reference": "Patient/" + self.maria["id"]}})
        if status != 201:
            raise Failure(f"the record answered {status}")
        desk.keys("ctrl+n")
        desk.find("^Find a patient$")
        desk.type("zubiarraga 3 dec 1978")
        desk.find("^Zubiarraga, Maria", None)
        names = [node.name for node in desk.find_all("^Zubiarraga, ")]
        desk.keys(*["Down"] * next((i for i, name in enumerate(names) if name.startswith("Zubiarraga, Maria,")), 0), "Return")
        desk.find("Note: Bites")
        desk.picture("booking-flag")
        desk.keys("Escape")


def main():
    tap = Tap()
    registration = Registration()
    going = True
    for step in [registration.nobody_is_found_and_one_is_registered, registration.both_are_shown_side_by_side,
                 registration.registered_anyway_with_a_reason, registration.the_one_that_exists_is_used_instead,
                 registration.changed_by_keyboard, registration.a_flag_is_added_and_ended,
                 registration.registered_from_the_booking, registration.a_number_is_read_as_it_is_written_here,
                 registration.flags_are_seen_while_booking]:
        if going:
            going = tap.run(step.__name__.replace("_", " "), step)
            if not going:
                registration.desk.picture("failed-" + step.__name__)
                registration.desk.dump()
        else:
            tap.run(step.__name__.replace("_", " "), lambda: (_ for _ in ()).throw(Failure("a step before it failed")))
    registration.stop()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
