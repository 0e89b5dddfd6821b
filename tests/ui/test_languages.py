#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program in other languages and countries: words, dates, the clock and the first day of the week.

Drives rcp-time-text, rcp-month and po/es.po in the real window.
"""

import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from desk import Desk, Practice, Tap, Failure, wait_for  # noqa: E402

NOW = "2026-11-23T14:26:00Z"  # a Monday
LOCALES = ("es_MX", "de_DE", "en_US")


def make_locales(folder):
    """The locales of the test, made of the descriptions in Debian's package "locales"; whether they are there."""
    for name in LOCALES:
        path = os.path.join(folder, name + ".UTF-8")
        made = subprocess.run(["localedef", "--no-archive", "-i", name, "-f", "UTF-8", path], capture_output=True, check=False,
                              env={**os.environ, "LC_ALL": "C"})
        if not os.path.isdir(path):
            print(f"# {made.stderr.decode(errors='replace')[:200]}", flush=True)
            return False
    return True


class Languages:
    def __init__(self, folder):
        self.folder = folder
        self.practice = Practice(["--sample", "--date", NOW, "--time-zone", "UTC"])

    def open(self, locale):
        environment = {"LC_ALL": locale + ".UTF-8", "LOCPATH": self.folder, "LANGUAGE": "", "TZ": "UTC",
                       "RECEPTION_LOCALEDIR": os.environ["LOCALES"]}
        return Desk(["--server", "unix:" + self.practice.socket, "--now", NOW], environment)

    def see(self, locale, *names):
        """Opens a desk in a locale and expects something by each of the names."""
        desk = self.open(locale)
        try:
            for name in names:
                desk.find(name)
            desk.picture("language-" + locale)
            return [node.name for node in desk.walk() if node.name]
        finally:
            desk.quit()
            desk.stop()

    def spanish(self):
        names = self.see("es_MX", "^Nueva cita$", "lunes,? 23 de noviembre de 2026", "^Agenda$", "^En espera$", "Hoy",
                         "[Cc]onfirmada", "profesionales")
        english = [name for name in names if name in ("New Visit", "Board", "Today", "Waiting Now", "Find", "Columns")]
        if english:
            raise Failure(f"still in English: {english}")

    def first_day_and_clock(self, locale, weekday, clock):
        """A month whose first column is weekday, and times as that country writes them."""
        desk = self.open(locale)
        try:
            desk.find("23")
            first = self.find_first_weekday(desk)
            if first != weekday:
                raise Failure(f"the week begins with {first!r}")
            desk.find(clock)
        finally:
            desk.quit()
            desk.stop()

    def find_first_weekday(self, desk):
        month = wait_for("the month", lambda: [node for node in desk.walk() if node.getRoleName() == "label" and len(node.name) == 1])
        # As one reads: from the left.
        row = sorted(month, key=lambda node: node.queryComponent().getExtents(1).x)
        return row[0].name


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        if not make_locales(folder):
            tap.skip("languages", "the package locales is not installed")
            return tap.done()
        languages = Languages(folder)
        tap.run("spanish says everything in Spanish", languages.spanish)
        tap.run("the United States begin the week on Sunday and count twelve hours",
                lambda: languages.first_day_and_clock("en_US", "S", r"\d+:\d\d [AP]M"))
        tap.run("Germany begins the week on Monday and counts twenty-four hours",
                lambda: languages.first_day_and_clock("de_DE", "M", r"\b1[3-8]:\d\d\b"))
        time.sleep(0.1)
        languages.practice.stop()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
