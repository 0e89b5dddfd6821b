#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ./check counts: a crash, a time-out, a silent or an empty program can never look green."""

import importlib.util
import json
import pathlib
import tempfile

import lintlib

SPEC = importlib.util.spec_from_file_location('count_tests', lintlib.ROOT / 'build-aux' / 'count-tests.py')
count_tests = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(count_tests)

# name, protocol, meson's result, exit status, stdout, TAP lines: '.' passed, 'F' failed, 'S' skipped
RUNS = {
    'three lines': ('tap', 'OK', 0, '', '...'),
    'a failed line': ('tap', 'FAIL', 1, '', '..F'),
    'a crash after two lines': ('tap', 'ERROR', -11, '', '..'),
    'a time-out': ('tap', 'TIMEOUT', -15, '', '.'),
    'no line at all': ('tap', 'SKIP', 0, '', ''),
    'all skipped': ('tap', 'SKIP', 0, '1..0 # SKIP no server\n', ''),
    'one skipped': ('tap', 'OK', 0, '', '.S'),
    'by exit status': ('exitcode', 'OK', 0, '', ''),
    'by bad exit status': ('exitcode', 'FAIL', 3, '', ''),
}
EXPECTED = {
    'three lines': (3, 0, 0), 'a failed line': (2, 1, 0), 'a crash after two lines': (2, 1, 0), 'a time-out': (1, 1, 0),
    'no line at all': (0, 1, 0), 'all skipped': (0, 0, 1), 'one skipped': (1, 0, 1), 'by exit status': (1, 0, 0),
    'by bad exit status': (0, 1, 0),
}
CASES = {'.': '<testcase name="x"/>', 'F': '<testcase name="x"><failure/></testcase>',
         'S': '<testcase name="x"><skipped/></testcase>'}


def plant(folder, names):
    """Writes the logs of meson as if it had run these programs."""
    (folder / 'meson-logs').mkdir()
    (folder / 'meson-info').mkdir()
    suites, lines, tests = [], [], []
    for name in names:
        protocol, result, status, output, cases = RUNS[name]
        if cases:
            body = ''.join(CASES[case] for case in cases)
            suites.append(f'<testsuite name="reception.reception:unit / {name}">{body}</testsuite>')
        lines.append(json.dumps({'name': f'reception:unit / {name}', 'stdout': output, 'result': result,
                                 'returncode': status}))
        tests.append({'name': name, 'protocol': protocol})
    (folder / 'meson-logs/check-plain.junit.xml').write_text(f"<testsuites>{''.join(suites)}</testsuites>")
    (folder / 'meson-logs/check-plain.json').write_text('\n'.join(lines))
    (folder / 'meson-info/intro-tests.json').write_text(json.dumps(tests))


def counted(names):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        plant(folder, names)
        total = count_tests.count(folder)
        return len(total.passed), len(total.failed), len(total.skipped)


def main():
    tap = lintlib.Tap()
    for name, expected in EXPECTED.items():
        found = counted([name])
        tap.ok(found == expected, f'count: {name}', [] if found == expected else [f'{found} instead of {expected}'])
    sums = tuple(map(sum, zip(*EXPECTED.values())))
    tap.ok(counted(list(RUNS)) == sums, 'count: all together')
    tap.finish()


main()
