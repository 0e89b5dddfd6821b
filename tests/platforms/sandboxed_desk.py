#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the installed Flatpak on the sample clinic and works in it over the accessibility bus; prints TAP.

The calendar is one of the desktop: Evolution Data Server runs outside of the sandbox, where it keeps its files.

test_flatpak.py runs it inside tests/support/with-session.sh.
"""

import os
import pathlib
import re
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'ui'))

from desk import DEADLINE, Desk, Failure, Tap, wait_for  # noqa: E402
from test_calendars import CALENDAR, SOURCE, Calendars, write  # noqa: E402

import pyatspi  # noqa: E402

APP = 'org.frontdesk.Reception'
NOW = '2026-11-23T14:26:00Z'
# Where the first provider has no visit.
BUSY = CALENDAR.replace('T150000Z', 'T090000Z').replace('T160000Z', 'T091500Z')


class SandboxedDesk(Desk):
    """In the sandbox the program has another number than outside, so it is known by its name."""

    def _find_application(self):
        if self.process.poll() is not None:
            raise Failure(f'reception ended with {self.process.returncode}')
        for application in pyatspi.Registry.getDesktop(0):
            if application is not None and application.name in ('reception', APP):
                return application
        return None


class Start(Calendars):
    def __init__(self):
        write(os.path.join(os.environ['XDG_CONFIG_HOME'], 'evolution/sources/private.source'), SOURCE)
        write(os.path.join(os.environ['XDG_DATA_HOME'], 'evolution/calendar/private/calendar.ics'), BUSY)
        folder = tempfile.mkdtemp(prefix='rcp-')
        self.log = os.path.join(folder, 'log')
        os.environ['RECEPTION'] = 'flatpak'
        self.desk = SandboxedDesk(['run', '--user', APP, '--sample', '--now', NOW], log=self.log)

    def said(self):
        return pathlib.Path(self.log).read_text(encoding='utf-8', errors='replace')

    def shows_the_sample_clinic(self):
        chips = wait_for('visits on the board', lambda: self.desk.find_all(r'^\d+:\d\d to \d+:\d\d, '), 90)
        print(f'# {len(chips)} visits on the board')
        self.desk.picture('flatpak-board')

    def finds_a_patient(self):
        self.desk.keys('ctrl+k')
        self.desk.find('^Find a patient$')
        self.desk.type('an')
        self.desk.find(r'^\S.*, .* · MRN ')
        self.desk.picture('flatpak-find')
        self.desk.keys('Escape')

    def chooses_a_calendar_of_the_desktop(self):
        self.choose()

    def shows_its_busy_time_on_the_board(self):
        # Going down a whole column once, before the calendar was read, can take a minute.
        name = wait_for('busy time on the board', lambda: self.go_down('Busy'), 4 * DEADLINE)
        if not re.match(r'9:00 to 9:15, Busy, Dr\. ', name):
            raise Failure(f'the busy time is called {name!r}')
        self.desk.picture('flatpak-busy')

    def keeps_the_record_in_its_own_folder(self):
        home = pathlib.Path(os.environ['HOME'])
        found = [path for path in home.rglob('*.db')]
        if not found or any(home / '.var/app' / APP not in path.parents for path in found):
            raise Failure(f'the record is in {found}')

    def ends_well(self):
        self.desk.quit()
        loud = [line for line in self.said().splitlines() if 'CRITICAL' in line or 'cannot open' in line or 'Quevedo' in line]
        if loud:
            raise Failure('\n'.join(loud))


def main():
    tap = Tap()
    start = Start()
    try:
        for step in (start.shows_the_sample_clinic, start.finds_a_patient, start.chooses_a_calendar_of_the_desktop,
                     start.shows_its_busy_time_on_the_board, start.keeps_the_record_in_its_own_folder, start.ends_well):
            if not tap.run(step.__name__.replace('_', ' '), step):
                start.desk.picture('failed-' + step.__name__)
                start.desk.dump()
                print(start.said(), file=sys.stderr)
    finally:
        start.desk.stop()
    return tap.done()


if __name__ == '__main__':
    sys.exit(main())
