#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every source file is exercised by a test that says so.

A test says so by its own name (tests/base/test-fold.c for src/base/rcp-fold.c), by including the file's header, by
naming the file, by calling its functions (rcp_fold_text () of rcp-fold.c), or by starting the program whose main it is.
A test that drives a file from outside, as a widget over the accessibility bus, names it in its head comment. A part
that was split off (rcp-fold-table.c) is exercised by the test of the whole, if nobody but its own family includes it;
so is what is internal to a folder, by the tests of those who include it, or the private header that declares it.

Each kind of window is named in tests/ui/test-closed.c, which sees it gone when it is closed.
"""

import pathlib
import re

import lintlib


def stem_of(path):
    return pathlib.PurePath(path).stem


def program_names(build_text):
    return re.findall(r"executable\(\s*'([^']+)'", build_text)


class Project:
    """The texts of a project, by path."""

    def __init__(self, texts):
        self.texts = texts
        self.sources = [path for path in texts if path.startswith('src/') and path.endswith('.c')]
        self.includes = {path: set(re.findall(r'#include "(?:[\w-]+/)*([\w-]+\.h)"', text))
                         for path, text in texts.items() if path.startswith('src/')}
        said = '\n'.join(text for path, text in texts.items() if path.startswith('tests/'))
        self.words = set(re.findall(r'[\w-]+', said))
        self.calls = set(re.findall(r'\b(\w+) \(', said))

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
        prefix = stem_of(path).replace('-', '_') + '_'
        names = {stem_of(path), *self.programs_of(path)} - {'main'}
        return self.has_own_test(path) or not names.isdisjoint(self.words) or \
            any(call.startswith(prefix) for call in self.calls)

    def headers_of(self, path):
        """Returns the names of the headers that declare what a source defines: its own, or private ones it includes."""
        own = f'{stem_of(path)}.h'
        if str(pathlib.PurePath(path).parent / own) in self.texts:
            return [own]
        return [own, *(name for name in self.includes.get(path, ()) if name.endswith('-private.h'))]

    def users_of(self, path):
        """Returns the other files of src/ that include one of these headers."""
        headers = self.headers_of(path)
        return [other for other, included in self.includes.items()
                if stem_of(other) != stem_of(path) and not included.isdisjoint(headers)]

    def is_part(self, path, exercised):
        users = self.users_of(path)
        wholes = [stem_of(other) for other in exercised if stem_of(path).startswith(stem_of(other) + '-')]
        return any(all(stem_of(user).startswith(whole) for user in users) for whole in wholes)

    def internal_users(self, path):
        """Returns the sources that use a file, be it by other headers; none when another folder uses it too."""
        folder = pathlib.PurePath(path).parent
        known, queue = set(), [path]
        while queue:
            new = set(self.users_of(queue.pop())) - known
            known |= new
            queue += [user for user in new if user.endswith('.h')]
            if any(pathlib.PurePath(user).parent != folder for user in new):
                return []
        return [user for user in known if user in self.sources and user != path]

    def untested(self):
        exercised = {path for path in self.sources if self.is_said(path)}
        users = {path: self.internal_users(path) for path in self.sources if path not in exercised}
        found = True
        while found:
            found = {path for path, by in users.items() if path not in exercised and
                     (exercised.intersection(by) or self.is_part(path, exercised))}
            exercised |= found
        return [path for path in self.sources if path not in exercised]


CLOSED = 'tests/ui/test-closed.c'
WINDOW = re.compile(r'^G_DEFINE_\w*TYPE\w* \((Rcp\w+), \w+, (?:ADW|GTK)_TYPE_(?:\w+_)?(?:WINDOW|DIALOG)\b', re.MULTILINE)


def windows_kept(texts):
    """Returns the types of windows that no test closes; that of the program closes with it."""
    closed = set(re.findall(r'"(Rcp\w+)"', texts.get(CLOSED, '')))
    kinds = [(path, kind) for path, text in texts.items() if path.startswith('src/') for kind in WINDOW.findall(text)]
    return [f'{path}: {kind}' for path, kind in kinds if kind not in closed and kind != 'RcpWindow']


PLANTED_WINDOWS = {
    'src/ui/a.c': 'G_DEFINE_FINAL_TYPE (RcpADialog, rcp_a_dialog, ADW_TYPE_WINDOW)\n',
    'src/ui/b.c': 'G_DEFINE_TYPE (RcpBDialog, rcp_b_dialog, ADW_TYPE_MESSAGE_DIALOG)\n',
    'src/ui/c.c': 'G_DEFINE_FINAL_TYPE (RcpCBox, rcp_c_box, GTK_TYPE_WIDGET)\n',
    'src/ui/rcp-window.c': 'G_DEFINE_FINAL_TYPE (RcpWindow, rcp_window, ADW_TYPE_APPLICATION_WINDOW)\n',
    CLOSED: '  { "b", "RcpBDialog", make_b },\n',
}

PLANTED = {
    'src/base/rcp-fold.c': '#include "rcp-own.h"\n', 'src/base/rcp-own.h': '#include "rcp-inner.h"\n',
    'src/base/rcp-inner.c': '', 'src/base/rcp-fold-table.c': '', 'src/base/rcp-fold-more.c': '',
    'src/base/rcp-money.c': '', 'src/base/rcp-phone.c': '', 'src/base/rcp-none.c': '',
    'src/ui/rcp-board.c': '#include "base/rcp-fold-more.h"\n',
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

    tap.ok(windows_kept(PLANTED_WINDOWS) == ['src/ui/a.c: RcpADialog'], 'tested: finds windows that no test closes')

    paths = [path for path in lintlib.project_files() if path.startswith(('src/', 'tests/')) and
             not path.startswith('tests/lint/') and path.endswith(('.c', '.h', '.py', '.build', '.sh'))]
    texts = {path: lintlib.read_text(path) for path in paths}
    bare = Project(texts).untested()
    hint = 'include its header, call it, or name it in the head comment of the test that drives it'
    tap.ok(not bare, 'tested: every source file is named by a test', [f'{path}: {hint}' for path in bare])
    kept = windows_kept(texts)
    tap.ok(not kept, f'tested: every window is closed in {CLOSED}', [f'{window}: add it there' for window in kept])
    tap.finish()


main()
