/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-notifier"

#include "config.h"

#include "rcp-notifier.h"

#include <glib/gi18n.h>

#include "base/rcp-link.h"
#include "clinic/rcp-change.h"
#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"
#include "fhir/fhir-json.h"
#include "scheduling/rcp-refit.h"
#include "scheduling/rcp-visit-operation.h"
#include "ui/rcp-time-text.h"

#define PATIENCE (60 * G_TIME_SPAN_SECOND)
#define READ_AT_ONCE 50 /* visits, as their ids have to fit into an address */

/* Names of the notifications: the next of a kind takes the place of the last. */
#define WORK "work"
#define VISIT "visit"
#define CONNECTION "connection"

/* What is remembered of a visit that this desk booked: no more than tells whether another desk has put it elsewhere. */
typedef struct
{
  char *version_id;
  RcpTimeRange range;
  gboolean takes_time;
} Own;

struct _RcpNotifier
{
  GObject parent_instance;

  GApplication *application;
  RcpDesk *desk;
  GSettings *settings;
  RcpDayBook *book;
  GHashTable *own; /* id of a visit that this desk has changed to Own, as it left it; until its time is over */
  gboolean (*is_looking) (gpointer data);
  gpointer looking_data;
  GCancellable *counting;
  guint n_work;
  gboolean knows_work;
  gint64 patience;
  guint offline_id;
  guint watches[3];
  guint shells; /* which of those that could show it are there, as bits */
};

G_DEFINE_FINAL_TYPE (RcpNotifier, rcp_notifier, G_TYPE_OBJECT)

static guint activated_signal;

/* Whoever shows notifications: the portal for a sandbox. Without any of them GApplication would only complain. */
static const char *const shells[] = { "org.freedesktop.Notifications", "org.gtk.Notifications", "org.freedesktop.portal.Desktop" };

static guint
get_bit (const char *name)
{
  guint i = 0;

  while (!g_str_equal (shells[i], name))
    i++;
  return 1u << i;
}

static void
on_shell_appeared_cb (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  RCP_NOTIFIER (user_data)->shells |= get_bit (name);
}

/* Told also once for one that never was there. */
static void
on_shell_vanished_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  RCP_NOTIFIER (user_data)->shells &= ~get_bit (name);
}

static gboolean
may_tell (RcpNotifier *self, const char *setting)
{
  return self->shells != 0 && g_settings_get_boolean (self->settings, setting) && !(self->is_looking && self->is_looking (self->looking_data));
}

static void
tell (RcpNotifier *self, const char *name, const char *title, const char *body, const char *place)
{
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.show-place", "s", place);
  g_application_send_notification (self->application, name, notification);
}

static void
on_work_counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpNotifier) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refits = rcp_refit_list_finish (result, &error);
  g_autofree char *title = NULL;
  gboolean is_more;

  if (!refits || !self->application)
    return;
  is_more = self->knows_work && refits->len > self->n_work;
  self->knows_work = TRUE;
  self->n_work = refits->len;
  if (self->n_work == 0)
    g_application_withdraw_notification (self->application, WORK);
  if (!is_more || !may_tell (self, "notify-work"))
    return;
  title = g_strdup_printf (g_dngettext (NULL, "%u visit no longer fits the hours", "%u visits no longer fit the hours", self->n_work),
                           self->n_work);
  tell (self, WORK, title, _("Move them, or keep them where they are."), "refits");
}

static void
count_work (RcpNotifier *self)
{
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  self->counting = g_cancellable_new ();
  rcp_refit_list_async (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), self->counting, on_work_counted_cb,
                        g_object_ref (self));
}

/* Where the visit is now, without a word of who. */
static char *
describe_change (RcpNotifier *self, RcpVisit *now)
{
  GTimeZone *zone = rcp_desk_get_zone (self->desk);
  g_autofree char *day = NULL, *time = NULL;

  if (!rcp_visit_status_takes_time (rcp_visit_get_status (now)))
    return g_strdup (_("It is cancelled."));
  day = rcp_time_text_short_day (rcp_visit_get_range (now).start, zone);
  time = rcp_time_text_clock (rcp_visit_get_range (now).start, zone);
  /* Translators: a day and a time of day. */
  return g_strdup_printf (_("It is now on %s at %s."), day, time);
}

static void
free_own (gpointer data)
{
  g_free (((Own *) data)->version_id);
  g_free (data);
}

static void
keep_own (RcpNotifier *self, RcpVisit *visit)
{
  Own *own = g_new0 (Own, 1);

  own->version_id = g_strdup (fhir_resource_get_version_id (rcp_visit_get_resource (visit)));
  own->range = rcp_visit_get_range (visit);
  own->takes_time = rcp_visit_status_takes_time (rcp_visit_get_status (visit));
  g_hash_table_replace (self->own, g_strdup (rcp_visit_get_id (visit)), own);
}

static gboolean
is_over (gpointer id, gpointer own, gpointer now)
{
  return ((Own *) own)->range.end <= *(gint64 *) now;
}

