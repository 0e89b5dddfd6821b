/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Waiting for one answer: the call gets keep_result_cb() and a GAsyncResult* that is NULL, keep_result_wait() runs the main
 * context until it is there. */
void keep_result_cb (GObject *source, GAsyncResult *result, gpointer user_data);
GAsyncResult *keep_result_wait (GAsyncResult **result); /* (transfer full); *result is NULL again */

/* Runs the main context until @condition holds; ends the test after @seconds. For tests without a window. */
#define KEEP_RESULT_UNTIL(condition, seconds)                                                                          \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    gint64 end_ = g_get_monotonic_time () + (seconds) * G_USEC_PER_SEC;                                                \
    while (!(condition))                                                                                               \
      {                                                                                                                \
        g_assert_cmpint (g_get_monotonic_time (), <, end_);                                                            \
        if (!g_main_context_iteration (NULL, FALSE))                                                                   \
          g_usleep (500);                                                                                              \
      }                                                                                                                \
  }                                                                                                                    \
  G_STMT_END

G_END_DECLS
