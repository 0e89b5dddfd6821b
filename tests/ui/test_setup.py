#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a clinic is made of, in the real window: places with closed days, rooms and devices are added and changed, a provider's leave
and limit of overbooking, and what a visit needs; what is wrong is refused in words; and the record is asked what it holds.

Drives rcp-preferences-window, rcp-setup-page, rcp-form-dialog, rcp-form-pages, rcp-form-rows, rcp-periods-group and rcp-setup-apply."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from desk import Failure, Tap, has_room, wait_for  # noqa: E402
from test_preferences import Preferences, text_of  # noqa: E402

import pyatspi  # noqa: E402

PLACE, ROOM, DEVICE = "Hill Street", "Room Nine", "Sonograph"


def extensions_of(resource, url):
    return [extension for extension in resource.get("extension", []) if extension["url"] == url]


class Setup(Preferences):
    def grab(self, name, role):
        """Goes with Tab to what is seen and called so."""
        return self.focus(wait_for(f"{role} {name!r}", lambda: [one for one in self.desk.find_all(name, role) if has_room(one)])[-1])

    def put(self, name, text):
        """Writes over what is in a field. The floor tells of the text of a row neither that it is seen nor that it has the keyboard."""
        field = self.desk.find(f"^{name}$", "text")
        field.queryEditableText().setTextContents(text)
        wait_for(f"{text!r} in {name}", lambda: text_of(field) == text)

    def refuse(self, name, text, words):
        """What is wrong is said, and cannot be saved."""
        self.put(name, text)
        self.desk.find(words, "label")
        if self.can_save():
            raise Failure(f"{text!r} in {name} can be saved")

    def choose(self, name, downs):
        """Another of a choice, by the arrow from the top of the list: newer releases of GTK begin at what is chosen."""
        self.grab(f"^{name}", "combo box")
        self.desk.keys("Return", "Home", *["Down"] * downs, "Return")

    def unfold(self, name):
        self.grab(f"^{name}$", "list item")
        self.desk.keys("Return")
        wait_for("the fields", lambda: [one for one in self.desk.find_all(f"^{name}$", "push button") if has_room(one)])

    def add_form(self, page):
        self.show(page)
        self.desk.keys("alt+a")
        self.desk.find("Save$", "push button")

    def edit_form(self, page, name):
        self.show(page)
        for _ in range(90):  # the list is made anew when what was saved has been read
            if any(one.getState().contains(pyatspi.STATE_FOCUSED) for one in self.desk.find_all(name, "list item")):
                break
            self.desk.keys("Tab")
        else:
            raise Failure(f"Tab does not lead to {name!r}")
        self.desk.keys("Return")
        self.desk.find("Save$", "push button")

    def save(self):
        wait_for("Save to be there", self.can_save)
        self.desk.keys("alt+s")
        self.desk.gone("Save$", "push button")

    def find_one(self, search, what):
        """The one of the record that is so."""
        return wait_for(f"{what} in the record", lambda: [one for one in self.record.search(search) if what in str(one)])[0]

    def add_period(self, first, last, words):
        self.put("First Day", first)
        self.put("Last Day", last)
        self.put("Reason", words)
        self.desk.act(next(one for one in self.desk.find_all("^Add (Leave|Closed Days)$", "push button")))

    def closed_days(self):
        found = self.find_one("Location?_count=200", PLACE)
        return [{part["url"]: part.get("valuePeriod", part.get("valueString")) for part in one["extension"]}
                for one in extensions_of(found, "urn:reception:closed")]

    # The steps, in order.

    def a_place_with_closed_days(self):
        wait_for("visits on the board", lambda: self.desk.find_all(r"^\d+:\d\d to \d+:\d\d, ", "push button"))
        self.desk.keys("ctrl+comma")
        self.desk.find("^Preferences$", "label")
        self.add_form("Places")
        self.put("Name", "x")
        self.refuse("Name", "", "^Write a name$")
        self.put("Name", PLACE)
        self.refuse("Phone", "call us", "has digits, spaces")
        self.put("Phone", "555-0100")
        zone = text_of(self.desk.find("^Time Zone$", "text"))
        self.refuse("Time Zone", "Middle Earth", "^Write a time zone such as")
        self.put("Time Zone", zone or "America/New_York")
        self.unfold("Add Closed Days")
        self.put("First Day", "someday")
        self.desk.find("^Write the first day, such as", "label")
        self.put("First Day", "24 Dec 2026")
        self.put("Last Day", "20 Dec 2026")
        self.desk.find("^The last day is before the first$", "label")
        self.add_period("24 Dec 2026", "26 Dec 2026", "Holidays")
        self.desk.find("^Remove 24 Dec 2026", "push button")
        self.save()
        wanted = [{"period": {"start": "2026-12-24", "end": "2026-12-26"}, "label": "Holidays"}]
        if self.closed_days() != wanted:
            raise Failure(f"closed on {self.closed_days()}")

    def a_removed_closed_day_is_asked_for(self):
        """What was removed and not saved yet is not lost by Escape without a question; saved, the record has it no more."""
        self.edit_form("Places", PLACE)
        self.desk.act(self.desk.find("^Remove 24 Dec 2026", "push button"))
        self.desk.gone("^Remove 24 Dec 2026", "push button")
        self.desk.keys("Escape")
        self.desk.find("Discard What Was Entered")
        if not self.closed_days():
            raise Failure("it went before it was saved")
        self.desk.keys("Escape")
        self.desk.gone("Discard What Was Entered")
        self.save()
        wait_for("no closed day", lambda: not self.closed_days())

    def a_room(self):
        self.add_form("Rooms and Devices")
        self.put("Name", "x")
        self.refuse("Name", "", "^Write a name$")
        self.put("Name", ROOM)
        self.save()
        room = self.find_one("Location?_count=200", ROOM)
        if not room["partOf"]["reference"].startswith("Location/") or room["status"] != "active":
            raise Failure(f"the room is {room}")
        self.desk.find(f"^{ROOM}", "list item")
        self.add_form("Rooms and Devices")
        self.refuse("Name", ROOM, "^Another one has this name$")
        self.desk.keys("Escape")
        self.desk.find("Discard What Was Entered")
        self.desk.keys("alt+d")
        self.desk.gone("Save$", "push button")

    def a_device(self):
        self.add_form("Rooms and Devices")
        self.put("Name", DEVICE)
        self.choose("What It Is", 1)
        self.desk.find("^Kind of Device", "text")
        self.desk.find("^Write what kind of device it is$", "label")
        if self.can_save():
            raise Failure("a device without its kind can be saved")
        self.put("Kind of Device, such as ultrasound", "Colposcope")
        self.save()
        device = self.find_one("Device?_count=200", DEVICE)
        if "Colposcope" not in str(device["type"]) or device["status"] != "active":
            raise Failure(f"the device is {device}")

    def leave_and_the_limit_of_overbooking(self):
        """Nothing is free while somebody is away, and who is booked then is work to do."""
        self.edit_form("Providers", "Ana Ruiz")
        places = self.desk.find_all("^(Downtown|Riverside)", "check box")
        where = next(index for index, one in enumerate(places) if one.getState().contains(pyatspi.STATE_CHECKED))
        limit = self.desk.find_all("^Overbooked Visits per Half Day$", "text")[where]
        limit.queryEditableText().setTextContents("many")
        wait_for("the limit to be refused", lambda: not self.can_save())
        limit.queryEditableText().setTextContents("3")
        wait_for("Save to be there", self.can_save)
        self.unfold("Add Leave")
        self.add_period("1 Dec 2026", "4 Dec 2026", "Training")
        self.desk.find("^Remove 1 Dec 2026", "push button")
        schedule = self.record.search("Schedule?actor=Practitioner/sample-d-ruiz")[0]
        away = (f"Slot?schedule=Schedule/{schedule['id']}&status=free&start=ge2026-12-01T05:00:00Z&start=lt2026-12-05T05:00:00Z"
                "&_summary=count")
        if not self.record.get(away)["total"]:
            raise Failure("nothing was free before the leave")
        self.save()
        roles = self.record.search("PractitionerRole?practitioner=Practitioner/sample-d-ruiz")
        leave = [(one["description"], one["during"]["start"][:10], one["during"]["end"][:10])
                 for role in roles for one in role.get("notAvailable", [])]
        if leave != [("Training", "2026-12-01", "2026-12-04")]:
            raise Failure(f"away are {leave}")
        limits = [one["valueInteger"] for one in extensions_of(self.record.get(f"Schedule/{schedule['id']}"), "urn:reception:overbook")]
        if limits != [3]:
            raise Failure(f"the limits are {limits}")
        wait_for("nothing to be free", lambda: self.record.get(away)["total"] == 0)
        wait_for("work to do", lambda: self.record.search("Task?code=urn:reception:refit|refit&status=requested&_count=200"))

    def what_a_visit_needs(self):
        """A room, and then a device of a kind."""
        def needs():
            found = next(one for one in self.record.search("HealthcareService?_count=200") if one["id"] == "sample-h-consultation")
            return extensions_of(found, "urn:reception:needs")

        if needs():
            raise Failure(f"it needs {needs()} before")
        for downs, wanted in ((1, "room"), (2, "urn:reception:device-type")):  # from the top of the list
            self.edit_form("Visit Types", "^Consultation")
            self.choose("Needs", downs)
            self.save()
            wait_for(f"the need of {wanted}", lambda name=wanted: name in str(needs()))


def main():
    tap = Tap()
    setup = Setup()
    try:
        for name in ("a_place_with_closed_days", "a_removed_closed_day_is_asked_for", "a_room", "a_device",
                     "leave_and_the_limit_of_overbooking", "what_a_visit_needs"):
            if not tap.run("setup: " + name.replace("_", " "), getattr(setup, name)):
                setup.desk.picture("failed-setup-" + name)
                break
    finally:
        setup.stop()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
