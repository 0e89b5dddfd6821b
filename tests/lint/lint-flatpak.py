#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak manifest brings every library that the build asks for and the GNOME runtime does not have."""

import re

import lintlib

try:
    import yaml
except ImportError:
    yaml = None

MANIFEST = 'flatpak/org.frontdesk.Reception.yml'
# Where each dependency of the meson files comes from: 'runtime', or the name of a module of the manifest.
COMES_FROM = {
    'glib-2.0': 'runtime', 'gmodule-2.0': 'runtime', 'gio-2.0': 'runtime', 'gio-unix-2.0': 'runtime', 'libsoup-3.0': 'runtime',
    'json-glib-1.0': 'runtime', 'libsecret-1': 'runtime', 'sqlite3': 'runtime', 'liblzma': 'runtime',
    'gtk4': 'runtime', 'x11': 'runtime', 'libadwaita-1': 'runtime', 'json-c': 'json-c',
    'libecal-2.0': 'evolution-data-server', 'libedataserver-1.2': 'evolution-data-server', 'libical': 'libical',
}
MAY_ASK = {
    '--share=ipc', '--share=network', '--socket=fallback-x11', '--socket=wayland', '--device=dri',
    '--talk-name=org.freedesktop.secrets', '--talk-name=org.gnome.evolution.dataserver.Sources5',
    '--talk-name=org.gnome.evolution.dataserver.Calendar8', '--talk-name=org.gnome.evolution.dataserver.Subprocess.Backend.*',
}


def missing(dependencies, modules):
    """Returns the dependencies that neither the runtime nor a module brings."""
    return sorted(name for name in dependencies if COMES_FROM.get(name) not in ({'runtime'} | modules))


def asked_for(text):
    return set(re.findall(r"\bdependency\(\s*'([^']+)'", text))


def sources_pinned(module):
    """Returns whether what a module takes from the net is held by a hash or a commit."""
    kinds = {'archive': ('sha256', 'sha512'), 'git': ('commit',), 'dir': ('path',)}
    return all(any(key in source for key in kinds.get(source.get('type'), ())) for source in module['sources'])


def check_manifest(tap, manifest):
    modules = {module['name'] for module in manifest['modules']}
    builds = [path for path in lintlib.project_files()
              if path.endswith('meson.build') and not path.startswith('tests/')]
    wanted = set().union(*(asked_for(lintlib.read_text(path)) for path in builds))
    lost = missing(wanted, modules)
    tap.ok(wanted and not lost, f'flatpak: brings all {len(wanted)} dependencies', lost)
    tap.ok(manifest.get('app-id', manifest.get('id')) == 'org.frontdesk.Reception', 'flatpak: the application\'s id')
    tap.ok(manifest.get('command') == 'reception', 'flatpak: starts reception')
    tap.ok('reception' in modules, 'flatpak: builds Reception itself')
    asks = set(manifest['finish-args']) - MAY_ASK
    tap.ok(not asks, 'flatpak: asks for no more than it needs', sorted(asks))
    loose = [module['name'] for module in manifest['modules'] if not sources_pinned(module)]
    tap.ok(not loose, 'flatpak: sources are pinned', loose)


def main():
    tap = lintlib.Tap()
    tap.ok(missing({'json-c', 'gtk4', 'libfoo'}, set()) == ['json-c', 'libfoo'], 'flatpak: finds what is missing')
    tap.ok(missing({'libecal-2.0', 'libical'}, {'libical'}) == ['libecal-2.0'], 'flatpak: knows which module brings what')
    tap.ok(not sources_pinned({'sources': [{'type': 'git', 'url': 'x', 'tag': '1'}]}), 'flatpak: finds a loose source')
    if yaml is None:
        tap.skip('flatpak: manifest', 'python3-yaml is not installed')
    else:
        check_manifest(tap, yaml.safe_load(lintlib.read_text(MANIFEST)))
    tap.finish()


main()
