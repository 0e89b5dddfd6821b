/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-block-visits"

#include "rcp-block-visits.h"

#include "base/rcp-when-text.h"
#include "clinic/rcp-codes.h"
#include "rcp-refit-private.h"

#define MOST_NAMES 5

static int
compare_visits (gconstpointer a, gconstpointer b)
{
  gint64 left = rcp_visit_get_range (*(RcpVisit *const *)a).start;
  gint64 right = rcp_visit_get_range (*(RcpVisit *const *)b).start;

  return (left > right) - (left < right);
}

GPtrArray *
rcp_block_visits_pick (FhirBundle *bundle, RcpTimeRange range)
{
  GPtrArray *matches = fhir_bundle_get_matches (bundle);
  GPtrArray *visits = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < matches->len; i++)
    {
      g_autoptr (RcpVisit) visit = rcp_visit_new_in_bundle (matches->pdata[i], bundle);
      RcpVisitStatus status = rcp_visit_get_status (visit);

      if (rcp_visit_status_takes_time (status) && status != RCP_VISIT_FULFILLED
          && rcp_time_range_overlaps (rcp_visit_get_range (visit), range))
        g_ptr_array_add (visits, g_steal_pointer (&visit));
    }
  g_ptr_array_sort (visits, compare_visits);
  return visits;
}

char *
rcp_block_visits_name (GPtrArray *visits, GTimeZone *zone)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < MIN (visits->len, MOST_NAMES); i++)
    {
      g_autofree char *start = rcp_when_text_day_and_clock (rcp_visit_get_range (visits->pdata[i]).start, zone);

      g_string_append_printf (names, "%s%s %s", names->len > 0 ? "; " : "", start,
                              rcp_visit_get_patient_name (visits->pdata[i]));
    }
  if (visits->len > MOST_NAMES)
    g_string_append (names, "; …");
  return visits->len > 0 ? g_string_free (g_steal_pointer (&names), FALSE) : NULL;
}

static FhirResource *
find_task (GPtrArray *tasks, RcpVisit *visit)
{
  FhirResource *task = NULL;

  for (guint i = 0; task == NULL && i < tasks->len; i++)
    task = rcp_refit_task_find (tasks->pdata[i], visit);
  return task;
}

/* The task of @visit that was ticked off, or is to be. */
static void
put_task (FhirTransaction *transaction, RcpVisit *visit, FhirResource *task, const char *done, gint64 now)
{
  g_autoptr (JsonObject) json = rcp_refit_task_set_done (task, done, now);
  g_autofree char *if_match = fhir_resource_dup_if_match (task);

  if (done == NULL)
    {
      rcp_refit_task_set_fault (json, RCP_REFIT_BLOCKED);
      rcp_refit_task_set_visit (json, visit);
    }
  fhir_transaction_update (transaction, json, if_match);
}

/* A visit that somebody kept where it was is asked about again: that was for another reason. No condition goes with a new
 * task: the versions of the slots keep two desks apart already, and some servers take few entries beside a condition. */
GPtrArray *
rcp_block_visits_add_work (FhirTransaction *transaction, GPtrArray *visits, GPtrArray *tasks, gint64 now)
{
  GPtrArray *added = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < visits->len; i++)
    {
      FhirResource *known = find_task (tasks, visits->pdata[i]);
      g_autoptr (JsonObject) json = NULL;

      if (known != NULL && rcp_refit_task_is_open (known) && rcp_refit_task_is_about (known, visits->pdata[i]))
        continue;
      g_ptr_array_add (added, g_object_ref (visits->pdata[i]));
      if (known != NULL)
        {
          put_task (transaction, visits->pdata[i], known, NULL, now);
          continue;
        }
      json = rcp_refit_task_new (visits->pdata[i], RCP_REFIT_BLOCKED, now);
      fhir_transaction_create (transaction, json, NULL);
    }
  return added;
}

GPtrArray *
rcp_block_visits_end_work (FhirTransaction *transaction, GPtrArray *visits, GPtrArray *tasks, gint64 now)
{
  GPtrArray *ended = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < visits->len; i++)
    {
      FhirResource *known = find_task (tasks, visits->pdata[i]);

      if (known == NULL || !rcp_refit_task_is_open (known) || !rcp_refit_task_is_blocked (known))
        continue;
      g_ptr_array_add (ended, g_object_ref (visits->pdata[i]));
      put_task (transaction, visits->pdata[i], known, "fits", now);
    }
  return ended;
}
