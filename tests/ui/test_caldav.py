#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From "Add CalDAV Account" to a busy block on the board, by keys alone, with a real CalDAV server over HTTPS; then the server wants
another password and gets it, and the account is removed.

Drives rcp-accounts-group, rcp-account-dialog and rcp-account-model.
"""

import glob
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from desk import Desk, Failure, Practice, Tap, end_with_parent, has_room, wait_for  # noqa: E402

import pyatspi  # noqa: E402

NOW = "2026-11-23T14:26:00Z"  # 9:26 on a Monday in New York
PASSWORD, ANOTHER = "correct horse", "another battery"
CONFIG = """[server]
hosts = 127.0.0.1:{port}
ssl = True
certificate = {folder}/cert.pem
key = {folder}/key.pem
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = plain
delay = 0
[rights]
type = owner_only
[storage]
filesystem_folder = {folder}/collections
[web]
type = none
"""
PROPS = '{"tag":"VCALENDAR","C:supported-calendar-component-set":"VEVENT","D:displayname":"Diary","ICAL:calendar-color":"#e01b24"}'
EVENT = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\n"
         "DTSTART:20261123T{start}00Z\r\nDTEND:20261123T{end}00Z\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


class Server:
    """Radicale with the calendar of one user."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="caldav-")
        with socket.socket() as finder:
            finder.bind(("127.0.0.1", 0))
            self.port = finder.getsockname()[1]
        diary = os.path.join(self.folder, "collections/collection-root/ana/diary")
        write(os.path.join(diary, ".Radicale.props"), PROPS)
        self.put("lunch", "1500", "1600")
        write(os.path.join(self.folder, "config"), CONFIG.format(port=self.port, folder=self.folder))
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", self.folder + "/key.pem", "-out",
                        self.folder + "/cert.pem", "-days", "2", "-subj", "/CN=localhost/O=A Clinic", "-addext",
                        "subjectAltName=DNS:localhost"], check=True, stderr=subprocess.DEVNULL)
        self.process = None

    def put(self, uid, start, end):
        """What somebody does on a phone; times in UTC."""
        write(os.path.join(self.folder, f"collections/collection-root/ana/diary/{uid}.ics"), EVENT.format(uid=uid, start=start, end=end))

    def start(self, password):
        write(os.path.join(self.folder, "users"), f"ana:{password}\n")
        self.process = subprocess.Popen(["radicale", "--config", self.folder + "/config"], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, preexec_fn=end_with_parent)
        wait_for("Radicale", lambda: socket.create_connection(("127.0.0.1", self.port), 1).close() is None)

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        self.process = None

    def fingerprint(self):
        text = subprocess.run(["openssl", "x509", "-in", self.folder + "/cert.pem", "-noout", "-fingerprint", "-sha256"], check=True,
                              capture_output=True, text=True).stdout
        return text.strip().split("=")[1]

    def free(self):
        self.stop()
        shutil.rmtree(self.folder)


class TopDesk(Desk):
    """Looks only into the window on top: a board has a thousand nodes."""

    def walk(self, root=None):
        windows = [root] if root is not None else [node for node in self.application if node is not None]
        yield from super().walk(windows[-1])


