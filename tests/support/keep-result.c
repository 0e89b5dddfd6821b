/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keep-result.h"

#define USUAL_SECONDS 60

void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  g_assert_null (*kept);
  *kept = g_object_ref (result);
  g_main_context_wakeup (NULL);
}

GAsyncResult *
keep_result_wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (result);
}

gint64
keep_result_get_patience (void)
{
  const char *seconds = g_getenv ("RECEPTION_TEST_DEADLINE");

  return (seconds != NULL ? g_ascii_strtoll (seconds, NULL, 10) : USUAL_SECONDS) * G_USEC_PER_SEC;
}

void
keep_result_too_late (const char *condition)
{
  g_error ("waited %d s for %s", (int) (keep_result_get_patience () / G_USEC_PER_SEC), condition);
}
