#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Includes go down the floors of the house, never up, and sideways only where docs/architecture.md says so."""

import pathlib

import lintlib

LOWER = ('base', 'fhir')
MIDDLE = LOWER + ('clinic', 'calendars')
FEATURES = MIDDLE + ('scheduling', 'matching', 'insurance', 'identity', 'messaging')
MAY_INCLUDE = {
    'base': (),
    'fhir': ('base',),
    'clinic': LOWER,
    'calendars': LOWER,
    'scheduling': MIDDLE,
    'matching': MIDDLE,
    'insurance': MIDDLE + ('identity',),
    'identity': MIDDLE,
    'messaging': MIDDLE,
    'mirroring': MIDDLE + ('scheduling',),
    'outreach': FEATURES,
    'insights': FEATURES,
    'worker': FEATURES + ('outreach', 'insights'),
    'ui': FEATURES + ('mirroring', 'outreach', 'insights'),
    'practice': ('base',),
}
# Libraries that belong to some floors only. What stands on no line here may be included anywhere.
LIBRARIES = {
    r'gtk/|gdk/|gsk/|adwaita|libadwaita/': ('ui',),
    r'sqlite3|json-c/|lzma': ('practice',),
    r'json-glib/': ('fhir', 'clinic', 'calendars', 'scheduling', 'matching', 'insurance', 'identity', 'messaging',
                    'mirroring', 'outreach', 'insights', 'worker', 'ui'),
    r'libsoup/': ('fhir', 'practice', 'messaging', 'insurance', 'ui'),
    r'libsecret/': ('base',),
    r'libecal/|libedataserver/|libical': ('calendars',),
}


def floor_of(path):
    """Returns the folder of src/ that a path lies in, or None."""
    parts = pathlib.PurePath(path).parts
    return parts[1] if len(parts) > 2 and parts[0] == 'src' else None


def is_c(path):
    return floor_of(path) is not None and path.endswith(('.c', '.h'))


class OwnIncludes:
    NAME = 'floors'
    PLANTED = [
        ('src/clinic/a.c', '#include "ui/rcp-window.h"\n'),
        ('src/clinic/a.c', '#include "calendars/rcp-calendar.h"\n'),
        ('src/scheduling/a.c', '#include "matching/rcp-rank.h"\n'),
        ('src/identity/a.c', '#include "insurance/rcp-estimate.h"\n'),
        ('src/scheduling/a.c', '#include "mirroring/rcp-mirror.h"\n'),
        ('src/practice/a.c', '#include "fhir/fhir-client.h"\n'),
        ('src/base/a.h', '#include "fhir/fhir-error.h"\n'),
        ('src/ui/board/a.c', '#include "practice/practice-store.h"\n'),
        ('src/nowhere/a.c', '#include "base/rcp-fold.h"\n'),
        ('src/clinic/a.c', '#include "../ui/rcp-window.h"\n'),
    ]
    CLEAN = [
        ('src/ui/a.c', '#include "rcp-window.h"\n#include "scheduling/rcp-wish.h"\n#include "config.h"\n'),
        ('src/scheduling/a.c', '#include "calendars/rcp-calendar.h"\n/* #include "ui/rcp-window.h" */\n'),
        ('src/practice/a.c', '#include "base/rcp-fold.h"\n#include "practice-store.h"\n'),
    ]

    @staticmethod
    def wants(path):
        return is_c(path)

    @staticmethod
    def find(path, text):
        own = floor_of(path)
        findings = []
        if own not in MAY_INCLUDE:
            return [(1, f'src/{own} stands on no floor: add it to docs/architecture.md and to this lint')]
        for line, match in lintlib.matches(r'^[ \t]*#[ \t]*include[ \t]+"([^"]+)"', lintlib.blank_out(text)):
            parts = pathlib.PurePath(match.group(1)).parts
            if '..' in parts:
                findings.append((line, f'{match.group(1)}: name the folder, do not climb'))
            elif len(parts) > 1 and parts[0] != own and parts[0] in MAY_INCLUDE and parts[0] not in MAY_INCLUDE[own]:
                findings.append((line, f'src/{own} may not include {match.group(1)}'))
        return findings


class Libraries:
    NAME = 'libraries'
    PLANTED = [
        ('src/scheduling/a.c', '#include <gtk/gtk.h>\n'),
        ('src/clinic/a.h', '#include <adwaita.h>\n'),
        ('src/ui/a.c', '#include <sqlite3.h>\n'),
        ('src/practice/a.c', '#include <json-glib/json-glib.h>\n'),
        ('src/base/a.c', '#include <libsoup/soup.h>\n'),
        ('src/ui/a.c', '#include <libsecret/secret.h>\n'),
        ('src/ui/a.c', '#include <libecal/libecal.h>\n'),
        ('src/clinic/a.c', '#include <libical/ical.h>\n'),
    ]
    CLEAN = [
        ('src/ui/a.c', '#include <adwaita.h>\n#include <string.h>\n'),
        ('src/practice/a.c', '#include <sqlite3.h>\n#include <gio/gio.h>\n'),
    ]

    @staticmethod
    def wants(path):
        return is_c(path)

    @staticmethod
    def find(path, text):
        own = floor_of(path)
        return [(line, f'src/{own} may not use {match.group(1)}')
                for pattern, floors in LIBRARIES.items() if own not in floors
                for line, match in lintlib.matches(rf'^[ \t]*#[ \t]*include[ \t]+<((?:{pattern})[^>]*)>',
                                                   lintlib.blank_out(text))]


lintlib.run_rules([OwnIncludes, Libraries])
