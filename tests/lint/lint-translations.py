#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every file with text for people is in po/POTFILES.in, and every file named there exists."""

import re

import lintlib

MARKED_C = re.compile(r'\b(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2?) ?\(\s*(?:NULL|GETTEXT_PACKAGE|")')
MARKED_UI = re.compile(r'translatable="(?:yes|true|1)"')


def has_text(path, text):
    """Returns whether a file has strings marked for translation."""
    if path.endswith(('.c', '.h')):
        return MARKED_C.search(lintlib.blank_out(text)) is not None
    return path.endswith('.ui') and MARKED_UI.search(text) is not None


def listed(text):
    """Returns the paths in a POTFILES text."""
    lines = (line.strip() for line in text.splitlines())
    return {line for line in lines if line and not line.startswith('#')}


def forgotten(files, potfiles, read):
    """Returns the files that have text and are not listed, and the listed that are not there."""
    wanted = {path for path in files if path.startswith(('src/', 'resources/', 'data/')) and has_text(path, read(path))}
    return sorted(wanted - potfiles), sorted(potfiles - set(files))


def main():
    tap = lintlib.Tap()
    planted = {
        'src/ui/a.c': 'x = _("Book");\n', 'src/ui/b.c': '/* _("not text") */ name_ ("x");\n',
        'resources/a.ui': '<property name="label" translatable="yes">Book</property>', 'src/ui/c.c': 'C_("verb", "Book")',
    }
    missing, gone = forgotten(planted, {'src/ui/c.c', 'src/ui/gone.c'}, planted.get)
    tap.ok(missing == ['resources/a.ui', 'src/ui/a.c'], 'translations: finds forgotten files')
    tap.ok(gone == ['src/ui/gone.c'], 'translations: finds files that are gone')

    missing, gone = forgotten(lintlib.project_files(), listed(lintlib.read_text('po/POTFILES.in')), lintlib.read_text)
    tap.ok(not missing, 'translations: POTFILES.in is complete', missing)
    tap.ok(not gone, 'translations: POTFILES.in names what exists', gone)
    tap.finish()


main()
