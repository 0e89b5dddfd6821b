/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-session-limit"

#include "rcp-visit-change.h"

#include <glib/gi18n.h>

#include "clinic/rcp-codes.h"
#include "scheduling/rcp-overbook.h"

/* How many visits may be put beside others in one half day is written on the Schedule; where nothing is written, it is
 * left to the desk. */
typedef struct
{
  RcpVisitChange *change; /* borrowed */
  gint64 limit;
} Check;

/* Those that are changed in the same transaction are counted where they will be. */
static gboolean
is_changed_as_well (RcpVisitChange *self, RcpVisit *visit)
{
  for (guint i = 0; self->group != NULL && i < self->group->len; i++)
    if (g_strcmp0 (rcp_visit_get_id (visit), rcp_visit_change_get_visit_id (self->group->pdata[i])) == 0)
      return TRUE;
  return FALSE;
}

static guint
count_made_as_well (RcpVisitChange *self, RcpTimeRange session)
{
  guint n = 0;

  for (guint i = 0; self->group != NULL && i < self->group->len; i++)
    {
      RcpVisitChange *other = self->group->pdata[i];

      n += other != self && other->overbook != NULL && other->range.start >= session.start
           && other->range.start < session.end && g_strcmp0 (other->practitioner_id, self->practitioner_id) == 0;
    }
  return n;
}

static guint
count_overbooked (Check *self, GPtrArray *appointments)
{
  g_autoptr (GListStore) visits = g_list_store_new (RCP_TYPE_VISIT);
  RcpTimeRange session = rcp_overbook_get_session (self->change->range.start, self->change->zone);
  guint n_made = count_made_as_well (self->change, session);

  for (guint i = 0; i < appointments->len; i++)
    {
      g_autoptr (RcpVisit) visit = rcp_visit_new (appointments->pdata[i], NULL);

      if (!is_changed_as_well (self->change, visit))
        g_list_store_append (visits, visit);
    }
  return n_made
         + rcp_overbook_count (G_LIST_MODEL (visits), rcp_offer_get_provider (self->change->offer), session,
                               rcp_visit_change_get_visit_id (self->change));
}

static void
on_visits_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);
  g_autofree char *what = NULL;
  guint n;

  if (bundle == NULL)
    {
      g_task_return_error (task, rcp_scheduling_error_new_from_fhir (error, self->change->deed));
      return;
    }
  n = count_overbooked (self, fhir_bundle_get_matches (bundle));
  if (n < self->limit)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  what = g_strdup_printf (
      /* Translators: %u: how many visits of a half day were put beside others on purpose already, which is the limit */
      ngettext ("The half day has %u overbooked visit already, and no more are allowed.",
                "The half day has %u overbooked visits already, and no more are allowed.", n),
      n);
  g_task_return_error (task, rcp_scheduling_error_new_because (RCP_SCHEDULING_ERROR_LIMIT, self->change->deed, what,
                                                               "overbooking limit of the Schedule"));
}

static void
count_visits (GTask *task)
{
  Check *self = g_task_get_task_data (task);
  RcpTimeRange session = rcp_overbook_get_session (self->change->range.start, self->change->zone);
  g_autoptr (FhirSearch) search = fhir_search_new ("Appointment");

  fhir_search_add_printf (search, "actor", "Practitioner/%s", self->change->practitioner_id);
  fhir_search_add_instant (search, "date", "ge", session.start);
  fhir_search_add_instant (search, "date", "lt", session.end);
  fhir_client_search_all_async (self->change->client, search, 0, g_task_get_cancellable (task), on_visits_read_cb,
                                g_object_ref (task));
}

static void
on_schedule_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) schedule = fhir_client_read_finish (FHIR_CLIENT (source), result, &error);

  if (schedule == NULL)
    {
      g_task_return_error (task, rcp_scheduling_error_new_from_fhir (error, self->change->deed));
      return;
    }
  self->limit = fhir_json_get_int (
      fhir_json_get_extension (fhir_resource_get_json (schedule), RCP_EXTENSION_OVERBOOK), "valueInteger", -1);
  if (self->limit < 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_set_object (&self->change->turn, schedule);
  count_visits (task);
}

void
rcp_session_limit_check_async (RcpVisitChange *change,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (change->client, cancellable, callback, user_data);
  Check *self = g_new0 (Check, 1);
  g_autofree char *reference = NULL;

  g_task_set_source_tag (task, rcp_session_limit_check_async);
  g_task_set_task_data (task, self, g_free);
  self->change = change;
  /* A visit that goes back to where it was counted already. */
  if (change->offer == NULL || change->practitioner_id == NULL || change->beyond_limit)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  reference = g_strconcat ("Schedule/", rcp_provider_get_schedule_id (rcp_offer_get_provider (change->offer)), NULL);
  fhir_client_read_async (change->client, reference, cancellable, on_schedule_read_cb, g_object_ref (task));
}

gboolean
rcp_session_limit_check_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_session_limit_check_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
