#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every source file is exercised by a test that says so.

A test says so by including the file's header, by naming the file, or by starting the program whose main it is. A test
that drives a widget from outside names it in its head comment.
"""

import pathlib
import re

import lintlib


def is_named(stem, words):
    return re.search(rf'(?<![\w-]){re.escape(stem)}(?![\w-])', words) is not None


def program_names(build_text):
    return re.findall(r"executable\(\s*'([^']+)'", build_text)


def untested(sources, words, programs_of):
    """Returns the sources that no test names."""
    bare = []
    for path in sources:
        stem = pathlib.PurePath(path).stem
        names = programs_of(path) if stem == 'main' or stem.endswith('-main') else []
        if not any(is_named(name, words) for name in [stem, *names] if name != 'main'):
            bare.append(path)
    return bare


def main():
    tap = lintlib.Tap()
    words = '#include "base/rcp-fold.h"\n  g_subprocess_new (reception-practice)\n'
    planted = ['src/base/rcp-fold.c', 'src/base/rcp-fold-more.c', 'src/practice/main.c', 'src/ui/main.c']
    programs = {'src/practice/main.c': ['reception-practice'], 'src/ui/main.c': ['reception']}
    found = untested(planted, words, programs.get)
    tap.ok(found == ['src/base/rcp-fold-more.c', 'src/ui/main.c'], 'tested: finds files without a test')

    files = lintlib.project_files()
    words = '\n'.join(lintlib.read_text(path) for path in files if path.startswith('tests/') and
                      not path.startswith('tests/lint/') and path.endswith(('.c', '.h', '.py', '.build', '.sh')))

    def programs_of(path):
        build = pathlib.PurePath(path).parent / 'meson.build'
        return program_names(lintlib.read_text(build)) if str(build) in files else []

    sources = [path for path in files if path.startswith('src/') and path.endswith('.c')]
    bare = untested(sources, words, programs_of)
    tap.ok(not bare, 'tested: every source file is named by a test', bare)
    tap.finish()


main()
