#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every file with text for people is in po/POTFILES.in, every file named there exists, and every language in po/LINGUAS says
all of it."""

import os
import re
import subprocess
import tempfile

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


def run(*command):
    """Returns whether a command went well, and the lines that it said on its standard error."""
    result = subprocess.run(command, capture_output=True, text=True, cwd=lintlib.ROOT, env={**os.environ, 'LC_ALL': 'C.UTF-8'})
    return result.returncode == 0, result.stderr.splitlines()


def collect(pot):
    """Writes every text of the project to pot, by the rules of meson's i18n with preset glib."""
    keywords = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'g_dcgettext:2', 'g_dngettext:2,3', 'g_dpgettext2:2c,3']
    return run('xgettext', '--from-code=UTF-8', '--add-comments', '--files-from=po/POTFILES.in', '--output=' + pot,
               *('--keyword=' + keyword for keyword in keywords))


def untold(po, pot):
    """Returns what is wrong with a catalogue: placeholders that differ, texts that are missing, empty or fuzzy."""
    well_formed, wrong = run('msgfmt', '--check', '--output-file=/dev/null', po)
    complete, missing = run('msgcmp', po, pot)
    return ([] if well_formed else wrong) + ([] if complete else missing)


def check_languages(tap, folder):
    """Finds what is planted in a small catalogue, then reads the real ones."""
    pot, po = os.path.join(folder, 'a.pot'), os.path.join(folder, 'a.po')
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    for path, texts in ((pot, 'msgid "Book"\nmsgstr ""\n\n#, c-format\nmsgid "%s free"\nmsgstr ""\n'),
                        (po, '#, c-format\nmsgid "%s free"\nmsgstr "%d libre"\n')):
        with open(path, 'w', encoding='utf-8') as file:
            file.write(head + texts)
    found = ' '.join(untold(po, pot))
    tap.ok('format specifications' in found and 'not defined' in found, 'translations: finds wrong and missing texts')

    pot = os.path.join(folder, 'reception.pot')
    collected, errors = collect(pot)
    tap.ok(collected, 'translations: all texts are collected', errors)
    for language in lintlib.read_text('po/LINGUAS').split():
        wrong = untold(f'po/{language}.po', pot)
        tap.ok(not wrong, f'translations: {language} says everything', wrong[:20])


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
    with tempfile.TemporaryDirectory() as folder:
        check_languages(tap, folder)
    tap.finish()


main()
