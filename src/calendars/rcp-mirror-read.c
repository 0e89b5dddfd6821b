/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendars"

/* What a mirror's calendar holds of ours: rcp_mirror_calendar_read_async() and rcp_mirror_calendar_check_async(). */

#include "rcp-mirror-calendar-private.h"

#include "rcp-event-list.h"
#include "rcp-mirror-event.h"
#include "rcp-mirror-uid.h"

#define MOST_AT_ONCE 100

typedef struct
{
  char *query;
  GHashTable *left; /* set of ids of visits that are still to be looked for */
  RcpZones *zones;
  GPtrArray *events; /* of icalcomponent */
  GPtrArray *tzids;  /* that are to be asked for */
} Reading;

static void
reading_free (Reading *reading)
{
  g_free (reading->query);
  g_hash_table_unref (reading->left);
  rcp_zones_free (reading->zones);
  g_ptr_array_unref (reading->events);
  g_ptr_array_unref (reading->tzids);
  g_free (reading);
}

/* Takes some of the visits that are left. "uid?" knows one argument alone, and what SQLite makes of very many is too deep for it. */
static char *
make_uid_query (RcpMirrorCalendar *self, GHashTable *left)
{
  GString *query = g_string_new ("(or");
  GHashTableIter iter;
  const char *id;

  g_hash_table_iter_init (&iter, left);
  for (guint i = 0; i < MOST_AT_ONCE && g_hash_table_iter_next (&iter, (gpointer *) &id, NULL); i++)
    {
      g_autofree char *uid = rcp_mirror_uid_new (rcp_mirror_calendar_get_realm (self), id);

      g_string_append_printf (query, " (uid? \"%s\")", uid);
      g_hash_table_iter_remove (&iter);
    }
  g_string_append_c (query, ')');
  return g_string_free (query, FALSE);
}

icalcomponent *
rcp_mirror_find_master (ICalComponent *component)
{
  icalcomponent *native = i_cal_object_get_native (I_CAL_OBJECT (component));
  icalcomponent *at;

  if (icalcomponent_isa (native) == ICAL_VEVENT_COMPONENT)
    return icalcomponent_get_first_property (native, ICAL_RECURRENCEID_PROPERTY) == NULL
               ? icalcomponent_new_clone (native)
               : NULL;
  for (at = icalcomponent_get_first_component (native, ICAL_VEVENT_COMPONENT); at != NULL;
       at = icalcomponent_get_next_component (native, ICAL_VEVENT_COMPONENT))
    if (icalcomponent_get_first_property (at, ICAL_RECURRENCEID_PROPERTY) == NULL)
      return icalcomponent_new_clone (at);
  return NULL;
}

static void
return_held (GTask *task)
{
  RcpMirrorCalendar *self = g_task_get_source_object (task);
  Reading *reading = g_task_get_task_data (task);
  GHashTable *held = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)rcp_mirror_held_free);

  for (guint i = 0; i < reading->events->len; i++)
    {
      RcpMirrorHeld *one = rcp_mirror_event_read (reading->events->pdata[i], rcp_mirror_calendar_get_realm (self),
                                                  reading->zones, rcp_mirror_calendar_tells_server (self));

      if (one != NULL)
        g_hash_table_replace (held, one->id, one);
    }
  g_task_return_pointer (task, held, (GDestroyNotify)g_hash_table_unref);
}

static void ask_for_zone (GTask *task);

static void
on_zone_found_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  RcpMirrorCall *call = data;
  g_autoptr (GError) error = NULL;
  ICalTimezone *zone = NULL;
  gboolean is_found = e_cal_client_get_timezone_finish (E_CAL_CLIENT (object), result, &zone, &error);
  g_autoptr (GTask) task = NULL;
  Reading *reading;

  /* Not every zone is defined: then it is that of the place. */
  g_clear_error (&error);
  task = rcp_mirror_call_end (call, &error);
  reading = g_task_get_task_data (task);
  if (is_found && zone != NULL)
    {
      g_autoptr (GObject) component = G_OBJECT (i_cal_timezone_get_component (zone));

      if (component != NULL)
        rcp_zones_add (reading->zones, i_cal_object_get_native (I_CAL_OBJECT (component)));
    }
  g_ptr_array_remove_index (reading->tzids, 0);
  ask_for_zone (task);
}

