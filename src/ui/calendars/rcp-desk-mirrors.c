/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-desk-mirrors"

#include "config.h"

#include "rcp-desk-mirrors.h"

#include "clinic/rcp-change.h"
#include "fhir/fhir-json.h"
#include "rcp-calendar-choice.h"
#include "scheduling/rcp-mirror-request.h"

struct _RcpDeskMirrors
{
  GObject parent_instance;

  RcpDesk *desk;
  GSettings *settings;
  char *record; /* that is open; NULL while there is none */
  RcpDayBook *book;
  RcpMirrorService *service;
};

G_DEFINE_FINAL_TYPE (RcpDeskMirrors, rcp_desk_mirrors, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
stop (RcpDeskMirrors *self)
{
  g_autoptr (GVariant) none = g_variant_ref_sink (g_variant_new_array (G_VARIANT_TYPE ("{s(sssb)}"), NULL, 0));

  if (self->service)
    rcp_mirror_service_keep (self->service, NULL, rcp_desk_get_clock (self->desk), NULL, none);
}

static void
rcp_desk_mirrors_dispose (GObject *object)
{
  RcpDeskMirrors *self = RCP_DESK_MIRRORS (object);

  if (self->desk)
    stop (self);
  g_clear_object (&self->service);
  g_clear_object (&self->book);
  g_clear_object (&self->settings);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->record, g_free);
  G_OBJECT_CLASS (rcp_desk_mirrors_parent_class)->dispose (object);
}

static void
rcp_desk_mirrors_class_init (RcpDeskMirrorsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_desk_mirrors_dispose;
  signals[CHANGED] = g_signal_new ("changed", RCP_TYPE_DESK_MIRRORS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_desk_mirrors_init (RcpDeskMirrors *self)
{
}

/* Where somebody works at several places, that of the first column. */
static const char *
get_place_name (RcpDeskMirrors *self, const char *person)
{
  GListModel *providers = rcp_roster_get_providers (rcp_desk_get_roster (self->desk));

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      if (g_strcmp0 (rcp_provider_get_practitioner_id (provider), person) == 0 && rcp_provider_get_place (provider))
        return rcp_place_get_name (rcp_provider_get_place (provider)); /* the roster keeps it */
    }
  return NULL;
}

/* a{s(sssb)}: (transfer full) */
static GVariant *
list_chosen (RcpDeskMirrors *self)
{
  g_autoptr (GVariant) all = rcp_calendar_choice_list_mirrors (self->settings, self->record);
  const char *person, *uid, *privacy;
  GVariantBuilder builder;
  GVariantIter iter;
  gboolean invites;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{s(sssb)}"));
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "{&s(&s&sb)}", &person, &uid, &privacy, &invites))
    {
      const char *place = get_place_name (self, person);

      g_variant_builder_add (&builder, "{s(sssb)}", person, uid, privacy, place ? place : "", invites);
    }
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static void
apply (RcpDeskMirrors *self)
{
  g_autoptr (GVariant) chosen = NULL;

  if (!self->service || !self->record || rcp_desk_get_state (self->desk) != RCP_DESK_READY)
    return;
  chosen = list_chosen (self);
  rcp_mirror_service_keep (self->service, rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk),
                           g_time_zone_get_identifier (rcp_desk_get_zone (self->desk)), chosen);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* A visit that was given to somebody else is told with the new provider alone: its id finds the old one's calendar. */
static void
take_change (RcpDeskMirrors *self, const RcpChange *change)
{
  g_autoptr (RcpMirrorRequest) request = NULL;
  g_autoptr (RcpVisit) visit = NULL;

  if (g_strcmp0 (change->type, "Appointment") == 0)
    {
      visit = change->resource && !change->is_deleted ? rcp_visit_new (change->resource, NULL) : NULL;
      rcp_mirror_service_look (self->service, visit ? rcp_visit_get_practitioner_id (visit) : NULL,
                               visit ? rcp_visit_get_id (visit) : NULL);
    }
  else if (g_strcmp0 (change->type, "Task") == 0 && change->resource && !change->is_deleted)
    {
      request = rcp_mirror_request_new (change->resource);
      if (request)
        rcp_mirror_service_look (self->service, rcp_mirror_request_get_practitioner_id (request), NULL);
    }
}

static void
on_record_changed_cb (RcpDeskMirrors *self, GPtrArray *changes)
{
  if (!self->service || !self->record)
    return;
  if (!changes)
    rcp_mirror_service_look (self->service, NULL, NULL);
  for (guint i = 0; changes && i < changes->len; i++)
    take_change (self, changes->pdata[i]);
}

