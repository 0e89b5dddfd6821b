/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-elsewhere"

#include "rcp-visit-change.h"

#include <glib/gi18n.h>

#include "base/rcp-when-text.h"

/* The visit itself, and those that are moved in the same transaction: they will be elsewhere. */
static gboolean
is_changed_as_well (RcpVisitChange *self, RcpVisit *visit)
{
  const char *id = rcp_visit_get_id (visit);

  for (guint i = 0; self->group != NULL && i < self->group->len; i++)
    if (g_strcmp0 (id, rcp_visit_change_get_visit_id (self->group->pdata[i])) == 0)
      return TRUE;
  return g_strcmp0 (id, rcp_visit_change_get_visit_id (self)) == 0;
}

/* Slots keep two visits out of one column. They do not keep a patient out of two columns, nor a provider out of two
 * schedules, nor do they know of visits that another program wrote without a slot. */
static gboolean
is_in_the_way (RcpVisitChange *self, RcpVisit *visit)
{
  return !is_changed_as_well (self, visit)
         && rcp_visit_status_takes_time (rcp_visit_get_status (visit))
         && rcp_time_range_overlaps (rcp_visit_get_range (visit), self->range);
}

static RcpVisit *
pick_visit (RcpVisitChange *self, FhirBundle *bundle)
{
  GPtrArray *matches = fhir_bundle_get_matches (bundle);

  for (guint i = 0; i < matches->len; i++)
    {
      g_autoptr (RcpVisit) visit = rcp_visit_new_in_bundle (matches->pdata[i], bundle);

      if (is_in_the_way (self, visit))
        return g_steal_pointer (&visit);
    }
  return NULL;
}

static gboolean
has_patient_of (RcpVisitChange *self, RcpVisit *visit)
{
  g_auto (GStrv) patients = rcp_visit_change_list_patients (self);
  g_auto (GStrv) others = rcp_visit_dup_patient_ids (visit);

  for (guint i = 0; others[i] != NULL; i++)
    if (g_strv_contains ((const char *const *)patients, others[i]))
      return TRUE;
  return FALSE;
}

static GError *
make_error (RcpVisitChange *self, RcpVisit *visit)
{
  g_autofree char *start = rcp_when_text_day_and_clock (rcp_visit_get_range (visit).start, self->zone);
  g_autofree char *what = NULL;
  RcpRoom *room = rcp_visit_change_find_shared_room (self, visit);

  if (has_patient_of (self, visit))
    /* Translators: a day and time */
    what = g_strdup_printf (_ ("The patient has another visit at that time (%s)."), start);
  else if (room != NULL && g_strcmp0 (rcp_visit_get_practitioner_id (visit), self->practitioner_id) != 0)
    /* Translators: the name of a room or device; a day and time */
    what = g_strdup_printf (_ ("%s is in use at that time (%s)."), rcp_room_get_name (room), start);
  else
    /* Translators: the name of a provider; a day and time */
    what = g_strdup_printf (_ ("%s has another visit at that time (%s)."),
                            /* Translators: in place of the name of a provider */
                            self->provider_name != NULL ? self->provider_name : _ ("The provider"), start);
  return rcp_scheduling_error_new_because (RCP_SCHEDULING_ERROR_TAKEN, self->deed, what, "overlapping Appointment");
}

static void
on_visits_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpVisitChange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);
  g_autoptr (RcpVisit) visit = bundle != NULL ? pick_visit (self, bundle) : NULL;

  if (bundle == NULL)
    g_task_return_error (task, rcp_scheduling_error_new_from_fhir (error, self->deed));
  else if (visit != NULL)
    g_task_return_error (task, make_error (self, visit));
  else
    g_task_return_boolean (task, TRUE);
}

void
rcp_elsewhere_check_async (RcpVisitChange *change,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (change->client, cancellable, callback, user_data);
  g_autoptr (FhirSearch) search = NULL;
  g_autofree char *patients = rcp_visit_change_join_patients (change, "Patient/");
  g_autoptr (GString) actors = g_string_new (patients);

  g_task_set_source_tag (task, rcp_elsewhere_check_async);
  g_task_set_task_data (task, change, NULL);
  if (change->practitioner_id != NULL)
    g_string_append_printf (actors, "%sPractitioner/%s", actors->len > 0 ? "," : "", change->practitioner_id);
  if (change->room != NULL)
    g_string_append_printf (actors, "%s%s", actors->len > 0 ? "," : "", rcp_room_get_reference (change->room));
  for (guint i = 0; change->kept != NULL && i < change->kept->len; i++)
    g_string_append_printf (actors, "%s%s", actors->len > 0 ? "," : "", rcp_room_get_reference (change->kept->pdata[i]));
  if (actors->len == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  search = rcp_own_visits_make_search (actors->str, change->range);
  fhir_client_search_all_async (change->client, search, 0, cancellable, on_visits_read_cb, g_object_ref (task));
}

gboolean
rcp_elsewhere_check_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_elsewhere_check_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
