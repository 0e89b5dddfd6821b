/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendars"

#include "rcp-event-store.h"

/* All with one UID. A single event is let go once it is read: ten thousand of them would be a hundred megabytes. The parts
 * of a series stay, as a change of one changes what the others mean. */
typedef struct
{
  GHashTable *events; /* of ICalComponent, by recurrence id, "" for the one that recurs */
  GArray *busy;
  gboolean is_series;
  gboolean is_unread;
} Family;

struct _RcpEventStore
{
  GHashTable *families; /* of Family, by UID */
  GHashTable *changed;  /* set of UIDs, owned by families */
};

static void
family_free (Family *family)
{
  g_hash_table_unref (family->events);
  g_array_unref (family->busy);
  g_free (family);
}

static Family *
family_new (void)
{
  Family *family = g_new0 (Family, 1);

  family->events = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  family->busy = g_array_new (FALSE, FALSE, sizeof (RcpBusy));
  return family;
}

/**
 * rcp_event_store_new:
 *
 * Returns: (transfer full): a store without events
 */
RcpEventStore *
rcp_event_store_new (void)
{
  RcpEventStore *self = g_new0 (RcpEventStore, 1);

  self->families = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) family_free);
  self->changed = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/**
 * rcp_event_store_free:
 * @self: (transfer full): a store
 */
void
rcp_event_store_free (RcpEventStore *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->changed);
  g_hash_table_unref (self->families);
  g_free (self);
}

/**
 * rcp_event_store_put:
 * @self: a store
 * @event: a VEVENT
 *
 * Takes in an event that is new, or other than before.
 */
void
rcp_event_store_put (RcpEventStore *self, ICalComponent *event)
{
  g_autofree char *recurrence_id = NULL;
  const char *uid;
  gpointer key;
  gpointer value;

  g_return_if_fail (self != NULL);
  g_return_if_fail (I_CAL_IS_COMPONENT (event));

  uid = i_cal_component_get_uid (event);
  if (uid == NULL)
    return;
  if (!g_hash_table_lookup_extended (self->families, uid, &key, &value))
    {
      key = g_strdup (uid);
      value = family_new ();
      g_hash_table_insert (self->families, key, value);
    }
  recurrence_id = e_cal_util_component_get_recurid_as_string (event);
  ((Family *) value)->is_series |= recurrence_id != NULL || e_cal_util_component_has_recurrences (event);
  g_hash_table_replace (((Family *) value)->events, g_strdup (recurrence_id != NULL ? recurrence_id : ""),
                        g_object_ref (event));
  g_hash_table_add (self->changed, key);
}

/**
 * rcp_event_store_is_series:
 * @self: a store
 * @uid: of an event
 *
 * Returns: whether it recurs, or has been told with detached instances
 */
gboolean
rcp_event_store_is_series (RcpEventStore *self, const char *uid)
{
  Family *family;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (uid != NULL, FALSE);

  family = g_hash_table_lookup (self->families, uid);
  return family != NULL && family->is_series;
}

/**
 * rcp_event_store_remove:
 * @self: a store
 * @uid: of an event
 * @recurrence_id: (nullable): of the one instance of it that is gone
 */
void
rcp_event_store_remove (RcpEventStore *self, const char *uid, const char *recurrence_id)
{
  gpointer key;
  gpointer value;

  g_return_if_fail (self != NULL);
  g_return_if_fail (uid != NULL);

  if (!g_hash_table_lookup_extended (self->families, uid, &key, &value))
    return;
  if (recurrence_id != NULL && *recurrence_id != '\0')
    {
      g_hash_table_remove (((Family *) value)->events, recurrence_id);
      g_hash_table_add (self->changed, key);
      return;
    }
  g_hash_table_remove (self->changed, key);
  g_hash_table_remove (self->families, uid);
}

static void
read_family (Family *family, RcpBusyReader *reader)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer event;

  g_hash_table_iter_init (&iter, family->events);
  while (g_hash_table_iter_next (&iter, NULL, &event))
    g_ptr_array_add (events, i_cal_object_get_native (I_CAL_OBJECT (event)));
  g_array_set_size (family->busy, 0);
  family->is_unread =
      !rcp_busy_reader_read (reader, (icalcomponent *const *) events->pdata, events->len, family->busy);
  if (!family->is_series)
    g_hash_table_remove_all (family->events);
}

/**
 * rcp_event_store_read:
 * @self: a store
 * @reader: how it is read
 * @time: microseconds that it may take, about
 *
 * Returns: whether there is more to read
 */
gboolean
rcp_event_store_read (RcpEventStore *self, RcpBusyReader *reader, gint64 time)
{
  gint64 end = g_get_monotonic_time () + time;
  GHashTableIter iter;
  gpointer uid;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (reader != NULL, FALSE);

  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, &uid, NULL))
    {
      read_family (g_hash_table_lookup (self->families, uid), reader);
      g_hash_table_iter_remove (&iter);
      if (g_get_monotonic_time () >= end)
        break;
    }
  return g_hash_table_size (self->changed) > 0;
}

/**
 * rcp_event_store_collect:
 * @self: a store
 *
 * Returns: (transfer full) (element-type RcpBusy): what all of it keeps busy, normalized, as far as it was read
 */
GArray *
rcp_event_store_collect (RcpEventStore *self)
{
  GArray *busy = g_array_new (FALSE, FALSE, sizeof (RcpBusy));
  GHashTableIter iter;
  gpointer family;

  g_return_val_if_fail (self != NULL, busy);

  g_hash_table_iter_init (&iter, self->families);
  while (g_hash_table_iter_next (&iter, NULL, &family))
    g_array_append_vals (busy, ((Family *) family)->busy->data, ((Family *) family)->busy->len);
  rcp_busy_normalize (busy);
  return busy;
}

/**
 * rcp_event_store_get_n_unread:
 * @self: a store
 *
 * Returns: how many events, series counted as one, could not be read wholly
 */
guint
rcp_event_store_get_n_unread (RcpEventStore *self)
{
  GHashTableIter iter;
  gpointer family;
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  g_hash_table_iter_init (&iter, self->families);
  while (g_hash_table_iter_next (&iter, NULL, &family))
    n += ((Family *) family)->is_unread;
  return n;
}