/* Also after hours were changed: then there is another day book. */
static void
follow_book (RcpDeskMirrors *self)
{
  RcpDayBook *book = rcp_desk_get_day_book (self->desk);

  if (!book || book == self->book)
    return;
  if (self->book)
    g_signal_handlers_disconnect_by_data (self->book, self);
  g_set_object (&self->book, book);
  g_signal_connect_object (book, "changed", G_CALLBACK (on_record_changed_cb), self, G_CONNECT_SWAPPED);
}

/* The next record may know other people by the same ids: nothing is mirrored until it is said which one it is. */
static void
on_state_changed_cb (RcpDeskMirrors *self)
{
  if (rcp_desk_get_state (self->desk) == RCP_DESK_CONNECTING)
    {
      g_clear_pointer (&self->record, g_free);
      stop (self);
    }
  follow_book (self);
}

static void
on_roster_changed_cb (RcpDeskMirrors *self)
{
  follow_book (self);
  apply (self);
}

static void
on_reading_changed_cb (RcpDeskMirrors *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * rcp_desk_mirrors_new:
 * @desk: the session
 * @settings: of the program
 *
 * Returns: (transfer full): what mirrors nothing before it has a service and a record
 */
RcpDeskMirrors *
rcp_desk_mirrors_new (RcpDesk *desk, GSettings *settings)
{
  RcpDeskMirrors *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (RCP_TYPE_DESK_MIRRORS, NULL);
  self->desk = g_object_ref (desk);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::calendars", G_CALLBACK (apply), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::invitations", G_CALLBACK (apply), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::state", G_CALLBACK (on_state_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "roster-changed", G_CALLBACK (on_roster_changed_cb), self, G_CONNECT_SWAPPED);
  follow_book (self);
  return self;
}

/**
 * rcp_desk_mirrors_set_service:
 * @self: the mirrors of a desk
 * @service: what keeps them
 */
void
rcp_desk_mirrors_set_service (RcpDeskMirrors *self, RcpMirrorService *service)
{
  g_return_if_fail (RCP_IS_DESK_MIRRORS (self));
  g_return_if_fail (RCP_IS_MIRROR_SERVICE (service));

  if (!g_set_object (&self->service, service))
    return;
  g_signal_connect_object (service, "reading-changed", G_CALLBACK (on_reading_changed_cb), self, G_CONNECT_SWAPPED);
  apply (self);
}

/**
 * rcp_desk_mirrors_set_record:
 * @self: the mirrors of a desk
 * @record: which record is open now
 */
void
rcp_desk_mirrors_set_record (RcpDeskMirrors *self, const char *record)
{
  g_return_if_fail (RCP_IS_DESK_MIRRORS (self));
  g_return_if_fail (record != NULL);

  g_free (self->record);
  self->record = g_strdup (record);
  follow_book (self);
  apply (self);
}

gboolean
rcp_desk_mirrors_get_reading (RcpDeskMirrors *self, const char *person, RcpMirrorReading *reading)
{
  g_return_val_if_fail (RCP_IS_DESK_MIRRORS (self), FALSE);

  return self->service && self->record && rcp_mirror_service_get_reading (self->service, person, reading);
}

static void
on_cleared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  guint n_removed;

  if (rcp_mirror_service_clear_finish (RCP_MIRROR_SERVICE (source), result, &n_removed, &error))
    g_task_return_int (task, n_removed);
  else
    g_task_return_error (task, error);
}

/**
 * rcp_desk_mirrors_clear_async:
 * @self: the mirrors of a desk
 * @person: id of a Practitioner
 * @uid: of the calendar
 * @callback: called when it is done
 * @user_data: for @callback
 */
void
rcp_desk_mirrors_clear_async (RcpDeskMirrors *self, const char *person, const char *uid, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RCP_IS_DESK_MIRRORS (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rcp_desk_mirrors_clear_async);
  if (!self->service || !self->record)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There are no calendars");
  else
    rcp_mirror_service_clear_async (self->service, rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), person, uid, NULL,
                                    on_cleared_cb, g_object_ref (task));
}

gboolean
rcp_desk_mirrors_clear_finish (RcpDeskMirrors *self, GAsyncResult *result, guint *n_removed, GError **error)
{
  gssize n;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  n = g_task_propagate_int (G_TASK (result), error);
  if (n_removed)
    *n_removed = (guint) MAX (n, 0);
  return n >= 0;
}
