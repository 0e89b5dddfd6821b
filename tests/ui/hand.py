# SPDX-License-Identifier: GPL-3.0-or-later
"""The hands of one person at one display: real key presses and pointer events through the X server's XTEST extension,
counted for each task.

    hand = Hand()                         # the display of $DISPLAY; Hand(":7") for another one
    with hand.task("booking"):
        hand.key("ctrl+k")                # one keystroke, whatever modifiers are held
        hand.type("smith john")           # counted apart: as many letters as a name has
        hand.key("Return", "Return")
        hand.click(640, 400)              # one pointer press
    hand.count("booking")                 # Count(keys=3, letters=10, presses=1)

There is no window manager on the private screen of a test, so the hand does what one would do about the keyboard:
before each event the topmost window gets the input focus. Nothing here waits: X hands events on in their order, and
what they bring about is waited for by the state that it leaves (wait_for in desk.py, Ears in ears.py).
"""

import contextlib
import dataclasses

from Xlib import X, XK, Xatom, display as xdisplay, error as xerror
from Xlib.ext import xtest

MODIFIERS = {"ctrl": "Control_L", "shift": "Shift_L", "alt": "Alt_L", "super": "Super_L"}
# Characters whose keysym is not called as Unicode would have it.
NAMED = {"\n": "Return", "\t": "Tab", " ": "space"}


@dataclasses.dataclass
class Count:
    """What a task took: keystrokes, letters of typed text, presses of a pointer button."""

    keys: int = 0
    letters: int = 0
    presses: int = 0

    def __add__(self, other):
        return Count(self.keys + other.keys, self.letters + other.letters, self.presses + other.presses)


def keysym_of(name):
    """A keysym by its X name ("Return", "Page_Down", "F10") or of one character."""
    name = NAMED.get(name, name)
    if len(name) == 1 and ord(name) < 0x100:
        return ord(name)
    if len(name) == 1:
        return 0x01000000 + ord(name)
    found = XK.string_to_keysym(name)
    if not found:
        raise ValueError(f"no key is called {name!r}")
    return found


class Hand:
    """Presses keys and pointer buttons at one display."""

    def __init__(self, display=None):
        """display: as $DISPLAY has it; that one when None."""
        self.display = xdisplay.Display(display)
        if not self.display.has_extension("XTEST"):
            raise RuntimeError("the display has no XTEST extension")
        self.root = self.display.screen().root
        self.tasks = {}  # name: list of Count, one for each time
        self._current = Count()
        self._lent = {}  # keysym: the spare key that was made to give it

    # Counting.

    @contextlib.contextmanager
    def task(self, name):
        """Counts what is pressed inside as one task of that name, also where it fails. Tasks do not nest."""
        self._current = Count()
        try:
            yield
        finally:
            self.tasks.setdefault(name, []).append(self._current)
            self._current = Count()

    def count(self, name):
        """What the last task of that name took."""
        return self.tasks[name][-1]

    # Keys.

    def key(self, *combinations):
        """Presses and releases each: "Return", "m", "Delete", "ctrl+shift+n"."""
        for combination in combinations:
            *modifiers, name = combination.split("+") if len(combination) > 1 else [combination]
            self._stroke(keysym_of(name), [keysym_of(MODIFIERS[modifier]) for modifier in modifiers])
            self._current.keys += 1

    def type(self, text):
        """Types a text, letter by letter; a tab or a line end in it counts as a keystroke."""
        for character in text:
            self._stroke(keysym_of(character), [])
            if character in "\t\n":
                self._current.keys += 1
            else:
                self._current.letters += 1

    def _stroke(self, keysym, modifiers):
        self.focus()
        code, shifted = self._code_of(keysym)
        held = [self._code_of(modifier)[0] for modifier in modifiers]
        shift = self._code_of(XK.XK_Shift_L)[0]
        if shifted and shift not in held:
            held.append(shift)
        for modifier in held:
            xtest.fake_input(self.display, X.KeyPress, modifier)
        xtest.fake_input(self.display, X.KeyPress, code)
        xtest.fake_input(self.display, X.KeyRelease, code)
        for modifier in reversed(held):
            xtest.fake_input(self.display, X.KeyRelease, modifier)
        self.display.sync()

    def _code_of(self, keysym):
        """The key that gives it, and whether with Shift. What the layout lacks (an accent) is lent a spare key."""
        codes = [(index, code) for code, index in self.display.keysym_to_keycodes(keysym) if index < 2]
        if codes:
            index, code = min(codes)
            return code, index == 1
        if keysym not in self._lent:
            self._lent[keysym] = self._lend(keysym)
        return self._lent[keysym], False

    def _lend(self, keysym):
        first, last = self.display.display.info.min_keycode, self.display.display.info.max_keycode
        table = self.display.get_keyboard_mapping(first, last - first + 1)
        for code in range(last, first - 1, -1):
            if code not in self._lent.values() and not any(table[code - first]):
                self.display.change_keyboard_mapping(code, [(keysym, keysym)])
                self.display.sync()
                return code
        raise RuntimeError("no spare key is left")

    # Pointer.

    def move(self, x, y):
        """Moves the pointer there, in pixels of the screen. Not counted."""
        xtest.fake_input(self.display, X.MotionNotify, x=int(x), y=int(y))
        self.display.sync()

    def click(self, x, y, button=1, times=1):
        """Clicks there; a double click is two presses."""
        for _ in range(times):
            self.press(x, y, button)
            self.release(button)

    def press(self, x, y, button=1):
        """Presses there and holds on: the begin of a drag, one press. move() drags; what is dragged over answers in its time."""
        self.focus()
        self.move(x, y)
        xtest.fake_input(self.display, X.ButtonPress, button)
        self._current.presses += 1
        self.display.sync()

    def release(self, button=1):
        """Lets go of the button."""
        xtest.fake_input(self.display, X.ButtonRelease, button)
        self.display.sync()

    # Windows.

    def windows(self, process=None):
        """The windows that a window manager would manage, the topmost last: those of a process alone, by its number, where it has any."""
        found = []
        for window in self.root.query_tree().children:
            try:
                attributes = window.get_attributes()
            except xerror.XError:  # closed meanwhile
                continue
            if attributes.map_state == X.IsViewable and not attributes.override_redirect \
                    and attributes.win_class == X.InputOutput:
                found.append(window)
        own = [window for window in found if process is not None and self._process_of(window) == process]
        return own or found

    def _process_of(self, window):
        try:
            number = window.get_full_property(self.display.get_atom("_NET_WM_PID"), Xatom.CARDINAL)
        except xerror.XError:
            return None
        return number.value[0] if number is not None else None

    def stretch(self, width, height):
        """Makes the lowest window as large as that, as one does by its edges. Not counted."""
        self.windows()[0].configure(width=width, height=height)
        self.display.sync()

    def focus(self, process=None):
        """Gives the topmost window the input focus, where it has it not: of all, or of a process."""
        for _ in range(5):
            windows = self.windows(process)
            if not windows:
                raise RuntimeError("there is no window to type into")
            focused = self.display.get_input_focus().focus
            if focused == windows[-1]:
                return
            refused = xerror.CatchError(xerror.BadMatch, xerror.BadWindow)
            windows[-1].set_input_focus(X.RevertToPointerRoot, X.CurrentTime, onerror=refused)
            self.display.sync()
            if not refused.get_error():
                return
        raise RuntimeError("the windows come and go too fast to type into one")
