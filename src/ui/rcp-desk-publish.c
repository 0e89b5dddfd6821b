/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes on behind an open record: hours are published as days pass. */

#define G_LOG_DOMAIN "rcp-desk"

#include "config.h"

#include "rcp-desk-private.h"

#include "scheduling/rcp-clinic-setup.h"
#include "scheduling/rcp-refit.h"

/* Hours far ahead are looked at when the first board is on the screen. */
#define PUBLISH_DELAY_MS 1000

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

/* What went wrong is told by domain and code alone: messages of servers may name patients. */
static void
put_off (RcpDesk *self, const char *what, const GError *error)
{
  self->is_put_off = TRUE;
  g_message ("%s: %s, code %d. It is tried again when the record was gone and is reached again, or is opened anew.", what,
             g_quark_to_string (error->domain), error->code);
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
        put_off (self, "Could not publish hours", error);
      return;
    }
  if (self && n_published > 0)
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

  if (!rcp_refit_hours_finish (result, NULL, &error))
    {
      if (self && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        put_off (self, "Could not make slots follow their hours", error);
      return;
    }
  if (!self)
    return;
  rcp_desk_reload_roster (self);
  start_publishing (self);
}

static gboolean
on_publish_time_cb (gpointer user_data)
{
  RcpDesk *self = user_data;

  self->publish_id = 0;
  self->is_put_off = FALSE;
  catch_up (self);
  /* Somebody was interrupted while hours were changed. */
  if (rcp_refit_is_needed (self->roster))
    rcp_refit_hours_async (self->client, self->roster, self->clock, RCP_HORIZON_DAYS, self->background, on_hours_refitted_cb,
                           rcp_desk_make_weak (self));
  else
    start_publishing (self);
  return G_SOURCE_REMOVE;
}

void
rcp_desk_publish_hours (RcpDesk *self)
{
  g_cancellable_cancel (self->background);
  g_clear_object (&self->background);
  self->background = g_cancellable_new ();
  g_clear_handle_id (&self->publish_id, g_source_remove);
  self->publish_id = g_timeout_add (PUBLISH_DELAY_MS, on_publish_time_cb, self);
}

static void
on_online_changed_cb (RcpDesk *self, GParamSpec *pspec, RcpDayBook *book)
{
  if (self->is_put_off && self->publish_id == 0 && book == self->day_book && rcp_day_book_is_online (book))
    self->publish_id = g_timeout_add (PUBLISH_DELAY_MS, on_publish_time_cb, self);
}

/* Hours that could not be published follow as soon as the record is reached again. */
void
rcp_desk_follow_day_book (RcpDesk *self)
{
  g_signal_connect_object (self->day_book, "notify::online", G_CALLBACK (on_online_changed_cb), self, G_CONNECT_SWAPPED);
}
