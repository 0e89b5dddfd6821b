#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads VCALENDARs from standard input and writes what they keep busy, by slow_calendar.py: slow_busy.py ZONE FROM UNTIL. For test-caldav-series."""

import datetime
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import slow_calendar  # noqa: E402


def main():
    zone, *window = sys.argv[1:]
    window = [int(datetime.datetime.fromisoformat(text.replace('Z', '+00:00')).timestamp()) for text in window]
    calendar = slow_calendar.Calendar(sys.stdin.buffer.read().decode('utf-8'), zone)
    found = [one for family in calendar.families.values() for one in slow_calendar.busy_of_family(calendar, family, *window)]
    for start, end, kind in slow_calendar.normalize(found):
        begins = datetime.datetime.fromtimestamp(start, datetime.timezone.utc)
        print(f'{begins:%m%dT%H%M}+{(end - start) // 60}{"-tBA"[kind]}', end=' ')


main()