/* What becomes of a time that is over is the business of nobody who waits for it: else a desk that runs for weeks would
 * remember every visit that it ever booked. */
static void
forget_what_is_over (RcpNotifier *self)
{
  gint64 now = rcp_clock_get_now (rcp_desk_get_clock (self->desk));

  g_hash_table_foreach_remove (self->own, is_over, &now);
}

/* Only another time, or none, is worth a word: how far a visit is tells the board. */
static gboolean
is_displaced (const Own *was, RcpVisit *now)
{
  if (!was->takes_time)
    return FALSE;
  return rcp_visit_get_status (now) == RCP_VISIT_CANCELLED
         || (rcp_visit_status_takes_time (rcp_visit_get_status (now)) && rcp_visit_get_range (now).start != was->range.start);
}

static void
take_visit (RcpNotifier *self, FhirResource *appointment)
{
  const Own *was;
  g_autoptr (RcpVisit) now = NULL;
  g_autoptr (RcpLink) link = NULL;
  g_autofree char *body = NULL, *place = NULL;
  gboolean is_news;

  forget_what_is_over (self);
  was = g_hash_table_lookup (self->own, fhir_resource_get_id (appointment));
  if (!was || g_strcmp0 (fhir_resource_get_version_id (appointment), was->version_id) == 0)
    return;
  now = rcp_visit_new (appointment, NULL);
  is_news = is_displaced (was, now);
  keep_own (self, now);
  if (!is_news || !may_tell (self, "notify-visits"))
    return;
  body = describe_change (self, now);
  link = rcp_link_new (RCP_LINK_VISIT, rcp_visit_get_id (now));
  place = rcp_link_format (link);
  tell (self, VISIT, _("Another desk changed a visit that you booked"), body, place);
}

static void
on_own_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpNotifier) self = user_data;
  g_autoptr (FhirBundle) bundle = fhir_client_search_finish (FHIR_CLIENT (source), result, NULL);
  GPtrArray *matches = bundle ? fhir_bundle_get_matches (bundle) : NULL;

  /* Unread they are as they were known: the next change of each is told again. */
  for (guint i = 0; self->application && matches && i < matches->len; i++)
    take_visit (self, matches->pdata[i]);
}

static void
read_own (RcpNotifier *self, GString *ids)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Appointment");

  fhir_search_add (search, "_id", ids->str);
  fhir_search_add_printf (search, "_count", "%u", READ_AT_ONCE);
  fhir_client_search_async (rcp_desk_get_client (self->desk), search, NULL, on_own_read_cb, g_object_ref (self));
}

/* So much has changed that nothing is told one by one: what this desk booked is asked for. */
static void
read_all_own (RcpNotifier *self)
{
  g_autoptr (GString) ids = g_string_new (NULL);
  GHashTableIter iter;
  const char *id;
  guint n_ids = 0;

  forget_what_is_over (self);
  g_hash_table_iter_init (&iter, self->own);
  while (g_hash_table_iter_next (&iter, (gpointer *) &id, NULL))
    {
      g_string_append_printf (ids, "%s%s", ids->len > 0 ? "," : "", id);
      if (++n_ids % READ_AT_ONCE > 0)
        continue;
      read_own (self, ids);
      g_string_truncate (ids, 0);
    }
  if (ids->len > 0)
    read_own (self, ids);
}

static gboolean
is_refit (const RcpChange *change)
{
  JsonObject *json = change->resource ? fhir_resource_get_json (change->resource) : NULL;

  return g_strcmp0 (change->type, "Task") == 0
         && (!json || rcp_elements_get_code (fhir_json_get_object (json, "code"), RCP_SYSTEM_REFIT) != NULL);
}

static void
on_record_changed_cb (RcpNotifier *self, GPtrArray *changes)
{
  gboolean has_work = changes == NULL;

  for (guint i = 0; changes && i < changes->len; i++)
    {
      const RcpChange *change = changes->pdata[i];

      has_work = has_work || is_refit (change);
      if (g_strcmp0 (change->type, "Appointment") == 0 && change->resource && !change->is_deleted)
        take_visit (self, change->resource);
    }
  if (has_work)
    count_work (self);
  if (!changes)
    read_all_own (self);
}

static gboolean
on_patience_over_cb (gpointer user_data)
{
  RcpNotifier *self = user_data;

  self->offline_id = 0;
  if (may_tell (self, "notify-connection"))
    tell (self, CONNECTION, _("The record cannot be reached"), _("What the board shows may be old, and nothing can be booked."), "board");
  return G_SOURCE_REMOVE;
}

static void
on_online_changed_cb (RcpNotifier *self)
{
  g_clear_handle_id (&self->offline_id, g_source_remove);
  if (rcp_day_book_is_online (self->book))
    g_application_withdraw_notification (self->application, CONNECTION);
  else
    self->offline_id = g_timeout_add ((guint) (self->patience / G_TIME_SPAN_MILLISECOND), on_patience_over_cb, self);
}

