# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of suite platforms share: the scripts of build-aux/platforms, and TAP."""

import importlib.util
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / 'build-aux' / 'platforms'
CANNOT_BE_HAD = 77

_SPEC = importlib.util.spec_from_file_location('count_tests', ROOT / 'build-aux' / 'count-tests.py')
count_tests = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(count_tests)


class Tap:
    """Prints one line per step, and why one failed where a person looks for it."""

    def __init__(self):
        self.number = 0
        self.failed = 0

    def say(self, good, name, reason='', skipped=None):
        self.number += 1
        self.failed += not good
        name = name.replace('#', '')
        print(f"{'ok' if good else 'not ok'} {self.number} - {name}" + (f' # SKIP {skipped}' if skipped else ''), flush=True)
        if not good:
            print(f'{name}: {reason}', file=sys.stderr, flush=True)
        return good

    def ran(self, name, done, lines=40):
        """One step that was a command: its last lines when it failed."""
        return self.say(done.returncode == 0, name, '\n'.join(done.stdout.splitlines()[-lines:]))

    def repeat(self, name, done):
        """Every line of a program that printed TAP, and one more for its end."""
        for good, text in re.findall(r'^(ok|not ok) \d+ (.*)$', done.stdout, re.MULTILINE):
            self.say(good == 'ok', f'{name}: {text}', done.stdout)
        for remark in re.findall(r'^# (.*)$', done.stdout, re.MULTILINE):
            say_line(remark)
        self.ran(f'{name}: all of it', done)

    def end(self):
        print(f'1..{self.number}', flush=True)
        sys.exit(1 if self.failed else 0)


def command(*words, **more):
    """Runs a command and keeps what it says; what it would read is nothing."""
    return subprocess.run([str(word) for word in words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors='replace', check=False, **more)


def make(script):
    """Runs a script that makes a thing once and prints its path last; ends the test where it cannot be had."""
    done = command(SCRIPTS / script)
    last = (done.stdout.splitlines() or [''])[-1]
    if done.returncode == CANNOT_BE_HAD:
        print(f"1..0 # SKIP {last.removeprefix('skip: ')}")
        sys.exit(0)
    if done.returncode:
        print(f'{script} failed:\n{done.stdout}', file=sys.stderr)
        print(f'Bail out! {script} failed')
        sys.exit(1)
    return pathlib.Path(last)


def say_line(text):
    """A remark of the TAP stream."""
    print(f'# {text}', flush=True)
