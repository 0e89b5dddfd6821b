#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak of Reception: its manifest builds, and the bundle starts in a stand-in of the GNOME runtime.

The manifest is built as it stands but for three things: the sources of others come from the archives of the same releases
that Debian has, since a build here reaches no repository of sources; warnings of ours are errors; and the metainfo, which
suite lint has validated, is not composed into a catalogue, since Debian's SDK has not the program for it.
"""

import configparser
import fcntl
import json
import os
import pathlib
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import yaml  # noqa: E402

from steps import ROOT, Tap, command, make, say_line  # noqa: E402

APP = 'org.frontdesk.Reception'
MANIFEST = ROOT / 'flatpak' / f'{APP}.yml'
WORK = ROOT / 'build-flatpak'
BUNDLE = WORK / 'Reception.flatpak'
SERVICES = 'org.a11y.Bus org.gnome.evolution.dataserver.Sources5 org.gnome.evolution.dataserver.Calendar8'
# Debian's name of the source of each module that is not ours.
ARCHIVES = {'json-c': 'json-c', 'libical': 'libical3', 'evolution-data-server': 'evolution-data-server'}
LIBRARIES = {
    'reception': set(), 'reception-practice': {'libjson-c'},
    'reception-calendars.so': {'libecal-2.0', 'libedataserver-1.2', 'libcamel-1.2', 'libedbus-private', 'libical', 'libical-glib'},
}
EXPORTED = (f'applications/{APP}.desktop', f'icons/hicolor/scalable/apps/{APP}.svg')


class Flatpak:
    """The commands of Flatpak on the installation with the stand-in runtime, in a world of their own."""

    def __init__(self, installation):
        self.environment = {**os.environ, 'FLATPAK_USER_DIR': str(installation), 'SERVICES': SERVICES,
                            'RECEPTION_PICTURES': str(WORK / 'pictures')}
        self.environment.pop('G_DEBUG', None)  # for our own program, not for those of others

    def __call__(self, *words, screen='none'):
        return command(ROOT / 'tests/support/with-session.sh', *words, env={**self.environment, 'SCREEN': screen})


def source_for_here(name, source, archives):
    """Returns a source that is an archive of Debian's. One that the manifest holds by its sum has to be the same to the bit."""
    release = re.search(r'-(\d+(?:\.\d+)+)', source.get('tag') or pathlib.PurePath(source['url']).name).group(1)
    found = [path for path in archives if re.match(rf'{ARCHIVES[name]}_{re.escape(release)}(\+\w+)?\.orig\.tar\.', path.name)]
    if not found:
        raise ValueError(f'Debian has not release {release} of {name}, which the manifest names, but {archives}')
    return {'type': 'archive', 'path': str(found[0]), 'sha256': source.get('sha256') or sha256(found[0])}


def manifest_for_here(manifest, archives):
    """Returns the manifest as it can be built here, its paths made absolute."""
    modules = []
    for module in manifest['modules']:
        module = dict(module)
        if module['name'] in ARCHIVES:
            module['sources'] = [source_for_here(module['name'], source, archives) for source in module['sources']]
        else:
            module['config-opts'] = [*module['config-opts'], '-Dwerror=true']
            module['sources'] = [{**source, 'path': str(ROOT)} for source in module['sources']]
        modules.append(module)
    return {**manifest, 'appstream-compose': False, 'modules': modules}


def sha256(path):
    return command('sha256sum', path).stdout.split()[0]


def build(tap, flatpak, tree):
    archives = sorted((tree / 'usr/src/reception').glob('*.orig.tar.*'))
    manifest = manifest_for_here(yaml.safe_load(MANIFEST.read_text(encoding='utf-8')), archives)
    WORK.mkdir(exist_ok=True)
    local = WORK / 'manifest.json'
    local.write_text(json.dumps(manifest, indent=2), encoding='utf-8')
    done = flatpak('nice', 'flatpak-builder', '--user', '--force-clean', '--disable-rofiles-fuse', '--disable-updates',
                   '--jobs=2', f'--state-dir={WORK}/state', f'--repo={WORK}/repo', WORK / 'app', local)
    if not tap.ran('the manifest builds without warnings', done):
        return False
    done = flatpak('flatpak', 'build-bundle', WORK / 'repo', BUNDLE, APP)
    if tap.ran('it is put into one file', done):
        say_line(f'{BUNDLE.name} has {BUNDLE.stat().st_size // 1024} KiB')
    return BUNDLE.is_file()