static void
ask_for_zone (GTask *task)
{
  RcpMirrorCalendar *self = g_task_get_source_object (task);
  Reading *reading = g_task_get_task_data (task);
  ECalClient *client = rcp_mirror_calendar_get_client (self);
  RcpMirrorCall *call;

  if (reading->tzids->len == 0 || client == NULL)
    {
      return_held (task);
      return;
    }
  call = rcp_mirror_call_new (self, task);
  e_cal_client_get_timezone (client, reading->tzids->pdata[0], rcp_mirror_call_get_cancellable (call), on_zone_found_cb,
                             call);
}

static void
note_zone (icalparameter *param, void *data)
{
  Reading *reading = data;
  const char *tzid = icalparameter_get_tzid (param);

  if (tzid != NULL && !rcp_zones_knows (reading->zones, tzid)
      && !g_ptr_array_find_with_equal_func (reading->tzids, tzid, g_str_equal, NULL))
    g_ptr_array_add (reading->tzids, g_strdup (tzid));
}

static void read_objects (GTask *task);

static void
take_object (RcpMirrorCalendar *self, Reading *reading, ICalComponent *object)
{
  icalcomponent *event;
  g_autofree char *id = NULL;

  if (!rcp_mirror_uid_is_ours (i_cal_component_get_uid (object)))
    return;
  event = rcp_mirror_find_master (object);
  if (event == NULL)
    return;
  id = rcp_mirror_uid_dup_appointment_id (i_cal_component_get_uid (object), rcp_mirror_calendar_get_realm (self));
  if (id != NULL)
    g_hash_table_remove (reading->left, id);
  g_ptr_array_add (reading->events, event);
  icalcomponent_foreach_tzid (event, note_zone, reading);
}

/* Those that the window does not show are asked for by their UIDs: the provider may have moved them out of it. */
static void
on_objects_read_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  RcpMirrorCall *call = data;
  g_autoptr (GError) error = NULL;
  GSList *objects = NULL;
  g_autoptr (GTask) task = NULL;
  Reading *reading;

  /* What it returns is no word: libecal 3.56 says FALSE, and no error, where there are no events. */
  e_cal_client_get_object_list_finish (E_CAL_CLIENT (object), result, &objects, &error);
  task = rcp_mirror_call_end (call, &error);
  reading = g_task_get_task_data (task);
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (GSList *at = objects; at != NULL; at = at->next)
    take_object (g_task_get_source_object (task), reading, at->data);
  e_util_free_nullable_object_slist (objects);
  if (g_hash_table_size (reading->left) == 0)
    {
      ask_for_zone (task);
      return;
    }
  g_free (reading->query);
  reading->query = make_uid_query (g_task_get_source_object (task), reading->left);
  read_objects (task);
}

static void
read_objects (GTask *task)
{
  RcpMirrorCalendar *self = g_task_get_source_object (task);
  Reading *reading = g_task_get_task_data (task);
  ECalClient *client = rcp_mirror_calendar_get_client (self);
  RcpMirrorCall *call;

  if (client == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "Evolution Data Server has ended");
      return;
    }
  call = rcp_mirror_call_new (self, task);
  e_cal_client_get_object_list (client, reading->query, rcp_mirror_call_get_cancellable (call), on_objects_read_cb, call);
}

/**
 * rcp_mirror_calendar_read_async:
 * @self: a mirror
 * @ids: (array zero-terminated=1) (nullable): of visits whose event is looked for wherever it is
 * @window: in which all events of ours are read
 * @cancellable: (nullable): to give it up
 * @callback: called with the result
 * @user_data: for @callback
 */
void
rcp_mirror_calendar_read_async (RcpMirrorCalendar *self,
                                const char *const *ids,
                                RcpTimeRange window,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task;
  Reading *reading;

  g_return_if_fail (RCP_IS_MIRROR_CALENDAR (self));
  g_return_if_fail (rcp_mirror_calendar_get_realm (self) != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_mirror_calendar_read_async);
  reading = g_new0 (Reading, 1);
  reading->query = rcp_event_list_make_query (window);
  reading->left = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (; ids != NULL && *ids != NULL; ids++)
    g_hash_table_add (reading->left, g_strdup (*ids));
  reading->zones = rcp_zones_new (rcp_mirror_calendar_get_place (self));
  reading->events = g_ptr_array_new_with_free_func ((GDestroyNotify)icalcomponent_free);
  reading->tzids = g_ptr_array_new_with_free_func (g_free);
  g_task_set_task_data (task, reading, (GDestroyNotify)reading_free);
  rcp_mirror_calendar_open (self, task, read_objects);
}

