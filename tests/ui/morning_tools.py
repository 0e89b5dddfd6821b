# SPDX-License-Identifier: GPL-3.0-or-later
"""What test_morning.py works with: a desk in another process, and the counts of its tasks."""

import json
import os
import statistics
import subprocess

from desk import Failure
from hand import Count

# The most that a task may take: keystrokes beyond the name, pointer presses. More is a step back, and to be agreed on. Not counted are those
# for a time that another desk took first: how often that is, is a matter of how busy the machine is.
LIMITS = {
    "Arrival, by name": (3, 0),
    "Arrival, on the board": (1, 1),
    "Booking by phone": (5, 0),
    "Booking, another desk wants the same time": (5, 0),
    "Move by phone, next opening": (5, 0),
    "Move by keys, same day": (12, 1),
    "Move by keys, another day": (14, 1),
    "Move by drag": (0, 1),
    "Cancellation": (4, 0),
    "No-show": (1, 1),
    "Provider ill: each visit to another day": (12, 0),
    "Provider ill: block the time": (14, 1),
}


class RemoteDesk:
    """morning_desk.py, or another one like it, with a screen and a session of its own."""

    def __init__(self, with_session, socket, now, name, script="morning_desk.py"):
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), script)
        # A window of the usual size at work, and room to stretch it for the reading at the end.
        self.process = subprocess.Popen([with_session, "/usr/bin/python3", "-B", script, socket, now, name], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, env={**os.environ, "SCREEN": "3200x2600x24"})
        self.name = name
        self.is_ready = False

    def _answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise Failure(f"the desk {self.name} ended")
        return json.loads(line)

    def order(self, order):
        """Carries one order out; a Failure tells what did not come about."""
        if not self.is_ready:
            self._answer()
            self.is_ready = True
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        reply = self._answer()
        if "failed" in reply:
            raise Failure(f"{order['do']}: {reply['failed']}")
        return reply["done"]

    def stop(self):
        self.process.stdin.close()
        if self.process.wait(60) != 0:
            raise Failure(f"the desk {self.name} did not end well")


class Tally:
    """Counts by task."""

    def __init__(self):
        self.tasks = {}
        self.n_lost = 0  # keys for times that another desk took first

    def add(self, label, *replies):
        total = Count()
        for reply in replies:
            total += Count(reply["keys"] - reply["lost"], reply["letters"], reply["presses"])
            self.n_lost += reply["lost"]
        self.tasks.setdefault(label, []).append(total)

    def join(self, other):
        self.n_lost += other.n_lost
        for label, counts in other.tasks.items():
            self.tasks.setdefault(label, []).extend(counts)

    def table(self):
        """Markdown: what a task takes, mostly and at most."""
        lines = ["| task | times | keystrokes | most | pointer presses | letters of the name |", "| --- | --: | --: | --: | --: | --: |"]
        for label in LIMITS:
            counts = self.tasks.get(label, [])
            if counts:
                lines.append(f"| {label} | {len(counts)} | {statistics.median_low(one.keys for one in counts)} "
                             f"| {max(one.keys for one in counts)} | {max(one.presses for one in counts)} "
                             f"| {statistics.median_low(one.letters for one in counts)} |")
        return "\n".join(lines) + "\n"
