#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The form of the sources: sizes, licences, log domains, calls that block, words that put off."""

import ast
import re

import lintlib

FILE_LINES = 600
FUNCTION_LINES = 60
# Calls that may wait, each with its reason: {(path, function): reason}.
DISCOVERY = 'src/calendars/rcp-caldav-discovery.c'
MAY_BLOCK = {
    (DISCOVERY, name): 'on a thread of its own: libedataserver has no other way to ask a server several things'
    for name in ('e_webdav_discover_sources_sync', 'e_webdav_session_get_current_user_privilege_set_sync',
                 'e_webdav_session_options_sync')
}


def is_c(path, folders=('src/', 'tests/')):
    return path.startswith(folders) and path.endswith(('.c', '.h'))


class FileSize:
    NAME = 'file size'
    PLANTED = [('src/base/a.c', 'int x;\n' * (FILE_LINES + 1)), ('tests/lint/a.py', 'x = 1\n' * (FILE_LINES + 1))]
    CLEAN = [('src/base/a.c', 'int x;\n' * FILE_LINES)]

    @staticmethod
    def wants(path):
        return is_c(path) or path.endswith(('.py', '.sh', '.ui', '.css'))

    @staticmethod
    def find(path, text):
        lines = len(text.splitlines())
        return [(lines, f'{lines} lines; split by concern past {FILE_LINES}')] if lines > FILE_LINES else []


def c_functions(text):
    """Yields first line, last line and head of every function: a brace in column 0 below a closing parenthesis."""
    lines = lintlib.blank_out(text, strings=True).splitlines()
    start, head = None, ''
    for number, line in enumerate(lines, 1):
        if line.startswith('{') and start is None:
            above = [one for one in lines[:number - 1] if one.strip()]
            if above and above[-1].rstrip().endswith(')'):
                start, head = number, above[-1].strip()
        elif line.startswith('}') and start is not None:
            yield start, number, head
            start = None


