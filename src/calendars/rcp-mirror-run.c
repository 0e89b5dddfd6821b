/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendars"

/* The steps of a plan, carried out one after the other: rcp_mirror_calendar_run_async(). */

#include "rcp-mirror-calendar-private.h"

#include "rcp-mirror-event.h"
#include "rcp-mirror-uid.h"
#include "rcp-visit-calendar.h"

#define MOST_AT_ONCE 100
/* By default it would overwrite what somebody else has changed meanwhile. */
#define FLAGS (E_CAL_OPERATION_FLAG_CONFLICT_FAIL | E_CAL_OPERATION_FLAG_DISABLE_ITIP_MESSAGE)
/* The same, and who is invited may be told. */
#define TELLING_FLAGS E_CAL_OPERATION_FLAG_CONFLICT_FAIL

typedef struct
{
  GArray *steps;
  guint at;
  guint n_at_once;    /* of the steps from there, while they are on the way together */
  guint single_until; /* one of those before it was refused: which, is found one by one */
  gint64 now;
  guint n_conflicts;
  GHashTable *zones; /* set of names that the calendar was told */
  GError *error;     /* of the first step that failed by itself */
} Run;

static void
run_free (Run *run)
{
  g_hash_table_unref (run->zones);
  g_clear_error (&run->error);
  g_free (run);
}

static void do_step (GTask *task);

/* A server that does not answer one call will not answer the next; one that does not take an event may take the others. */
static gboolean
ends_all (const GError *error)
{
  return error->domain == G_IO_ERROR || error->domain == G_DBUS_ERROR || error->domain == G_TLS_ERROR
         || error->domain == G_RESOLVER_ERROR
         || g_error_matches (error, E_CLIENT_ERROR, E_CLIENT_ERROR_REPOSITORY_OFFLINE)
         || g_error_matches (error, E_CLIENT_ERROR, E_CLIENT_ERROR_AUTHENTICATION_REQUIRED)
         || g_error_matches (error, E_CLIENT_ERROR, E_CLIENT_ERROR_AUTHENTICATION_FAILED);
}

/* Takes @error (nullable). */
static void
finish_step (GTask *task, GError *error)
{
  Run *run = g_task_get_task_data (task);

  if (error != NULL && !rcp_mirror_error_is_conflict (error) && ends_all (error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (rcp_mirror_error_is_conflict (error))
    run->n_conflicts++;
  else if (error != NULL && run->error == NULL)
    run->error = g_steal_pointer (&error);
  g_clear_error (&error);
  run->at++;
  do_step (task);
}

static void
on_created_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;
  g_autofree char *uid = NULL;
  g_autoptr (GTask) task = NULL;

  e_cal_client_create_object_finish (E_CAL_CLIENT (object), result, &uid, &error);
  task = rcp_mirror_call_end (data, &error);
  finish_step (task, error);
}

static void
on_several_created_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;
  GSList *uids = NULL;
  g_autoptr (GTask) task = NULL;
  Run *run;

  e_cal_client_create_objects_finish (E_CAL_CLIENT (object), result, &uids, &error);
  e_client_util_free_string_slist (uids);
  task = rcp_mirror_call_end (data, &error);
  run = g_task_get_task_data (task);
  if (error != NULL && !rcp_mirror_error_is_conflict (error) && ends_all (error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (error != NULL)
    run->single_until = run->at + run->n_at_once;
  else
    run->at += run->n_at_once;
  g_clear_error (&error);
  do_step (task);
}

static void
on_changed_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;
  g_autoptr (GTask) task = NULL;

  e_cal_client_modify_object_finish (E_CAL_CLIENT (object), result, &error);
  task = rcp_mirror_call_end (data, &error);
  finish_step (task, error);
}

static void
on_removed_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;
  g_autoptr (GTask) task = NULL;

  e_cal_client_remove_object_finish (E_CAL_CLIENT (object), result, &error);
  task = rcp_mirror_call_end (data, &error);
  finish_step (task, error);
}

static const RcpMirrorStep *
get_step (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  return &g_array_index (run->steps, RcpMirrorStep, run->at);
}

