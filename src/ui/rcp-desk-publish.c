/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes on behind an open record: hours are published as days pass. */

#define G_LOG_DOMAIN "rcp-desk"

#include "config.h"

#include "rcp-desk-private.h"

#include "scheduling/rcp-clinic-setup.h"
#include "scheduling/rcp-refit.h"

/* Hours far ahead are looked at when the first board is on the screen. */
#define PUBLISH_DELAY_MS 1000
/* A server that fails or refuses may have been mended in a minute, or tomorrow. */
#define RETRY_MS (60 * 1000)
#define MOST_RETRY_MS (30 * 60 * 1000)

static gboolean on_publish_time_cb (gpointer user_data);

/* What runs in the background does not keep the desk: it ends with it, and nobody is told how. */
gpointer
rcp_desk_make_weak (RcpDesk *self)
{
  GWeakRef *weak = g_new (GWeakRef, 1);

  g_weak_ref_init (weak, self);
  return weak;
}

/* Takes what rcp_desk_make_weak() made: (transfer full), or NULL when the desk is gone. */
RcpDesk *
rcp_desk_get_from_weak (gpointer data)
{
  GWeakRef *weak = data;
  RcpDesk *self = g_weak_ref_get (weak);

  g_weak_ref_clear (weak);
  g_free (weak);
  return self;
}

/* A lost connection is told elsewhere. */
static gboolean
is_connection (const GError *error)
{
  return g_error_matches (error, FHIR_ERROR, FHIR_ERROR_NETWORK) || g_error_matches (error, FHIR_ERROR, FHIR_ERROR_TIMEOUT);
}

static void
try_later (RcpDesk *self, guint delay)
{
  g_clear_handle_id (&self->publish_id, g_source_remove);
  self->publish_id = g_timeout_add (delay, on_publish_time_cb, self);
}

/**
 * rcp_desk_put_off_hours:
 * @self: a desk
 * @what: failed, for the log
 * @error: why; told by domain and code alone there, as messages of servers may name patients
 *
 * Tries again in a minute, then less and less often, and as soon as the record is reached again.
 */
void
rcp_desk_put_off_hours (RcpDesk *self, const char *what, const GError *error)
{
  guint first = self->first_retry > 0 ? self->first_retry : RETRY_MS;

  self->retry = self->is_put_off ? MIN (2 * self->retry, MOST_RETRY_MS) : first;
  self->is_put_off = TRUE;
  g_message ("%s: %s, code %d. It is tried again in %u seconds.", what, g_quark_to_string (error->domain), error->code,
             self->retry / 1000);
  try_later (self, self->retry);
  if (self->is_late || is_connection (error))
    return;
  self->is_late = TRUE;
  g_signal_emit_by_name (self, "hours-late", error);
}

static void
take_back (RcpDesk *self)
{
  self->is_put_off = FALSE;
  if (!self->is_late)
    return;
  self->is_late = FALSE;
  g_signal_emit_by_name (self, "hours-late", NULL);
}

void
rcp_desk_queue_refit (RcpDesk *self, GTask *task, void (*begin) (GTask *task))
{
  if (!self->is_refitting)
    {
      self->is_refitting = TRUE;
      begin (task);
    }
  else if (self->next_refit)
    {
      g_ptr_array_add (g_task_get_task_data (self->next_refit), g_object_ref (task));
    }
  else
    {
      self->next_refit = g_object_ref (task);
      self->begin_refit = begin;
    }
}

void
rcp_desk_end_refit (RcpDesk *self)
{
  g_autoptr (GTask) next = g_steal_pointer (&self->next_refit);

  if (next)
    self->begin_refit (next);
  else
    self->is_refitting = FALSE;
}

static void
on_hours_published_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpDesk) self = rcp_desk_get_from_weak (user_data);
  g_autoptr (GError) error = NULL;
  guint n_published = 0;

  if (!rcp_publish_hours_finish (result, &n_published, &error))
    {
      /* The board stays right without: there is only less to book far ahead. */
      if (self && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        rcp_desk_put_off_hours (self, "Could not publish hours", error);
      return;
    }
  if (!self)
    return;
  take_back (self);
  if (n_published > 0)
    rcp_desk_reload_roster (self);
}

