/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-mirror-keeper"

#include "rcp-mirror-keeper.h"

#include "calendars/rcp-mirror-calendar.h"
#include "rcp-mirror-clear.h"
#include "rcp-mirror.h"

/* One provider's calendar. */
typedef struct
{
  RcpMirrorKeeper *keeper;
  char *person;
  char *uid;
  char *privacy;
  char *place;
  gboolean invites;
  RcpMirror *mirror; /* NULL while there is no such calendar */
  RcpCalendar *calendar;
} Kept;

struct _RcpMirrorKeeper
{
  GObject parent_instance;

  RcpCalendars *calendars;
  FhirClient *client; /* NULL while no record is open */
  RcpClock *clock;
  char *zone;
  GHashTable *kept; /* of Kept by person */
  GCancellable *asking; /* the record, what was left behind in calendars; NULL before it was */
};

static void rcp_mirror_keeper_interface_init (RcpMirrorServiceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RcpMirrorKeeper, rcp_mirror_keeper, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RCP_TYPE_MIRROR_SERVICE, rcp_mirror_keeper_interface_init))

static void
kept_stop (Kept *kept)
{
  if (kept->mirror != NULL)
    {
      g_signal_handlers_disconnect_by_data (kept->mirror, kept);
      rcp_mirror_stop (kept->mirror);
    }
  g_clear_object (&kept->mirror);
  g_clear_object (&kept->calendar);
}

static void
kept_free (Kept *kept)
{
  kept_stop (kept);
  g_free (kept->person);
  g_free (kept->uid);
  g_free (kept->privacy);
  g_free (kept->place);
  g_free (kept);
}

static void
rcp_mirror_keeper_dispose (GObject *object)
{
  RcpMirrorKeeper *self = RCP_MIRROR_KEEPER (object);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_pointer (&self->kept, g_hash_table_unref);
  g_clear_object (&self->calendars);
  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->zone, g_free);
  G_OBJECT_CLASS (rcp_mirror_keeper_parent_class)->dispose (object);
}

static void
rcp_mirror_keeper_class_init (RcpMirrorKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_mirror_keeper_dispose;
}

static void
rcp_mirror_keeper_init (RcpMirrorKeeper *self)
{
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) kept_free);
}

/* What is not known says the least. */
static RcpMirrorPrivacy
read_privacy (const char *text)
{
  if (g_strcmp0 (text, "full") == 0)
    return RCP_MIRROR_FULL;
  return g_strcmp0 (text, "initials") == 0 ? RCP_MIRROR_INITIALS : RCP_MIRROR_BUSY_ONLY;
}

static void
on_standing_changed_cb (RcpMirror *mirror, GParamSpec *pspec, Kept *kept)
{
  g_signal_emit_by_name (kept->keeper, "reading-changed", kept->person);
}

static void
tell_choice (Kept *kept)
{
  RcpMirrorPrivacy privacy = read_privacy (kept->privacy);

  rcp_mirror_set_privacy (kept->mirror, privacy, privacy == RCP_MIRROR_FULL && kept->place[0] != '\0' ? kept->place : NULL);
  rcp_mirror_set_invites (kept->mirror, kept->invites);
}

/* Starts it where there is such a calendar now, and ends it where there is none any more. */
static void
follow_calendar (RcpMirrorKeeper *self, Kept *kept)
{
  RcpCalendar *calendar = rcp_calendars_find (self->calendars, kept->uid);

  if (calendar != NULL && (!rcp_calendar_is_enabled (calendar) || !rcp_calendar_can_be_written (calendar)))
    calendar = NULL;
  if (calendar == kept->calendar)
    return;
  kept_stop (kept);
  if (calendar != NULL)
    {
      kept->calendar = g_object_ref (calendar);
      kept->mirror = rcp_mirror_new (self->client, self->clock, kept->person, calendar, self->zone);
      tell_choice (kept);
      g_signal_connect (kept->mirror, "notify::standing", G_CALLBACK (on_standing_changed_cb), kept);
      rcp_mirror_start (kept->mirror);
    }
  g_signal_emit_by_name (self, "reading-changed", kept->person);
}

static void
follow_calendars (RcpMirrorKeeper *self)
{
  GHashTableIter iter;
  gpointer kept;

  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, NULL, &kept))
    follow_calendar (self, kept);
}

static void
watch (RcpMirrorKeeper *self, GObject *calendar)
{
  g_signal_handlers_disconnect_by_func (calendar, follow_calendars, self);
  g_signal_connect_object (calendar, "notify::enabled", G_CALLBACK (follow_calendars), self, G_CONNECT_SWAPPED);
}

static void
on_calendars_changed_cb (RcpMirrorKeeper *self, guint position, guint n_removed, guint n_added)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (GObject) calendar = g_list_model_get_item (G_LIST_MODEL (self->calendars), i);

      watch (self, calendar);
    }
  follow_calendars (self);
}

