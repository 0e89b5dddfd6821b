/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendars"

#include "rcp-event-list.h"

#define MARGIN (2 * G_TIME_SPAN_DAY) /* Evolution Data Server takes whole days and floating times for UTC */

static char *
format_time (gint64 instant)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);

  return g_date_time_format (time, "%Y%m%dT%H%M%SZ");
}

/**
 * rcp_event_list_make_query:
 * @range: what is of interest
 *
 * Returns: (transfer full): the S-expression for what may touch it
 */
char *
rcp_event_list_make_query (RcpTimeRange range)
{
  g_autofree char *start = format_time (range.start - MARGIN);
  g_autofree char *end = format_time (range.end + MARGIN);

  return g_strdup_printf ("(occur-in-time-range? (make-time \"%s\") (make-time \"%s\"))", start, end);
}

/**
 * rcp_event_list_has_series:
 * @events: (element-type ICalComponent) (nullable): events of a calendar
 *
 * Returns: whether one of them recurs
 */
gboolean
rcp_event_list_has_series (const GSList *events)
{
  for (; events != NULL; events = events->next)
    if (e_cal_util_component_has_recurrences (events->data))
      return TRUE;
  return FALSE;
}

static void
on_listed_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  GSList *components = NULL;

  if (!e_cal_client_get_objects_for_uid_finish (E_CAL_CLIENT (object), result, &components, &error)
      && !g_error_matches (error, E_CAL_CLIENT_ERROR, E_CAL_CLIENT_ERROR_OBJECT_NOT_FOUND))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (GSList *at = components; at != NULL; at = at->next)
    g_ptr_array_add (events, g_object_ref (e_cal_component_get_icalcomponent (at->data)));
  e_client_util_free_object_slist (components);
  g_task_return_pointer (task, g_steal_pointer (&events), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * rcp_event_list_ask_async:
 * @client: a calendar
 * @uid: of an event, or of a series
 * @cancellable: (nullable): to give up
 * @callback: told when it is known
 * @user_data: for @callback
 */
void
rcp_event_list_ask_async (ECalClient *client, const char *uid, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (E_IS_CAL_CLIENT (client));
  g_return_if_fail (uid != NULL);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_event_list_ask_async);
  g_task_set_task_data (task, g_strdup (uid), g_free);
  e_cal_client_get_objects_for_uid (client, uid, cancellable, on_listed_cb, task);
}

/**
 * rcp_event_list_ask_finish:
 * @result: the answer
 * @error: of the calendar
 *
 * Returns: (transfer full) (nullable) (element-type ICalComponent): the events, none when the calendar has none of that UID
 */
GPtrArray *
rcp_event_list_ask_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * rcp_event_list_get_uid:
 * @result: the answer
 *
 * Returns: (transfer none): of what was asked for
 */
const char *
rcp_event_list_get_uid (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_get_task_data (G_TASK (result));
}
