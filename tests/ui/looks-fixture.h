/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "looks-check.h"
#include "window-fixture.h"

G_BEGIN_DECLS

/* The real window on one sample clinic for all, in every look; what the programs ui-looks and ui-looks-* share. */

typedef struct
{
  const char *name;
  int dpi;
  GtkTextDirection direction;
  AdwColorScheme scheme;
  gboolean high_contrast;
  int width;
  int height;
  LooksRules rules;
} Look;

#define LOOKS_N 8
extern const Look looks[LOOKS_N];
/* Those in which a screen of text and rows may go wrong: usual, with its other colours, right to left, a phone, large text. */
gboolean looks_is_telling (const Look *look);

typedef void (*LooksTest) (WindowFixture *fixture, gconstpointer look);

void looks_start (int *argc, char ***argv);
void looks_end (void);
PracticeFixture *looks_get_practice (void);
/* Kills the record; practice_fixture_start () brings it back. */
void looks_lose_record (WindowFixture *fixture);
/* Nothing is added for what differs from the first look in colours alone: looks_look_at() takes it with the first. */
void looks_add (const Look *look, const char *name, LooksTest test);
/* The same with a record of its own: what other tests write shows on no picture of it, nor what it writes on theirs. */
void looks_add_alone (const Look *look, const char *name, LooksTest test);

/* Keeps a picture of @window as @what, compares it with the accepted one, and looks for what is wrong in any picture; in the first
 * look also dark and with high contrast. */
void looks_look_at (GtkWidget *window, const char *what, const Look *look);
gboolean looks_is_waiting (GtkWidget *widget, gconstpointer data); /* a spinner that turns: for window_find () */
gboolean looks_is_button (GtkWidget *widget, gconstpointer label);
gboolean looks_is_titled (GtkWidget *widget, gconstpointer title); /* a row */
gboolean looks_is_status (GtkWidget *widget, gconstpointer title); /* a page that says so */
/* So far that @widget is seen to its end. */
void looks_scroll_to (GtkWidget *widget);
/* Opens the first visit of the board that is confirmed: borrowed. */
RcpVisit *looks_open_visit (WindowFixture *fixture);
/* A window beside that of the fixture, or NULL. */
GtkWidget *looks_find_dialog (WindowFixture *fixture);
/* Presents @dialog, unless NULL: then it is there; looks at it and closes it. */
void looks_look_at_dialog (WindowFixture *fixture, GtkWindow *dialog, const char *what, const Look *look);
void looks_look_and_close (GtkWidget *dialog, const char *what, const Look *look);
GtkWidget *looks_open_preferences (WindowFixture *fixture, const char *page);
/* A dialog that an action of the window opens. */
void looks_look_at_action (WindowFixture *fixture, const char *action, const char *what, const Look *look);

G_END_DECLS
