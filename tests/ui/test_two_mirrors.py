#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two desks of one clinic that show the visits of the same provider in the same calendar on a CalDAV server, each with an Evolution Data
Server of its own. Both book, move and cancel by keys, and one loses its calendars on the way. At the end the calendar has each visit once,
as it is in the record.

Drives rcp-desk-mirrors, rcp-mirror-keeper and rcp-mirror, by way of mirror_desk.py.
"""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from desk import DEADLINE, Failure, Practice, Tap, end_with_parent, wait_for  # noqa: E402
from morning_plan import Plan  # noqa: E402
from morning_tools import RemoteDesk  # noqa: E402

NOW = "2026-11-23T07:30:00Z"  # a Monday, half an hour before the doors open
SINCE, UNTIL = "2026-11-22T07:30:00Z", "2027-02-21T07:30:00Z"  # a day back and ninety ahead are mirrored
TAKING = ("proposed", "pending", "booked", "arrived", "checked-in", "fulfilled")
PATIENCE = 5 * DEADLINE  # a hundred and fifty events go to the server, one after the other
CONFIG = """[server]
hosts = 127.0.0.1:{port}
[auth]
type = none
[rights]
type = from_file
file = {folder}/rights
[storage]
filesystem_folder = {folder}/collections
[web]
type = none
"""
RIGHTS = "[all]\nuser: .*\ncollection: .*\npermissions: RrWw\n"
PROPS = '{"tag":"VCALENDAR","C:supported-calendar-component-set":"VEVENT"}'


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


class Server:
    """Radicale, which lets everybody in."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="caldav-")
        with socket.socket() as finder:
            finder.bind(("127.0.0.1", 0))
            self.port = finder.getsockname()[1]
        self.diary = os.path.join(self.folder, "collections/collection-root/ana/diary")
        write(os.path.join(self.diary, ".Radicale.props"), PROPS)
        write(os.path.join(self.folder, "config"), CONFIG.format(port=self.port, folder=self.folder))
        write(os.path.join(self.folder, "rights"), RIGHTS)
        self.process = subprocess.Popen(["radicale", "--config", self.folder + "/config"], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, preexec_fn=end_with_parent)
        wait_for("Radicale", lambda: socket.create_connection(("127.0.0.1", self.port), 1).close() is None)

    def events(self):
        """By the id of the visit: start, end and status. What is written just now has another name until it is whole."""
        found = {}
        for name in os.listdir(self.diary):
            if name.startswith(".") or not name.endswith(".ics"):
                continue
            with open(os.path.join(self.diary, name), encoding="utf-8", newline="") as file:
                text = file.read().replace("\r\n ", "")
            id = self.value(text, "UID").split("@")[0].rsplit(".", 1)[0]
            if id in found:
                raise Failure(f"two events of the visit {id}")
            found[id] = (self.value(text, "DTSTART"), self.value(text, "DTEND"), self.value(text, "STATUS"))
        return found

    @staticmethod
    def value(text, name):
        event = text.split("BEGIN:VEVENT", 1)[1]
        return re.search(rf"^{name}[^:\r\n]*:([^\r\n]*)", event, re.MULTILINE).group(1).rstrip("Z")

    def free(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        shutil.rmtree(self.folder)


class Desks:
    def __init__(self):
        self.server = Server()
        os.environ["DIARY"] = f"127.0.0.1 {self.server.port} /ana/diary/"
        self.practice = Practice(["--sample", "--date", NOW, "--time-zone", "UTC"])
        self.record = self.practice.record
        self.plan = Plan(self.record, "downtown")
        first = self.plan.actor(self.plan.visits[0], "Practitioner")
        self.person, self.provider = first["reference"], first["display"]
        self.desks = [RemoteDesk(sys.argv[1], self.practice.socket, NOW, name, "mirror_desk.py") for name in ("first", "second")]
        self.booking = threading.Lock()
        self.failures = []

    def stop(self):
        for desk in self.desks:
            desk.stop()
        self.practice.stop()
        self.server.free()

    def visits(self):
        """Of the provider, in the days that are mirrored, that are on: by id the start and the end."""
        found = {}
        for visit in self.plan.all(f"Appointment?actor={self.person}&date=ge{SINCE}&date=lt{UNTIL}&_count=1000"):
            if visit["status"] in TAKING and "start" in visit:
                found[visit["id"]] = tuple(re.sub(r"[-:Z]|\.\d+", "", visit[end]) for end in ("start", "end"))
        return found

    def difference(self):
        """Of the calendar from the record: visits by id with what each of them says. Empty when there is none."""
        events = {id: (start, end) for id, (start, end, status) in self.server.events().items() if status == "CONFIRMED"}
        visits = self.visits()
        return {id: (events.get(id), visits.get(id)) for id in events.keys() | visits.keys() if events.get(id) != visits.get(id)}

    def wait_equal(self):
        try:
            wait_for("the calendar to be as the record", lambda: not self.difference(), PATIENCE, 0.5)
        except Failure as failure:
            raise Failure(f"{failure}: {list(self.difference().items())[:5]}") from None

    # The steps, in order.

    def one_after_the_other_shows_the_visits(self):
        for desk in self.desks:
            desk.order({"do": "choose", "provider": self.provider, "keys": ["Down"]})
            self.wait_equal()
        print(f"# {len(self.visits())} visits of {self.provider}", flush=True)

    def work(self, desk, tasks):
        try:
            for task in tasks:
                # That both want the same opening is for test_morning.py.
                with self.booking if task["do"] == "book" else contextlib.nullcontext():
                    desk.order(task)
        except Exception as error:
            self.failures.append(f"{desk.name}: {error}")

    def both_work_and_one_loses_its_calendars(self):
        own = [visit for visit in self.plan.visits if self.plan.provider_of(visit) == self.person]
        tasks = [self.plan.task(visit) for visit in self.plan.take(own, 5)]
        self.last = tasks.pop()
        work = []
        for index in range(2):
            first, second = ({**one, "do": "book", "wanted": re.escape(self.provider)} for one in self.plan.bookings(index, 2))
            work.append([first, {**tasks[index], "do": "cancel"}, second,
                         {**tasks[2 + index], "do": "move_by_dialog", "wanted": "^(?!Mon, 23 Nov)"}])
        work[0].insert(1, {"do": "end_the_factory"})  # what it has just booked is perhaps on its way
        before = self.visits()
        threads = [threading.Thread(target=self.work, args=pair) for pair in zip(self.desks, work)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self.failures:
            raise Failure("; ".join(self.failures))
        new = self.visits()
        booked, cancelled = new.keys() - before.keys(), before.keys() - new.keys()
        print(f"# {len(booked)} were booked, {len(cancelled)} cancelled", flush=True)
        if not booked or not cancelled:
            raise Failure("nothing has happened to the provider")

    def the_calendar_has_each_visit_once(self):
        self.wait_equal()

    def who_lost_its_calendars_goes_on_alone(self):
        self.desks.pop().stop()
        self.desks[0].order({**self.last, "do": "cancel"})
        self.wait_equal()

    def nobody_took_it_for_the_providers_deed(self):
        found = self.record.search("Task?code=urn:reception:calendar|moved,urn:reception:calendar|deleted")
        if found:
            raise Failure(f"{len(found)} requests were made")


def main():
    tap = Tap()
    if not shutil.which("radicale"):
        tap.skip("two mirrors", "Radicale is not here")
        return tap.done()
    desks = Desks()
    try:
        for step in (desks.one_after_the_other_shows_the_visits, desks.both_work_and_one_loses_its_calendars,
                     desks.the_calendar_has_each_visit_once, desks.who_lost_its_calendars_goes_on_alone,
                     desks.nobody_took_it_for_the_providers_deed):
            if not tap.run(step.__name__.replace("_", " "), step):
                break
    finally:
        desks.stop()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