static void
take_choice (RcpMirrorKeeper *self, const char *person, const char *uid, const char *privacy, const char *place, gboolean invites)
{
  Kept *kept = g_hash_table_lookup (self->kept, person);

  if (kept != NULL && g_strcmp0 (kept->uid, uid) != 0)
    {
      g_hash_table_remove (self->kept, person);
      kept = NULL;
    }
  if (kept == NULL)
    {
      kept = g_new0 (Kept, 1);
      kept->keeper = self;
      kept->person = g_strdup (person);
      kept->uid = g_strdup (uid);
      kept->privacy = g_strdup (privacy);
      kept->place = g_strdup (place);
      kept->invites = invites;
      g_hash_table_insert (self->kept, kept->person, kept);
      follow_calendar (self, kept);
      return;
    }
  if (g_strcmp0 (kept->privacy, privacy) == 0 && g_strcmp0 (kept->place, place) == 0 && kept->invites == invites)
    return;
  g_free (kept->privacy);
  g_free (kept->place);
  kept->privacy = g_strdup (privacy);
  kept->place = g_strdup (place);
  kept->invites = invites;
  if (kept->mirror == NULL)
    return;
  tell_choice (kept);
  rcp_mirror_look (kept->mirror);
}

static void
give_up_others (RcpMirrorKeeper *self, GVariant *chosen)
{
  GHashTableIter iter;
  const char *person;

  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, (gpointer *) &person, NULL))
    {
      g_autoptr (GVariant) choice = g_variant_lookup_value (chosen, person, G_VARIANT_TYPE ("(sssb)"));

      if (choice == NULL)
        g_hash_table_iter_remove (&iter);
    }
}

static gboolean
is_mirrored_here (RcpMirrorKeeper *self, const RcpMirrorMark *mark, RcpCalendar *calendar)
{
  Kept *kept = g_hash_table_lookup (self->kept, mark->practitioner_id);

  return kept != NULL && g_strcmp0 (kept->uid, rcp_calendar_get_uid (calendar)) == 0;
}

static void
on_gone_on_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!rcp_mirror_clear_finish (result, NULL, &error))
    g_message ("A calendar that was to be cleared is not yet: code %d", error->code);
}

/* Whose events are shown again is not cleared of them; the mark is all that goes. */
static void
follow_mark (RcpMirrorKeeper *self, const RcpMirrorMark *mark, RcpCalendar *calendar)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (RcpMirrorCalendar) mirror = rcp_mirror_calendar_new (calendar, utc);
  g_autofree char *key = rcp_mirror_calendar_dup_key (mirror);

  if (g_strcmp0 (key, mark->key) != 0)
    return;
  if (is_mirrored_here (self, mark, calendar))
    rcp_mirror_mark_drop_async (self->client, mark->name, NULL, NULL, NULL);
  else if (rcp_calendar_is_enabled (calendar) && rcp_calendar_can_be_written (calendar))
    rcp_mirror_clear_go_on_async (self->client, self->clock, mark, calendar, NULL, on_gone_on_cb, NULL);
}

static void
on_marks_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RcpMirrorKeeper) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) marks = rcp_mirror_marks_read_finish (result, &error);

  if (marks == NULL)
    return;
  for (guint i = 0; i < marks->len; i++)
    for (guint n = 0; n < g_list_model_get_n_items (G_LIST_MODEL (self->calendars)); n++)
      {
        g_autoptr (RcpCalendar) calendar = g_list_model_get_item (G_LIST_MODEL (self->calendars), n);

        follow_mark (self, marks->pdata[i], calendar);
      }
}

static void
rcp_mirror_keeper_keep (RcpMirrorService *service, FhirClient *client, RcpClock *clock, const char *zone, GVariant *chosen)
{
  RcpMirrorKeeper *self = RCP_MIRROR_KEEPER (service);
  const char *person, *uid, *privacy, *place;
  gboolean is_other = client != self->client, invites;
  GVariantIter iter;

  if (is_other)
    {
      g_cancellable_cancel (self->asking);
      g_clear_object (&self->asking);
    }
  if (is_other || g_strcmp0 (zone, self->zone) != 0)
    g_hash_table_remove_all (self->kept);
  g_set_object (&self->client, client);
  g_set_object (&self->clock, clock);
  if (g_strcmp0 (zone, self->zone) != 0)
    {
      g_free (self->zone);
      self->zone = g_strdup (zone);
    }
  if (client == NULL)
    return;
  give_up_others (self, chosen);
  g_variant_iter_init (&iter, chosen);
  while (g_variant_iter_next (&iter, "{&s(&s&s&sb)}", &person, &uid, &privacy, &place, &invites))
    take_choice (self, person, uid, privacy, place, invites);
  if (is_other)
    {
      self->asking = g_cancellable_new ();
      rcp_mirror_marks_read_async (client, self->asking, on_marks_read_cb, g_object_ref (self));
    }
}

