#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what `meson test` ran, TAP line by TAP line, and prints `N passed, N failed` as the last line.

meson's own summary counts programs. A program that is killed, times out, ends early or prints no TAP at all has lines
that never came: each such program counts as one failure more, so that the sum can never look green by silence.
"""

import json
import pathlib
import sys
import xml.etree.ElementTree as ElementTree

GOOD = {'OK', 'EXPECTEDFAIL', 'SKIP'}


class Count:
    """The names of what passed, failed and was skipped so far."""

    def __init__(self):
        self.passed = []
        self.failed = []
        self.skipped = []

    def add_lines(self, program, cases):
        """Adds the TAP lines of one program, and returns how many of them failed."""
        failures = 0
        for case in cases:
            name = f"{program}: {case.get('name')}"
            if case.find('failure') is not None or case.find('error') is not None:
                self.failed.append(name)
                failures += 1
            elif case.find('skipped') is not None:
                reason = case.findtext('system-out') or ''
                self.skipped.append(f'{name} {reason}'.rstrip())
            else:
                self.passed.append(name)
        return failures

    def add_program(self, run, cases, is_tap):
        """Adds one test program as meson saw it end."""
        name, result = run['name'], run['result']
        failures = self.add_lines(name, cases)
        if result not in GOOD:
            if not failures:
                self.failed.append(f'{name}: {result.lower()}, exit status {run["returncode"]}')
        elif cases:
            return
        elif is_tap and '1..0' not in (run['stdout'] or ''):
            self.failed.append(f'{name}: printed no test lines')
        elif result == 'SKIP' or is_tap:
            self.skipped.append(f'{name} {skip_reason(run)}'.rstrip())
        else:
            self.passed.append(name)


def skip_reason(run):
    """Returns what stands behind `1..0 # SKIP`, or the last line that a skipped program printed."""
    lines = [line for line in (run['stdout'] or '').splitlines() if line.strip()]
    for line in lines:
        if line.startswith('1..0'):
            return line.partition('#')[2].strip()
    return lines[-1] if lines else ''


def read_cases(path):
    """Returns the TAP lines of each program in meson's JUnit file, by the program's full name."""
    suites = {}
    for suite in ElementTree.parse(path).getroot().iter('testsuite'):
        suites[suite.get('name')] = suite.findall('testcase')
    return suites


def read_tap_names(path):
    """Returns the names of the tests which promise TAP."""
    return {test['name'] for test in json.loads(path.read_text()) if test['protocol'] == 'tap'}


def count(build, project='reception'):
    """Counts the last run in the folder `build`."""
    logs = build / 'meson-logs'
    total = Count()
    # meson adds the name of the setup to the name of the log; ./check removes older ones first.
    junit = next(iter(logs.glob('check*.junit.xml')), logs / 'check.junit.xml')
    cases = read_cases(junit)
    tap_names = read_tap_names(build / 'meson-info' / 'intro-tests.json')
    with open(junit.with_name(junit.name.replace('.junit.xml', '.json')), encoding='utf-8') as file:
        for line in file:
            run = json.loads(line)
            is_tap = run['name'].rpartition(' / ')[2] in tap_names
            total.add_program(run, cases.get(f"{project}.{run['name']}", []), is_tap)
    return total


def report(total):
    """Prints the names and the last line, and returns the exit status."""
    for title, names in (('Skipped', total.skipped), ('Failed', total.failed)):
        if names:
            print(f'{title}:')
            for name in names:
                print(f'  {name}')
    line = f'{len(total.passed)} passed, {len(total.failed)} failed'
    if total.skipped:
        line += f', {len(total.skipped)} skipped'
    if not total.passed and not total.failed:
        print('No test was run.')
    print(line)
    return 1 if total.failed or not total.passed else 0


def main():
    try:
        total = count(pathlib.Path(sys.argv[1]))
    except (OSError, ValueError, ElementTree.ParseError) as error:
        total = Count()
        total.failed.append(f'meson left no readable log: {error}')
    return report(total)


if __name__ == '__main__':
    sys.exit(main())
