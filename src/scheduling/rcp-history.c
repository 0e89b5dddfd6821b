/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-history"

#include "rcp-history-private.h"

struct _RcpHistory
{
  GObject parent_instance;

  FhirClient *client;
  RcpRoster *roster;
  char *reference;
  GListStore *entries; /* shown */
  GPtrArray *held;     /* read, but older than what was not read yet */
  FhirBundle *page;    /* of visits, the last that was read; NULL before that */
  RcpHistoryGaps gaps;
};

G_DEFINE_FINAL_TYPE (RcpHistory, rcp_history, G_TYPE_OBJECT)

static void
rcp_history_finalize (GObject *object)
{
  RcpHistory *self = RCP_HISTORY (object);

  g_clear_object (&self->client);
  g_clear_object (&self->roster);
  g_clear_object (&self->entries);
  g_clear_object (&self->page);
  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_free (self->reference);
  G_OBJECT_CLASS (rcp_history_parent_class)->finalize (object);
}

static void
rcp_history_class_init (RcpHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_history_finalize;
}

static void
rcp_history_init (RcpHistory *self)
{
  self->entries = g_list_store_new (RCP_TYPE_HISTORY_ENTRY);
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * rcp_history_new:
 * @client: the record
 * @roster: (nullable): for the names of those whom the record does not call by name
 * @reference: "Appointment/1", or "Patient/2" for the patient with all visits, places on the wait list and flags
 *
 * Returns: (transfer full): a history that has read nothing yet
 */
RcpHistory *
rcp_history_new (FhirClient *client, RcpRoster *roster, const char *reference)
{
  RcpHistory *self;

  g_return_val_if_fail (FHIR_IS_CLIENT (client), NULL);
  g_return_val_if_fail (roster == NULL || RCP_IS_ROSTER (roster), NULL);
  g_return_val_if_fail (reference != NULL, NULL);

  self = g_object_new (RCP_TYPE_HISTORY, NULL);
  self->client = g_object_ref (client);
  g_set_object (&self->roster, roster);
  self->reference = g_strdup (reference);
  return self;
}

GListModel *
rcp_history_get_entries (RcpHistory *self)
{
  g_return_val_if_fail (RCP_IS_HISTORY (self), NULL);
  return G_LIST_MODEL (self->entries);
}

gboolean
rcp_history_has_more (RcpHistory *self)
{
  g_return_val_if_fail (RCP_IS_HISTORY (self), FALSE);
  return self->page != NULL && fhir_bundle_get_next (self->page) != NULL;
}

RcpHistoryGaps
rcp_history_get_gaps (RcpHistory *self)
{
  g_return_val_if_fail (RCP_IS_HISTORY (self), 0);
  return self->gaps;
}

/* ---- what was read, in order ---- */

/* By the one clock of the server, where it tells; those of the desks may differ. */
static int
compare_entries (gconstpointer a, gconstpointer b)
{
  RcpHistoryEntry *left = *(RcpHistoryEntry *const *)a, *right = *(RcpHistoryEntry *const *)b;
  gint64 of_left = rcp_history_entry_get_updated (left), of_right = rcp_history_entry_get_updated (right);

  if (of_left == of_right || of_left == 0 || of_right == 0)
    {
      of_left = rcp_history_entry_get_when (left);
      of_right = rcp_history_entry_get_when (right);
    }
  return (of_left < of_right) - (of_left > of_right);
}

/* What is not read yet was last changed before the oldest of this page: nothing of it is younger. */
static gint64
get_watermark (RcpHistoryPiece *piece)
{
  GPtrArray *visits = piece->page != NULL ? fhir_bundle_get_matches (piece->page) : NULL;

  if (visits == NULL || visits->len == 0 || fhir_bundle_get_next (piece->page) == NULL || piece->is_unsorted)
    return G_MININT64;
  return rcp_history_get_instant (visits->pdata[visits->len - 1], "meta.lastUpdated");
}

static void
show_read (RcpHistory *self, gint64 watermark)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_entries = g_list_model_get_n_items (G_LIST_MODEL (self->entries));

  for (guint i = 0; i < n_entries; i++)
    g_ptr_array_add (shown, g_list_model_get_item (G_LIST_MODEL (self->entries), i));
  for (guint i = self->held->len; i > 0; i--)
    if (rcp_history_entry_get_updated (self->held->pdata[i - 1]) >= watermark)
      g_ptr_array_add (shown, g_ptr_array_steal_index (self->held, i - 1));
  g_ptr_array_sort (shown, compare_entries);
  g_list_store_splice (self->entries, 0, n_entries, shown->pdata, shown->len);
}

static void
on_piece_read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpHistory *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (RcpHistoryPiece) piece = rcp_history_read_piece_finish (result, &error);

  if (piece == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < piece->sources->len; i++)
    rcp_history_compose (piece->sources->pdata[i], piece->traces, self->roster, self->held);
  self->gaps |= piece->gaps;
  if (piece->page != NULL)
    g_set_object (&self->page, piece->page);
  show_read (self, get_watermark (piece));
  g_task_return_boolean (task, TRUE);
}

/**
 * rcp_history_load_async:
 * @self: a history
 * @cancellable: (nullable): to stop
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Reads the latest piece, and when called again the next older one. A visit is one piece.
 */
void
rcp_history_load_async (RcpHistory *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RCP_IS_HISTORY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_history_load_async);
  rcp_history_read_piece_async (self->client, self->reference, self->page, cancellable, on_piece_read_cb, task);
}

gboolean
rcp_history_load_finish (RcpHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