/* Also after hours were changed: then there is another day book. */
static void
follow (RcpNotifier *self)
{
  RcpDayBook *book = rcp_desk_get_day_book (self->desk);

  if (!book || book == self->book)
    return;
  if (self->book)
    g_signal_handlers_disconnect_by_data (self->book, self);
  g_set_object (&self->book, book);
  g_signal_connect_object (book, "changed", G_CALLBACK (on_record_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (book, "notify::online", G_CALLBACK (on_online_changed_cb), self, G_CONNECT_SWAPPED);
  count_work (self);
}

static void
remember (RcpNotifier *self, GObject *operation)
{
  RcpVisit *visit = RCP_IS_VISIT_OPERATION (operation) ? rcp_visit_operation_get_after (RCP_VISIT_OPERATION (operation)) : NULL;
  const char *id = visit ? rcp_visit_get_id (visit) : NULL;
  RcpDeed deed;

  if (!visit)
    return;
  /* What this desk booked or moved; and what it did with it later is no news to it. */
  deed = rcp_visit_operation_get_deed (RCP_VISIT_OPERATION (operation));
  if (deed == RCP_DEED_BOOK || deed == RCP_DEED_MOVE || g_hash_table_contains (self->own, id))
    keep_own (self, visit);
  forget_what_is_over (self);
}

static void
on_all_done_cb (RcpNotifier *self, GPtrArray *operations)
{
  for (guint i = 0; i < operations->len; i++)
    remember (self, operations->pdata[i]);
}

/* Another record is opened: nothing of this one is told any more. */
static void
on_state_changed_cb (RcpNotifier *self)
{
  if (rcp_desk_get_state (self->desk) != RCP_DESK_CONNECTING)
    return;
  g_hash_table_remove_all (self->own);
  self->knows_work = FALSE;
}

static void
on_show_place_cb (GSimpleAction *action, GVariant *place, RcpNotifier *self)
{
  g_signal_emit (self, activated_signal, 0, g_variant_get_string (place, NULL));
}

static void
rcp_notifier_dispose (GObject *object)
{
  RcpNotifier *self = RCP_NOTIFIER (object);

  for (guint i = 0; i < G_N_ELEMENTS (shells); i++)
    g_clear_handle_id (&self->watches[i], g_bus_unwatch_name);
  g_clear_handle_id (&self->offline_id, g_source_remove);
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_object (&self->book);
  g_clear_object (&self->desk);
  g_clear_object (&self->settings);
  g_clear_object (&self->application);
  G_OBJECT_CLASS (rcp_notifier_parent_class)->dispose (object);
}

static void
rcp_notifier_finalize (GObject *object)
{
  g_hash_table_unref (RCP_NOTIFIER (object)->own);
  G_OBJECT_CLASS (rcp_notifier_parent_class)->finalize (object);
}

static void
rcp_notifier_class_init (RcpNotifierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rcp_notifier_dispose;
  object_class->finalize = rcp_notifier_finalize;
  activated_signal
    = g_signal_new ("activated", RCP_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rcp_notifier_init (RcpNotifier *self)
{
  self->own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_own);
  self->patience = PATIENCE;
}

/**
 * rcp_notifier_new:
 * @application: the program
 * @desk: the session
 * @settings: of org.frontdesk.Reception
 *
 * Returns: (transfer full): what tells of @desk, as long as it lives
 */
RcpNotifier *
rcp_notifier_new (GApplication *application, RcpDesk *desk, GSettings *settings)
{
  RcpNotifier *self;
  g_autoptr (GSimpleAction) show = g_simple_action_new ("show-place", G_VARIANT_TYPE_STRING);

  g_return_val_if_fail (G_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_NOTIFIER, NULL);
  self->application = g_object_ref (application);
  self->desk = g_object_ref (desk);
  self->settings = g_object_ref (settings);
  for (guint i = 0; i < G_N_ELEMENTS (shells); i++)
    self->watches[i] = g_bus_watch_name (G_BUS_TYPE_SESSION, shells[i], i == 0 ? G_BUS_NAME_WATCHER_FLAGS_AUTO_START : G_BUS_NAME_WATCHER_FLAGS_NONE,
                                         on_shell_appeared_cb, on_shell_vanished_cb, self, NULL);
  g_signal_connect_object (show, "activate", G_CALLBACK (on_show_place_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (show));
  g_signal_connect_object (desk, "done", G_CALLBACK (remember), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "all-done", G_CALLBACK (on_all_done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::state", G_CALLBACK (on_state_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "roster-changed", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  follow (self);
  return self;
}

void
rcp_notifier_set_looking_func (RcpNotifier *self, gboolean (*is_looking) (gpointer data), gpointer data)
{
  g_return_if_fail (RCP_IS_NOTIFIER (self));

  self->is_looking = is_looking;
  self->looking_data = data;
}

void
rcp_notifier_set_patience (RcpNotifier *self, gint64 microseconds)
{
  g_return_if_fail (RCP_IS_NOTIFIER (self));

  self->patience = microseconds;
}
