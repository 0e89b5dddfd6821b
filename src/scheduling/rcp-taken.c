/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-taken"

#include "rcp-visit-change.h"

#include <glib/gi18n.h>

#include "base/rcp-when-text.h"

typedef struct
{
  RcpVisitChange *change; /* borrowed */
  GError *taken;
} Explain;

static void
explain_free (Explain *self)
{
  g_clear_error (&self->taken);
  g_free (self);
}

/* The first of the visits found that takes the time. */
static RcpVisit *
pick_visit (Explain *self, FhirBundle *bundle)
{
  GPtrArray *matches = fhir_bundle_get_matches (bundle);

  for (guint i = 0; i < matches->len; i++)
    {
      g_autoptr (RcpVisit) visit = rcp_visit_new_in_bundle (matches->pdata[i], bundle);

      if (rcp_visit_status_takes_time (rcp_visit_get_status (visit))
          && g_strcmp0 (rcp_visit_get_id (visit), rcp_visit_change_get_visit_id (self->change)) != 0)
        return g_steal_pointer (&visit);
    }
  return NULL;
}

static void
on_visits_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Explain *self = g_task_get_task_data (task);
  g_autoptr (FhirBundle) bundle = fhir_client_search_finish (FHIR_CLIENT (source), result, NULL);
  g_autoptr (RcpVisit) visit = bundle != NULL ? pick_visit (self, bundle) : NULL;
  g_autofree char *start = NULL;
  g_autofree char *what = NULL;
  const char *name;
  RcpRoom *room;

  if (visit == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&self->taken));
      return;
    }
  start = rcp_when_text_day_and_clock (rcp_visit_get_range (visit).start, self->change->zone);
  name = rcp_visit_get_patient_name (visit);
  room = rcp_visit_change_find_shared_room (self->change, visit);
  if (room != NULL
      && g_strcmp0 (rcp_visit_get_practitioner_id (visit), self->change->practitioner_id) != 0)
    /* Translators: the name of a room or device; a day and time */
    what = g_strdup_printf (_ ("Somebody else was faster: %s is now taken (%s)."), rcp_room_get_name (room), start);
  else if (name != NULL && *name != '\0')
    /* Translators: a day and time; the name of a patient */
    what = g_strdup_printf (_ ("Somebody else was faster: %s is now taken by a visit of %s."), start, name);
  else
    what = g_strdup_printf (_ ("Somebody else was faster: %s is now taken by another visit."), start);
  g_task_return_error (task, rcp_scheduling_error_new_because (RCP_SCHEDULING_ERROR_TAKEN, self->change->deed, what,
                                                               rcp_scheduling_error_get_detail (self->taken)));
}

void
rcp_taken_explain_async (RcpVisitChange *change, GError *taken, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (change->client, NULL, callback, user_data);
  g_autoptr (FhirSearch) search = fhir_search_new ("Appointment");
  g_autoptr (GString) slots = g_string_new (NULL);
  Explain *self = g_new0 (Explain, 1);

  g_task_set_source_tag (task, rcp_taken_explain_async);
  g_task_set_task_data (task, self, (GDestroyNotify)explain_free);
  self->change = change;
  self->taken = taken;
  for (guint i = 0; change->take[i] != NULL; i++)
    g_string_append_printf (slots, "%sSlot/%s", i > 0 ? "," : "", change->take[i]);
  fhir_search_add (search, "slot", slots->str);
  fhir_search_add (search, "_include", "Appointment:patient");
  fhir_client_search_async (change->client, search, NULL, on_visits_read_cb, g_object_ref (task));
}

GError *
rcp_taken_explain_finish (GAsyncResult *result)
{
  GError *error = NULL;

  g_task_propagate_pointer (G_TASK (result), &error);
  return error;
}
