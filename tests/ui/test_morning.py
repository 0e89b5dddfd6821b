#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A morning at two desks of one clinic: each has 40 arrivals, 12 bookings by phone, 5 moves, 3 cancellations, 2 no-shows and a
provider who is ill from 10:00, worked by real keys and the pointer, at the same time and partly for the same times. At the end
both boards show what the record holds, and no two visits share a slot. Counts keystrokes and pointer presses of each task.

Drives rcp-window, rcp-window-flow, rcp-window-move, rcp-window-blocks, rcp-find-dialog, rcp-patient-panel, rcp-visit-panel,
rcp-booking-dialog, rcp-cancel-dialog, rcp-block-popover and rcp-board-grid, by way of morning_desk.py.
"""

import itertools
import os
import random
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from desk import Failure, Practice, Tap  # noqa: E402
from morning_plan import Plan  # noqa: E402
from morning_tools import LIMITS, RemoteDesk, Tally  # noqa: E402

NOW = "2026-11-23T07:30:00Z"  # a Monday, half an hour before the doors open
RACES = 3  # so many bookings of both desks are confirmed at the same moment, for the same opening


class Worker(threading.Thread):
    """Somebody at one desk."""

    def __init__(self, morning, index, site):
        super().__init__(name=site)
        self.morning = morning
        self.desk = RemoteDesk(sys.argv[1], morning.practice.socket, NOW, site)
        self.plan = Plan(morning.practice.record, site)
        self.index = index
        self.tally = Tally()
        self.failure = None
        self.n_done = 0

    def run(self):
        try:
            self.work()
        except Exception as error:
            self.failure = f"{self.name}: {error}"
            self.morning.barrier.abort()

    def order(self, do, task=None, label=None):
        reply = self.desk.order({**(task or {}), "do": do})
        if label:
            self.tally.add(label, reply)
        return reply

    def work(self):
        plan = self.plan
        self.order("press", {"press": [str(self.index + 1)]})
        # The panel beside the board is open from the first patient on: it decides what is in sight.
        arrivals = plan.arrivals()
        self.order("arrive_by_name", arrivals.pop(), "Arrival, by name")
        seen = self.order("see")["gave"]
        plan.choose_ill(seen)
        self.order("move_by_drag", plan.drag(seen), "Move by drag")
        far = ("move_by_keys", {**plan.far_move(seen), "page": ["Page_Down"]}, "Move by keys, another day")
        early = [far, ("move_by_keys", plan.near_move(seen), "Move by keys, same day")]
        early += [("no_show", task, "No-show") for task in plan.on_board(seen, 2)]
        # Who is not in sight any more is found by name.
        near = plan.on_board(seen, 2, 1)
        early += [("arrive_on_board", task, "Arrival, on the board") for task in near]
        early += [("arrive_by_name", task, "Arrival, by name") for task in plan.by_name(19 - len(near))]
        late = [("arrive_by_name", task, "Arrival, by name") for task in plan.by_name(20)]
        late += [("move_by_dialog", task, "Move by phone, next opening") for task in plan.by_name(2)]
        late += [("cancel", task, "Cancellation") for task in plan.by_name(3)]
        late += [("book", task, "Booking by phone") for task in plan.bookings(self.index, 12 - RACES)]
        shuffled = random.Random(self.index)
        # A booking shows its place on the board: before the first one, what was in sight still is.
        shuffled.shuffle(early)
        shuffled.shuffle(late)
        for do, task, label in early:
            self.carry_out(do, task, label)
        self.race()
        for do, task, label in late:
            self.carry_out(do, task, label)
        self.morning.barrier.wait(120)
        self.provider_is_ill()

    def carry_out(self, do, task, label):
        if do == "book":
            count = self.order("begin_booking", task)
            self.tally.add(label, self.order("finish_booking", task), count)
            return
        if do in ("move_by_keys", "arrive_on_board", "no_show"):
            self.order("press", {"press": ["ctrl+t"]})  # a move to another day shows that one
        self.order(do, task, label)

    def race(self):
        """Both have the same list of openings before them when they press Enter."""
        for task in self.plan.bookings(self.index, RACES):
            count = self.order("begin_booking", task)
            self.morning.barrier.wait(120)
            self.tally.add("Booking, another desk wants the same time", self.order("finish_booking", task), count)

    def provider_is_ill(self):
        tasks = self.plan.ill_visits()
        for task in tasks:
            self.order("move_by_dialog", task, "Provider ill: each visit to another day")
        self.order("block", self.plan.ill_block(), "Provider ill: block the time")
        self.n_ill = len(tasks)


class Morning:
    def __init__(self):
        self.practice = Practice(["--sample", "--date", NOW, "--time-zone", "UTC"])
        self.barrier = threading.Barrier(2)
        self.workers = [Worker(self, index, site) for index, site in enumerate(("downtown", "riverside"))]

    def stop(self):
        for worker in self.workers:
            worker.desk.stop()
        self.practice.stop()

    def two_desks_work_the_morning(self):
        began = time.monotonic()
        for worker in self.workers:
            worker.start()
        for worker in self.workers:
            worker.join()
        failures = [worker.failure for worker in self.workers if worker.failure]
        if failures:
            raise Failure("; ".join(failures))
        tally = self.tally()
        print(f"# {sum(len(counts) for counts in tally.tasks.values())} tasks at two desks in {time.monotonic() - began:.0f} s")
        wanted = {"Arrival": 40, "Booking": 12, "Move": 5, "Cancellation": 3, "No-show": 2, "Provider ill: block": 1}
        for begin, count in wanted.items():
            for worker in self.workers:
                done = sum(len(counts) for label, counts in worker.tally.tasks.items() if label.startswith(begin))
                if done != count:
                    raise Failure(f"{worker.name}: {done} times {begin}, not {count}")

    def tally(self):
        tally = Tally()
        for worker in self.workers:
            tally.join(worker.tally)
        return tally

    def both_boards_equal_the_record(self):
        expected = self.workers[0].plan.board()
        if len(expected) < 100:
            raise Failure(f"the record has only {len(expected)} visits")
        for worker in self.workers:
            shown = worker.order("read", {"expected": expected})["gave"]
            if shown != expected:
                missing, extra = sorted(set(expected) - set(shown)), sorted(set(shown) - set(expected))
                raise Failure(f"{worker.name}: {len(shown)} visits, {len(expected)} in the record; lacks {missing}, has {extra}")
        print(f"# both show the {len(expected)} visits of the day")

    def no_two_visits_share_a_slot(self):
        plan = self.workers[0].plan
        taken = {}
        for visit in plan.active_visits():
            for slot in visit["slot"]:
                taken.setdefault(slot["reference"], []).append(visit)
        shared = [slot for slot, visits in taken.items() if len([one for one in visits if not plan.is_overbooked(one)]) > 1]
        if shared:
            raise Failure(f"two visits in each of {shared}")
        by_provider = {}
        for visit in plan.active_visits():
            by_provider.setdefault(plan.provider_of(visit), []).append((visit["start"], visit["end"]))
        for times in by_provider.values():
            for (_, end), (start, _) in itertools.pairwise(sorted(times)):
                if start < end:
                    raise Failure(f"two visits of one provider at {start}")
        print(f"# {len(taken)} slots, each with one visit")

    def the_ill_have_no_visits(self):
        for worker in self.workers:
            left = worker.plan.ill_visits()
            if left or worker.n_ill < 4:
                raise Failure(f"{worker.name}: {len(left)} visits left of {worker.n_ill}")

    def nothing_takes_more_keys_than_agreed(self):
        tally = self.tally()
        table = tally.table()
        print("".join(f"# {line}\n" for line in table.splitlines()), end="")
        path = os.environ.get("RECEPTION_MORNING")
        if path:
            with open(path, "w", encoding="utf-8") as file:
                file.write(table)
        chosen = sum(len(counts) for label, counts in tally.tasks.items() if "ooking" in label or "opening" in label)
        print(f"# {tally.n_lost} keys more for times that the other desk took first, in {chosen} tasks")
        if tally.n_lost > chosen:
            raise Failure("most Enters on an opening are in vain")
        unknown = set(tally.tasks) ^ set(LIMITS)
        if unknown:
            raise Failure(f"tasks and limits differ: {unknown}")
        for label, counts in tally.tasks.items():
            keys, presses = LIMITS[label]
            worst = max(counts, key=lambda count: count.keys + count.presses)
            if worst.keys > keys or worst.presses > presses:
                raise Failure(f"{label}: {worst}, agreed are {keys} keys and {presses} presses")


def main():
    tap = Tap()
    morning = Morning()
    try:
        going = True
        for step in (morning.two_desks_work_the_morning, morning.both_boards_equal_the_record, morning.no_two_visits_share_a_slot,
                     morning.the_ill_have_no_visits, morning.nothing_takes_more_keys_than_agreed):
            name = step.__name__.replace("_", " ")
            going = tap.run(name, step) if going else tap.run(name, lambda: (_ for _ in ()).throw(Failure("a step before failed")))
    finally:
        morning.stop()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
