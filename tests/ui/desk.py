# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives a real Reception window as a person would: by accessible name, by keys, by pointer.

Run it with /usr/bin/python3 (Debian's gi and pyatspi) inside tests/support/with-session.sh.
"""

import ctypes
import http.client
import itertools
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

# For the program, not for the driver: libatspi warns of nodes that went away while they were read.
FATAL = os.environ.pop("G_DEBUG", "")

import pyatspi  # noqa: E402
from gi.repository import Gio, GLib  # noqa: E402

from hand import Hand  # noqa: E402

DEADLINE = float(os.environ.get("RECEPTION_TEST_DEADLINE", "60"))  # seconds; meson knows of the sanitizers


# Newer releases of the platform have more roles than the floor: a test names the floor's.
FLOOR_ROLES = {"button": "push button", "toggle button": "push button", "switch": "check box"}

CONTROLS = ("push button", "toggle button", "check box", "radio button", "text", "entry", "combo box", "list item")


def end_with_parent():
    """In a process that was just made: it ends with the test, however that ends. One that went on would keep the test's output open,
    and everybody waiting for it."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


_SHIFTS = {}  # of each program, by its number


def box_of(node):
    """Where it lies in its window, in pixels. Newer releases of GTK take away the border that a window without a window manager has
    twice over: the window itself then lies at less than nothing."""
    application = node.getApplication()
    number = application.get_process_id()
    if number not in _SHIFTS:
        window = application[0].queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        _SHIFTS[number] = (-2 * min(window.x, 0), -2 * min(window.y, 0))
    box = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
    box.x += _SHIFTS[number][0]
    box.y += _SHIFTS[number][1]
    return box


def has_room(node):
    """Whether it is to be seen: the floor sets the state "showing" of nothing at all."""
    box = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
    return box.width > 0 and box.height > 0


def is_choice(node):
    """Whether it is in the list of a drop-down."""
    for _ in range(4):
        node = node.parent
        if node is None or node.getRoleName() == "combo box":
            return node is not None
    return False


def role_of(node):
    """The role of a node, in the words of the floor."""
    role = node.getRoleName()
    return FLOOR_ROLES.get(role, role)


class Failure(Exception):
    """What a test expected did not come about."""


def wait_for(what, condition, deadline=DEADLINE, pause=0.05):
    """Calls condition until it gives something true, and returns that."""
    end = time.monotonic() + deadline
    last = None
    while time.monotonic() < end:
        try:
            value = condition()
            if value:
                return value
        except Exception as error:  # the accessible tree changes while it is read
            last = error
        time.sleep(pause)
    raise Failure(f"waited {deadline:.0f} s for {what}" + (f" ({last})" if last else ""))


class Record:
    """The FHIR record behind the desk, asked over HTTP by another way than the program's own client."""

    def __init__(self, path):
        self.path = path

    def request(self, method, path, body=None):
        connection = http.client.HTTPConnection("localhost", timeout=DEADLINE)
        connection.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.sock.connect(self.path)
        headers = {"Content-Type": "application/fhir+json"} if body is not None else {}
        connection.request(method, "/fhir/" + path, None if body is None else json.dumps(body), headers)
        reply = connection.getresponse()
        text = reply.read()
        connection.close()
        return reply.status, (json.loads(text) if text else None)

    def get(self, path):
        status, body = self.request("GET", path)
        if status != 200:
            raise Failure(f"GET {path} answered {status}")
        return body

    def search(self, path):
        return [entry["resource"] for entry in self.get(path).get("entry", [])
                if entry.get("search", {}).get("mode", "match") == "match"]


class Practice:
    """A reception-practice of the test's own."""

    def __init__(self, arguments=()):
        self.folder = tempfile.TemporaryDirectory(prefix="rcp-")
        self.socket = os.path.join(self.folder.name, "s")
        self.database = os.path.join(self.folder.name, "practice.db")
        if "--sample" in arguments and "--date" in arguments:  # a copy of one that is made once
            subprocess.run([os.environ["RECEPTION_SAMPLE_RECORD"], self.database, *arguments], check=True)
        self.process = subprocess.Popen(
            [os.environ["RECEPTION_PRACTICE"], "--database", self.database, "--socket", self.socket, *arguments],
            stdout=subprocess.PIPE, text=True, preexec_fn=end_with_parent)
        for line in self.process.stdout:
            if line.startswith("listening on"):
                break
        else:
            raise Failure("reception-practice ended before it was ready")
        self.record = Record(self.socket)

    def pause(self):
        """No answer comes after this: a busy process goes on for a while after it was told to stop."""
        self.process.send_signal(signal.SIGSTOP)
        if os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT).si_code != os.CLD_STOPPED:
            raise Failure("reception-practice has ended")

    def resume(self):
        self.process.send_signal(signal.SIGCONT)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait(DEADLINE) != 0:
            raise Failure("reception-practice did not end well")
        self.process.stdout.close()
        self.folder.cleanup()


