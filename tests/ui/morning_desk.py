# SPDX-License-Identifier: GPL-3.0-or-later
"""One front desk of test_morning.py: a program, a screen and a session bus of its own, and somebody who works there by keys and
pointer. It is told what to do on standard input, one JSON object a line, and answers so on standard output.

Run it as with-session.sh /usr/bin/python3 morning_desk.py SOCKET NOW NAME.
"""

import contextlib
import json
import os
import re
import sys
import time
import unicodedata

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from desk import Desk, Failure, Record, box_of, role_of, wait_for  # noqa: E402
from ears import Ears, middle_of  # noqa: E402
from hand import Hand  # noqa: E402
import pyatspi  # noqa: E402  after desk, which keeps a warning of the accessibility bus from ending the test


CHIP = r"^\d?\d:\d\d to \d?\d:\d\d, "


def as_typed(name):
    """A name as it is typed in a hurry: without accents, as far as a keyboard lacks them."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter)).lower()


class FrontDesk:
    def __init__(self, path, now, name):
        self.record = Record(path)
        self.ears = Ears()
        self.desk = Desk(["--server", "unix:" + path, "--now", now], log=os.environ.get("MORNING_LOG", os.devnull))
        self.hand = Hand()
        self.name = name
        self.n_lost = 0  # keys of this task for times that another desk took first
        self.focused = None  # what was waited for to get the keyboard
        self.ears.wait_focus(CHIP)
        self.grid = self.ears.focused.parent

    # Waiting.

    def wait_windows(self, count):
        wait_for(f"{count} windows, there are {len(self.hand.windows())}", lambda: len(self.hand.windows()) == count, pause=0.01)
        self.hand.focus()  # a window manager would not wait for the next key

    def wait_heard(self, pattern):
        """Waits for something that gets the keyboard and reads "role name" so; forgets it and what was before."""
        try:
            wait_for("the keyboard", lambda: (self.ears.listen(), any(re.search(pattern, one) for one in self.ears.heard))[1], pause=0.01)
        except Failure:
            raise Failure(f"{pattern!r} never got the keyboard, but {self.ears.heard[-4:]}") from None
        self.focused = self.ears.focused
        self.ears.forget()

    def visit(self, task):
        return self.record.get("Appointment/" + task["visit"])

    def wait_status(self, task, *statuses):
        self.ears.listen()
        try:
            return wait_for("it", lambda: self.visit(task)["status"] in statuses, pause=0.02)
        except Failure as failure:
            self.ears.listen()
            raise Failure(f"{failure} to be {statuses}, it is {self.visit(task)['status']}; windows {len(self.hand.windows())}, "
                          f"the keyboard was at {self.ears.heard}") from None

    # What is on the screen.

    def dialog(self):
        return self.desk.application[self.desk.application.childCount - 1]

    def shown(self, root, name, role):
        return wait_for(f"{role} {name!r}", lambda: self.desk.find_all(name, role, root))[0]

    def chips(self):
        """What the board shows: its visits, as they are read aloud, and their nodes."""
        nodes = [self.grid[i] for i in range(self.grid.childCount)]
        # Free and blocked time ends with whose it is, and time that another desk has open says so; a visit ends with how it stands.
        return {node.name: node for node in nodes if node is not None and re.search(CHIP, node.name or "")
                and not re.search(r", Dr\. [^,]*$|, being booked at another desk$", node.name)}

    def find_chip(self, task):
        """The visit of a patient at a time."""
        def look():
            for name, node in self.chips().items():
                if name.startswith(task["chip"]):
                    return node
            return None
        return wait_for(f"the visit at {task['chip'].split(' ')[0]} on the board", look)

    def patient_panel(self):
        """The panel of the patient, around the button that got the keyboard."""
        node = self.focused
        while node is not None and node.name != "Patient":
            node = node.parent
        return node

    def rows(self):
        """How the rows read of the list that has the keyboard."""
        return [item[0].name for item in self.focused.parent if item is not None]

    def grid_child(self, text):
        return next(node for node in self.grid if node is not None and text in (node.name or "") and " with " in node.name)

    # What somebody does. Each is one order of test_morning.py, and a task with its name's wishes: "name" is typed, "found" is
    # how the row begins that is waited for, "chip" how the board reads the visit aloud, "visit" and "patient" are ids.

    def find_patient(self, task):
        """Control+K, the name, Enter: the patient beside the board."""
        self.hand.key("ctrl+k")
        self.wait_windows(2)
        self.hand.type(as_typed(task["name"]))
        self.shown(self.dialog(), re.escape(task["found"]), None)
        self.ears.forget()
        self.hand.key("Return")
        self.wait_windows(1)
        self.wait_heard("New Visit")

    def find_visit(self, task):
        """The patient, and that the visits to come are read: the letters of the board mean the next of them."""
        self.find_patient(task)
        panel = self.patient_panel()
        wait_for("the visits of the patient", lambda: self.desk.find_all("^To Come$", None, panel))

    def click_chip(self, task):
        self.ears.forget()
        self.hand.click(*middle_of(self.find_chip(task)))
        self.wait_heard(re.escape(task["chip"]))

    def arrive_by_name(self, task):
        self.find_visit(task)
        self.hand.key("a")
        self.wait_status(task, "arrived")

    def arrive_on_board(self, task):
        self.click_chip(task)
        self.hand.key("a")
        self.wait_status(task, "arrived")

    def no_show(self, task):
        self.click_chip(task)
        self.hand.key("x")
        self.wait_status(task, "noshow")

    def cancel(self, task):
        self.find_visit(task)
        self.hand.key("Delete")
        self.wait_windows(2)
        self.hand.key("Return")
        self.wait_status(task, "cancelled")
        self.wait_windows(1)

    def begin_booking(self, task):
        """Until the openings are there: the first part of a booking."""
        self.find_patient(task)
        self.hand.key("Return")
        self.wait_windows(2)
        self.wait_heard("^list item")

    def finish_booking(self, task):
        before = self.bookings(task)
        self.choose_opening(task.get("wanted", ""))
        new = self.bookings(task) - before
        if len(new) != 1:
            raise Failure(f"the record has {len(new)} visits more")

    def bookings(self, task):
        found = self.record.search(f"Appointment?patient={task['patient']}&status=booked&_count=100")
        return {visit["id"] for visit in found}

    def choose_opening(self, wanted=""):
        """Down to the first opening that reads so, Enter; once more where another desk was faster: there are fresh ones then."""
        for _ in range(5):
            self.ears.forget()
            rows = self.rows() if wanted else []
            at = next((i for i, row in enumerate(rows) if re.search(wanted, row)), 0)
            for _ in range(at):
                self.hand.key("Down")
                self.wait_heard("^list item")
            self.hand.key("Return")
            for _ in range(3):  # until the key was seen: what is heard before belongs to the openings of before
                self.desk.ask()
            if wait_for("the answer", self.answer, pause=0.01) == "done":
                break
            self.n_lost += at + 1
        else:
            raise Failure("no opening could be booked")
        self.hand.key("Return")
        self.wait_windows(1)

    def answer(self):
        self.ears.listen()
        heard = " ".join(self.ears.heard)
        return "done" if "Done" in heard else "again" if "list item" in heard and self.can_book() else None

    def can_book(self):
        """Whether the openings are read, and none of them is being booked."""
        buttons = self.desk.find_all("(Book|Move to) .* with", "push button", self.dialog())
        return any(one.getState().contains(pyatspi.STATE_SENSITIVE) for one in buttons)

    def move_by_dialog(self, task):
        """The patient phones and takes the next best opening; "wanted" passes over others."""
        old = self.visit(task)
        self.find_visit(task)
        self.hand.key("m")
        self.wait_windows(2)
        self.wait_heard("^list item")
        self.choose_opening(task.get("wanted", ""))
        self.expect_moved(old)

    def move_by_keys(self, task):
        """Cut, turn the day where "page" says so, down to the first place that is free, Enter."""
        old = self.visit(task)
        self.click_chip(task)
        self.hand.key("ctrl+x", *task.get("page", []))
        self.wait_heard(re.escape(task["found"]))
        place = self.grid_child(task["found"])
        for _ in range(40):
            before = place.name
            self.hand.key("Down")
            wait_for("another place", lambda: place.name != before and "read" not in place.name, pause=0.01)
            if "\n" not in place.name:
                break
        self.hand.key("Return")
        self.expect_moved(old)

    def move_by_drag(self, task):
        """With the pointer, so many quarters of an hour down in the same column."""
        old = self.visit(task)
        chip = self.find_chip(task)
        box = box_of(chip)
        quarter = (box.height + 1) / task["quarters_long"]
        x, y = middle_of(chip)
        self.hand.press(x, y)
        for step in range(1, 200):
            # The pointer is on its way until the place follows it, and never quite at rest: newer releases of GTK may take the first
            # steps for one, and tell where it would be put by the next. It goes a little further than to the edge of the next quarter,
            # which is a matter of parts of a pixel.
            self.hand.move(x, y + min(2 * step, quarter * (task["quarters_down"] + 0.3)) - step % 2)
            self.desk.ask()
            found = [node for node in self.grid if node is not None and " with " in (node.name or "") and task["found"] in node.name]
            if found and task["time"] in found[0].name and "\n" not in found[0].name:
                break
        self.hand.release()
        self.expect_moved(old)

    def expect_moved(self, old):
        def moved():
            new = self.record.get("Appointment/" + old["id"])
            return (new["start"], new["slot"]) != (old["start"], old["slot"]) and new["status"] == "booked"
        wait_for("the visit to be elsewhere", moved, pause=0.02)

    def block(self, task):
        """From a visit, found by its patient, down to the free time at "free"; b, the minutes, what for, Enter."""
        self.find_visit(task)
        self.hand.key("Tab", "Tab", "Tab", "Return")
        self.wait_heard(re.escape(task["chip"]))
        for _ in range(12):
            before = self.ears.reads()
            if before.startswith(task["free"]):
                break
            self.hand.key("Down")
            wait_for("the next stop", lambda: self.ears.reads() != before, pause=0.01)
        self.ears.forget()
        self.hand.key("b")
        self.wait_heard("Lunch")
        self.hand.key("alt+m", "ctrl+a")
        self.hand.type(task["minutes"] + "\till\n")
        wait_for("the time to be blocked", lambda: not self.record.search(
            f"Slot?schedule={task['schedule']}&start=ge{task['from']}&start=lt{task['to']}&status=free"), pause=0.02)

    # What the coordinator asks for.

    def see(self, _task):
        """The visits in sight, and where they lie."""
        return {name: middle_of(node) for name, node in self.chips().items()}

    def press(self, task):
        self.hand.key(*task["press"])

    def read(self, task):
        """All visits of the day, in a window that is large enough, once they are as expected; or as they are after a while."""
        self.hand.key("ctrl+t", "0")
        self.hand.stretch(3000, 2500)
        with contextlib.suppress(Failure):
            wait_for("the board", lambda: sorted(self.chips()) == task["expected"], 20, 0.2)
        return sorted(self.chips())

    def do(self, order):
        """Carries an order out, and tells what it took and gave."""
        self.n_lost = 0
        with self.hand.task(order["do"]):
            gave = getattr(self, order["do"])(order)
        count = self.hand.count(order["do"])
        return {"keys": count.keys, "lost": self.n_lost, "letters": count.letters, "presses": count.presses, "gave": gave}


def main(make=FrontDesk):
    path, now, name = sys.argv[1:4]
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever else is printed is no answer
    desk = make(path, now, name)

    def say(answer):
        answers.write(json.dumps(answer) + "\n")
        answers.flush()

    say({"ready": True})
    for line in sys.stdin:
        order = json.loads(line)
        began = time.monotonic()
        try:
            reply = {"done": desk.do(order)}
        except Exception as error:
            with contextlib.suppress(Exception):
                desk.desk.picture(f"failed-morning-{name}")
            reply = {"failed": f"{type(error).__name__}: {error}"}
        reply["took"] = time.monotonic() - began
        say(reply)
    desk.desk.stop()


if __name__ == "__main__":
    main()