static void
rcp_mirror_keeper_look (RcpMirrorService *service, const char *person, const char *visit_id)
{
  RcpMirrorKeeper *self = RCP_MIRROR_KEEPER (service);
  GHashTableIter iter;
  Kept *kept;

  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &kept))
    if (kept->mirror != NULL
        && (person == NULL || g_strcmp0 (person, kept->person) == 0
            || (visit_id != NULL && rcp_mirror_has_shown (kept->mirror, visit_id))))
      {
        if (person == NULL && visit_id == NULL)
          rcp_mirror_look_again (kept->mirror);
        else
          rcp_mirror_look (kept->mirror);
      }
}

static RcpMirrorTrouble
find_trouble (Kept *kept)
{
  const GError *error = rcp_mirror_get_error (kept->mirror);

  if (error == NULL)
    return RCP_MIRROR_TROUBLE_NONE;
  if (error->domain == FHIR_ERROR)
    return RCP_MIRROR_TROUBLE_RECORD;
  if (rcp_calendar_get_state (kept->calendar) == RCP_CALENDAR_NEEDS_PASSWORD)
    return RCP_MIRROR_TROUBLE_PASSWORD;
  if (rcp_calendar_get_state (kept->calendar) == RCP_CALENDAR_NOT_TRUSTED)
    return RCP_MIRROR_TROUBLE_TRUST;
  return rcp_mirror_calendar_is_refusal (error) ? RCP_MIRROR_TROUBLE_REFUSED : RCP_MIRROR_TROUBLE_SERVER;
}

static gboolean
rcp_mirror_keeper_get_reading (RcpMirrorService *service, const char *person, RcpMirrorReading *reading)
{
  Kept *kept = g_hash_table_lookup (RCP_MIRROR_KEEPER (service)->kept, person);

  if (kept == NULL)
    return FALSE;
  *reading = (RcpMirrorReading){ .trouble = RCP_MIRROR_TROUBLE_MISSING };
  if (kept->mirror == NULL)
    return TRUE;
  reading->trouble = find_trouble (kept);
  reading->is_current = rcp_mirror_get_standing (kept->mirror) == RCP_MIRROR_CURRENT;
  reading->as_of = rcp_mirror_get_as_of (kept->mirror);
  reading->n_waiting = rcp_mirror_get_n_waiting (kept->mirror);
  reading->inviting = rcp_mirror_get_inviting (kept->mirror);
  return TRUE;
}

static void
on_cleared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  guint n_removed;

  if (rcp_mirror_clear_finish (result, &n_removed, &error))
    g_task_return_int (task, n_removed);
  else
    g_task_return_error (task, error);
}

static void
rcp_mirror_keeper_clear_async (RcpMirrorService *service, FhirClient *client, RcpClock *clock, const char *person, const char *uid,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  RcpMirrorKeeper *self = RCP_MIRROR_KEEPER (service);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  RcpCalendar *calendar = rcp_calendars_find (self->calendars, uid);

  g_task_set_source_tag (task, rcp_mirror_keeper_clear_async);
  if (calendar == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no such calendar");
  else
    rcp_mirror_clear_async (client, clock, person, calendar, cancellable, on_cleared_cb, g_object_ref (task));
}

static gboolean
rcp_mirror_keeper_clear_finish (RcpMirrorService *service, GAsyncResult *result, guint *n_removed, GError **error)
{
  gssize n;

  g_return_val_if_fail (g_task_is_valid (result, service), FALSE);

  n = g_task_propagate_int (G_TASK (result), error);
  if (n_removed != NULL)
    *n_removed = (guint) MAX (n, 0);
  return n >= 0;
}

static void
rcp_mirror_keeper_interface_init (RcpMirrorServiceInterface *iface)
{
  iface->keep = rcp_mirror_keeper_keep;
  iface->look = rcp_mirror_keeper_look;
  iface->get_reading = rcp_mirror_keeper_get_reading;
  iface->clear_async = rcp_mirror_keeper_clear_async;
  iface->clear_finish = rcp_mirror_keeper_clear_finish;
}

/**
 * rcp_mirror_keeper_new:
 * @calendars: those of this computer
 *
 * Returns: (transfer full): what mirrors nothing until it is told to
 */
RcpMirrorService *
rcp_mirror_keeper_new (RcpCalendars *calendars)
{
  RcpMirrorKeeper *self;

  g_return_val_if_fail (RCP_IS_CALENDARS (calendars), NULL);

  self = g_object_new (RCP_TYPE_MIRROR_KEEPER, NULL);
  self->calendars = g_object_ref (calendars);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (calendars)); i++)
    {
      g_autoptr (GObject) calendar = g_list_model_get_item (G_LIST_MODEL (calendars), i);

      watch (self, calendar);
    }
  g_signal_connect_object (calendars, "items-changed", G_CALLBACK (on_calendars_changed_cb), self, G_CONNECT_SWAPPED);
  return RCP_MIRROR_SERVICE (self);
}
