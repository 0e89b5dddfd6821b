#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files by which the desktop knows Reception, judged by the desktop's own tools."""

import pathlib
import re
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree

import lintlib

APP_ID = 'org.frontdesk.Reception'
SETTINGS = {'payer-way', 'payer-url', 'payer-form', 'payer-user', 'payer-sender', 'payer-sender-qualifier', 'payer-receiver',
            'payer-receiver-qualifier', 'payer-company', 'payer-provider-name', 'payer-npi', 'payer-test', 'payer-days',
            'window-width', 'window-height', 'window-maximized', 'sidebar', 'calendars', 'column-sets', 'own-provider', 'invitations', 'visit-files', 'undo-grace', 'notify-work', 'notify-visits', 'notify-connection', 'last-source', 'practice-file',
            'server-url', 'desk-name',
            'learn-bookings', 'offer-order', 'session-columns', 'session-day', 'session-saved', 'session-view', 'shell-search'}
BAD_DESKTOP = '[Desktop Entry]\nName=Reception\nType=Sideboard\n'
BAD_XML = '<component type="desktop-application"><id>x</id></wrong>\n'
BAD_SCHEMA = '<schemalist><schema id="a.b" path="/a/b/"><key name="X" type="nothing"/></schema></schemalist>\n'


def judge(command, path):
    """Returns what the tool says against a file, or an empty list."""
    done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).splitlines() or ['it failed'] if done.returncode else []


def check_tool(tap, command, planted, files):
    """Judges a planted bad file, which must fail, and then the real files."""
    name = command[0]
    if shutil.which(name) is None:
        tap.skip(name, f'{name} is not installed')
        return
    with tempfile.TemporaryDirectory() as folder:
        bad = pathlib.Path(folder) / planted[0]
        bad.write_text(planted[1], encoding='utf-8')
        tap.ok(judge(command, bad if name != 'glib-compile-schemas' else folder), f'{name}: refuses a planted file')
    for path in files:
        findings = judge(command, path)
        tap.ok(not findings, f'{name}: {pathlib.Path(path).name}', findings)


def check_settings(tap):
    """The settings can be read by every program of the session: a new key needs a thought, and a line here."""
    tree = ElementTree.parse(lintlib.ROOT / f'data/{APP_ID}.gschema.xml')
    keys = {key.get('name') for key in tree.iter('key')}
    tap.ok(keys == SETTINGS, 'settings: only the keys that hold nothing private', sorted(keys ^ SETTINGS))


def check_help(tap):
    """The handbook has the pages that the build installs, and no link in it leads nowhere."""
    pages = {path.name: path.read_text(encoding='utf-8') for path in (lintlib.ROOT / 'data/help/C').glob('*.page')}
    built = set(re.findall(r"'([\w-]+\.page)'", (lintlib.ROOT / 'data/help/meson.build').read_text(encoding='utf-8')))
    tap.ok(built == set(pages), 'help: every page is built', sorted(built ^ set(pages)))
    links = {(name, target) for name, text in pages.items() for target in re.findall(r'xref="([\w-]+)', text)}
    lost = sorted(f'{name}: {target}' for name, target in links if f'{target}.page' not in pages)
    tap.ok(len(pages) > 10 and not lost, 'help: links lead to pages', lost)


def check_icons(tap):
    for path in (f'scalable/apps/{APP_ID}.svg', f'symbolic/apps/{APP_ID}-symbolic.svg'):
        root = ElementTree.parse(lintlib.ROOT / 'data/icons/hicolor' / path).getroot()
        box = root.get('viewBox', '')
        tap.ok(re.fullmatch(r'0 0 (\d+) \1', box) is not None, f'icon: {path} is a square')


def main():
    tap = lintlib.Tap()
    data = lintlib.ROOT / 'data'
    built = (lintlib.BUILD or lintlib.ROOT) / 'data'
    ui_files = [lintlib.ROOT / path for path in lintlib.project_files()
                if path.endswith(('.ui', '.gresource.xml', '.svg', '.gschema.xml'))]
    check_tool(tap, ['desktop-file-validate'], ('a.desktop', BAD_DESKTOP), [built / f'{APP_ID}.desktop'])
    check_tool(tap, ['appstreamcli', 'validate', '--no-net'], ('a.metainfo.xml', BAD_XML),
               [built / f'{APP_ID}.metainfo.xml'])
    check_tool(tap, ['glib-compile-schemas', '--strict', '--dry-run'], ('a.gschema.xml', BAD_SCHEMA), [data])
    check_tool(tap, ['xmllint', '--noout', '--nonet'], ('a.ui', BAD_XML), ui_files)
    check_tool(tap, ['yelp-check', 'validate'], ('a.page', BAD_XML), sorted(data.glob('help/C/*.page')))
    check_help(tap)
    check_settings(tap)
    check_icons(tap)
    tap.finish()


main()
