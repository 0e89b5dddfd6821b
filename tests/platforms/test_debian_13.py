#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reception on the newer platform: in a Debian 13 it builds with warnings as errors, and the suites pass in it."""

import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from steps import ROOT, SCRIPTS, Tap, command, count_tests, make, say_line  # noqa: E402

BUILD = 'build-debian-13'
SUITES = ('unit', 'contract', 'ui')
# What Debian 13 is there for: newer than the floor, and what the GNOME 48 runtime has.
AT_LEAST = {'gtk4': (4, 18), 'libadwaita-1': (1, 7), 'glib-2.0': (2, 84), 'libsoup-3.0': (3, 6)}


def in_tree(*words):
    return command('nice', SCRIPTS / 'tree.sh', *words)


def check_versions(tap):
    for name, floor in AT_LEAST.items():
        version = in_tree('pkg-config', '--modversion', name).stdout.strip()
        numbers = tuple(int(part) for part in version.split('.') if part.isdigit())
        tap.say(numbers[:2] >= floor, f'{name} is the newer one', f'it is {version}')
        say_line(f'{name} {version}')


def build(tap):
    """Builds as ./check does; a folder that an older meson or tree left is begun anew."""
    setup = ['meson', 'setup', BUILD, '-Dwerror=true']
    if (ROOT / BUILD / 'build.ninja').exists():
        setup.append('--reconfigure')
    if not tap.ran('is set up', in_tree(*setup)):
        return False
    return tap.ran('builds without warnings', in_tree('ninja', '-C', BUILD, '-j', '2'))


def run_suite(tap, suite):
    """Runs one suite in the tree and repeats each of its lines."""
    for log in (ROOT / BUILD / 'meson-logs').glob('check*'):
        log.unlink()
    start = time.monotonic()
    done = in_tree('meson', 'test', '-C', BUILD, '--no-rebuild', '--logbase', 'check', '--print-errorlogs', '--suite', suite)
    try:
        total = count_tests.count(ROOT / BUILD)
    except (OSError, ValueError) as error:
        tap.say(False, f'{suite} runs', f'{error}\n{done.stdout}')
        return
    for name in total.passed:
        tap.say(True, name)
    for name in total.skipped:
        tap.say(True, name, skipped='as it says itself')
    for name in total.failed:
        tap.say(False, name, 'see what the suite printed')
    if total.failed:
        print(done.stdout, file=sys.stderr)
    tap.say(bool(total.passed), f'{suite} ran', 'nothing passed')
    say_line(f'{suite}: {len(total.passed)} passed, {len(total.failed)} failed, {len(total.skipped)} skipped '
             f'in {time.monotonic() - start:.0f} s')


def main():
    tree = make('tree.sh')
    say_line(f'Debian 13 in {tree}')
    tap = Tap()
    check_versions(tap)
    if build(tap):
        for suite in SUITES:
            run_suite(tap, suite)
    tap.end()


if __name__ == '__main__':
    main()
