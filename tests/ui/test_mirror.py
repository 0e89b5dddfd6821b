#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A provider's visits in the provider's own calendar, with a real Evolution Data Server and the whole program: the calendar is chosen in
Preferences, the visits come into it, what the provider moves or deletes there is asked, accepted and refused by keys, and what was written is taken out again.

Drives rcp-request, rcp-request-model, rcp-request-page, rcp-mirror-ask, rcp-window-requests, rcp-mirror-rows, rcp-mirror-text, rcp-desk-mirrors, rcp-mirror-keeper, rcp-mirror-service and rcp-mirror-clear.
"""

import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from desk import Desk, Failure, Practice, Tap, wait_for  # noqa: E402

import pyatspi  # noqa: E402

NOW = "2026-11-23T14:26:00Z"  # 9:26 on a Monday in New York
SOURCE = "[Data Source]\nDisplayName={name}\nEnabled=true\nParent=local-stub\n\n[Calendar]\nBackendName=local\nColor=#62a0ea\n"
ADDRESS = "\n[Local Backend]\nEmailAddress=work@clinic.example\n"
NOTHING = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nEND:VCALENDAR\r\n"
TAKING = ("proposed", "pending", "booked", "arrived", "checked-in", "fulfilled")


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


class Mirror:
    def __init__(self):
        for name, address in (("Work", ADDRESS), ("Private", "")):
            write(os.path.join(os.environ["XDG_CONFIG_HOME"], f"evolution/sources/{name.lower()}.source"),
                  SOURCE.format(name=name) + address)
            write(os.path.join(os.environ["XDG_DATA_HOME"], f"evolution/calendar/{name.lower()}/calendar.ics"), NOTHING)
        self.practice = Practice(["--sample", "--date", NOW, "--time-zone", "America/New_York"])
        self.record = self.practice.record
        self.desk = None
        self.start()

    def start(self):
        self.log = os.path.join(os.environ["XDG_CACHE_HOME"], "reception.log")
        self.desk = Desk(["--server", "unix:" + self.practice.socket, "--now", NOW],
                         {"GSETTINGS_BACKEND": "keyfile", "G_MESSAGES_DEBUG": "all"}, self.log)
        wait_for("visits on the board", lambda: self.desk.find_all(r"^\d+:\d\d to \d+:\d\d, ", "push button"))

    def stop(self):
        self.desk.stop()
        self.practice.stop()

    def act(self, *arguments):
        """What the provider does in another program."""
        return subprocess.run([os.environ["CHANGE_EVENT"], "work", *arguments], check=True, timeout=60, stdout=subprocess.PIPE,
                              text=True).stdout

    def events(self):
        """By the id of the visit: the UID, start, end, status and title of each event."""
        lines = [line.split(" ", 4) for line in self.act("list").splitlines()]
        found = {}
        for line in lines:
            id = self.id_of(line[0])
            if id in found:
                raise Failure(f"two events of the visit {id}")
            found[id] = line
        return found

    @staticmethod
    def id_of(uid):
        """See rcp-mirror-uid.c."""
        return uid.split("@")[0].rsplit(".", 1)[0]

    def visits(self):
        """Of the provider, in the days that are mirrored, that are on: by id the start and the end."""
        found = {}
        path = f"Appointment?actor=Practitioner/{self.person}&date=ge2026-11-22T14:26:00Z&date=lt2027-02-21T14:26:00Z&_count=1000"
        for visit in self.record.search(path):
            if visit["status"] in TAKING and "start" in visit:
                found[visit["id"]] = (self.utc(visit["start"]), self.utc(visit["end"]))
        return found

    @staticmethod
    def utc(text):
        import datetime
        moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(datetime.timezone.utc)
        return moment.strftime("%Y%m%dT%H%M%SZ")

    def is_equal(self):
        events = {id: (line[1], line[2]) for id, line in self.events().items() if line[3] == "CONFIRMED"}
        return events == self.visits()

    def open_page(self):
        self.desk.keys("ctrl+comma")
        self.desk.find("^Preferences$", "label")
        self.desk.keys("alt+7")
        self.desk.find("^Calendars of Providers$")

    def close_page(self):
        self.desk.keys("Escape")
        wait_for("one window", lambda: self.desk.application.childCount == 1)

    # The steps, in order.

    def choose(self):
        self.open_page()
        self.provider = self.desk.find(r"^Dr\. ", "list item").name
        self.person = self.find_person()
        self.desk.walk_to(f"^{self.provider}$", "list item")
        self.desk.keys("Return")
        self.desk.walk_to("^Visits are shown in", "combo box")
        self.desk.picture("preferences-mirror-none")
        self.desk.keys("Return", "Down", "Down", "Down", "Return")
        self.desk.find("^Visits are shown in one$")
        self.desk.find("^Shows the visits, so it cannot keep time$")
        self.desk.find("that time is taken, and nothing of the patient")
        self.desk.find("^Up to date as of ")
        self.desk.picture("preferences-mirror")
        self.close_page()

    def find_person(self):
        for person in self.record.search("Practitioner?_count=1000"):
            name = person["name"][0]
            full = " ".join([*name.get("prefix", []), *name.get("given", []), name["family"]])
            if full == self.provider or name.get("text") == self.provider:
                return person["id"]
        raise Failure(f"nobody is called {self.provider!r}")

    def visits_come(self):
        try:
            wait_for("every visit in the calendar", self.is_equal)
        except Failure:
            events, visits = self.events(), self.visits()
            print(f"# {len(events)} events, {len(visits)} visits: {list(events.items())[:3]} {list(visits.items())[:3]}", flush=True)
            raise
        events = self.events()
        if len(events) < 10:
            raise Failure(f"only {len(events)} visits are mirrored")
        titles = {line[4] for line in events.values()}
        if len(titles) != 1:
            raise Failure(f"events say more than that there is a visit: {titles}")
        print(f"# {len(events)} visits", flush=True)

    def calendar(self):
        path = os.path.join(os.environ["XDG_DATA_HOME"], "evolution/calendar/work/calendar.ics")
        with open(path, encoding="utf-8", newline="") as file:
            return file.read().replace("\r\n ", "")

    def addresses(self):
        """Of the visits to come: those of patients who may be written to."""
        found = []
        for id, (start, _) in self.visits().items():
            patient = next(one["actor"]["reference"] for one in self.record.get(f"Appointment/{id}")["participant"]
                           if one["actor"].get("reference", "").startswith("Patient/"))
            patient = self.record.get(patient)
            forbidden = any(one["url"] == "urn:reception:do-not-contact" and one.get("valueBoolean") for one in patient.get("extension", []))
            mail = [one["value"] for one in patient.get("telecom", []) if one["system"] == "email"]
            if mail and not forbidden and "deceasedDateTime" not in patient and start > self.utc(NOW):
                found.append(mail[0].lower())
        return sorted(found)

    def invited(self):
        """Each with an address to answer to."""
        text = self.calendar()
        guests = sorted(re.findall(r"^ATTENDEE;[^:]*:mailto:(\S+)$", text.replace("\r", ""), re.M))
        return guests if text.count("ORGANIZER:mailto:work@clinic.example") == len(guests) else None

    def patients_are_invited(self):
        """Off until it is switched on by a key; then each who has an address is invited, and is not any more when it is off."""
        if "ATTENDEE" in self.calendar():
            raise Failure("somebody is invited")
        expected = self.addresses()
        if len(expected) < 3:
            raise Failure(f"only {len(expected)} patients have an address")
        self.open_page()
        self.desk.walk_to(f"^{self.provider}$", "list item")
        self.desk.keys("Return")
        self.desk.walk_to("^Visits are shown in", "combo box")
        self.desk.walk_to(f"^Invite patients.*{re.escape(self.provider)}", "check box", "Down")
        self.desk.find("server may send e-mail to patients")
        self.desk.keys("space")
        wait_for("the patients to be invited", lambda: self.invited() == expected)
        self.desk.picture("preferences-mirror-invites")
        self.desk.keys("space")
        wait_for("nobody to be invited", lambda: "ATTENDEE" not in self.calendar() and "ORGANIZER" not in self.calendar())
        self.close_page()
        if self.requests() or not self.is_equal():
            raise Failure("an invitation was taken for a change")

    def requests(self):
        """That are not settled: a refused one is not before its event is back, and seen there."""
        code = "urn:reception:calendar|moved,urn:reception:calendar|deleted"
        return self.record.search(f"Task?code={code}&status=requested,rejected")

    def pick(self, *, not_before):
        """A visit that is booked and a while ahead: its id, its event."""
        booked = {one["id"] for one in self.record.search(f"Appointment?actor=Practitioner/{self.person}&status=booked&_count=1000")}
        events = self.events()
        return next((id, events[id]) for id in sorted(events) if id in booked and events[id][1] > not_before)

    @staticmethod
    def later(text, days):
        import datetime
        return (datetime.datetime.strptime(text, "%Y%m%dT%H%M%SZ") + datetime.timedelta(days=days)).strftime("%Y%m%dT%H%M%SZ")

    def minutes(self, line):
        import datetime
        start, end = (datetime.datetime.strptime(text, "%Y%m%dT%H%M%SZ") for text in line[1:3])
        return str(int((end - start).total_seconds() // 60))

    def open_requests(self):
        """The last of the pages: the one before the board."""
        self.desk.find("^Requests, 1$")
        self.desk.keys("ctrl+Page_Up")

    def moved_is_asked_and_accepted(self):
        """To a Sunday, when nobody works, it cannot be; to a night neither: the desk names what is in the way. To a free time it can."""
        self.visit, line = self.pick(not_before="20261201T000000Z")
        start = self.free_time(line)
        self.act("move", line[0], start, self.minutes(line))
        wait_for("the request", lambda: len(self.requests()) == 1)
        self.open_requests()
        self.desk.find("moved it in the calendar: from ", "list item")
        wait_for("Accept to be possible", lambda: [one for one in self.desk.find_all("^Accept$", "push button")
                                                   if one.getState().contains(pyatspi.STATE_SENSITIVE)])
        self.desk.picture("requests-moved")
        self.desk.walk_to("moved it in the calendar: from ", "list item")
        self.desk.keys("a")
        wait_for("the visit to be moved", lambda: self.visits()[self.visit][0] == start)
        wait_for("the request to end", lambda: not self.requests())
        self.desk.find("^Every Request Is Answered")
        if not self.is_equal():
            raise Failure("the calendar is not as the record is")

    def free_time(self, line):
        """The start of a free slot of the same column that holds the visit, on another day."""
        schedule = next(one["schedule"]["reference"] for one in self.slots_of(self.visit))
        length = int(self.minutes(line))
        slots = sorted(self.record.search(f"Slot?schedule={schedule}&status=free&start=ge2026-12-08&start=lt2026-12-12&_count=1000"),
                       key=lambda slot: slot["start"])
        run, first = 0, None
        for slot in slots:
            start, end = self.utc(slot["start"]), self.utc(slot["end"])
            if first is None or start != last:
                first, run = start, 0
            run += int(self.minutes([None, start, end]))
            last = end
            if run >= length:
                return first
        raise Failure("there is no free time")

    def slots_of(self, visit):
        return [self.record.get(slot["reference"]) for slot in self.record.get(f"Appointment/{visit}")["slot"]]

    def moved_to_the_night_is_refused(self):
        """Nobody works then: it is said, it cannot be accepted, and refused it is put back."""
        line = self.events()[self.visit]
        self.act("move", line[0], line[1][:8] + "T070000Z", self.minutes(line))
        wait_for("the request", lambda: len(self.requests()) == 1)
        self.desk.find("moved it in the calendar: from ", "list item")
        wait_for("Accept not to be possible", lambda: not self.desk.find("^Accept$", "push button").getState().contains(pyatspi.STATE_SENSITIVE))
        self.desk.picture("requests-conflict")
        self.desk.walk_to("moved it in the calendar: from ", "list item")
        self.desk.keys("Delete")
        wait_for("the event to be put back", self.is_equal)
        wait_for("the request to end", lambda: not self.requests())

    def deleted_is_refused(self):
        line = self.events()[self.visit]
        self.act("delete", line[0])
        wait_for("the request", lambda: len(self.requests()) == 1)
        self.desk.walk_to("deleted it in the calendar: ", "list item")
        self.desk.picture("requests-deleted")
        self.desk.keys("Delete")
        wait_for("the event to be back", self.is_equal)
        wait_for("the request to end", lambda: not self.requests())

    def deleted_is_accepted_and_undone(self):
        line = self.events()[self.visit]
        self.act("delete", line[0])
        self.desk.walk_to("deleted it in the calendar: ", "list item")
        self.desk.keys("a")
        wait_for("the visit to be cancelled", lambda: self.record.get(f"Appointment/{self.visit}")["status"] == "cancelled")
        wait_for("the request to end", lambda: not self.requests())
        self.desk.keys("ctrl+z")
        wait_for("the visit to be on again", lambda: self.record.get(f"Appointment/{self.visit}")["status"] == "booked")
        wait_for("the event to be there again", self.is_equal)

    def turned_off_and_taken_out(self):
        self.open_page()
        self.desk.walk_to(f"^{self.provider}$", "list item")
        self.desk.keys("Return")
        self.desk.walk_to("^Visits are shown in", "combo box")
        self.desk.keys("Return", "Up", "Up", "Up", "Return")
        self.desk.find("^Remove the Visits from the Calendar")
        self.desk.picture("preferences-mirror-remove")
        self.desk.keys("alt+r")
        self.desk.find("were removed from the calendar")
        self.desk.picture("preferences-mirror-removed")
        left = self.events()
        if left:
            raise Failure(f"{len(left)} events are left")
        time.sleep(1)
        if self.record.search("Task?code=urn:reception:calendar|moved,urn:reception:calendar|deleted&status=requested"):
            raise Failure("the desk took its own deed for the provider's")
        self.cannot_invite()
        self.close_page()

    def cannot_invite(self):
        """From a calendar without an address, which says so."""
        self.desk.keys("Return", "Down", "Down", "Return")
        self.desk.find("^This calendar has no e-mail address of its own")
        switch = self.desk.find(f"^Invite patients.*{re.escape(self.provider)}", "check box")
        if switch.getState().contains(pyatspi.STATE_SENSITIVE):
            raise Failure("patients can be invited from nowhere")
        self.desk.picture("preferences-mirror-no-address")


STEPS = ("choose", "visits_come", "patients_are_invited", "moved_is_asked_and_accepted", "moved_to_the_night_is_refused",
         "deleted_is_refused", "deleted_is_accepted_and_undone", "turned_off_and_taken_out")


def main():
    tap = Tap()
    mirror = Mirror()
    try:
        for name in STEPS:
            if not tap.run(name, getattr(mirror, name)):
                mirror.desk.picture("mirror-failed")
                print(f"# {mirror.desk.loud_lines()}", flush=True)
                break
    finally:
        mirror.stop()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
