/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-free-slots"

#include "rcp-free-slots.h"

/* So many searches are under way together: while one is parsed, the record works on the others. */
#define MAX_UNDER_WAY 6
#define PAGE_SIZE "1000"

typedef struct
{
  FhirClient *client;
  char *schedules;
  GArray *ranges;
  guint next_range;
  guint n_under_way;
  GArray *slots;
  GError *error; /* the first */
} Reading;

static void
reading_free (Reading *self)
{
  g_clear_object (&self->client);
  g_free (self->schedules);
  g_clear_pointer (&self->ranges, g_array_unref);
  g_clear_pointer (&self->slots, g_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static void search_more (GTask *task);

/* One range is read, or failed. */
static void
end_range (GTask *task)
{
  Reading *self = g_task_get_task_data (task);

  self->n_under_way--;
  if (self->error == NULL)
    search_more (task);
  if (self->n_under_way > 0)
    return;
  if (self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&self->slots), (GDestroyNotify)g_array_unref);
}

static void
keep_slots (Reading *self, FhirBundle *page)
{
  g_autoptr (GArray) slots = rcp_slots_from_bundle (page);

  g_array_append_vals (self->slots, slots->data, slots->len);
  /* Moved, not copied. */
  g_array_set_clear_func (slots, NULL);
}

static void on_next_page_read_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/* Page by page, so that the main loop is never kept busy by more than one of them. Takes @page, or @error. */
static void
take_page (GTask *task, FhirBundle *page, GError *error)
{
  Reading *self = g_task_get_task_data (task);

  if (page == NULL)
    {
      if (self->error == NULL)
        self->error = g_steal_pointer (&error);
      g_clear_error (&error);
      end_range (task);
      return;
    }
  keep_slots (self, page);
  if (fhir_bundle_get_next (page) != NULL && self->error == NULL)
    fhir_client_search_next_async (self->client, page, g_task_get_cancellable (task), on_next_page_read_cb,
                                   g_object_ref (task));
  else
    end_range (task);
  g_object_unref (page);
}

static void
on_page_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  FhirBundle *page = fhir_client_search_finish (FHIR_CLIENT (source), result, &error);

  take_page (task, page, error);
}

static void
on_next_page_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  FhirBundle *page = fhir_client_search_next_finish (FHIR_CLIENT (source), result, &error);

  take_page (task, page, error);
}

static void
search_range (GTask *task, RcpTimeRange range)
{
  Reading *self = g_task_get_task_data (task);
  g_autoptr (FhirSearch) search = fhir_search_new ("Slot");

  fhir_search_add (search, "schedule", self->schedules);
  fhir_search_add (search, "status", "free");
  fhir_search_add_instant (search, "start", "ge", range.start);
  fhir_search_add_instant (search, "start", "lt", range.end);
  fhir_search_add (search, "_count", PAGE_SIZE);
  fhir_client_search_async (self->client, search, g_task_get_cancellable (task), on_page_read_cb, g_object_ref (task));
}

static void
search_more (GTask *task)
{
  Reading *self = g_task_get_task_data (task);

  while (self->n_under_way < MAX_UNDER_WAY && self->next_range < self->ranges->len)
    {
      self->n_under_way++;
      search_range (task, g_array_index (self->ranges, RcpTimeRange, self->next_range++));
    }
}

void
rcp_free_slots_read_async (FhirClient *client,
                           const char *schedules,
                           GArray *ranges,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (client, cancellable, callback, user_data);
  Reading *self = g_new0 (Reading, 1);

  g_task_set_source_tag (task, rcp_free_slots_read_async);
  g_task_set_task_data (task, self, (GDestroyNotify)reading_free);
  self->client = g_object_ref (client);
  self->schedules = g_strdup (schedules);
  self->ranges = g_array_ref (ranges);
  self->slots = g_array_new (FALSE, FALSE, sizeof (RcpSlot));
  g_array_set_clear_func (self->slots, (GDestroyNotify)rcp_slot_clear);
  search_more (task);
  if (self->n_under_way == 0)
    g_task_return_pointer (task, g_steal_pointer (&self->slots), (GDestroyNotify)g_array_unref);
}

GArray *
rcp_free_slots_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_free_slots_read_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