class Desk:
    """The program, started on the private screen of the test."""

    def __init__(self, arguments=(), environment=None, log=None):
        """log: path of a file that gets what it prints; its own standard error when None."""
        self.log = open(log, "wb") if log else None
        self.process = subprocess.Popen([os.environ["RECEPTION"], *arguments], env={**os.environ, "G_DEBUG": FATAL, **(environment or {})},
                                        stdout=self.log, stderr=self.log, preexec_fn=end_with_parent)
        self.application = wait_for("the program on the accessibility bus", self._find_application)
        # What libatspi keeps of the tree is older than the tree, and in going through it to forget it, libatspi can go round in circles
        # until its stack is full.
        self.application.set_cache_mask(pyatspi.Atspi.Cache.NONE)
        self.is_floor = self.application.get_toolkit_version().startswith("4.8.")
        self.window = wait_for("its window", lambda: self.application.childCount and self.application[0])
        self._hand = Hand()
        # Out of the way: no tooltip in a picture.
        subprocess.run(["xdotool", "mousemove", "1279", "799"], check=True)

    def _find_application(self):
        if self.process.poll() is not None:
            raise Failure(f"reception ended with {self.process.returncode}")
        for application in pyatspi.Registry.getDesktop(0):
            if application is not None and application.get_process_id() == self.process.pid:
                return application
        return None

    def walk(self, root=None):
        stack = [root if root is not None else self.application]
        while stack:
            node = stack.pop()
            if node is None:
                continue
            yield node
            try:
                stack.extend(node[i] for i in reversed(range(min(node.childCount, 400))))
            except Exception:  # gone while it was read
                continue

    def _pattern(self, name):
        """The floor calls a button "_Done Done", newer releases "Done": a name with its mnemonic is a whole one there."""
        return re.compile(name if self.is_floor or "_" not in name else f"^{name.replace('_', '')}$")

    def _search(self, name, role, root):
        pattern = self._pattern(name)
        for node in self.walk(root):
            try:
                if pattern.search(node.name or "") and (role is None or role_of(node) == role):
                    yield node
            except Exception:
                continue

    def find_all(self, name, role=None, root=None):
        """Every node whose name matches the regular expression, of that role when one is given."""
        return list(self._search(name, role, root))

    def find(self, name, role=None, root=None, deadline=DEADLINE):
        """The first of them: a board of a week is long, and not read to its end for the button that is found above it."""
        return wait_for(f"{role or 'something'} called {name!r}", lambda: list(itertools.islice(self._search(name, role, root), 1)), deadline)[0]

    def topmost(self):
        """The window or dialog that came last."""
        return self.application[self.application.childCount - 1]

    def has_keyboard(self, name):
        """Whether something called so has it in the window that came last, whatever was heard."""
        return any(node.getState().contains(pyatspi.STATE_FOCUSED) for node in self.find_all(f"^{re.escape(name)}$", root=self.topmost()))

    def ask(self):
        """Goes to the program and back: it has then seen the keys that were pressed before, or is about to."""
        self.window.queryComponent().getExtents(pyatspi.WINDOW_COORDS)

    def gone(self, name, role=None, deadline=DEADLINE):
        wait_for(f"{name!r} to go", lambda: not self.find_all(name, role), deadline)

    def list_nameless(self, root=None):
        """Controls that can have the keyboard and are called nothing. How the choices of a closed drop-down are called is GTK's own; a row
        that unfolds hands the keyboard to the row inside, which has its name."""
        found = []
        for node in self.walk(root):
            try:
                if (node.name or node.description or "").strip() or node.getRoleName() not in CONTROLS \
                        or not node.getState().contains(pyatspi.STATE_FOCUSABLE) or not has_room(node) or is_choice(node) \
                        or role_of(node) == "list item" and (self.find_all("", "list", node) or len(self.find_all("", "list item", node)) > 1):
                    continue
                found.append(f"{node.getRoleName()} in {node.parent.getRoleName()} {node.parent.name!r}")
            except Exception:  # gone while it was read
                continue
        return found

    def walk_to(self, name, role, key="Tab"):
        """Goes by a key to what is seen and called so, and has the keyboard then."""
        node = wait_for(f"the {role} {name!r}", lambda: [one for one in self.find_all(name, role) if has_room(one)])[0]
        for _ in range(90):
            if node.getState().contains(pyatspi.STATE_FOCUSED):
                return node
            self.keys(key)
        raise Failure(f"{key} does not lead to {node.name!r}")

    def act(self, node, action="click"):
        interface = node.queryAction()
        for i in range(interface.nActions):
            if interface.getName(i) == action:
                interface.doAction(i)
                return
        names = [interface.getName(i) for i in range(interface.nActions)]
        raise Failure(f"{node.name!r} has no action {action!r} but {names}")

    def click(self, name, root=None, role="push button"):
        self.act(self.find(name, role, root))

    def click_near(self, landmark, name, role="push button"):
        """Clicks what is called so and surrounds a landmark most closely, where a window has two of a name."""
        node = self.find(landmark)
        while node is not None:
            found = self.find_all(name, role, node)
            if found:
                return self.act(found[0])
            node = node.parent
        raise Failure(f"no {role} called {name!r} near {landmark!r}")

    def press(self, node):
        """A click of the pointer in the middle of a node, for what has no action."""
        box = box_of(node)
        subprocess.run(["xdotool", "mousemove", str(box.x + box.width // 2), str(box.y + box.height // 2), "click", "1"],
                       check=True)

    def keys(self, *keys):
        """Into the window of this program that came last: there is no window manager to see to that."""
        self._hand.focus(self.process.pid)
        subprocess.run(["xdotool", "key", "--clearmodifiers", "--delay", "30", *keys], check=True)

    def type(self, text):
        self._hand.focus(self.process.pid)
        subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "12", text], check=True)

    def picture(self, name):
        """The whole screen, to build/pictures; the pixels settle first."""
        folder = os.environ.get("RECEPTION_PICTURES")
        if not folder:
            return
        os.makedirs(folder, exist_ok=True)
        time.sleep(0.4)
        subprocess.run(["import", "-window", "root", os.path.join(folder, name + ".png")], check=True)

    def dump(self, root=None, depth=0, out=sys.stderr):
        """The accessible tree, for whoever mends a test; or how the program ended."""
        if root is None and self.process.poll() is not None:
            print(f"# reception ended with {self.process.returncode}: {self.loud_lines()}", file=out)
            return
        node = root if root is not None else self.application
        if node is None or depth > 80:
            return
        try:
            actions = node.queryAction()
            names = [actions.getName(i) for i in range(actions.nActions)]
        except NotImplementedError:
            names = []
        print(f"# {'  ' * depth}{role_of(node)} {node.name!r} {names or ''}", file=out)
        for i in range(min(node.childCount, 60)):
            self.dump(node[i], depth + 1, out)

    def loud_lines(self):
        """What it wrote to its log that is worse than a message."""
        if self.log is None:
            return "see above"
        with open(self.log.name, encoding="utf-8", errors="replace") as log:
            return "".join(line for line in log if re.search("WARNING|CRITICAL|ERROR", line))

    def quit(self):
        """Quits as Ctrl+Q does, and expects that it ends well."""
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        bus.call_sync("org.frontdesk.Reception", "/org/frontdesk/Reception", "org.gtk.Actions", "Activate",
                      GLib.Variant("(sava{sv})", ("quit", [], {})), None, Gio.DBusCallFlags.NO_AUTO_START, -1, None)
        if self.process.wait(DEADLINE) != 0:
            raise Failure(f"reception ended with {self.process.returncode}")

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(DEADLINE)
        if self.log is not None:
            self.log.close()


class Tap:
    """One test after another, in the Test Anything Protocol; a failure ends the test, not the run."""

    def __init__(self):
        self.number = 0
        self.failed = 0

    def run(self, name, function):
        self.number += 1
        try:
            function()
            print(f"ok {self.number} {name}", flush=True)
            return True
        except Exception as error:
            self.failed += 1
            print(f"# {type(error).__name__}: {error}", flush=True)
            print(f"not ok {self.number} {name}", flush=True)
            return False

    def skip(self, name, reason):
        self.number += 1
        print(f"ok {self.number} {name} # SKIP {reason}", flush=True)

    def done(self):
        print(f"1..{self.number}", flush=True)
        return 1 if self.failed else 0
