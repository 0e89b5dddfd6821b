/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-window-links"

#include "config.h"

#include <glib/gi18n.h>

#include "rcp-error-dialog.h"
#include "rcp-window-private.h"

static void
on_visit_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_finish (FHIR_CLIENT (source), result, &error);
  g_autoptr (RcpVisit) visit = NULL;

  if (!self->desk)
    return;
  if (!bundle)
    {
      rcp_error_dialog_present (GTK_WINDOW (self), _("Visit Not Read"), error);
      return;
    }
  if (fhir_bundle_get_matches (bundle)->len > 0)
    visit = rcp_visit_new_in_bundle (g_ptr_array_index (fhir_bundle_get_matches (bundle), 0), bundle);
  if (visit)
    rcp_window_show_found (self, rcp_visit_get_patient (visit), visit);
  else
    rcp_window_tell (self, _("That visit is not in this record"));
}

static void
on_patient_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) resource = fhir_client_read_finish (FHIR_CLIENT (source), result, &error);
  g_autoptr (RcpPatient) patient = NULL;

  if (!self->desk)
    return;
  if (resource)
    {
      patient = rcp_patient_new (resource);
      rcp_window_show_found (self, patient, NULL);
    }
  else if (g_error_matches (error, FHIR_ERROR, FHIR_ERROR_NOT_FOUND))
    rcp_window_tell (self, _("That patient is not in this record"));
  else
    rcp_error_dialog_present (GTK_WINDOW (self), _("Patient Not Read"), error);
}

static void
follow (RcpWindow *self, const RcpLink *link)
{
  FhirClient *client = rcp_desk_get_client (self->desk);
  g_autoptr (FhirSearch) search = NULL;
  g_autofree char *reference = NULL;

  switch (link->kind)
    {
    case RCP_LINK_VISIT:
      search = fhir_search_new ("Appointment");
      fhir_search_add (search, "_id", link->id);
      fhir_search_add (search, "_include", "Appointment:patient");
      fhir_client_search_async (client, search, NULL, on_visit_read_cb, g_object_ref (self));
      break;
    case RCP_LINK_PATIENT:
      reference = g_strconcat ("Patient/", link->id, NULL);
      fhir_client_read_async (client, reference, NULL, on_patient_read_cb, g_object_ref (self));
      break;
    case RCP_LINK_DAY:
    default:
      rcp_board_model_set_date (self->model, &link->date);
      break;
    }
}

static void
on_desk_state_changed_cb (RcpWindow *self)
{
  g_autoptr (RcpLink) link = NULL;

  if (rcp_desk_get_state (self->desk) != RCP_DESK_READY || !self->link)
    return;
  link = g_steal_pointer (&self->link);
  follow (self, link);
}

/**
 * rcp_window_show_link:
 * @self: a window
 * @link: what to look at
 *
 * Shows a visit, a patient or a day, as soon as the record is open. A link never changes anything.
 */
void
rcp_window_show_link (RcpWindow *self, const RcpLink *link)
{
  g_return_if_fail (RCP_IS_WINDOW (self));
  g_return_if_fail (link);

  g_clear_pointer (&self->link, rcp_link_free);
  self->link = rcp_link_copy (link);
  if (!self->watches_links)
    g_signal_connect_object (self->desk, "notify::state", G_CALLBACK (on_desk_state_changed_cb), self, G_CONNECT_SWAPPED);
  self->watches_links = TRUE;
  on_desk_state_changed_cb (self);
}
