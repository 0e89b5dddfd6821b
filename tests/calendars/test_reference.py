#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real calendars and broken ones through the busy-time reader (rcp-busy-reader, by dump-busy), beside slow_calendar.py."""

import datetime
import glob
import lzma
import os
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import slow_calendar  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
DUMP = sys.argv[1]
SHARED = pathlib.Path(os.environ.get('RECEPTION_SHARED_DATA', ROOT.parent / 'shared/data')) / 'ical'
ZONE = 'America/New_York'
WINDOW = 400 * 86400
# Milliseconds of the processor for a file; what is hostile may not take longer than what is big.
LONGEST = 2000
LARGEST = 100000


class Tap:
    count = 0
    failed = False

    @classmethod
    def ok(cls, good, name, findings=()):
        cls.count += 1
        print(f"{'ok' if good else 'not ok'} {cls.count} - {name}", flush=True)
        for finding in [] if good else list(findings)[:20]:
            print('# ' + finding.replace('\n', ' '), file=sys.stderr)
        cls.failed = cls.failed or not good


def window_of(path):
    """From the year of the last event of the file on: series that began before are followed from then."""
    text = re.sub(r'(?s)BEGIN:VTIMEZONE.*?END:VTIMEZONE', '', path.read_bytes().decode('utf-8', 'replace'))
    years = [int(year) for year in re.findall(r'DTSTART[^:\r\n]*:(\d{4})', text)]
    years = [year for year in years if 1975 <= year <= 2040]
    start = (max(years, default=2026) - 1970) * 31556952
    return start, start + WINDOW


def dump(jobs):
    """Returns for each path (refused, {uid: ranges}, unread uids, milliseconds)."""
    told = subprocess.run([DUMP], input=''.join(f'{ZONE} {start} {end} {path}\n' for path, (start, end) in jobs.items()),
                          capture_output=True, text=True, check=False, errors='replace')
    found, current = {}, None
    for line in told.stdout.splitlines():
        words = line.split(' ')
        if words[0] in ('file', 'refused'):
            current = found.setdefault(words[1], [words[0] == 'refused', {}, set(), 0])
        elif words[0] == 'busy':
            current[1].setdefault(words[1], []).append(tuple(int(word) for word in words[2:]))
        elif words[0] == 'unread':
            current[2].add(words[1])
        elif words[0] == 'took':
            current[3] = int(words[1])
    return found, told.returncode, told.stderr


def compare(path, window, found):
    """Returns how many events agree, how many were left out, and what differs."""
    refused, busy, unread, _ = found
    try:
        calendar = slow_calendar.Calendar(path.read_bytes().decode('utf-8'), ZONE)
    except UnicodeDecodeError:
        return 0, 0, []
    agree, skipped, differ = 0, 0, []
    for uid, family in ({} if refused else calendar.families).items():
        if re.search(r'\s', uid) or uid in unread:
            skipped += 1
            continue
        try:
            expected = slow_calendar.busy_of_family(calendar, family, *window)
        except (slow_calendar.Unreadable, OverflowError):
            skipped += 1
            continue
        uid = re.sub(r'\\([,;\\])', r'\1', uid)
        if expected == busy.get(uid, []):
            agree += 1
        else:
            differ.append(f'{path.name} {uid}: {expected[:3]} expected, {busy.get(uid, [])[:3]} found')
    return agree, skipped, differ


def run(name, paths, least):
    jobs = {str(path): window_of(path) for path in paths}
    found, status, words = dump(jobs)
    Tap.ok(status == 0 and len(found) == len(jobs), f'{name}: no crash', [f'status {status}', words[-500:]])
    slow = [f'{path}: {one[3]} ms' for path, one in found.items() if one[3] > LONGEST]
    Tap.ok(not slow, f'{name}: none takes long', slow)
    agree, skipped, differ = 0, 0, []
    for path in paths:
        if str(path) in found:
            more = compare(path, jobs[str(path)], found[str(path)])
            agree, skipped, differ = agree + more[0], skipped + more[1], differ + more[2]
    Tap.ok(agree >= least and not differ, f'{name}: {agree} events as the slow reference has them, {skipped} not compared', differ)


def fill_in(text):
    """CalDAVTester writes dates that move with the day on which it runs."""
    text = re.sub(rb'\$now\.year\.(\d+):', lambda match: b'%d' % (2024 + int(match.group(1))), text)

    def day(match):
        moved = datetime.date(2026, 3, 8) + datetime.timedelta(days=int(match.group(1)))
        return moved.strftime('%Y%m%d').encode()
    return re.sub(rb'\$now\.(-?\d+):', day, text)


def unpack(archive, folder):
    """Returns the files, without those with which libical itself is busy for many seconds."""
    with lzma.open(archive) as stream, tarfile.open(fileobj=stream) as tar:
        tar.extractall(folder, filter='data') if hasattr(tarfile, 'data_filter') else tar.extractall(folder)
    paths = sorted(path for path in pathlib.Path(folder).rglob('*')
                   if path.is_file() and ' ' not in str(path) and path.stat().st_size < LARGEST)
    for path in paths:
        path.write_bytes(fill_in(path.read_bytes()))
    return paths


def main():
    run('own files', sorted(pathlib.Path(path) for path in glob.glob(str(ROOT / 'tests/data/ical/*.ics'))), 10)
    if not SHARED.is_dir():
        Tap.ok(True, 'published files # SKIP the shared data is not here')
    else:
        for name, least in (('libical-test-data', 25), ('icaljs-samples+jcal-pairs', 15), ('caldavtester-caldav', 1000),
                            ('libical-fuzz-regressions', 0)):
            with tempfile.TemporaryDirectory() as folder:
                run(name, unpack(SHARED / f'{name}.tar.xz', folder), least)
    print(f'1..{Tap.count}')
    sys.exit(1 if Tap.failed else 0)


main()