def install(tap, flatpak):
    flatpak('flatpak', '--user', 'uninstall', '-y', '--noninteractive', APP)
    return tap.ran('the file installs', flatpak('flatpak', '--user', 'install', '-y', '--noninteractive', '--no-deps', BUNDLE))


def permissions(text):
    """What `flatpak info --show-permissions` prints, in the words of finish-args."""
    parser = configparser.ConfigParser()
    parser.optionxform = str
    # What the bus of the test's world says comes before.
    parser.read_string(''.join(re.findall(r'^(?:\[\w[\w ]*\]|[\w.*-]+=.*)\n', text, re.MULTILINE)))
    context = dict(parser.items('Context')) if parser.has_section('Context') else {}
    kinds = {'shared': 'share', 'sockets': 'socket', 'devices': 'device', 'filesystems': 'filesystem'}
    found = {f'--{kinds.get(key, key)}={value}' for key, values in context.items() for value in values.split(';') if value}
    if parser.has_section('Session Bus Policy'):
        found |= {f'--{policy}-name={name}' for name, policy in parser.items('Session Bus Policy')}
    return found


def check_installed(tap, flatpak, installation):
    asked = permissions(flatpak('flatpak', '--user', 'info', '--show-permissions', APP).stdout)
    wanted = set(yaml.safe_load(MANIFEST.read_text(encoding='utf-8'))['finish-args'])
    # A program that may use X only where there is no Wayland is noted down with both.
    tap.say(asked - {'--socket=x11'} == wanted, 'it asks for what the manifest says', f'{sorted(asked)}, not {sorted(wanted)}')
    share = installation / 'exports/share'
    lost = [path for path in EXPORTED if not (share / path).exists()]
    tap.say(not lost, 'launcher and icon are given to the desktop', ', '.join(lost))
    files = installation / 'app' / APP / 'current/active/files'
    # Some releases of flatpak-builder give it its old name, appdata.
    metainfo = list((files / 'share').glob(f'*/{APP}.*.xml'))
    tap.say(len(metainfo) == 1, 'the metainfo is there', f'{metainfo}')
    servers = {path.name for path in [*files.glob('libexec/*'), *files.glob('lib/evolution-data-server/*')]}
    tap.say(servers == {'reception-practice', 'libedbus-private.so', 'camel-providers'},
            'of Evolution Data Server it has the client alone', f'{servers}')
    check_libraries(tap, flatpak)


def check_libraries(tap, flatpak):
    """What the runtime has not comes from the modules of the manifest, for the programs and for what reads calendars."""
    for name, wanted in LIBRARIES.items():
        said = flatpak('flatpak', 'run', '--user', '--command=sh', APP, '-c', f'ldd $(find /app -type f -name {name})').stdout
        own = {library.split('.so')[0] for library in re.findall(r'(\S+) => /app/', said)}
        tap.say('not found' not in said and own == wanted, f'{name} has every library', said)


def main():
    installation = make('runtime.sh')
    tree = make('tree.sh')
    tap = Tap()
    flatpak = Flatpak(installation)
    # Two checkouts share the installation, but not at the same time.
    with open(installation.parent / 'installation.lock', 'w', encoding='utf-8') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if build(tap, flatpak, tree) and install(tap, flatpak):
            check_installed(tap, flatpak, installation)
            done = flatpak('/usr/bin/python3', '-B', pathlib.Path(__file__).with_name('sandboxed_desk.py'), screen='1280x800x24')
            tap.repeat('in the sandbox', done)
    tap.end()


if __name__ == '__main__':
    main()
