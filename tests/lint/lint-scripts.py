#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shell scripts parse and shellcheck has nothing against them, Python compiles, lists name each package once."""

import re
import shutil
import subprocess
import tempfile

import lintlib


def shell_of(path, text):
    """Returns the shell that runs a script, or None when it is no shell script."""
    first = text.split('\n', 1)[0]
    if first.startswith('#!'):
        return 'bash' if 'bash' in first else 'sh' if first.rstrip().endswith('/sh') else None
    return 'bash' if path.endswith('.sh') else None


def says(command):
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=lintlib.ROOT)
    return (done.stdout + done.stderr).splitlines() or ['it failed'] if done.returncode else []


def judge_shell(shell, path):
    """Returns what the shell and shellcheck say against a script."""
    findings = says([shell, '-n', path])
    if not findings and shutil.which('shellcheck'):
        findings = says(['shellcheck', '-x', '-S', 'warning', '-s', shell, path])
    return findings


def self_test(tap):
    with tempfile.NamedTemporaryFile('w', suffix='.sh') as file:
        file.write('if true; then\n')
        file.flush()
        tap.ok(judge_shell('bash', file.name), 'scripts: finds an error of syntax')
    tap.ok(shell_of('run', '#!/usr/bin/env bash\n') == 'bash' and shell_of('a.py', '#!/usr/bin/python3\n') is None,
           'scripts: knows a shell script')
    tap.ok(doubles('a\nb # twice\n\n# a\nb\n') == ['b'], 'scripts: finds a package listed twice')


def doubles(text):
    """Returns the names that stand twice in a list of packages."""
    names = [line.split('#')[0].strip() for line in text.splitlines()]
    names = [name for name in names if name]
    return sorted({name for name in names if names.count(name) > 1})


def unbuilt(text, build):
    """Returns what a script exports of the build folder and is not there."""
    paths = re.findall(r'^export \w+=\$build/(\S+)$', text, re.MULTILINE)
    return [path for path in paths if not (build / path).exists()]


def main():
    tap = lintlib.Tap()
    self_test(tap)
    tap.ok(unbuilt('export A=$build/no/such/thing\n', lintlib.BUILD) == ['no/such/thing'], 'scripts: finds what is not built')
    found = unbuilt(lintlib.read_text('run'), lintlib.BUILD)
    tap.ok(not found, 'scripts: what ./run names is built', found)
    for path in lintlib.project_files():
        if path.startswith('build-aux/packages') and '.' not in path:
            found = doubles(lintlib.read_text(path))
            tap.ok(not found, f'scripts: {path} names each package once', found)
            continue
        if not path.endswith(('.sh', '.py')) and path not in lintlib.SCRIPTS:
            continue
        text = lintlib.read_text(path)
        shell = shell_of(path, text)
        if shell:
            findings = judge_shell(shell, path)
        else:
            findings = compile_python(path, text)
        tap.ok(not findings, f'scripts: {path}', findings)
    tap.finish()


def compile_python(path, text):
    try:
        compile(text, path, 'exec')
    except SyntaxError as error:
        return [str(error)]
    return []


main()
