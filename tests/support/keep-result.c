/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keep-result.h"

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
