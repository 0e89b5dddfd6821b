#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""meson install brings all that a desktop needs, and nothing of it points back into the build folder."""

import os
import pathlib
import re
import subprocess
import tempfile

import lintlib

APP_ID = 'org.frontdesk.Reception'
SHARED = (
    f'applications/{APP_ID}.desktop', f'metainfo/{APP_ID}.metainfo.xml', f'glib-2.0/schemas/{APP_ID}.gschema.xml',
    f'icons/hicolor/scalable/apps/{APP_ID}.svg', f'icons/hicolor/symbolic/apps/{APP_ID}-symbolic.svg',
)


def install(folder):
    """Installs below a folder and returns the prefix there."""
    meson = '/usr/bin/meson' if os.path.exists('/usr/bin/meson') else 'meson'
    subprocess.run([meson, 'install', '-C', str(lintlib.BUILD), '--no-rebuild', '--quiet', '--destdir', folder],
                   check=True, stdout=subprocess.DEVNULL)
    return next(path.parents[1] for path in pathlib.Path(folder).rglob(f'share/applications/{APP_ID}.desktop')).parent


def programs(prefix):
    """Returns the executables below the prefix, by name."""
    return {path.name: path for folder in ('bin', 'libexec', 'lib*/*/libexec') for path in prefix.glob(f'{folder}/*')
            if os.access(path, os.X_OK)}


def missing(prefix):
    return [path for path in SHARED if not (prefix / 'share' / path).is_file()]


def main():
    tap = lintlib.Tap()
    with tempfile.TemporaryDirectory() as folder:
        tap.ok(missing(pathlib.Path(folder)) == list(SHARED), 'install: finds what is missing')
        prefix = install(folder)
        lost = missing(prefix)
        tap.ok(not lost, 'install: launcher, metainfo, settings and icons', lost)
        found = programs(prefix)
        launcher = (prefix / 'share' / SHARED[0]).read_text(encoding='utf-8')
        start = re.search(r'^Exec=(\S+)', launcher, re.MULTILINE).group(1)
        tap.ok((prefix / 'bin' / start).is_file(), f'install: {start}, which the launcher starts')
        tap.ok('reception-practice' in found, 'install: reception-practice')
        tied = [name for name, path in found.items() if str(lintlib.BUILD).encode() + b'/src/' in path.read_bytes()]
        tap.ok(not tied, 'install: nothing points into the build folder', tied)
    tap.finish()


main()
