# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader hears of the program: which widget gets the keyboard, as it happens.

    ears = Ears()                         # before the key that is to be heard of
    hand.key("Down")
    ears.wait_focus("8:15 to 8:30")       # the name of what got the keyboard, or a Failure that tells what did

It listens to events instead of walking the accessible tree, so a wait costs what the program takes and no more. It hears
every program on the accessibility bus, which in a test is one. The inner text of an AdwEntryRow says nothing when it gets
the keyboard on the floor (GTK 4.8): wait for what stands around it.
"""

import re
import time

from desk import DEADLINE, Failure, box_of, role_of

from gi.repository import Atspi, GLib


class Ears:
    def __init__(self):
        self.focused = None  # the node that has the keyboard, as far as was heard
        self.name = ""
        self.holder = None  # the same, but never forgotten
        self.heard = []  # "role name" of everything that got it, in order
        Atspi.set_timeout(10000, 15000)  # a program that is busy on a busy machine is no reason to have heard nothing
        self._listener = Atspi.EventListener.new(self._on_event)
        self._listener.register("object:state-changed:focused")

    def _on_event(self, event):
        if not event.detail1:
            return
        try:
            name, role = event.source.name or "", role_of(event.source)
        except Exception:  # gone before it was asked
            return
        self.focused, self.name, self.holder = event.source, name, event.source
        self.heard.append(f"{role} {name}")

    def listen(self):
        """Takes in what was said so far; gives the name of what has the keyboard."""
        while GLib.MainContext.default().iteration(False):
            pass
        return self.name

    def reads(self):
        """How what has the keyboard is called now: one widget may stand for one free time after the other."""
        self.listen()
        return self.holder.name if self.holder is not None else ""

    def forget(self):
        """Starts afresh: what is waited for next must be said from now on."""
        self.listen()
        self.focused, self.name, self.heard = None, "", []

    def wait_focus(self, pattern, deadline=DEADLINE):
        """Waits until what has the keyboard is called so (a regular expression); gives its node."""
        end = time.monotonic() + deadline
        while not (self.listen() and re.search(pattern, self.name)) or self.focused is None:
            if time.monotonic() > end:
                raise Failure(f"waited {deadline:.0f} s for {pattern!r} to get the keyboard, heard {self.heard[-5:]}")
            time.sleep(0.005)
        return self.focused


def middle_of(node):
    """Where to click it: the middle of a node of the window that lies at the corner of the screen, in pixels."""
    box = box_of(node)
    return box.x + box.width // 2, box.y + box.height // 2
