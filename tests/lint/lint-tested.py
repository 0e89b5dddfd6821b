#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every source file is exercised by a test that says so.

A test says so by its own name (tests/base/test-fold.c for src/base/rcp-fold.c), by including the file's header, by
naming the file, by calling its functions (rcp_fold_text () of rcp-fold.c), or by starting the program whose main it is.
A test that drives a file from outside, as a widget over the accessibility bus, names it in its head comment. A part
that was split off (rcp-fold-table.c) and that nobody but its own family includes is exercised by the test of the whole.
"""

import pathlib
import re

import lintlib


def stem_of(path):
    return pathlib.PurePath(path).stem


def is_named(stem, words):
    return re.search(rf'(?<![\w-]){re.escape(stem)}(?![\w-])', words) is not None


def is_called(stem, words):
    return re.search(rf"\b{re.escape(stem.replace('-', '_'))}_\w+ \(", words) is not None


def program_names(build_text):
    return re.findall(r"executable\(\s*'([^']+)'", build_text)


class Project:
    """The texts of a project, by path."""

    def __init__(self, texts):
        self.texts = texts
        self.sources = [path for path in texts if path.startswith('src/') and path.endswith('.c')]
        self.words = '\n'.join(text for path, text in texts.items() if path.startswith('tests/'))

    def programs_of(self, path):
        build = str(pathlib.PurePath(path).parent / 'meson.build')
        is_main = stem_of(path) == 'main' or stem_of(path).endswith('-main')
        return program_names(self.texts.get(build, '')) if is_main else []

    def has_own_test(self, path):
        parts = pathlib.PurePath(path)
        name = f"test-{parts.stem.partition('-')[2]}.c"
        folder = 'tests' / parts.parent.relative_to('src')
        return str(folder / name) in self.texts

    def is_said(self, path):
        names = [stem_of(path), *self.programs_of(path)]
        if self.has_own_test(path) or is_called(stem_of(path), self.words):
            return True
        return any(is_named(name, self.words) for name in names if name != 'main')

    def users_of(self, path):
        """Returns the stems of the sources that include this file's header."""
        header = re.compile(rf'"(?:[\w-]+/)*{re.escape(stem_of(path))}\.h"')
        return {stem_of(other) for other, text in self.texts.items()
                if other.startswith('src/') and stem_of(other) != stem_of(path) and header.search(text)}

    def is_part(self, path):
        wholes = [stem_of(other) for other in self.sources
                  if other != path and stem_of(path).startswith(stem_of(other) + '-') and self.is_said(other)]
        return any(all(user.startswith(whole) for user in self.users_of(path)) for whole in wholes)

    def untested(self):
        return [path for path in self.sources if not self.is_said(path) and not self.is_part(path)]


PLANTED = {
    'src/base/rcp-fold.c': '', 'src/base/rcp-fold-table.c': '', 'src/base/rcp-fold-more.c': '',
    'src/base/rcp-money.c': '', 'src/base/rcp-phone.c': '', 'src/base/rcp-none.c': '', 'src/ui/rcp-board.c': '#include "base/rcp-fold-more.h"\n',
    'src/practice/main.c': '', 'src/practice/meson.build': "executable('reception-practice', 'main.c')",
    'src/ui/main.c': '', 'src/ui/meson.build': "executable('reception', 'main.c')",
    'tests/base/test-fold.c': '', 'tests/base/test-all.c': '#include "base/rcp-money.h"\n  rcp_phone_read ("1");\n',
    'tests/practice/test-program.c': 'start ("reception-practice");\n', 'tests/ui/test-a.py': '# Drives rcp-board.\n',
}


def main():
    tap = lintlib.Tap()
    found = Project(PLANTED).untested()
    tap.ok(found == ['src/base/rcp-fold-more.c', 'src/base/rcp-none.c', 'src/ui/main.c'],
           'tested: finds files without a test')

    paths = [path for path in lintlib.project_files() if path.startswith(('src/', 'tests/')) and
             not path.startswith('tests/lint/') and path.endswith(('.c', '.h', '.py', '.build', '.sh'))]
    bare = Project({path: lintlib.read_text(path) for path in paths}).untested()
    hint = 'include its header, call it, or name it in the head comment of the test that drives it'
    tap.ok(not bare, 'tested: every source file is named by a test', [f'{path}: {hint}' for path in bare])
    tap.finish()


main()
