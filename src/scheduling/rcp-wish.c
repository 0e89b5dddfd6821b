/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-wish"

#include "rcp-wish.h"

/**
 * rcp_wish_new:
 *
 * Returns: (transfer full): a wish for anything of 15 minutes, at any time
 */
RcpWish *
rcp_wish_new (void)
{
  RcpWish *wish = g_new0 (RcpWish, 1);

  wish->duration = 15;
  wish->time_of_day = RCP_TIME_OF_DAY_ANY;
  wish->urgency = RCP_URGENCY_ROUTINE;
  g_date_clear (&wish->from, 1);
  return wish;
}

RcpWish *
rcp_wish_copy (const RcpWish *wish)
{
  RcpWish *copy;

  g_return_val_if_fail (wish != NULL, NULL);

  copy = g_memdup2 (wish, sizeof *wish);
  copy->visit_type = g_strdup (wish->visit_type);
  copy->specialty = g_strdup (wish->specialty);
  copy->schedule_id = g_strdup (wish->schedule_id);
  copy->place_id = g_strdup (wish->place_id);
  copy->room_id = g_strdup (wish->room_id);
  if (wish->left_out != NULL)
    g_hash_table_ref (copy->left_out);
  if (wish->own != NULL)
    g_object_ref (copy->own);
  return copy;
}

void
rcp_wish_free (RcpWish *wish)
{
  if (wish == NULL)
    return;
  g_free (wish->visit_type);
  g_free (wish->specialty);
  g_free (wish->schedule_id);
  g_free (wish->place_id);
  g_free (wish->room_id);
  g_clear_pointer (&wish->left_out, g_hash_table_unref);
  g_clear_object (&wish->own);
  g_free (wish);
}

gboolean
rcp_wish_leaves_out (const RcpWish *wish, const char *schedule_id)
{
  g_return_val_if_fail (wish != NULL, FALSE);

  return wish->left_out != NULL && schedule_id != NULL && g_hash_table_contains (wish->left_out, schedule_id);
}
