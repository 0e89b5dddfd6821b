# SPDX-License-Identifier: GPL-3.0-or-later
"""One front desk of test_two_mirrors.py: as that of morning_desk.py, with an Evolution Data Server of its own that knows the calendar of
DIARY, "HOST PORT PATH" of a CalDAV server.

Run it as with-session.sh /usr/bin/python3 mirror_desk.py SOCKET NOW NAME.
"""

import os
import re
import signal
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from desk import wait_for  # noqa: E402
from morning_desk import FrontDesk, main  # noqa: E402

from gi.repository import Gio, GLib  # noqa: E402

SOURCE = """[Data Source]
DisplayName=Diary
Enabled=true
Parent=caldav-stub

[Authentication]
Host={0}
Port={1}

[Security]
Method=none

[WebDAV Backend]
ResourcePath={2}

[Calendar]
BackendName=caldav

[Offline]
StaySynchronized=true
"""
FACTORY = "org.gnome.evolution.dataserver.Calendar8"


class MirrorDesk(FrontDesk):
    def __init__(self, path, now, name):
        source = os.path.join(os.environ["XDG_CONFIG_HOME"], "evolution/sources/diary.source")
        os.makedirs(os.path.dirname(source), exist_ok=True)
        with open(source, "w", encoding="utf-8") as file:
            file.write(SOURCE.format(*os.environ["DIARY"].split()))
        super().__init__(path, now, name)

    def choose(self, task):
        """The visits of somebody are shown in the diary, by keys in Preferences."""
        desk = self.desk
        desk.keys("ctrl+comma")
        desk.find("^Preferences$", "label")
        desk.keys("alt+7")
        desk.find("^Calendars of Providers$")
        desk.walk_to(f"^{re.escape(task['provider'])}$", "list item")
        desk.keys("Return")
        desk.walk_to("^Visits are shown in", "combo box")
        # The first choice is none, the last the calendar of this computer.
        desk.keys("Return", *task["keys"], "Return")
        desk.find("^Visits are shown in one$")
        desk.picture(f"two-mirrors-{self.name}")
        desk.keys("Escape")
        self.wait_windows(1)

    def end_the_factory(self, _task):
        """As when it crashes. Evolution Data Server's calendars are started again by who asks for them next."""
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        reply = bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetConnectionUnixProcessID",
                              GLib.Variant("(s)", (FACTORY,)), None, Gio.DBusCallFlags.NONE, -1, None)
        pid = reply.unpack()[0]
        os.kill(pid, signal.SIGKILL)
        wait_for("it to end", lambda: not os.path.exists(f"/proc/{pid}") or self.is_zombie(pid))

    @staticmethod
    def is_zombie(pid):
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rsplit(")", 1)[1].split()[0] == "Z"

    def rows(self):
        """Those of now: where what calendars keep is told meanwhile there is another list of openings."""
        def read():
            self.ears.listen()
            return [item[0].name for item in self.ears.holder.parent if item is not None]
        return wait_for("the openings", read)

    def book(self, task):
        """With the one whose calendar it is, where that is among the openings."""
        self.begin_booking(task)
        self.finish_booking(task)


if __name__ == "__main__":
    main(MirrorDesk)
