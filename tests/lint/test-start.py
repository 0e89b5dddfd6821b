#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""./run and ./check: what they install and when, and what they say to a wrong word. Nothing is really installed."""

import os
import pathlib
import subprocess
import tempfile

import lintlib

# Stand-ins of Debian's tools: dpkg-query knows what $INSTALLED names, apt-get writes down what it was asked, fails as
# often as $FAILURES says, and then has installed it.
DPKG_QUERY = '#!/bin/sh\nfor name in $(cat "$INSTALLED"); do echo "ii $name"; done\necho "rc removed-one"\n'
APT_GET = '''#!/bin/sh
echo "$*" >> "$ASKED"
case "$*" in *install*) ;; *) exit 0 ;; esac
left=$(cat "$FAILURES")
if [ "$left" -gt 0 ]; then echo $((left - 1)) > "$FAILURES"; exit 100; fi
'''


def install(installed, wanted, failures=0):
    """Asks packages.sh for packages; returns what it said, what apt-get was asked, and the exit status."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        files = {'INSTALLED': '\n'.join(installed), 'ASKED': '', 'FAILURES': str(failures)}
        for key, text in files.items():
            (folder / key).write_text(text)
        for tool, text in {'dpkg-query': DPKG_QUERY, 'apt-get': APT_GET, 'sudo': '#!/bin/sh\nshift\nexec "$@"\n'}.items():
            (folder / tool).write_text(text)
            (folder / tool).chmod(0o755)
        environment = {**os.environ, **{key: str(folder / key) for key in files}, 'PATH': f"{folder}:{os.environ['PATH']}"}
        script = f'set -euo pipefail; . "{lintlib.ROOT}/build-aux/packages.sh"; packages_install "$@"'
        done = subprocess.run(['bash', '-c', script, 'bash', *wanted], env=environment, capture_output=True, text=True,
                              check=False)
        return done.stdout, (folder / 'ASKED').read_text().splitlines(), done.returncode


def check_install(tap):
    said, asked, status = install(['gcc', 'meson'], ['meson', 'gcc'])
    tap.ok((said, asked, status) == ('', [], 0), 'start: nothing missing, nothing said and nothing asked')

    said, asked, status = install(['gcc', 'meson-doc'], ['meson', 'gcc', 'removed-one'])
    tap.ok(said.startswith('Installing: meson removed-one\n') and status == 0, 'start: says what it installs')
    tap.ok(asked and asked[-1].endswith('meson removed-one') and 'gcc' not in asked[-1],
           'start: asks for what is missing alone')

    _, asked, status = install([], ['gcc'], failures=1)
    kinds = ['update' if 'install' not in line else 'install' for line in asked]
    tap.ok(kinds[-3:] == ['install', 'update', 'install'] or kinds == ['update', 'install'],
           'start: refreshes stale lists and tries again')

    _, _, status = install([], ['gcc'], failures=9)
    tap.ok(status != 0, 'start: a package that cannot be had ends it')


def check_lists(tap):
    with tempfile.NamedTemporaryFile('w', suffix='.list') as file:
        file.write('# remark\nsh dash\nno-such-command-here some-package # why\n')
        file.flush()
        script = f'. "{lintlib.ROOT}/build-aux/packages.sh"; commands_missing "{file.name}"'
        done = subprocess.run(['bash', '-c', script], capture_output=True, text=True, check=False)
    good = done.stdout.strip() == 'some-package'
    tap.ok(good, 'start: a command that is there needs no package', [] if good else [done.stdout])


def check_words(tap):
    for script, words, status, text in (
            ('run', ['--help'], 0, '--practice FILE'), ('check', ['--help'], 0, '--suite NAME'),
            ('run', ['--nonsense'], 2, 'Unknown option: --nonsense'), ('run', ['--practice'], 2, 'needs a value'),
            ('check', ['--suite', 'nonsense'], 2, 'No such suite: nonsense'), ('check', ['--setup'], 2, 'needs a value'),
            ('check', ['--setup=nonsense'], 2, 'No such setup: nonsense')):
        done = subprocess.run([lintlib.ROOT / script, *words], capture_output=True, text=True, check=False,
                              stdin=subprocess.DEVNULL, cwd='/')
        good = done.returncode == status and text in done.stdout + done.stderr
        tap.ok(good, f"start: ./{script} {' '.join(words)}", [] if good else [done.stdout + done.stderr])


def main():
    tap = lintlib.Tap()
    check_install(tap)
    check_lists(tap)
    check_words(tap)
    tap.finish()


main()
