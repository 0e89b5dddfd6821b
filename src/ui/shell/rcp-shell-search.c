/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-shell"

#include "config.h"

#include "rcp-shell-search.h"

#include <glib/gi18n.h>

#include "clinic/rcp-patient-finder.h"
#include "ui/rcp-time-text.h"

/* The Shell shows five of one program at most. */
#define MAX_RESULTS 5

struct _RcpShellSearch
{
  GObject parent_instance;

  RcpDesk *desk;
  char *text;
  GPtrArray *results; /* element-type RcpShellResult */
  guint n_pending;
};

G_DEFINE_FINAL_TYPE (RcpShellSearch, rcp_shell_search, G_TYPE_OBJECT)

typedef struct
{
  GTask *task;
  RcpShellResult *result; /* of the task's object, which outlives it */
} Lookup;

static void
free_result (gpointer data)
{
  RcpShellResult *result = data;

  rcp_link_free (result->link);
  g_free (result->name);
  g_free (result->description);
  g_free (result);
}

static void
rcp_shell_search_finalize (GObject *object)
{
  RcpShellSearch *self = RCP_SHELL_SEARCH (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  G_OBJECT_CLASS (rcp_shell_search_parent_class)->finalize (object);
}

static void
rcp_shell_search_class_init (RcpShellSearchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_shell_search_finalize;
}

static void
rcp_shell_search_init (RcpShellSearch *self)
{
  self->results = g_ptr_array_new_with_free_func (free_result);
}

/**
 * rcp_shell_search_new:
 * @desk: an open desk
 * @text: what was typed
 *
 * Returns: (transfer full): one search
 */
RcpShellSearch *
rcp_shell_search_new (RcpDesk *desk, const char *text)
{
  RcpShellSearch *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (text, NULL);

  self = g_object_new (RCP_TYPE_SHELL_SEARCH, NULL);
  self->desk = g_object_ref (desk);
  self->text = g_strdup (text);
  return self;
}

/* Visits come latest first: the next one is the last that is still to come. */
static RcpVisit *
find_next (RcpShellSearch *self, GListModel *visits)
{
  gint64 now = rcp_clock_get_now (rcp_desk_get_clock (self->desk));
  guint n_visits = g_list_model_get_n_items (visits);
  RcpVisit *next = NULL;

  for (guint i = 0; i < n_visits; i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (visits, i);

      if (rcp_visit_get_range (visit).end <= now)
        break;
      if (rcp_visit_status_takes_time (rcp_visit_get_status (visit)))
        next = visit; /* the list keeps it */
    }
  return next;
}

static char *
describe (RcpShellSearch *self, RcpVisit *visit)
{
  GTimeZone *zone = rcp_desk_get_zone (self->desk);
  RcpProvider *provider = rcp_roster_find_provider_of_visit (rcp_desk_get_roster (self->desk), visit);
  g_autofree char *day = rcp_time_text_short_day (rcp_visit_get_range (visit).start, zone);
  g_autofree char *time = rcp_time_text_clock (rcp_visit_get_range (visit).start, zone);

  if (!provider)
    /* Translators: when a visit is: day and time. */
    return g_strdup_printf (_("%s, %s"), day, time);
  /* Translators: when a visit is, and with whom: day, time, provider. */
  return g_strdup_printf (_("%s, %s with %s"), day, time, rcp_provider_get_name (provider));
}

static void
on_visits_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Lookup *lookup = user_data;
  g_autoptr (GTask) task = lookup->task;
  RcpShellSearch *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) visits = rcp_patient_visits_load_finish (result, &error);
  RcpVisit *next = visits ? find_next (self, visits) : NULL;

  if (next)
    {
      rcp_link_free (lookup->result->link);
      lookup->result->link = rcp_link_new (RCP_LINK_VISIT, rcp_visit_get_id (next));
      lookup->result->description = describe (self, next);
    }
  else if (visits)
    lookup->result->description = g_strdup (_("No visit to come"));
  if (--self->n_pending > 0)
    return;
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, g_steal_pointer (&self->results), (GDestroyNotify) g_ptr_array_unref);
}

static void
look_up (RcpShellSearch *self, GTask *task, RcpPatient *patient)
{
  RcpShellResult *result = g_new0 (RcpShellResult, 1);
  Lookup *lookup = g_new0 (Lookup, 1);

  result->link = rcp_link_new (RCP_LINK_PATIENT, rcp_patient_get_id (patient));
  result->name = g_strdup (rcp_patient_get_name (patient));
  g_ptr_array_add (self->results, result);
  lookup->task = g_object_ref (task);
  lookup->result = result;
  self->n_pending++;
  rcp_patient_visits_load_async (rcp_desk_get_client (self->desk), rcp_patient_get_id (patient), g_task_get_cancellable (task),
                                 on_visits_loaded_cb, lookup);
}

static void
on_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpShellSearch *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GListModel) found = rcp_patient_finder_find_finish (result, &error);
  guint n_found = found ? g_list_model_get_n_items (found) : 0;

  if (!found)
    {
      g_task_return_error (task, error);
      return;
    }
  if (n_found == 0)
    {
      g_task_return_pointer (task, g_steal_pointer (&self->results), (GDestroyNotify) g_ptr_array_unref);
      return;
    }
  for (guint i = 0; i < n_found; i++)
    {
      g_autoptr (RcpFound) one = g_list_model_get_item (found, i);

      look_up (self, task, rcp_found_get_patient (one));
    }
}

/**
 * rcp_shell_search_run_async:
 *
 * Finds patients as Find does, then reads the visits of each.
 */
void
rcp_shell_search_run_async (RcpShellSearch *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RCP_IS_SHELL_SEARCH (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_shell_search_run_async);
  if (rcp_desk_get_state (self->desk) != RCP_DESK_READY)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "No record is open");
      return;
    }
  rcp_patient_finder_find_async (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), self->text, MAX_RESULTS,
                                 cancellable, on_found_cb, g_object_ref (task));
}

GPtrArray *
rcp_shell_search_run_finish (RcpShellSearch *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (RCP_IS_SHELL_SEARCH (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
