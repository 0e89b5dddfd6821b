#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The board by the pointer alone: a visit is dragged to another time, to another column, to the pinboard and from there to another
day; empty time is swept over and blocked; Escape in the midst of a sweep or a drag, a drop outside of the board or the window and
one where it may not be change nothing, and the reason is said. Each time the record is asked over HTTP.

Drives rcp-board-grid-drag, rcp-drag-escape, rcp-board-grid-blocks, rcp-pinboard, rcp-held-place, rcp-hold-bar, rcp-block-popover, rcp-overbook-dialog."""

import os
import re
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from desk import Failure, Tap, box_of, has_room, wait_for  # noqa: E402
from ears import middle_of  # noqa: E402
from keyboard import NOW, TIME, Keyboard  # noqa: E402


CHIP = re.compile(r"^(\d?\d):(\d\d) to (\d?\d):(\d\d), ([^,]*, )?.*(Booked|Confirmed)")
HELD = re.compile(r": (\d?\d):(\d\d) to .* with ([^\n]*)")
QUARTER = 15
STEP = 4  # pixels: no drag begins by one leap
NOWHERE = 640, 20  # the header of the window
BESIDE = 120  # pixels of the screen that a smaller window leaves
EDGE = 9  # pixels: the border of the window, which is not in what the bus tells, and a little


def minutes(hour, minute):
    return int(hour) * 60 + int(minute)


def clock(minute):
    return f"{minute // 60:02}:{minute % 60:02}"


class NoPlace(Failure):
    """The sample clinic has none where it is looked for."""


class Chip:
    """A visit as the board shows it: where it lies, and which minutes that is."""

    def __init__(self, node):
        found = CHIP.match(node.name)
        box = box_of(node)
        self.name = node.name
        self.start, self.end = minutes(*found.group(1, 2)), minutes(*found.group(3, 4))
        self.x, self.y, self.width, self.height = box.x, box.y, box.width, box.height
        self.scale = (box.height + 1) / (self.end - self.start)
        self.grip = self.height // 2  # pixels from its top to the pointer that drags it

    def middle(self):
        return self.x + self.width // 2, self.y + self.height // 2


class Pointer(Keyboard):
    def __init__(self):
        super().__init__()
        self.grid = self.ears.focused.parent
        self.measure()

    def measure(self):
        box = box_of(self.grid)
        self.top, self.bottom, self.right = box.y + 100, box.y + box.height - 60, box.x + box.width - 20

    # What is on the screen.

    def nodes(self):
        return [node for node in (self.grid[i] for i in range(self.grid.childCount)) if node is not None]

    def chips(self):
        """Visits to come that lie wholly in sight, the shortest first: there is the most room for them."""
        found = [Chip(node) for node in self.nodes() if CHIP.match(node.name or "")]
        found = [chip for chip in found if chip.start > minutes(9, 30) and chip.y > self.top and chip.y + chip.height < self.bottom
                 and chip.x + chip.width < self.right and chip.width > 30]
        return sorted(found, key=lambda chip: (chip.height, chip.x, chip.y))

    def held(self):
        """The frame of the visit that is dragged: minute, with whom, what is in the way; or None."""
        for node in self.nodes():
            found = HELD.search(node.name or "")
            if found:
                return minutes(*found.group(1, 2)), found.group(3), node.name.partition("\n")[2]
        return None

    def pick(self):
        """A visit of the record, and its chip, neither touched yet."""
        visits = self.record_of_day("2026-11-23")
        for chip in self.chips():
            for visit in visits:
                who = next(one["actor"]["display"] for one in visit["participant"] if one["actor"]["reference"].startswith("Patient/"))
                words = set(re.findall(r"\w+", who))
                if visit["start"][11:16] == clock(chip.start) and words <= set(re.findall(r"\w+", chip.name)) and visit["id"] not in self.used:
                    self.used.add(visit["id"])
                    return chip, visit
        raise Failure("no visit of the afternoon is in sight")

    used = set()

    # The record.

    def record_of_day(self, day):
        return self.practice.record.search(f"Appointment?date=ge{NOW}&date=le{day}T23:59:59Z&status=booked&_count=200")

    def visit(self, visit):
        return self.practice.record.get("Appointment/" + visit["id"])

    def expect_same(self, visit):
        """A while later too: what was not asked for does not come."""
        time.sleep(0.3)
        now = self.visit(visit)
        if now["meta"]["versionId"] != visit["meta"]["versionId"]:
            raise Failure(f"the visit of {visit['start']} is now {now['status']} at {now['start']}")

    def expect_at(self, visit, start, day="2026-11-23"):
        wanted = f"{day}T{clock(start)}"
        wait_for(f"the visit at {wanted}", lambda: self.visit(visit)["start"].startswith(wanted))
        return self.visit(visit)

    # The hand.

    def glide(self, x, y, to_x, to_y):
        """In small steps, as a hand does."""
        n = max(3, int(max(abs(to_x - x), abs(to_y - y)) / STEP / 4))
        for i in range(1, n + 1):
            self.hand.move(x + (to_x - x) * i / n, y + (to_y - y) * i / n)
            time.sleep(0.004)

    def take(self, chip):
        """Presses on it and drags it a little, until the board shows where it would be put."""
        x, y = chip.middle()
        self.hand.press(x, y)
        self.glide(x, y, x, y + 3 * STEP)

        def begun():
            """Newer releases of GTK may take the first steps for one; where it would be put is told by the next."""
            self.hand.move(x, y + 3 * STEP + 1)
            self.hand.move(x, y + 3 * STEP)
            return self.held()
        return wait_for("the visit to be held", begun)

    def bring(self, chip, minute, x=None):
        """Drags what is held to that minute, of the column at x; gives what the frame says there."""
        x = x if x is not None else chip.middle()[0]
        y = chip.y + chip.grip + (minute - chip.start) * chip.scale
        self.hand.move(x, y - 1)

        def arrived():
            self.hand.move(x, y)
            self.hand.move(x, y + 1)
            held = self.held()
            return held if held and held[0] == minute and "read" not in held[2] else None
        return wait_for(f"the frame at {clock(minute)}", arrived)

    def in_sight(self, chip):
        """Each quarter of an hour at which the chip would be wholly in sight."""
        for minute in range(minutes(9, 45), minutes(18, 0), QUARTER):
            y = chip.y + (minute - chip.start) * chip.scale
            if minute != chip.start and self.top < y < self.bottom - chip.height:
                yield minute

    def bring_where(self, chip, is_wanted, x=None):
        """Drags on until the frame says what is wanted; gives the minute."""
        for minute in self.in_sight(chip):
            held = self.bring(chip, minute, x)
            if is_wanted(held):
                return held
        raise NoPlace("there is no such place in sight")

    def drop(self):
        """And away, so that no tooltip comes to lie where the next press goes: GTK 4.8 warns of a press on one."""
        self.hand.release()
        self.hand.move(*NOWHERE)
        time.sleep(0.2)

    def expect_empty_hand(self):
        wait_for("the hand to be empty", lambda: not self.held())

    # To another time, another column, another day.

    def to_another_time(self):
        """Wholly away from the time that it had: that is swept over in the next steps."""
        chip, visit = self.pick()
        own, length = self.take(chip)[1], chip.end - chip.start
        try:
            minute, _, _ = self.bring_where(chip, lambda held: not held[2] and held[1] == own and abs(held[0] - chip.start) >= length)
        except NoPlace:
            self.hand.key("Escape")
            self.drop()
            return self.to_another_time()
        self.expect_same(visit)
        self.drop()
        moved = self.expect_at(visit, minute)
        if moved["participant"][1] != visit["participant"][1]:
            raise Failure("it has another provider")
        self.expect_empty_hand()
        self.freed = chip
        return None

    def columns(self):
        """The middle of each column in sight, from left to right."""
        return sorted({chip.middle()[0] for chip in self.chips()})

    def to_another_column(self):
        chip, visit = self.pick()
        own = self.take(chip)[1]
        for x in (one for one in self.columns() if abs(one - chip.middle()[0]) > chip.width / 2):
            try:
                minute, whose, _ = self.bring_where(chip, lambda held: not held[2] and held[1] != own, x)
                break
            except NoPlace:
                continue
        else:
            raise Failure("no other column has a place in sight")
        self.drop()
        moved = self.expect_at(visit, minute)
        if whose not in str(moved["participant"]) or own in str(moved["participant"]):
            raise Failure(f"{whose} has it not: {moved['participant']}")
        self.expect_empty_hand()

    def pinboards(self):
        return [one for one in self.desk.find_all("^Pinboard$", "list") if has_room(one)]

    def pin(self, chip, pause):
        """Drops it on the pinboard; gives that, or None when it was dropped before a busy machine knew where the pointer was."""
        self.take(chip)
        pinboard = wait_for("the pinboard", self.pinboards)[0]
        self.glide(*chip.middle(), *middle_of(pinboard))
        time.sleep(pause)
        self.drop()
        self.expect_empty_hand()
        return pinboard if self.pinboards() else None

    def to_the_pinboard_and_another_day(self):
        chip, visit = self.pick()
        pinboard = next((one for one in (self.pin(chip, pause) for pause in (0.2, 1, 3)) if one), None)
        if not pinboard:
            raise Failure("what is dropped on the pinboard does not stay there")
        self.expect_same(visit)
        self.hand.click(*middle_of(self.desk.find("^Next Day$", "push button")))
        self.desk.find("Tuesday, 24 November 2026", "push button")
        wait_for("the visits of that day", self.chips)
        row, chip.grip = middle_of(pinboard), EDGE
        self.escape_leaves_it_on_the_pinboard(chip, visit, row)
        self.hand.press(*row)
        self.glide(*row, *chip.middle())
        held = self.bring_where(chip, lambda held: not held[2])
        self.drop()
        self.expect_at(visit, held[0], "2026-11-24")
        wait_for("an empty pinboard", lambda: not self.pinboards())
        self.hand.click(*middle_of(self.desk.find("^Today$", "push button")))
        self.desk.find("Monday, 23 November 2026", "push button")
        wait_for("the visits of today", self.chips)

    # What comes to nothing.

    def escape(self, chip):
        """While the button is down; that is let go of where what was dragged might be put."""
        self.hand.key("Escape")
        self.expect_empty_hand()
        x, y = chip.middle()
        self.glide(x, y, x, y + 3 * STEP)
        self.drop()
        self.expect_empty_hand()

    def expect_there(self, chip, visit):
        self.expect_same(visit)
        self.expect_empty_hand()
        wait_for("it where it was", lambda: any(one.name == chip.name for one in self.chips()))

    def escape_lets_a_dragged_visit_go(self):
        chip, visit = self.pick()
        self.take(chip)
        self.bring_where(chip, lambda held: not held[2])
        self.ears.forget()
        self.escape(chip)
        self.expect_there(chip, visit)
        self.ears.wait_focus(re.escape(chip.name))

    def escape_leaves_it_on_the_pinboard(self, chip, visit, row):
        self.hand.press(*row)
        self.glide(*row, *chip.middle())
        self.bring_where(chip, lambda held: not held[2])
        self.escape(chip)
        self.expect_same(visit)
        if not self.pinboards():
            raise Failure("it has left the pinboard")

    def dropped(self, where):
        chip, visit = self.pick()
        self.take(chip)
        self.bring_where(chip, lambda held: not held[2])
        self.hand.move(*where)
        time.sleep(0.1)
        self.drop()
        self.expect_there(chip, visit)

    def dropped_nowhere_it_stays(self):
        self.dropped(NOWHERE)

    def dropped_outside_it_stays(self):
        """The window has the corner of the screen, and is as large: it is made smaller first."""
        screen = self.hand.display.screen()
        width, height = screen.width_in_pixels - BESIDE, screen.height_in_pixels - BESIDE
        self.hand.stretch(width, height)
        wait_for("a smaller window", lambda: (box := box_of(self.grid)).x + box.width < width)
        self.measure()
        self.dropped((screen.width_in_pixels - BESIDE // 3, screen.height_in_pixels // 2))

    def a_full_time_is_asked_about(self):
        chip, visit = self.pick()
        self.take(chip)
        _, _, reason = self.bring_where(chip, lambda held: "has a visit" in held[2] and "over" not in held[2])
        self.drop()
        self.desk.find("Book on Top of This")
        self.desk.find(re.escape(reason.split("\n")[0]), "label")
        self.expect_same(visit)
        wait_for("the question", lambda: len(self.hand.windows()) == 2)
        self.hand.key("Escape")
        wait_for("the question to go", lambda: len(self.hand.windows()) == 1)
        self.expect_same(visit)
        self.hand.key("Escape")
        self.expect_empty_hand()

    def the_past_is_refused(self):
        """Where no reason helps, the bar below the board says why; it stays in the hand."""
        chip, visit = self.pick()
        self.take(chip)
        past = next(minute for minute in range(minutes(8, 0), minutes(9, 30), QUARTER)
                    if chip.y + (minute - chip.start) * chip.scale > self.top)
        reason = self.bring(chip, past)[2]
        self.drop()
        if not reason:
            raise Failure("nothing is in the way of the past")
        wait_for("the reason in the bar", lambda: [one for one in self.desk.find_all(re.escape(reason.split("\n")[0]), "label") if has_room(one)])
        self.expect_same(visit)
        self.hand.key("Escape")
        self.expect_empty_hand()
        self.expect_same(visit)

    # Empty time.

    def sweep(self, chip):
        """Over the time that a visit had before it was moved."""
        x, y = chip.middle()[0], chip.y + EDGE
        self.hand.press(x, y)
        self.glide(x, y, x, y + chip.height - EDGE)

    def escape_leaves_time_unmarked(self):
        self.sweep(self.freed)
        self.hand.key("Escape")
        self.drop()
        time.sleep(0.3)
        if self.desk.find_all("^Block Time$"):
            raise Failure("it asks what to block")

    def empty_time_is_blocked(self):
        chip = self.freed
        start, end = (f"2026-11-23T{clock(minute)}" for minute in (chip.start, chip.end))

        def busy():
            return [slot for slot in self.practice.record.search(f"Slot?start=ge{start}:00Z&start=lt{end}:00Z&status=busy-unavailable&_count=200")
                    if slot["start"].startswith(start)]
        before = len(busy())
        self.sweep(chip)
        self.drop()
        self.desk.find("^Block Time$")
        # Where a popover lies on the screen, the bus does not tell.
        self.desk.act(self.desk.find("Block Time$", "push button"))
        wait_for("the time to be blocked", lambda: len(busy()) == before + 1)


def main():
    tap = Tap()
    pointer = Pointer()
    for step in (pointer.to_another_time, pointer.escape_leaves_time_unmarked, pointer.empty_time_is_blocked, pointer.to_another_column,
                 pointer.to_the_pinboard_and_another_day, pointer.escape_lets_a_dragged_visit_go, pointer.dropped_nowhere_it_stays,
                 pointer.a_full_time_is_asked_about, pointer.the_past_is_refused, pointer.dropped_outside_it_stays):
        if not tap.run(step.__name__.replace("_", " "), step):
            pointer.desk.picture("failed-pointer-" + step.__name__)
            break
    pointer.stop()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
