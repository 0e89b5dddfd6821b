/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "keep-result.h"
#include "practice-fixture.h"
#include "scheduling/rcp-mirror-request.h"
#include "ui/rcp-window.h"

G_BEGIN_DECLS

/* The real window on a real record, Monday 23 November 2026, 9:26 UTC. */

/* Runs the main loop until @condition holds; fails when that takes longer than the test has patience (keep-result.h). */
#define WAIT_FOR(condition) G_STMT_START { \
    gint64 end_ = g_get_monotonic_time () + keep_result_get_patience (); \
    guint tick_ = g_timeout_add (50, window_fixture_on_tick_cb, NULL); \
    while (!(condition)) \
      { \
        g_main_context_iteration (NULL, TRUE); \
        if (g_get_monotonic_time () > end_) \
          keep_result_too_late (#condition); \
      } \
    g_source_remove (tick_); \
  } G_STMT_END

gboolean window_fixture_on_tick_cb (gpointer data);

typedef gboolean (*WindowTest) (GtkWidget *widget, gconstpointer data);

/* The first widget below @widget that passes, or NULL. */
GtkWidget *window_find (GtkWidget *widget, WindowTest test, gconstpointer data);
guint window_count (GtkWidget *widget, WindowTest test, gconstpointer data);
gboolean window_is_type (GtkWidget *widget, gconstpointer type_name);  /* and is mapped */
gboolean window_is_visit (GtkWidget *widget, gconstpointer data);      /* a visit on the board; @data: its id or NULL */
gboolean window_is_label (GtkWidget *widget, gconstpointer text);      /* and is mapped */

typedef struct
{
  GSettings *settings;
  RcpDesk *desk;
  RcpWindow *window;
} WindowFixture;

void window_fixture_set_up (WindowFixture *fixture, gconstpointer data);
void window_fixture_tear_down (WindowFixture *fixture, gconstpointer data);
/* Until the board shows visits. */
void window_fixture_open (WindowFixture *fixture, PracticeFixture *practice);
PracticeFixture *window_fixture_start_sample (void);
/* Until the days are seen and have the keyboard; where it is the board, at the visit. */
void window_fixture_wait_on_board (WindowFixture *fixture, RcpVisit *visit);
/* A visit of the second column, counted from the last: nobody has to be there for hours. (transfer full) */
RcpVisit *window_fixture_pick_late_visit (WindowFixture *fixture, guint from_end);
/* Has a provider move the visit by @later in the calendar, or delete it, as a mirror writes it by @client. Those of a higher @order
 * stand below on the page. */
void window_fixture_ask (WindowFixture *fixture, FhirClient *client, RcpVisit *visit, RcpMirrorDeed deed, gint64 later, guint order);

G_END_DECLS