class FunctionSize:
    NAME = 'function size'
    PLANTED = [
        ('src/base/a.c', 'int\nlong_one (void)\n{\n' + '  x ();\n' * (FUNCTION_LINES + 1) + '}\n'),
        ('tests/ui/a.py', 'def long_one():\n' + '    x()\n' * (FUNCTION_LINES + 1)),
    ]
    CLEAN = [
        ('src/base/a.c', 'int\nshort_one (void)\n{\n' + '  x ();\n' * FUNCTION_LINES + '}\n'),
        ('src/base/a.c', 'static const int table[] =\n{\n' + '  1,\n' * 200 + '};\n'),
    ]

    @staticmethod
    def wants(path):
        return (is_c(path) and path.endswith('.c')) or path.endswith('.py')

    @staticmethod
    def find(path, text):
        if path.endswith('.py'):
            spans = [(node.lineno, node.end_lineno - node.lineno, node.name) for node in ast.walk(ast.parse(text))
                     if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
        else:
            spans = [(first, last - first - 1, head) for first, last, head in c_functions(text)]
        return [(line, f'{length} lines: {name}') for line, length, name in spans if length > FUNCTION_LINES]


class Licence:
    NAME = 'licence line'
    PLANTED = [('src/base/a.c', 'int x;\n'), ('tests/ui/a.py', '"""No licence."""\n')]
    CLEAN = [('src/base/a.c', '/* SPDX-License-Identifier: GPL-3.0-or-later */\n')]

    @staticmethod
    def wants(path):
        return is_c(path) or path.endswith(('.py', '.sh')) or path in lintlib.SCRIPTS

    @staticmethod
    def find(path, text):
        head = '\n'.join(text.splitlines()[:5])
        return [] if 'SPDX-License-Identifier: GPL-3.0-or-later' in head else [(1, 'no SPDX line at the top')]


class LogDomain:
    NAME = 'log domain'
    PLANTED = [('src/base/a.c', '#include <glib.h>\n'),
               ('src/base/a.c', '#include <glib.h>\n#define G_LOG_DOMAIN "rcp-a"\n')]
    CLEAN = [('src/base/a.c', '#define G_LOG_DOMAIN "rcp-a"\n#include <glib.h>\n')]

    @staticmethod
    def wants(path):
        return is_c(path, ('src/',)) and path.endswith('.c')

    @staticmethod
    def find(path, text):
        define = text.find('#define G_LOG_DOMAIN')
        include = re.search(r'^#include\b', text, re.MULTILINE)
        if define < 0 or (include and define > include.start()):
            return [(1, 'G_LOG_DOMAIN is not defined before the first include')]
        return []


class Blocking:
    NAME = 'blocking calls'
    PLANTED = [
        ('src/ui/a.c', '  secret_password_lookup_sync (&schema, NULL, &error);\n'),
        ('src/fhir/a.c', '  g_usleep (100);\n'),
        ('src/clinic/a.c', '  g_thread_join (thread);\n'),
    ]
    CLEAN = [
        ('src/ui/a.c', '  /* never secret_password_lookup_sync () */\n  g_debug ("no x_sync () here");\n'),
        ('src/scheduling/a.c', '  secret_password_lookup (&schema, NULL, on_found_cb, self);\n'),
    ]

    @staticmethod
    def wants(path):
        return is_c(path, ('src/',)) and not path.startswith('src/practice/')

    @staticmethod
    def find(path, text):
        pattern = r'\b(\w+_sync|g_usleep|sleep|usleep|g_thread_join|g_main_loop_run)[ ]?\('
        return [(line, f'{match.group(1)} waits on the main loop')
                for line, match in lintlib.matches(pattern, lintlib.blank_out(text, strings=True))
                if (path, match.group(1)) not in MAY_BLOCK]


class Unfinished:
    # In halves, so that this file does not find itself.
    WORDS = ('TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX')
    NAME = 'unfinished work'
    PLANTED = [('src/base/a.c', f'/* {WORDS[0]}: later */\n'), ('README.md', f'{WORDS[1]} soon\n')]
    CLEAN = [('src/base/a.c', '/* Today is done. */\n')]

    @staticmethod
    def wants(path):
        return path.endswith(('.c', '.h', '.py', '.sh', '.ui', '.css', '.md', '.build', '.yml', '.in')) \
            or path in lintlib.SCRIPTS

    @classmethod
    def find(cls, path, text):
        return [(line, f'{match.group(0)} left in')
                for line, match in lintlib.matches(r'\b(?:' + '|'.join(cls.WORDS) + r')\b', text)]


class PlainConnect:
    NAME = 'signals bound to their object'
    ONLY_WARNS = True
    PLANTED = [('src/ui/a.c', '  g_signal_connect (model, "changed", G_CALLBACK (on_changed_cb), self);\n')]
    CLEAN = [('src/ui/a.c', '  g_signal_connect_object (model, "changed", G_CALLBACK (on_changed_cb), self, 0);\n')]

    @staticmethod
    def wants(path):
        return is_c(path, ('src/ui/',))

    @staticmethod
    def find(path, text):
        return [(line, 'is g_signal_connect_object due here?')
                for line, _ in lintlib.matches(r'\bg_signal_connect(?:_swapped)?[ ]?\(', lintlib.blank_out(text))]


class Keys:
    """Every key comes from the list in src/ui/rcp-keys-table.c, from which the shortcuts window is made."""

    NAME = 'keys from the list'
    # What hears keys itself: their lines of the list have no action. The board hears that any was pressed, and lets it pass.
    HEAR = ('src/ui/board/rcp-board-grid-input.c', 'src/ui/sidebar/rcp-month.c', 'src/ui/find/rcp-find-view.c', 'src/ui/booking/rcp-booking-dialog.c',
            'src/ui/patient/rcp-patient-dialog.c', 'resources/ui/rcp-booking-dialog.ui', 'resources/ui/rcp-find-view.ui',
            'resources/ui/rcp-patient-dialog.ui')
    PLANTED = [
        ('src/ui/a.c', '  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, 0, "win.new", NULL);\n'),
        ('src/ui/a.c', '  gtk_application_set_accels_for_action (application, "win.new", accels);\n'),
        ('src/ui/a.c', '  keys = gtk_event_controller_key_new ();\n'),
        ('resources/ui/a.ui', '<object class="GtkEventControllerKey">\n'),
    ]
    CLEAN = [('src/ui/a.c', '  rcp_keys_bind (widget_class, RCP_KEYS_DIALOG);\n'),
             ('src/ui/sidebar/rcp-month.c', '  keys = gtk_event_controller_key_new ();\n')]

    @staticmethod
    def wants(path):
        return is_c(path, ('src/ui/',)) and path != 'src/ui/rcp-keys.c' or path.endswith('.ui')

    @classmethod
    def find(cls, path, text):
        found = list(lintlib.matches(r'gtk_widget_class_add_(?:binding|shortcut)|set_accels_for_action|gtk_shortcut_new', text))
        if path not in cls.HEAR:
            found += lintlib.matches(r'gtk_event_controller_key_new|GtkEventControllerKey"', text)
        return [(line, 'a key that the list of keys does not know') for line, _ in found]


class Presented:
    """A window that comes over another is made to fit it, by rcp_dialog_present ()."""

    NAME = 'dialogs fit their window'
    # What brings a window forward that is there already, or is over none.
    MAY = ('src/ui/rcp-dialog.c', 'src/ui/rcp-application.c', 'src/ui/rcp-window-notify.c', 'src/ui/rcp-window-preferences.c')
    PLANTED = [('src/ui/a.c', '  gtk_window_present (GTK_WINDOW (dialog));\n')]
    CLEAN = [('src/ui/a.c', '  rcp_dialog_present (dialog, GTK_WINDOW (self));\n')]

    @classmethod
    def wants(cls, path):
        return is_c(path, ('src/ui/',)) and path not in cls.MAY

    @staticmethod
    def find(path, text):
        return [(line, 'rcp_dialog_present () is due here') for line, _ in lintlib.matches(r'\bgtk_window_present[ ]?\(', lintlib.blank_out(text))]


lintlib.run_rules([FileSize, FunctionSize, Licence, LogDomain, Blocking, Unfinished, PlainConnect, Keys, Presented])