class Accounts:
    def __init__(self):
        self.server = Server()
        self.server.start(PASSWORD)
        self.practice = Practice(["--sample", "--date", NOW, "--time-zone", "America/New_York"])
        self.log = os.path.join(os.environ["XDG_CACHE_HOME"], "reception.log")
        self.desk = TopDesk(["--server", "unix:" + self.practice.socket, "--now", NOW],
                         {"GSETTINGS_BACKEND": "keyfile", "G_MESSAGES_DEBUG": "all"}, self.log)
        wait_for("visits on the board", lambda: self.desk.find_all(r"^\d+:\d\d to \d+:\d\d, ", "push button"))

    def stop(self):
        self.desk.stop()
        self.practice.stop()
        self.server.free()

    def focused(self):
        for node in self.desk.walk():
            try:
                if node.getState().contains(pyatspi.STATE_FOCUSED):
                    return node
            except Exception:  # gone while it was read
                continue
        return None

    def tab_to(self, wanted, key="Tab"):
        """Walks by keys to what is called so."""
        seen = []
        for _ in range(60):
            node = self.focused()
            if node is not None and re.search(wanted, node.name or ""):
                return node
            seen.append(node.name if node is not None else None)
            self.desk.keys(key)
            time.sleep(0.05)
        raise Failure(f"{key} does not lead to {wanted!r}, only to {seen}")

    def has_keyboard(self, wanted):
        try:
            wait_for(f"the keyboard at {wanted!r}", lambda: re.search(wanted, self.focused().name or ""), 20)
        except Failure as failure:
            raise Failure(f"{failure}, but it is at {self.focused()}") from failure

    # The floor says of no field that it has the keyboard: what is typed tells.

    def text_of(self, name):
        text = self.desk.find(name, "text").queryText()
        return text.getText(0, text.characterCount)

    def open_page(self):
        self.desk.keys("ctrl+comma")
        self.desk.find("^Preferences$", "label")
        self.desk.keys("alt+7")
        self.desk.find("^Accounts$")

    def close_page(self):
        self.desk.keys("Escape")
        wait_for("one window", lambda: self.desk.application.childCount == 1)

    # The steps, in order.

    def wrong_address(self):
        self.open_page()
        self.tab_to("Add CalDAV Account")
        self.desk.picture("preferences-accounts")
        self.desk.keys("Return")
        self.desk.find("^Address or Name of the Server$", "text")
        self.desk.type("http://calendar.example.org")
        wait_for("what was typed", lambda: self.text_of("^Address or Name of the Server$") == "http://calendar.example.org")
        self.desk.keys("Tab")
        self.desk.type("ana")
        wait_for("the user", lambda: self.text_of("^User Name$") == "ana")
        self.desk.keys("Tab")
        self.desk.type("wrong")
        self.desk.keys("Return")
        self.desk.find("Over that address others could read the password")

    def not_trusted(self):
        self.desk.keys("shift+Tab", "shift+Tab", "ctrl+a")
        self.desk.type(f"localhost:{self.server.port}")
        wait_for("the address", lambda: self.text_of("^Address or Name of the Server$") == f"localhost:{self.server.port}")
        self.desk.keys("Return")
        self.desk.find("^Certificate Not Trusted$")
        self.desk.find("Nobody whom this computer knows vouches for it")
        for fact in ("CN=localhost", self.server.fingerprint()):
            if not [node for node in self.desk.walk() if fact in (node.name or "")]:
                raise Failure(f"{fact} is not shown")
        self.desk.picture("account-certificate")
        self.trust()

    def trust(self):
        self.desk.find("^Certificate Not Trusted$")
        self.has_keyboard("Back")  # and not at what trusts
        self.tab_to("Trust")
        self.desk.keys("Return")

    def wrong_password(self):
        self.desk.find("does not accept this user name and password")
        self.desk.picture("account-wrong-password")
        self.desk.keys("ctrl+a")
        self.desk.type(PASSWORD)
        self.desk.keys("Return")

    def add(self):
        self.desk.find("^1 Calendar$")
        self.desk.find("^Diary$")
        self.desk.picture("account-found")
        self.has_keyboard("Add")
        self.desk.keys("Return")
        self.desk.gone("^1 Calendar$")
        self.desk.find("^ana, localhost$")
        self.desk.picture("preferences-accounts-added")

    def choose(self):
        """The first provider is that of the first column."""
        name = next(node.name for node in self.desk.find_all(r"^Dr\. ", "list item") if has_room(node))
        wait_for(f"the keyboard at {name}", lambda: self.to_row(name), 20)
        self.desk.keys("space")
        wait_for("its calendar", lambda: self.desk.find_all("^Diary keeps the time of "))
        self.tab_to("^Diary keeps the time of " + re.escape(name))
        self.desk.keys("space")
        wait_for("the choice to be told", lambda: self.desk.find_all("1 calendar keeps time"))
        self.close_page()

    def to_row(self, name):
        """The list of providers is one stop of Tab: within it the arrows go."""
        for _ in range(30):
            node = self.focused()
            if node is not None and name in (node.name or ""):
                return True
            self.desk.keys("Tab")
            time.sleep(0.05)
        return False

    def is_busy_on_the_board(self):
        self.find_busy("10:00 to 11:00")
        self.desk.picture("board-busy-caldav")

    def find_busy(self, hours):
        def look():
            self.desk.keys("Escape", *["Left"] * 12, "Home")
            for _ in range(30):
                node = self.focused()
                if node is not None and re.match(hours + ", Busy, Dr", node.name or ""):
                    return node
                self.desk.keys("Down")
                time.sleep(0.1)
            return None
        wait_for(f"the busy block {hours}", look)

    def refresh(self):
        """As when the interval of the calendar comes."""
        for path in glob.glob(os.path.join(os.environ["XDG_CACHE_HOME"], "evolution/sources/*/*.source")):
            with open(path, encoding="utf-8") as file:
                if "DisplayName=Diary" in file.read():
                    uid = os.path.basename(path)[:-len(".source")]
                    subprocess.run([os.environ["CHANGE_EVENT"], uid, "refresh"], check=True, timeout=60)
                    return
        raise Failure("Evolution Data Server does not keep the calendar")

    def another_password(self):
        """The server wants another one: the account says so, and is signed in again with what the server has meanwhile."""
        self.server.stop()
        self.server.put("tea", "1800", "1815")  # not while the provider has lunch
        self.server.start(ANOTHER)
        self.refresh()
        self.open_page()
        self.desk.find("Needs its password again")
        self.desk.picture("preferences-accounts-password")
        self.tab_to("^Sign in again: ana, localhost$")
        self.desk.keys("Return")
        self.desk.find("^Sign In Again$")
        if self.text_of("^User Name$") != "ana" or self.text_of("^Password$"):
            raise Failure("the dialog does not begin with the user and without a password")
        self.desk.type(PASSWORD)
        self.desk.keys("Return")
        self.trust()
        self.desk.find("does not accept this user name and password")
        self.desk.keys("ctrl+a")
        self.desk.type(ANOTHER)
        self.desk.picture("account-again")
        self.desk.keys("Return")
        self.desk.gone("^Sign In Again$")
        self.desk.gone("Needs its password again")
        self.desk.gone("^Sign in again: ana, localhost$")
        self.desk.find("^ana, localhost$")
        self.desk.find("^Diary$")
        self.close_page()

    def what_came_meanwhile_is_on_the_board(self):
        self.refresh()
        self.find_busy("13:00 to 13:15")

    def keeps_the_password_to_itself(self):
        for folder in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            for path in glob.glob(os.path.join(os.environ[folder], "**"), recursive=True):
                if not os.path.isfile(path):
                    continue
                with open(path, "rb") as file:
                    text = file.read()
                for password in (PASSWORD, ANOTHER):
                    if password.encode() in text:
                        raise Failure(f"{path} holds the password")

    def remove(self):
        self.open_page()
        self.tab_to("^Remove the account ana, localhost$")
        self.desk.keys("Return")
        self.desk.find("^Remove This Account")
        self.desk.picture("account-remove")
        self.tab_to("^_?Remove")
        self.desk.keys("Return")
        self.desk.gone("^ana, localhost$")
        self.desk.gone("^Diary keeps the time of ")
        wait_for("nobody to have it", lambda: not self.desk.find_all("calendar keeps time"))
        self.close_page()


def main():
    tap = Tap()
    if not shutil.which("radicale"):
        tap.skip("caldav", "Radicale is not here")
        return tap.done()
    accounts = Accounts()
    try:
        for name in ("wrong_address", "not_trusted", "wrong_password", "add", "choose", "is_busy_on_the_board", "another_password",
                     "what_came_meanwhile_is_on_the_board", "remove",
                     "keeps_the_password_to_itself"):
            if not tap.run(name, getattr(accounts, name)):
                print(f"# {accounts.desk.loud_lines()}", flush=True)
                accounts.desk.picture("caldav-failed")
                break
    finally:
        accounts.stop()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
