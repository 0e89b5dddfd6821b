# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lints share: the files of the project, C without comments, and the printing of TAP.

A rule is a class with a NAME, a method `wants (path)`, and a method `find (path, text)` which returns pairs of line
number and message. Its PLANTED says what it must find: pairs of path and text that break the rule; its CLEAN says what it
must let pass. Both are tried before the tree is read, so a rule that can no longer fail fails itself.
"""

import os
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else '.').resolve()
BUILD = pathlib.Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else None
FOLDERS = ('src', 'tests', 'build-aux', 'data', 'po', 'flatpak', 'docs', 'resources')
SCRIPTS = ('run', 'check', '.ci/run')
NOT_OURS = ('data/fhir-r4/', 'tests/data/')

_C_TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


class Tap:
    """Prints TAP and remembers whether anything failed."""

    def __init__(self):
        self.count = 0
        self.failed = False

    def ok(self, good, name, findings=()):
        self.count += 1
        print(f"{'ok' if good else 'not ok'} {self.count} - {name}")
        for finding in findings:
            print(f'# {finding}')
            if not good:
                # meson shows what a failed TAP program wrote to stderr, and nothing else of it.
                print(f'{name}: {finding}', file=sys.stderr)
        self.failed = self.failed or not good

    def skip(self, name, reason):
        self.count += 1
        print(f'ok {self.count} - {name} # SKIP {reason}')

    def finish(self):
        print(f'1..{self.count}')
        sys.exit(1 if self.failed else 0)


def project_files():
    """Returns the paths of our own files, relative to the root, sorted."""
    found = [path for path in SCRIPTS if (ROOT / path).is_file()]
    found += [path.name for path in ROOT.iterdir() if path.is_file() and path.suffix in ('.md', '.build')]
    for folder in FOLDERS:
        for base, folders, names in os.walk(ROOT / folder):
            folders[:] = [name for name in folders if name != '__pycache__']
            found += [str((pathlib.Path(base) / name).relative_to(ROOT)) for name in names]
    return sorted(path for path in found if not path.startswith(NOT_OURS))


def read_text(path):
    return (ROOT / path).read_text(encoding='utf-8')


def blank_out(text, strings=False):
    """Returns C text whose comments, and on demand strings, are spaces: lines keep their numbers."""
    def blank(match):
        token = match.group(0)
        if token[0] == '/' or strings:
            return re.sub(r'[^\n]', ' ', token)
        return token
    return _C_TOKEN.sub(blank, text)


def matches(pattern, text):
    """Yields line number and match of every place where the pattern stands."""
    for match in re.finditer(pattern, text, re.MULTILINE):
        yield text.count('\n', 0, match.start()) + 1, match


def self_test(tap, rule):
    """Tries the rule on its planted texts."""
    for path, text in rule.PLANTED:
        good = rule.wants(path) and bool(rule.find(path, text))
        tap.ok(good, f'{rule.NAME}: finds what was planted in {path}')
    missed = [f'{path}: {message}' for path, text in rule.CLEAN for _, message in rule.find(path, text)]
    tap.ok(not missed, f'{rule.NAME}: lets clean text pass', missed)


def run_rules(rules):
    """Self-tests every rule, reads the tree with it, and ends the program."""
    tap = Tap()
    files = project_files()
    for rule in rules:
        self_test(tap, rule)
        findings = []
        for path in filter(rule.wants, files):
            findings += [f'{path}:{line}: {message}' for line, message in rule.find(path, read_text(path))]
        tap.ok(not findings or getattr(rule, 'ONLY_WARNS', False), f'{rule.NAME}: the whole project', findings)
    tap.finish()
