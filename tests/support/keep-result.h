/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Waiting for one answer: the call gets keep_result_cb() and a GAsyncResult* that is NULL, keep_result_wait() runs the main
 * context until it is there. */
void keep_result_cb (GObject *source, GAsyncResult *result, gpointer user_data);
GAsyncResult *keep_result_wait (GAsyncResult **result); /* (transfer full); *result is NULL again */

/* How long a test waits at most for what comes in a moment, in microseconds. RECEPTION_TEST_DEADLINE has the seconds: meson knows
 * whether the program is slowed down by the sanitizers. */
gint64 keep_result_get_patience (void);
void keep_result_too_late (const char *condition); /* ends the test */

/* Runs the main context until @condition holds; ends the test when that takes longer than its patience. Without a window. */
#define KEEP_RESULT_UNTIL(condition)                                                                                   \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    gint64 end_ = g_get_monotonic_time () + keep_result_get_patience ();                                               \
    while (!(condition))                                                                                               \
      {                                                                                                                \
        if (g_get_monotonic_time () > end_)                                                                            \
          keep_result_too_late (#condition);                                                                           \
        if (!g_main_context_iteration (NULL, FALSE))                                                                   \
          g_usleep (500);                                                                                              \
      }                                                                                                                \
  }                                                                                                                    \
  G_STMT_END

G_END_DECLS
