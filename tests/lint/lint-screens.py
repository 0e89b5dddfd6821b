#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every screen is gone through by the keyboard: tests/ui/screens.py says which test asserts its roles, labels and order, or why none
does."""

import ast
import pathlib
import re

import lintlib

TABLE = 'tests/ui/screens.py'
KINDS = 'window|dialog|page|panel|view|pane|popover|box'


def is_screen(path):
    return re.fullmatch(rf'src/ui/(?:[\w-]+/)*rcp-(?:[\w-]+-)?(?:{KINDS})\.c|resources/ui/[\w-]+\.ui', path) is not None


def read_table(text):
    """Returns its two tables: screen to step, screen to reason."""
    return [ast.literal_eval(node.value) for node in ast.parse(text).body if isinstance(node, ast.Assign)]


def find(paths, table, tests):
    """tests: the texts of tests/ui, by name."""
    tested, untested = read_table(table)
    screens = {pathlib.PurePath(path).stem for path in paths if is_screen(path)}
    found = [f'{screen} has no line' for screen in sorted(screens - set(tested) - set(untested))]
    found += [f'{screen} is no screen of the project' for screen in sorted({*tested, *untested} - screens)]
    found += [f'{screen} is in both tables' for screen in sorted(set(tested) & set(untested))]
    for screen, where in sorted(tested.items()):
        name, _, step = where.partition(': ')
        if not re.search(rf'def {re.escape(step)}\b|"{re.escape(step)}"', tests.get(name, '')):
            found.append(f'{screen}: {name} has no step “{step}”')
    return found


PLANTED = ('TESTED = {"rcp-a-dialog": "test_a.py: opening", "rcp-b-page": "test_a.py: closing", "rcp-old-view": "test_a.py: opening"}\n'
           'UNTESTED = {"rcp-c-panel": "because"}\n')


def main():
    tap = lintlib.Tap()
    paths = ['src/ui/a/rcp-a-dialog.c', 'src/ui/rcp-b-page.c', 'src/ui/rcp-c-panel.c', 'src/ui/rcp-d-view.c', 'src/ui/rcp-d-model.c',
             'resources/ui/rcp-e-row.ui']
    found = find(paths, PLANTED, {'test_a.py': 'def opening (self):\n'})
    tap.ok(found == ['rcp-d-view has no line', 'rcp-e-row has no line', 'rcp-old-view is no screen of the project',
                     'rcp-b-page: test_a.py has no step “closing”'], 'screens: finds what is missing', found)

    files = lintlib.project_files()
    tests = {pathlib.PurePath(path).name: lintlib.read_text(path) for path in files if re.fullmatch(r'tests/ui/test[\w-]+\.(py|c)', path)}
    found = find(files, lintlib.read_text(TABLE), tests)
    tap.ok(not found, 'screens: every screen is gone through by a test that is named, or says why not', found)
    tap.finish()


main()
