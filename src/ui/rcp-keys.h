/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RcpKeyPlace:
 * @RCP_KEYS_PROGRAM: anywhere, also while one types
 * @RCP_KEYS_PAGES: anywhere in the window, before what has the keyboard gets them
 * @RCP_KEYS_WINDOW: anywhere in the window where nobody types
 * @RCP_KEYS_BACK: the same: from what is at hand to what lies behind it
 * @RCP_KEYS_TURN: the same while the board is shown; on the board before it scrolls
 * @RCP_KEYS_BOARD: anywhere where nobody types, while the board is shown
 * @RCP_KEYS_WAIT_LIST: the same while the wait list is shown
 * @RCP_KEYS_REQUESTS: on the requests of providers
 * @RCP_KEYS_AUTHORIZATIONS: on what payers have to authorize
 * @RCP_KEYS_CURSOR: on the board
 * @RCP_KEYS_VISIT: on a visit of the board
 * @RCP_KEYS_FREE_TIME: on free or blocked time of the board
 * @RCP_KEYS_HELD: on a visit that is held over the board
 * @RCP_KEYS_PINBOARD: on the pinboard
 * @RCP_KEYS_MONTH: on the days of the sidebar
 * @RCP_KEYS_FIND: while one types in a search
 * @RCP_KEYS_BOOKING: in the booking window
 * @RCP_KEYS_PATIENT: in the form of a patient
 * @RCP_KEYS_INSURANCE: in the form of an insurance
 * @RCP_KEYS_COVER: in the list of how visits are covered
 * @RCP_KEYS_HISTORY: in the history of a visit or a patient
 * @RCP_KEYS_COLUMNS: where columns are chosen
 * @RCP_KEYS_ROOMS: where a room is chosen
 * @RCP_KEYS_PRINT: in the print window
 * @RCP_KEYS_PREFERENCES: in the preferences
 * @RCP_KEYS_REFITS: on the list of the visits that no longer fit
 * @RCP_KEYS_NEW_PLACES: where these get new places
 * @RCP_KEYS_DIALOG: in every dialog
 * @RCP_KEYS_WELCOME: where one chooses which record to open
 *
 * Where a key acts.
 */
typedef enum
{
  RCP_KEYS_PROGRAM,
  RCP_KEYS_PAGES,
  RCP_KEYS_WINDOW,
  RCP_KEYS_BACK,
  RCP_KEYS_TURN,
  RCP_KEYS_BOARD,
  RCP_KEYS_WAIT_LIST,
  RCP_KEYS_REQUESTS,
  RCP_KEYS_AUTHORIZATIONS,
  RCP_KEYS_CURSOR,
  RCP_KEYS_VISIT,
  RCP_KEYS_FREE_TIME,
  RCP_KEYS_HELD,
  RCP_KEYS_PINBOARD,
  RCP_KEYS_MONTH,
  RCP_KEYS_FIND,
  RCP_KEYS_BOOKING,
  RCP_KEYS_PATIENT,
  RCP_KEYS_INSURANCE,
  RCP_KEYS_COVER,
  RCP_KEYS_HISTORY,
  RCP_KEYS_COLUMNS,
  RCP_KEYS_ROOMS,
  RCP_KEYS_PRINT,
  RCP_KEYS_PREFERENCES,
  RCP_KEYS_REFITS,
  RCP_KEYS_NEW_PLACES,
  RCP_KEYS_DIALOG,
  RCP_KEYS_WELCOME,
} RcpKeyPlace;

/**
 * RcpKey:
 * @place: where it acts
 * @accelerators: "<Control>k <Control>f"
 * @action: (nullable): detailed, "win.step-page(-1)"; %NULL where the widget itself, or the platform, knows the key
 * @title: (nullable): for the shortcuts window, untranslated; %NULL in what belongs to the row of the one before
 * @shown: (nullable): what stands in the shortcuts window instead of @accelerators and those of the same row
 *
 * What a key does. Every key of the program is in one table, from which both the keys and the shortcuts window are made.
 */
typedef struct
{
  RcpKeyPlace place;
  const char *accelerators;
  const char *action;
  const char *title;
  const char *shown;
} RcpKey;

/**
 * RcpKeyGroup:
 * @title: untranslated
 * @keys: of @n_keys, in the order of the shortcuts window
 */
typedef struct
{
  const char *title;
  const RcpKey *keys;
  guint n_keys;
} RcpKeyGroup;

const RcpKeyGroup *rcp_keys_get_groups (guint *n_groups);

/* The accelerators of @key, those of the number pad with them: (transfer full). */
GStrv rcp_keys_dup_accelerators (const RcpKey *key);
/* Adds those of @place that have an action to a class. */
void rcp_keys_bind (GtkWidgetClass *widget_class, RcpKeyPlace place);
/* The same to a controller; @func gets the RcpKey as its user data; or NULL: the action is activated on the widget. */
void rcp_keys_add (GtkShortcutController *controller, RcpKeyPlace place, GtkShortcutFunc func);
/* Gives the program its accelerators. */
void rcp_keys_set_accels (GtkApplication *application);

G_END_DECLS