/**
 * rcp_mirror_calendar_read_finish:
 * @self: a mirror
 * @result: what the callback got
 * @error: why not; G_IO_ERROR_NOT_CONNECTED while the server is away or wants a password
 *
 * Returns: (transfer full): the events by the ids of their visits
 */
GHashTable *
rcp_mirror_calendar_read_finish (RcpMirrorCalendar *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  GPtrArray *left;    /* of ids */
  GPtrArray *missing; /* of ids, and NULL at the end */
} Check;

static void
check_free (Check *check)
{
  g_ptr_array_unref (check->left);
  g_clear_pointer (&check->missing, g_ptr_array_unref);
  g_free (check);
}

static void check_next (GTask *task);

static void
on_object_found_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  RcpMirrorCall *call = data;
  g_autoptr (GError) error = NULL;
  ICalComponent *found = NULL;
  gboolean is_found = e_cal_client_get_object_finish (E_CAL_CLIENT (object), result, &found, &error);
  g_autoptr (GTask) task = rcp_mirror_call_end (call, &error);
  Check *check = g_task_get_task_data (task);

  g_clear_object (&found);
  if (g_error_matches (error, E_CAL_CLIENT_ERROR, E_CAL_CLIENT_ERROR_OBJECT_NOT_FOUND))
    g_ptr_array_add (check->missing, g_strdup (check->left->pdata[0]));
  else if (!is_found)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_ptr_array_remove_index (check->left, 0);
  check_next (task);
}

static void
check_next (GTask *task)
{
  RcpMirrorCalendar *self = g_task_get_source_object (task);
  Check *check = g_task_get_task_data (task);
  RcpMirrorCall *call;
  g_autofree char *uid = NULL;

  if (check->left->len == 0)
    {
      g_ptr_array_add (check->missing, NULL);
      g_ptr_array_set_free_func (check->missing, NULL);
      g_task_return_pointer (task, g_ptr_array_free (g_steal_pointer (&check->missing), FALSE), (GDestroyNotify)g_strfreev);
      return;
    }
  if (!rcp_mirror_calendar_is_connected (self))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "The calendar's server cannot be reached");
      return;
    }
  uid = rcp_mirror_uid_new (rcp_mirror_calendar_get_realm (self), check->left->pdata[0]);
  call = rcp_mirror_call_new (self, task);
  e_cal_client_get_object (rcp_mirror_calendar_get_client (self), uid, NULL, rcp_mirror_call_get_cancellable (call),
                           on_object_found_cb, call);
}

/**
 * rcp_mirror_calendar_check_async:
 * @self: a mirror
 * @ids: (array zero-terminated=1): of visits
 * @cancellable: (nullable): to give it up
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Evolution Data Server asks the server for an event that it does not have: another desk may have put it there a moment ago.
 */
void
rcp_mirror_calendar_check_async (RcpMirrorCalendar *self,
                                 const char *const *ids,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task;
  Check *check;

  g_return_if_fail (RCP_IS_MIRROR_CALENDAR (self));
  g_return_if_fail (rcp_mirror_calendar_get_realm (self) != NULL);
  g_return_if_fail (ids != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_mirror_calendar_check_async);
  check = g_new0 (Check, 1);
  check->left = g_ptr_array_new_with_free_func (g_free);
  check->missing = g_ptr_array_new_with_free_func (g_free);
  for (; *ids != NULL; ids++)
    g_ptr_array_add (check->left, g_strdup (*ids));
  g_task_set_task_data (task, check, (GDestroyNotify)check_free);
  rcp_mirror_calendar_open (self, task, check_next);
}

/**
 * rcp_mirror_calendar_check_finish:
 * @self: a mirror
 * @result: what the callback got
 * @error: why not
 *
 * Returns: (transfer full): ids of visits whose event is not found
 */
GStrv
rcp_mirror_calendar_check_finish (RcpMirrorCalendar *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