static gboolean
can_be_created_at_once (Run *run, guint index)
{
  const RcpMirrorStep *step = &g_array_index (run->steps, RcpMirrorStep, index);

  return step->kind == RCP_MIRROR_CREATE && (step->visit->zone == NULL || g_hash_table_contains (run->zones, step->visit->zone));
}

/* A calendar of this computer is one file, which is written anew after each call: many events one by one would take minutes. */
static gboolean
create_several (GTask *task)
{
  RcpMirrorCalendar *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  GSList *events = NULL;
  RcpMirrorCall *call;
  guint end = run->at;

  if (run->at < run->single_until || rcp_mirror_calendar_has_server (self))
    return FALSE;
  while (end < run->steps->len && end - run->at < MOST_AT_ONCE && can_be_created_at_once (run, end))
    end++;
  if (end - run->at < 2)
    return FALSE;
  for (guint i = run->at; i < end; i++)
    {
      g_autofree char *text = rcp_mirror_event_write (&g_array_index (run->steps, RcpMirrorStep, i),
                                                      rcp_mirror_calendar_get_realm (self), run->now);

      events = g_slist_prepend (events, i_cal_component_new_from_string (text));
    }
  events = g_slist_reverse (events);
  run->n_at_once = end - run->at;
  call = rcp_mirror_call_new (self, task);
  e_cal_client_create_objects (rcp_mirror_calendar_get_client (self), events, FLAGS, rcp_mirror_call_get_cancellable (call),
                               on_several_created_cb, call);
  g_slist_free_full (events, g_object_unref);
  return TRUE;
}

static void
write_event (GTask *task)
{
  RcpMirrorCalendar *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  const RcpMirrorStep *step = get_step (task);
  ECalOperationFlags flags = step->tells_guests ? TELLING_FLAGS : FLAGS;
  ECalClient *client = rcp_mirror_calendar_get_client (self);
  g_autoptr (GObject) event = NULL;
  g_autofree char *text = NULL;
  RcpMirrorCall *call;

  if (!rcp_mirror_calendar_is_connected (self))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "The calendar's server cannot be reached");
      return;
    }
  if (create_several (task))
    return;
  call = rcp_mirror_call_new (self, task);
  if (step->kind == RCP_MIRROR_REMOVE)
    {
      e_cal_client_remove_object (client, step->held->uid, NULL, E_CAL_OBJ_MOD_ALL, flags,
                                  rcp_mirror_call_get_cancellable (call), on_removed_cb, call);
      return;
    }
  text = rcp_mirror_event_write (step, rcp_mirror_calendar_get_realm (self), run->now);
  event = G_OBJECT (i_cal_component_new_from_string (text));
  if (step->kind == RCP_MIRROR_CREATE)
    e_cal_client_create_object (client, I_CAL_COMPONENT (event), flags, rcp_mirror_call_get_cancellable (call),
                                on_created_cb, call);
  else
    e_cal_client_modify_object (client, I_CAL_COMPONENT (event), E_CAL_OBJ_MOD_ALL, flags,
                                rcp_mirror_call_get_cancellable (call), on_changed_cb, call);
}