static void
on_capabilities_at_hand_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirCapabilities) capabilities = fhir_client_load_capabilities_finish (FHIR_CLIENT (source), result, &error);

  /* The first change asks again, and tells. */
  if (!capabilities)
    g_debug ("What the server can do was not read: code %d", error->code);
}

/* What the first board did without: what is ours to write with, and what another desk changed since the head start. */
static void
catch_up (RcpDesk *self)
{
  if (self->host)
    fhir_client_load_capabilities_async (self->client, self->background, on_capabilities_at_hand_cb, NULL);
  if (self->early.end > self->early.start)
    rcp_day_book_invalidate (self->day_book, self->early);
  self->early = (RcpTimeRange){ 0, 0 };
}

static void
start_publishing (RcpDesk *self)
{
  rcp_publish_hours_async (self->client, self->roster, self->clock, rcp_roster_get_grain (self->roster), RCP_HORIZON_DAYS,
                           self->background, on_hours_published_cb, rcp_desk_make_weak (self));
}

static void
on_hours_refitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpDesk) self = rcp_desk_get_from_weak (user_data);
  g_autoptr (GError) error = NULL;
  gboolean is_done = rcp_refit_hours_finish (result, NULL, &error);

  if (self)
    rcp_desk_end_refit (self);
  if (!is_done)
    {
      if (self && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        rcp_desk_put_off_hours (self, "Could not make slots follow their hours", error);
      return;
    }
  if (!self)
    return;
  rcp_desk_reload_roster (self);
  start_publishing (self);
}

static void
refit_or_publish (RcpDesk *self)
{
  /* Hours are being changed here: what they are then is to be read after it. */
  if (self->is_refitting)
    {
      try_later (self, PUBLISH_DELAY_MS);
      return;
    }
  /* Somebody was interrupted while hours were changed. */
  if (rcp_refit_is_needed (self->roster))
    {
      self->is_refitting = TRUE;
      rcp_refit_hours_async (self->client, self->roster, self->clock, RCP_HORIZON_DAYS, self->background, on_hours_refitted_cb,
                             rcp_desk_make_weak (self));
    }
  else
    {
      start_publishing (self);
    }
}

static void
on_roster_reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpDesk) self = rcp_desk_get_from_weak (user_data);
  g_autoptr (GError) error = NULL;
  gboolean is_read = g_task_propagate_boolean (G_TASK (result), &error);

  if (self && is_read)
    refit_or_publish (self);
  else if (self && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rcp_desk_put_off_hours (self, "Could not read the hours", error);
}

/* The hours that the desk knows may be of before they were changed, unless it has just been opened. */
static gboolean
on_publish_time_cb (gpointer user_data)
{
  RcpDesk *self = user_data;

  self->publish_id = 0;
  catch_up (self);
  if (self->is_put_off && !rcp_day_book_is_online (self->day_book))
    return G_SOURCE_REMOVE;
  if (self->is_put_off || self->roster_asked != self->roster_taken)
    rcp_desk_read_roster (self, self->background, g_task_new (NULL, self->background, on_roster_reloaded_cb, rcp_desk_make_weak (self)));
  else
    refit_or_publish (self);
  return G_SOURCE_REMOVE;
}

void
rcp_desk_publish_hours (RcpDesk *self)
{
  g_cancellable_cancel (self->background);
  g_clear_object (&self->background);
  self->background = g_cancellable_new ();
  self->is_put_off = FALSE;
  self->is_late = FALSE;
  try_later (self, PUBLISH_DELAY_MS);
}

static void
on_online_changed_cb (RcpDesk *self, GParamSpec *pspec, RcpDayBook *book)
{
  if (self->is_put_off && book == self->day_book && rcp_day_book_is_online (book))
    try_later (self, PUBLISH_DELAY_MS);
}

/* Hours that could not be published follow as soon as the record is reached again. */
void
rcp_desk_follow_day_book (RcpDesk *self)
{
  g_signal_connect_object (self->day_book, "notify::online", G_CALLBACK (on_online_changed_cb), self, G_CONNECT_SWAPPED);
}
