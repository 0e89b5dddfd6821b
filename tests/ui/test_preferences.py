#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Preferences in the real window, by keys: a provider with hours is added and gets a column and openings; hours are
shortened and the visits that fit no more are listed; and what is wrong is said at the field.

Drives rcp-preferences-window, rcp-window-preferences, rcp-setup-page, rcp-form-dialog, rcp-form-pages, rcp-form-rows,
rcp-periods-group, rcp-refit-page, rcp-general-page and rcp-setup-apply.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from desk import Desk, Failure, Practice, Tap, wait_for  # noqa: E402

import pyatspi  # noqa: E402

NOW = "2026-11-23T14:26:00Z"  # 9:26 on a Monday in New York
PAGES = ["General", "Providers", "Places", "Rooms and Devices", "Visit Types", "No Longer Fits", "Calendars"]
EXTENSION = "urn:reception:refit"


def text_of(field):
    text = field.queryText()
    return text.getText(0, text.characterCount)


class FrontDesk(Desk):
    """Looks only into the windows over the board while there are any: a board has a thousand nodes."""

    def walk(self, root=None):
        windows = [root] if root is not None else [node for node in self.application if node is not None]
        for window in windows[1:] or windows:
            yield from super().walk(window)


class Preferences:
    def __init__(self):
        self.practice = Practice(["--sample", "--date", NOW, "--time-zone", "America/New_York"])
        self.record = self.practice.record
        self.desk = FrontDesk(["--server", "unix:" + self.practice.socket, "--now", NOW])

    def stop(self):
        self.desk.stop()
        if self.practice.process.poll() is None:
            self.practice.stop()

    def focus(self, node, key="Tab"):
        """Walks there with a key."""
        for _ in range(90):
            if node.getState().contains(pyatspi.STATE_FOCUSED):
                return node
            self.desk.keys(key)
        raise Failure(f"{key} does not lead to {node.name!r}")

    def close(self):
        """Closes Preferences, and waits for the board to be the only window."""
        self.desk.keys("Escape")
        wait_for("one window", lambda: self.desk.application.childCount == 1)

    def show(self, page, *, picture=None):
        """Chooses a page by its number."""
        self.desk.keys(f"alt+{PAGES.index(page) + 1}")
        wait_for(f"page {page}", lambda: self.desk.find_all(f"^{page}$", "label"))
        if picture:
            self.desk.picture(picture)

    def fill(self, name, text, tabs):
        """Types into the field of that name, which is so many Tabs away, over what is in it."""
        self.desk.keys(*["Tab"] * tabs, "ctrl+a", "BackSpace")
        self.desk.type(text)
        # The days of a place where somebody does not work are there as well, folded.
        wait_for(f"{text!r} in {name}", lambda: any(
            text_of(field) == text for field in self.desk.find_all(f"^{name}$", "text")))

    def fill_monday(self, text):
        """In the hours at the first place where somebody works: the switch of the place is before them."""
        places = self.desk.find_all("^(Downtown|Riverside)", "check box")
        place = [node for node in places if node.getState().contains(pyatspi.STATE_CHECKED)] or places
        self.focus(place[0])
        if not place[0].getState().contains(pyatspi.STATE_CHECKED):
            self.desk.keys("space")
        self.fill("Monday", text, 1)

    def copy_monday(self):
        """The button is the next one after the field."""
        self.desk.keys("Tab")
        wait_for("the button to copy", lambda: any(
            node.getState().contains(pyatspi.STATE_FOCUSED)
            for node in self.desk.find_all("Copy Monday to All Weekdays", "push button")))
        self.desk.keys("space")

    def can_save(self):
        button = self.desk.find("Save$", "push button")
        return button.getState().contains(pyatspi.STATE_SENSITIVE)

    def has_refits(self):
        return any(extension["url"] == EXTENSION for schedule in self.record.search("Schedule?_count=200")
                   for extension in schedule.get("extension", []))

    # The steps, in order.

    def opens_by_ctrl_comma(self):
        wait_for("visits on the board", lambda: self.desk.find_all(r"^\d+:\d\d to \d+:\d\d, ", "push button"))
        self.n_providers = int(self.desk.find(r"· \d+ providers", "label").name.split("· ")[1].split()[0])
        self.desk.keys("ctrl+comma")
        self.desk.find("^Preferences$", "label")
        for page in PAGES:
            self.desk.find(f"^{page}$", "list item")
        self.desk.find("Name of This Desk", "text")
        self.desk.picture("preferences-general")
        self.show("Providers", picture="preferences-providers")
        self.desk.find("Add Provider", "push button")
        self.show("Places", picture="preferences-places")
        self.show("Rooms and Devices", picture="preferences-rooms")
        self.show("Visit Types", picture="preferences-visit-types")
        self.show("No Longer Fits")
        self.desk.find("Every Visit Fits")
        self.desk.picture("preferences-refits-empty")

    def says_what_is_wrong_at_the_field(self):
        self.show("Providers")
        self.desk.find("Add Provider", "push button")
        self.desk.keys("alt+a")
        self.desk.find("^Family Name$", "text")
        self.desk.picture("preferences-provider-new")
        if self.can_save():
            raise Failure("an empty form can be saved")
        self.desk.find("^Write the family name$", "label")
        self.fill("Title", "Dr.", 0)
        self.fill("Given Name", "Ada", 1)
        self.fill("Family Name", "Quint", 1)
        wait_for("Save to be there", self.can_save)

    def add_provider_by_keys(self):
        desk = self.desk
        self.fill_monday("17-9")
        desk.find("“17-9” ends before it starts", "label")
        desk.picture("preferences-hours-wrong")
        if self.can_save():
            raise Failure("wrong hours can be saved")
        self.fill("Monday", "9-12, 13-15", 0)
        self.copy_monday()
        wait_for("Friday", lambda: text_of(desk.find("^Friday$", "text")) == "9-12, 13-15")
        desk.picture("preferences-hours")
        wait_for("Save to be there", self.can_save)
        desk.keys("alt+s")
        desk.gone("^Family Name$", "text")
        desk.find("Dr. Ada Quint", "list item")
        person = wait_for("the provider in the record", lambda: self.record.search("Practitioner?family=Quint"))[0]
        schedules = self.record.search(f"Schedule?actor=Practitioner/{person['id']}")
        wait_for("openings", lambda: self.record.get(f"Slot?schedule=Schedule/{schedules[0]['id']}&status=free&_summary=count")["total"] > 200)
        wait_for("all that was changed to be done", lambda: not self.has_refits())
        self.close()
        desk.find(f"· {self.n_providers + 1} providers", "label")
        desk.picture("preferences-new-column")

    def shorter_hours_list_what_no_longer_fits(self):
        """Somebody with visits in the afternoon works in the morning only from now on."""
        desk = self.desk
        visits = [visit for visit in self.record.search("Appointment?date=ge2026-11-24T20:00:00Z&status=booked&_count=200&_sort=date")
                  if visit["start"][11:13] in ("20", "21")]
        people = [participant["actor"]["reference"] for visit in visits for participant in visit["participant"]
                  if participant["actor"]["reference"].startswith("Practitioner/")]
        if not people:
            raise Failure("the sample has no visit after 15:00")
        self.person = self.record.get(people[0])
        desk.keys("ctrl+comma")
        self.show("Providers")
        family = self.person["name"][0]["family"]
        self.focus(desk.find(family, "list item"))
        desk.keys("Return")
        desk.find("^Family Name$", "text")
        self.fill_monday("9-11")
        self.copy_monday()
        wait_for("Save to be there", self.can_save)
        desk.keys("alt+s")
        desk.gone("^Family Name$", "text")
        desk.find("not fit any more")
        desk.picture("preferences-toast")
        self.show("No Longer Fits")
        rows = wait_for("the visits", lambda: desk.find_all("^Keep$", "push button"))
        tasks = self.record.search("Task?code=urn:reception:refit|refit&status=requested&_count=200")
        if len(rows) != len(tasks):
            raise Failure(f"{len(rows)} rows, {len(tasks)} tasks")
        desk.find("Outside of the working hours", "label")
        desk.picture("preferences-refits")
        self.n_refits = len(rows)
        print(f"# {len(rows)} visits fit no more")


def main():
    tap = Tap()
    preferences = Preferences()
    try:
        for name in ("opens_by_ctrl_comma", "says_what_is_wrong_at_the_field", "add_provider_by_keys",
                     "shorter_hours_list_what_no_longer_fits"):
            if not tap.run("preferences: " + name.replace("_", " "), getattr(preferences, name)):
                preferences.desk.picture("preferences-failed")
                break
    finally:
        preferences.stop()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