static void
on_zone_added_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;

  e_cal_client_add_timezone_finish (E_CAL_CLIENT (object), result, &error);
  task = rcp_mirror_call_end (data, &error);
  if (error != NULL && ends_all (error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    write_event (task);
}

/* The rules of the zone travel with the event: an event with a TZID and without a VTIMEZONE is not valid (RFC 5545, 3.2.19). */
static ICalTimezone *
make_zone (const char *name)
{
  icalcomponent *rules = rcp_vtimezone_new (name);
  g_autoptr (GObject) copy = NULL;
  ICalTimezone *zone;

  if (rules == NULL)
    return NULL;
  copy = G_OBJECT (i_cal_component_new_from_string (icalcomponent_as_ical_string (rules)));
  icalcomponent_free (rules);
  zone = i_cal_timezone_new ();
  if (!i_cal_timezone_set_component (zone, I_CAL_COMPONENT (copy)))
    g_clear_object (&zone);
  return zone;
}

static void
write_with_zone (GTask *task)
{
  RcpMirrorCalendar *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  const char *name = get_step (task)->visit->zone;
  g_autoptr (GObject) zone = NULL;
  RcpMirrorCall *call;

  if (get_step (task)->kind != RCP_MIRROR_REMOVE && name != NULL && g_hash_table_add (run->zones, g_strdup (name)))
    zone = (GObject *)make_zone (name);
  if (zone == NULL || !rcp_mirror_calendar_is_connected (self))
    {
      write_event (task);
      return;
    }
  call = rcp_mirror_call_new (self, task);
  e_cal_client_add_timezone (rcp_mirror_calendar_get_client (self), I_CAL_TIMEZONE (zone), rcp_mirror_call_get_cancellable (call),
                             on_zone_added_cb, call);
}

static gboolean
is_as_planned (ICalComponent *found, const RcpMirrorHeld *held)
{
  icalcomponent *event = rcp_mirror_find_master (found);
  g_autofree char *revision = NULL;

  if (event == NULL)
    return FALSE;
  revision = g_compute_checksum_for_string (G_CHECKSUM_SHA256, icalcomponent_as_ical_string (event), -1);
  icalcomponent_free (event);
  return g_strcmp0 (revision, held->revision) == 0;
}

static void
on_object_read_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;
  ICalComponent *found = NULL;
  g_autoptr (GTask) task = NULL;

  e_cal_client_get_object_finish (E_CAL_CLIENT (object), result, &found, &error);
  task = rcp_mirror_call_end (data, &error);
  if (error == NULL && !is_as_planned (found, get_step (task)->held))
    error = g_error_new_literal (E_CLIENT_ERROR, E_CLIENT_ERROR_OUT_OF_SYNC, "The event is another one now");
  g_clear_object (&found);
  if (error != NULL)
    finish_step (task, error);
  else
    write_with_zone (task);
}

/* A calendar of this computer knows no conflicts, the last writer wins: so it is looked at once more just before. */
static void
do_step (GTask *task)
{
  RcpMirrorCalendar *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  RcpMirrorCall *call;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (run->at >= run->steps->len)
    {
      if (run->error != NULL)
        g_task_return_error (task, g_steal_pointer (&run->error));
      else
        g_task_return_boolean (task, TRUE);
      return;
    }
  if (get_step (task)->held == NULL)
    {
      write_with_zone (task);
      return;
    }
  if (!rcp_mirror_calendar_is_connected (self))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "The calendar's server cannot be reached");
      return;
    }
  call = rcp_mirror_call_new (self, task);
  e_cal_client_get_object (rcp_mirror_calendar_get_client (self), get_step (task)->held->uid, NULL,
                           rcp_mirror_call_get_cancellable (call), on_object_read_cb, call);
}

/**
 * rcp_mirror_calendar_run_async:
 * @self: a mirror
 * @steps: (element-type RcpMirrorStep): what to do
 * @now: the instant that is written as the time of the writing
 * @cancellable: (nullable): to stop before the next step
 * @callback: called when all is done, or nothing more can be
 * @user_data: for @callback
 */
void
rcp_mirror_calendar_run_async (RcpMirrorCalendar *self,
                               GArray *steps,
                               gint64 now,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task;
  Run *run;

  g_return_if_fail (RCP_IS_MIRROR_CALENDAR (self));
  g_return_if_fail (rcp_mirror_calendar_get_realm (self) != NULL);
  g_return_if_fail (steps != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_mirror_calendar_run_async);
  run = g_new0 (Run, 1);
  run->steps = steps;
  run->now = now;
  run->zones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_task_set_task_data (task, run, (GDestroyNotify)run_free);
  rcp_mirror_calendar_open (self, task, do_step);
}

/**
 * rcp_mirror_calendar_run_finish:
 * @self: a mirror
 * @result: what the callback got
 * @n_conflicts: (out) (optional): how many steps found another event than was planned with
 * @error: why a step failed; those before it are done
 *
 * Returns: whether each step was done or found a conflict
 */
gboolean
rcp_mirror_calendar_run_finish (RcpMirrorCalendar *self, GAsyncResult *result, guint *n_conflicts, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (n_conflicts != NULL)
    *n_conflicts = ((Run *)g_task_get_task_data (G_TASK (result)))->n_conflicts;
  return g_task_propagate_boolean (G_TASK (result), error);
}
